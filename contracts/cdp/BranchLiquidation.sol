// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { TroveMath } from "../libraries/TroveMath.sol";
import { BranchTroves } from "./BranchTroves.sol";
import { ICollateralBranch } from "./ICollateralBranch.sol";

/// @title BranchLiquidation
/// @notice What happens to a trove below the minimum ratio.
abstract contract BranchLiquidation is BranchTroves {
    using SafeERC20 for IERC20;

    /* EXTERNAL */

    /// @inheritdoc ICollateralBranch
    /// @dev A branch that is shut down liquidates at its last good price when its feed has failed.
    function liquidate(uint256 id) external nonReentrant returns (TroveMath.Liquidation memory split) {
        _requireOpen(id);
        (uint256 price, bool isGood) = priceNow();
        require(isGood || shutdownTime != 0, CollateralBranchBrokenFeed());
        if (isGood) lastGoodPrice = price;
        _accrue();
        Latest memory latest = latestOf(id);
        uint256 ratio = TroveMath.ratio(latest.collateral, latest.debt, price);
        require(ratio < _terms.minRatio, CollateralBranchNotLiquidatable(id, ratio, _terms.minRatio));

        split = previewLiquidation(latest.debt, latest.collateral, stabilityPool.offsettable(), price);
        address owner_ = _troves[id].owner;
        _end(id, latest, Status.Liquidated);
        surplusOf[owner_] += split.surplus;
        _redistribute(id, split);
        _stakes.totalSnapshot = _stakes.total;
        _stakes.collateralSnapshot = entireCollateral();

        emit TroveLiquidated(id, owner_, msg.sender, price, split);

        _offset(split);
        if (split.gasCollateral > 0) collateral.safeTransfer(msg.sender, split.gasCollateral);
        _payGasReserve(msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc ICollateralBranch
    function previewLiquidation(
        uint256 debt,
        uint256 collateralAmount,
        uint256 available,
        uint256 price
    ) public view returns (TroveMath.Liquidation memory) {
        uint256[2] memory penalties = [_terms.poolPenalty, _terms.redistributionPenalty];
        return TroveMath.liquidate(debt, collateralAmount, available, price, penalties);
    }

    /* INTERNAL */

    function _offset(TroveMath.Liquidation memory split) private {
        if (split.offsetDebt == 0) return;
        dollar.burn(address(stabilityPool), split.offsetDebt);
        collateral.safeTransfer(address(stabilityPool), split.poolCollateral);
        stabilityPool.offset(split.offsetDebt, split.poolCollateral);
    }

    /// @dev Adds to what every stake carries; what the division leaves is carried to the next time.
    function _redistribute(uint256 id, TroveMath.Liquidation memory split) private {
        if (split.redistributedDebt == 0) return;
        uint256 total = _stakes.total;
        require(total > 0, CollateralBranchLastTrove(id));

        uint256 debt = split.redistributedDebt * _WAD + _stakes.debtError;
        uint256 coll = split.redistributedCollateral * _WAD + _stakes.collateralError;
        _stakes.debtPerStake += debt / total;
        _stakes.collateralPerStake += coll / total;
        _stakes.debtError = debt % total;
        _stakes.collateralError = coll % total;
        _totals.redistributedDebt += split.redistributedDebt;
        _totals.redistributedCollateral += split.redistributedCollateral;
    }
}
