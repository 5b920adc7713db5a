// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRateSource } from "../libraries/IRateSource.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ExitQueue } from "../lrt/ExitQueue.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { ClockMode } from "../types/ClockMode.sol";

/// @title ExitQueue__AmountsForRebase
/// @notice Fault: remembers a quote as an amount of the rebasing token under the wrapped one, as it was worth when the
/// queue was made, and pays that amount after the token has lost. The loss falls on those who stay.
contract ExitQueue__AmountsForRebase is ExitQueue {
    using WadMath for uint256;

    /// @notice The wrapped token.
    IRateSource public immutable wrapped;

    /// @notice Its rate when the queue was made [WAD].
    uint256 public immutable rateThen;

    constructor(
        IRestakingVault vault_,
        Terms memory terms,
        ClockMode clockMode_,
        IRateSource wrapped_
    ) ExitQueue(vault_, terms, clockMode_) {
        wrapped = wrapped_;
        rateThen = wrapped_.rate();
    }

    function _settlement(uint256, uint256 quote, uint256) internal view override returns (uint256) {
        return quote.mulDivDown(rateThen, wrapped.rate());
    }
}
