// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { VetoSlasher } from "../slashing/VetoSlasher.sol";

/// @title UncheckedVetoSlasher__MockForVeto
/// @notice Faulty on purpose: accepts windows longer than operators stay slashable, so they leave before the slash.
contract UncheckedVetoSlasher__MockForVeto is VetoSlasher {
    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) VetoSlasher(slasher_, registry_) {}

    /// @notice Accepts any windows.
    function _requireInTime(uint256) internal pure override {}
}
