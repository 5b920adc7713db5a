// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import { RateQueue } from "../libraries/RateQueue.sol";
import { TroveMath } from "../libraries/TroveMath.sol";
import { BranchBook } from "./BranchBook.sol";
import { ICollateralBranch } from "./ICollateralBranch.sol";

/// @title BranchTroves
/// @notice What owners do with their troves.
abstract contract BranchTroves is BranchBook {
    using RateQueue for RateQueue.Queue;
    using SafeERC20 for IERC20;

    /* EXTERNAL */

    /// @inheritdoc ICollateralBranch
    function openTrove(
        uint256 collateralAmount,
        uint256 dollars,
        uint256 rate,
        uint256 maxFee
    ) external nonReentrant whileAlive returns (uint256 id) {
        _requireRate(rate);
        uint256 price = _goodPrice();
        _accrue();
        id = ++troveCount;
        ++openTroveCount;
        lastTroveOf[msg.sender] = id;
        Trove storage trove = _troves[id];
        trove.owner = msg.sender;
        trove.status = Status.Active;
        trove.lastRateUpdate = block.timestamp;
        Latest memory nothing;

        uint256 fee = _upfrontFee(id, nothing, [dollars, dollars, rate], maxFee);
        uint256 debt = dollars + fee;
        _requireDebt(debt);
        _write(id, nothing, debt, collateralAmount, rate);
        _queue.insert(id, rate);
        _requireRatio(collateralAmount, debt, price);
        _requireAboveCritical(price);

        collateral.safeTransferFrom(msg.sender, address(this), collateralAmount);
        if (_terms.gasReserve > 0) {
            IERC20(_terms.gasToken).safeTransferFrom(msg.sender, address(this), _terms.gasReserve);
        }
        dollar.mint(msg.sender, dollars);
        _mintYield(fee);
    }

    /// @inheritdoc ICollateralBranch
    function adjustTrove(
        uint256 id,
        int256 collateralChange,
        int256 debtChange,
        uint256 maxFee
    ) external nonReentrant whileAlive {
        _requireOwned(id);
        require(collateralChange != 0 || debtChange != 0, CollateralBranchInvalidChange(0, 0));
        uint256 price = _goodPrice();
        _accrue();
        bool wasCritical = _isCritical(price);
        Latest memory latest = latestOf(id);
        uint256 rate = _troves[id].rate;
        uint256 collateralAmount = _changed(latest.collateral, collateralChange);
        uint256 debt = _changed(latest.debt, debtChange);
        uint256 taken = debtChange > 0 ? uint256(debtChange) : 0;
        uint256 fee = taken == 0 ? 0 : _upfrontFee(id, latest, [taken, debt, rate], maxFee);

        _requireDebt(debt + fee);
        _revive(id, rate);
        _write(id, latest, debt + fee, collateralAmount, rate);
        _requireRatio(collateralAmount, debt + fee, price);
        if (!wasCritical || debtChange > 0) _requireAboveCritical(price);
        else _requireNoMoreRisk(collateralChange, debtChange, price);

        _moveCollateral(collateralChange);
        if (debtChange > 0) dollar.mint(msg.sender, taken);
        if (debtChange < 0) dollar.burn(msg.sender, SignedMath.abs(debtChange));
        _mintYield(fee);
    }

    /// @inheritdoc ICollateralBranch
    function setRate(uint256 id, uint256 rate, uint256 maxFee) external nonReentrant whileAlive {
        _requireOwned(id);
        _requireRate(rate);
        Trove storage trove = _troves[id];
        require(trove.status == Status.Active, CollateralBranchNotOpen(id, trove.status));
        _accrue();
        Latest memory latest = latestOf(id);
        bool isEarly = block.timestamp < trove.lastRateUpdate + RATE_COOLDOWN;
        uint256 fee = isEarly ? _upfrontFee(id, latest, [latest.debt, latest.debt, rate], maxFee) : 0;

        trove.lastRateUpdate = block.timestamp;
        _queue.remove(id);
        _queue.insert(id, rate);
        _write(id, latest, latest.debt + fee, latest.collateral, rate);
        if (fee > 0) {
            uint256 price = _goodPrice();
            _requireRatio(latest.collateral, latest.debt + fee, price);
            _requireAboveCritical(price);
        }

        _mintYield(fee);
    }

    /// @inheritdoc ICollateralBranch
    function closeTrove(uint256 id) external nonReentrant {
        _requireOwned(id);
        require(openTroveCount > 1 || shutdownTime != 0, CollateralBranchLastTrove(id));
        _accrue();
        Latest memory latest = latestOf(id);

        _end(id, latest, Status.Closed);
        // What is left must not leave the branch critical: sound debt that goes would take others' cover with it.
        if (shutdownTime == 0) _requireAboveCritical(_goodPrice());

        dollar.burn(msg.sender, latest.debt);
        collateral.safeTransfer(msg.sender, latest.collateral);
        _payGasReserve(msg.sender);
    }

    /// @inheritdoc ICollateralBranch
    function settleTrove(uint256 id) external nonReentrant whileAlive {
        _requireOpen(id);
        _accrue();
        Latest memory latest = latestOf(id);

        _write(id, latest, latest.debt, latest.collateral, _troves[id].rate);
    }

    /// @inheritdoc ICollateralBranch
    function claimSurplus() external nonReentrant {
        uint256 surplus = surplusOf[msg.sender];
        require(surplus > 0, CollateralBranchNoSurplus(msg.sender));

        surplusOf[msg.sender] = 0;

        emit SurplusClaimed(msg.sender, surplus);

        collateral.safeTransfer(msg.sender, surplus);
    }

    /* VIEWS */

    /// @inheritdoc ICollateralBranch
    function previewUpfrontFee(uint256 debt, uint256 averageRate) external pure returns (uint256) {
        return TroveMath.upfrontFee(debt, averageRate);
    }

    /* INTERNAL */

    function _payGasReserve(address to) internal {
        if (_terms.gasReserve > 0) IERC20(_terms.gasToken).safeTransfer(to, _terms.gasReserve);
    }

    function _revive(uint256 id, uint256 rate) private {
        Trove storage trove = _troves[id];
        if (trove.status != Status.Zombie) return;
        if (lastZombie == id) lastZombie = 0;
        trove.status = Status.Active;
        _queue.insert(id, rate);
    }

    function _moveCollateral(int256 change) private {
        uint256 amount = SignedMath.abs(change);
        if (change > 0) collateral.safeTransferFrom(msg.sender, address(this), amount);
        if (change < 0) collateral.safeTransfer(msg.sender, amount);
    }

    /// @dev `next` are the debt that is charged, the trove's debt before the fee, and its rate.
    function _upfrontFee(
        uint256 id,
        Latest memory latest,
        uint256[3] memory next,
        uint256 maxFee
    ) private returns (uint256 fee) {
        Trove storage trove = _troves[id];
        uint256 debt = _totals.activeDebt + latest.debtGain + next[1] - latest.debt;
        uint256 weighted = _totals.weightedDebt + next[1] * next[2] - trove.debt * trove.rate;
        fee = debt == 0 ? 0 : TroveMath.upfrontFee(next[0], weighted / debt);
        require(fee <= maxFee, CollateralBranchFeeTooHigh(fee, maxFee));

        emit UpfrontFeeCharged(id, fee);
    }

    function _isCritical(uint256 price) private view returns (bool) {
        return TroveMath.ratio(entireCollateral(), entireDebt(), price) < _terms.criticalRatio;
    }

    function _requireAboveCritical(uint256 price) private view {
        uint256 ratio = TroveMath.ratio(entireCollateral(), entireDebt(), price);
        require(ratio >= _terms.criticalRatio, CollateralBranchCritical(ratio, _terms.criticalRatio));
    }

    /// @dev In a critical branch collateral may only leave against at least as much debt repaid.
    function _requireNoMoreRisk(int256 collateralChange, int256 debtChange, uint256 price) private view {
        if (collateralChange >= 0) return;
        uint256 value = (SignedMath.abs(collateralChange) * price) / _WAD;
        if (SignedMath.abs(debtChange) < value) _requireAboveCritical(price);
    }

    function _requireRatio(uint256 collateralAmount, uint256 debt, uint256 price) private view {
        uint256 ratio = TroveMath.ratio(collateralAmount, debt, price);
        require(ratio >= _terms.minRatio, CollateralBranchRatioTooLow(ratio, _terms.minRatio));
    }

    function _requireDebt(uint256 debt) private view {
        require(debt >= _terms.minDebt, CollateralBranchDebtTooLow(debt, _terms.minDebt));
    }

    function _changed(uint256 amount, int256 change) private pure returns (uint256) {
        uint256 size = SignedMath.abs(change);
        require(change >= 0 || size <= amount, CollateralBranchInvalidChange(amount, change));
        return change >= 0 ? amount + size : amount - size;
    }

    function _requireRate(uint256 rate) private pure {
        require(rate >= MIN_RATE && rate <= MAX_RATE, CollateralBranchInvalidRate(rate));
    }
}
