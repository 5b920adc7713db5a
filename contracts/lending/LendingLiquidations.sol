// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { LiquidationMath } from "../libraries/LiquidationMath.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ILendingLiquidations } from "./ILendingLiquidations.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";
import { LendingAccounts } from "./LendingAccounts.sol";

/// @title LendingLiquidations
/// @notice Seizing collateral of an account that owes too much, and what becomes of a debt without collateral.
abstract contract LendingLiquidations is ILendingLiquidations, LendingAccounts {
    using RayMath for uint256;
    using SafeERC20 for IERC20;

    /* TYPES */

    /// @dev A liquidation while it runs.
    struct Case {
        address collateralAsset;
        address debtAsset;
        address account;
        IReserveBook.Terms collateralTerms;
        IReserveBook.Terms debtTerms;
        uint256 supplyIndex;
        uint256 debtIndex;
        uint256 collateralBase;
        address treasury;
        bool receivesClaims;
    }

    /* EXTERNAL */

    /// @inheritdoc ILendingLiquidations
    function liquidate(
        address collateralAsset,
        address debtAsset,
        address account,
        uint256 debtToCover,
        bool receivesClaims
    ) external nonReentrant returns (Liquidation memory outcome) {
        require(debtToCover > 0, LendingPoolZeroAmount());
        require(msg.sender != account, LendingPoolSelfLiquidation(account));
        Case memory case_ = _openCase(collateralAsset, debtAsset, account);
        case_.receivesClaims = receivesClaims;
        LiquidationMath.Account memory target = _examine(case_);
        LiquidationMath.Size memory size = LiquidationMath.sized(target, _liquidationTerms(case_), debtToCover);
        require(!LiquidationMath.leavesDust(target, size), LendingPoolMustNotLeaveDust(account));

        outcome = Liquidation({
            repaid: size.repaid,
            seized: size.seized - size.fee,
            fee: size.fee,
            healthFactor: target.healthFactor,
            collateralPrice: target.collateral.price,
            debtPrice: target.debt.price,
            isBadDebt: false
        });
        _reserves[debtAsset].cash += size.repaid;
        uint256 consumed = _seize(case_, outcome);
        outcome.isBadDebt = _isSpent(case_, target.collateral, consumed);
        _settleDebt(case_, target.debt.amount, outcome);
        if (outcome.isBadDebt) _writeOffElsewhere(case_);
        _setRates(collateralAsset, case_.collateralTerms);
        if (debtAsset != collateralAsset) _setRates(debtAsset, case_.debtTerms);

        emit Liquidated(collateralAsset, debtAsset, account, msg.sender, receivesClaims, outcome);

        _deliver(case_, outcome);
    }

    /// @inheritdoc ILendingLiquidations
    function eliminateDeficit(address asset, uint256 amount) external nonReentrant {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        Reserve storage reserve = _accrue(asset, terms);
        require(amount > 0, LendingPoolZeroAmount());
        uint256 most = Math.saturatingSub(reserve.deficit, book.heldBackOf(asset, msg.sender));
        require(amount <= most, LendingPoolDeficitTooSmall(asset, amount, most));
        uint256 scaled = amount.rayDivUp(reserve.supplyIndex);
        bool isEnough = scaled <= _positions[asset][msg.sender].scaledSupply;
        require(isEnough, LendingPoolInsufficientBalance(asset, amount, supplyOf(asset, msg.sender)));

        bool wasCollateral = _positions[asset][msg.sender].isCollateral;
        reserve.deficit -= amount;
        _takeSupply(asset, msg.sender, scaled);
        if (wasCollateral) _requireMayLeave(asset, msg.sender);
        _setRates(asset, terms);

        emit DeficitCovered(asset, msg.sender, amount);

        ISupplyClaim(terms.listing.claim).announce(msg.sender, address(0), amount);
    }

    /* INTERNAL */

    /// @dev Accrues both reserves, once if they are the same.
    function _openCase(
        address collateralAsset,
        address debtAsset,
        address account
    ) private returns (Case memory case_) {
        case_.collateralAsset = collateralAsset;
        case_.debtAsset = debtAsset;
        case_.account = account;
        case_.collateralTerms = book.termsOf(collateralAsset);
        case_.debtTerms = book.termsOf(debtAsset);
        _requireUnrestricted(collateralAsset, case_.collateralTerms, _CLOSED);
        _requireUnrestricted(debtAsset, case_.debtTerms, _CLOSED);
        case_.supplyIndex = _accrue(collateralAsset, case_.collateralTerms).supplyIndex;
        case_.debtIndex = _accrue(debtAsset, case_.debtTerms).debtIndex;
        case_.treasury = book.policy().treasury;
    }

    /// @dev Moves claims to the liquidator, or burns them for the asset, and moves the fee to the treasury. Returns the
    /// claims that left the account, scaled.
    function _seize(Case memory case_, Liquidation memory outcome) private returns (uint256 consumed) {
        address asset = case_.collateralAsset;
        uint256 balance = _positions[asset][case_.account].scaledSupply;
        uint256 toLiquidator = Math.min(outcome.seized.rayDivUp(case_.supplyIndex), balance);
        uint256 toTreasury = Math.min(outcome.fee.rayDivUp(case_.supplyIndex), balance - toLiquidator);
        consumed = toLiquidator + toTreasury;

        _takeSupply(asset, case_.account, consumed);
        _addSupply(asset, case_.treasury, toTreasury);
        if (case_.receivesClaims) _addSupply(asset, msg.sender, toLiquidator);
        else _takeCash(asset, outcome.seized);
    }

    /// @dev Burns what was repaid; writes the rest off when no collateral is left.
    function _settleDebt(Case memory case_, uint256 debt, Liquidation memory outcome) private {
        (address asset, address account) = (case_.debtAsset, case_.account);
        bool isAll = outcome.isBadDebt || outcome.repaid == debt;
        uint256 scaled = _positions[asset][account].scaledDebt;
        _takeDebt(asset, account, isAll ? scaled : outcome.repaid.rayDivDown(case_.debtIndex));
        if (outcome.isBadDebt && debt > outcome.repaid) _addDeficit(asset, account, debt - outcome.repaid);
    }

    /// @dev Writes off what the account owes in other reserves.
    function _writeOffElsewhere(Case memory case_) private {
        address[] memory assets = book.assets();
        for (uint256 k = 0; k < assets.length; ++k) {
            address asset = assets[k];
            uint256 scaled = _positions[asset][case_.account].scaledDebt;
            if (scaled == 0) continue;
            IReserveBook.Terms memory terms = book.termsOf(asset);
            uint256 debtIndex = _accrue(asset, terms).debtIndex;
            _takeDebt(asset, case_.account, scaled);
            _addDeficit(asset, case_.account, scaled.rayMulUp(debtIndex));
            _setRates(asset, terms);
        }
    }

    function _addDeficit(address asset, address account, uint256 amount) private {
        _reserves[asset].deficit += amount;

        emit DeficitCreated(asset, account, amount);
    }

    /// @dev Tells of the claims, takes the debt from the liquidator and pays it.
    function _deliver(Case memory case_, Liquidation memory outcome) private {
        ISupplyClaim claim = ISupplyClaim(case_.collateralTerms.listing.claim);
        claim.announce(case_.account, case_.receivesClaims ? msg.sender : address(0), outcome.seized);
        if (outcome.fee > 0) claim.announce(case_.account, case_.treasury, outcome.fee);
        _pull(case_.debtAsset, msg.sender, outcome.repaid);
        if (!case_.receivesClaims && outcome.seized > 0) {
            IERC20(case_.collateralAsset).safeTransfer(msg.sender, outcome.seized);
        }
    }

    /// @dev What the account has and owes; that it may be liquidated at all.
    function _examine(Case memory case_) private view returns (LiquidationMath.Account memory target) {
        address account = case_.account;
        AccountData memory data = _accountData(account);
        require(data.healthFactor < RayMath.WAD, LendingPoolHealthy(account, data.healthFactor));
        IReserveBook.Weight memory weight = book.weightOf(case_.collateralAsset, categoryOf[account]);
        bool isCollateral = _positions[case_.collateralAsset][account].isCollateral && weight.risk.ltBps != 0;
        require(isCollateral, LendingPoolNotCollateral(account, case_.collateralAsset));
        uint256 debt = debtOf(case_.debtAsset, account);
        require(debt > 0, LendingPoolNoDebt(account, case_.debtAsset));

        case_.collateralBase = data.collateralBase;
        case_.collateralTerms.listing.risk = weight.risk;
        target.collateral = LiquidationMath.Side(supplyOf(case_.collateralAsset, account), weight.price, weight.unit);
        target.debt = LiquidationMath.Side(debt, book.priceOf(case_.debtAsset), case_.debtTerms.unit);
        target.debtBase = data.debtBase;
        target.healthFactor = data.healthFactor;
    }

    function _liquidationTerms(Case memory case_) private view returns (LiquidationMath.Terms memory) {
        IReserveBook.Policy memory policy = book.policy();
        return
            LiquidationMath.Terms({
                bonusBps: case_.collateralTerms.listing.risk.bonusBps,
                feeBps: case_.collateralTerms.listing.liquidationFeeBps,
                closeFactor: policy.closeFactor,
                closeFactorBps: policy.closeFactorBps
            });
    }

    /// @dev Whether all value of the account's collateral is consumed, though dust may stay.
    function _isSpent(
        Case memory case_,
        LiquidationMath.Side memory collateral,
        uint256 consumed
    ) private pure returns (bool) {
        uint256 amount = consumed.rayMulDown(case_.supplyIndex);
        LiquidationMath.Side memory part = LiquidationMath.Side(amount, collateral.price, collateral.unit);
        return LiquidationMath.valueDown(part) == case_.collateralBase;
    }
}
