// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ExitQueue } from "../lrt/ExitQueue.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { ClockMode } from "../types/ClockMode.sol";

/// @title ExitQueue__CachedQuoteForLag
/// @notice Fault: pays what was quoted at the request, whatever happened since. A loss falls on those who stay.
contract ExitQueue__CachedQuoteForLag is ExitQueue {
    constructor(
        IRestakingVault vault_,
        Terms memory terms,
        ClockMode clockMode_
    ) ExitQueue(vault_, terms, clockMode_) {}

    function _settlement(uint256, uint256 quote, uint256) internal pure override returns (uint256) {
        return quote;
    }
}
