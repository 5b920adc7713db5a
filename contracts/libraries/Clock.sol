// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { ClockMode } from "../types/ClockMode.sol";

/// @title Clock
/// @notice Tells time in block numbers or in unix seconds, as fixed at deployment (ERC-6372).
/// @dev Every delay of an inheriting contract is in clock units: blocks or seconds. The same history of events, shifted
/// by the run's start, gives the same numbers in both modes.
/// @dev A look-up of history that lies before the chain's beginning must read "nothing", not underflow: compare before
/// subtracting.
/// @custom:source docs/architecture.md, "Time"
abstract contract Clock is IERC6372 {
    /* IMMUTABLES */

    /// @notice Returns the unit of {clock}: 0 = block number, 1 = unix seconds.
    ClockMode public immutable clockMode;

    /* CONSTRUCTOR */

    /// @notice Fixes the unit of time for good.
    /// @param clockMode_ Unit of {clock}.
    constructor(ClockMode clockMode_) {
        clockMode = clockMode_;
    }

    /* VIEWS */

    /// @inheritdoc IERC6372
    function clock() public view returns (uint48) {
        return SafeCast.toUint48(clockMode == ClockMode.Timestamp ? block.timestamp : block.number);
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() public view returns (string memory) {
        // solhint-disable-previous-line func-name-mixedcase, as ERC-6372 spells it
        return clockMode == ClockMode.Timestamp ? "mode=timestamp" : "mode=blocknumber&from=default";
    }
}
