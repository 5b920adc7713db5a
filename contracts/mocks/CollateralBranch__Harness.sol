// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { CollateralBranch } from "../cdp/CollateralBranch.sol";
import { ISyntheticDollar } from "../cdp/ISyntheticDollar.sol";
import { RateQueue } from "../libraries/RateQueue.sol";
import { Token__MockForMarkets } from "./Token__MockForMarkets.sol";

/// @title CollateralBranch__Harness
/// @notice A branch in which a test may place a trove of any debt and collateral, unchecked and without a fee.
contract CollateralBranch__Harness is CollateralBranch {
    using RateQueue for RateQueue.Queue;

    /// @param owner_ Who tells the branch its stability pool.
    /// @param dollar_ The synthetic dollar.
    /// @param terms_ Terms; the collateral is a mock.
    constructor(
        address owner_,
        ISyntheticDollar dollar_,
        Terms memory terms_
    ) CollateralBranch(owner_, dollar_, terms_) {}

    /// @notice Places a trove, and mints its collateral and its dollars.
    function place(address owner_, uint256 debt, uint256 amount, uint256 rate) external returns (uint256 id) {
        _accrue();
        id = ++troveCount;
        ++openTroveCount;
        lastTroveOf[owner_] = id;
        _troves[id].owner = owner_;
        _troves[id].status = Status.Active;
        _troves[id].lastRateUpdate = block.timestamp;
        Latest memory nothing;
        _write(id, nothing, debt, amount, rate);
        _queue.insert(id, rate);
        Token__MockForMarkets(address(collateral)).mint(address(this), amount);
        dollar.mint(owner_, debt);
    }
}
