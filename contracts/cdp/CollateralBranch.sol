// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { TroveMath } from "../libraries/TroveMath.sol";
import { BranchBook } from "./BranchBook.sol";
import { BranchLiquidation } from "./BranchLiquidation.sol";
import { ICollateralBranch } from "./ICollateralBranch.sol";
import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title CollateralBranch
/// @notice See {ICollateralBranch}.
contract CollateralBranch is BranchLiquidation {
    using SafeERC20 for IERC20;

    /* CONSTRUCTOR */

    /// @notice Makes a branch without troves.
    /// @param owner_ Who tells the branch its stability pool.
    /// @param dollar_ The synthetic dollar.
    /// @param terms_ Terms.
    constructor(address owner_, ISyntheticDollar dollar_, Terms memory terms_) BranchBook(owner_, dollar_, terms_) {}

    /* EXTERNAL */

    /// @inheritdoc ICollateralBranch
    function redeem(
        address redeemer,
        uint256 amount,
        uint256 rate,
        uint256 maxTroves
    ) external nonReentrant whileAlive returns (uint256 redeemed) {
        require(msg.sender == _terms.registry, CollateralBranchUnauthorized(msg.sender, _terms.registry));
        uint256 price = _goodPrice();
        _accrue();
        uint256 looks = maxTroves == 0 ? type(uint256).max : maxTroves;
        uint256 collateralOut = 0;
        (uint256 id, uint256 next) = (lastZombie, _queue.next[0]);
        if (id == 0) (id, next) = (next, _queue.next[next]);

        for (; id != 0 && redeemed < amount && looks > 0; --looks) {
            (uint256 debt, uint256 out) = _redeemFrom(id, [amount - redeemed, price, rate], redeemer);
            redeemed += debt;
            collateralOut += out;
            // The next one was noted before this one could leave the queue.
            (id, next) = (next, _queue.next[next]);
        }

        dollar.burn(redeemer, redeemed);
        collateral.safeTransfer(redeemer, collateralOut);
    }

    /// @inheritdoc ICollateralBranch
    function redeemUrgently(
        uint256 amount,
        uint256[] calldata ids,
        uint256 minCollateral
    ) external nonReentrant returns (uint256 redeemed, uint256 collateralOut) {
        require(shutdownTime != 0, CollateralBranchShutDown(false));
        (uint256 price, ) = priceNow();
        for (uint256 k = 0; k < ids.length && redeemed < amount; ++k) {
            _requireOpen(ids[k]);
            (uint256 debt, uint256 out) = _redeemUrgentlyFrom(ids[k], amount - redeemed, price);
            redeemed += debt;
            collateralOut += out;
        }
        require(collateralOut >= minCollateral, CollateralBranchTooLittleCollateral(collateralOut, minCollateral));

        dollar.burn(msg.sender, redeemed);
        collateral.safeTransfer(msg.sender, collateralOut);
    }

    /// @inheritdoc ICollateralBranch
    function shutDown() external nonReentrant whileAlive {
        (uint256 price, bool isGood) = priceNow();
        _accrue();
        uint256 ratio = TroveMath.ratio(entireCollateral(), entireDebt(), price);
        require(!isGood || ratio < _terms.shutdownRatio, CollateralBranchStillSound(ratio, _terms.shutdownRatio));

        shutdownTime = block.timestamp;
        lastGoodPrice = price;

        emit BranchShutDown(ratio, price);
    }

    /* VIEWS */

    /// @inheritdoc ICollateralBranch
    function redeemability() external view returns (uint256 debt, uint256 unbacked, bool isRedeemable) {
        (uint256 price, bool isGood) = priceNow();
        debt = entireDebt();
        unbacked = Math.saturatingSub(debt, stabilityPool.totalDeposits());
        bool isSound = TroveMath.ratio(entireCollateral(), debt, price) >= _terms.shutdownRatio;
        isRedeemable = isGood && isSound && shutdownTime == 0;
    }

    /// @inheritdoc ICollateralBranch
    function previewRedemption(
        uint256 debt,
        uint256 price,
        uint256 rate
    ) external pure returns (uint256 collateralAmount, uint256 fee) {
        return TroveMath.redeem(debt, price, rate);
    }

    /// @inheritdoc ICollateralBranch
    function previewUrgentRedemption(
        uint256 debt,
        uint256 collateralAmount,
        uint256 price
    ) external pure returns (uint256 redeemed, uint256 taken) {
        return TroveMath.redeemUrgently(debt, collateralAmount, price);
    }

    /* INTERNAL */

    /// @dev `given` are the most debt, the price and the rate. A trove worth less than its debt is passed over: redeeming
    /// it would leave the rest of its debt with less and less.
    function _redeemFrom(
        uint256 id,
        uint256[3] memory given,
        address redeemer
    ) private returns (uint256 debt, uint256 out) {
        Latest memory latest = latestOf(id);
        if (TroveMath.ratio(latest.collateral, latest.debt, given[1]) < _WAD) return (0, 0);
        debt = Math.min(given[0], latest.debt);
        (uint256 worth, uint256 fee) = TroveMath.redeem(debt, given[1], given[2]);
        out = worth - fee;
        uint256 left = latest.debt - debt;

        if (left < _terms.minDebt) _makeZombie(id, left);
        _write(id, latest, left, latest.collateral - out, _troves[id].rate);

        emit TroveRedeemed(id, redeemer, debt, out, fee, false);
    }

    function _redeemUrgentlyFrom(
        uint256 id,
        uint256 most,
        uint256 price
    ) private returns (uint256 debt, uint256 taken) {
        Latest memory latest = latestOf(id);
        (debt, taken) = TroveMath.redeemUrgently(Math.min(most, latest.debt), latest.collateral, price);
        uint256 left = latest.debt - debt;

        if (left < _terms.minDebt) _makeZombie(id, left);
        _write(id, latest, left, latest.collateral - taken, _troves[id].rate);

        emit TroveRedeemed(id, msg.sender, debt, taken, 0, true);
    }

    /// @dev A trove with little debt leaves the queue; while it owes something the next redemption hits it first.
    function _makeZombie(uint256 id, uint256 left) private {
        if (_troves[id].status == Status.Active) {
            _leaveQueue(id);
            _troves[id].status = Status.Zombie;
            if (left > 0) lastZombie = id;
        } else if (left == 0 && lastZombie == id) {
            lastZombie = 0;
        }
    }
}
