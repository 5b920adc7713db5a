// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "../libraries/WadMath.sol";
import { ExitQueue } from "../lrt/ExitQueue.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { ClockMode } from "../types/ClockMode.sol";

/// @title ExitQueue__FirstComeAtParForRuns
/// @notice Fault: pays every request at a fixed rate, whoever comes first, as long as the buffer lasts.
contract ExitQueue__FirstComeAtParForRuns is ExitQueue {
    using WadMath for uint256;

    /// @notice Rate that is paid [WAD].
    uint256 public immutable par;

    constructor(
        IRestakingVault vault_,
        Terms memory terms,
        ClockMode clockMode_,
        uint256 par_
    ) ExitQueue(vault_, terms, clockMode_) {
        par = par_;
    }

    function _settlement(uint256 shares, uint256, uint256) internal view override returns (uint256) {
        return shares.wMulDown(par);
    }
}
