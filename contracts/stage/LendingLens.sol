// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IInsuranceModule } from "../lending/IInsuranceModule.sol";
import { ILendingAccounts } from "../lending/ILendingAccounts.sol";
import { ILendingLedger } from "../lending/ILendingLedger.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";
import { IReserveBook } from "../lending/IReserveBook.sol";
import { HealthMath } from "../libraries/HealthMath.sol";
import { IPausableFlags } from "../libraries/IPausableFlags.sol";
import { LiquidationMath } from "../libraries/LiquidationMath.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ILendingLens } from "./ILendingLens.sol";

/// @title LendingLens
/// @notice See {ILendingLens}.
/// @custom:source docs/contracts/LendingLens.md
contract LendingLens is ILendingLens {
    using RayMath for uint256;

    /* VIEWS */

    /// @inheritdoc ILendingLens
    function lendingOf(
        ILendingPool pool,
        address[] calldata accounts,
        IInsuranceModule[] calldata modules
    )
        external
        view
        returns (ReserveView[] memory reserves, AccountView[] memory accountViews, InsuranceView[] memory insurance)
    {
        address[] memory assets = pool.book().assets();
        reserves = new ReserveView[](assets.length);
        for (uint256 k = 0; k < assets.length; ++k) reserves[k] = _reserve(pool, assets[k]);
        accountViews = new AccountView[](accounts.length);
        for (uint256 k = 0; k < accounts.length; ++k) accountViews[k] = _account(pool, accounts[k], reserves);
        insurance = new InsuranceView[](modules.length);
        for (uint256 k = 0; k < modules.length; ++k) insurance[k] = _module(modules[k], accounts);
    }

    /// @inheritdoc ILendingLens
    function previewLiquidation(
        ILendingPool pool,
        address collateralAsset,
        address debtAsset,
        address account,
        uint256 debtToCover
    ) external view returns (uint256 closable, LiquidationMath.Size memory size, bool leavesDust) {
        LiquidationMath.Terms memory terms = _terms(pool, collateralAsset, account);
        LiquidationMath.Account memory target = _target(pool, collateralAsset, debtAsset, account);
        closable = LiquidationMath.closable(target, terms);
        size = LiquidationMath.sized(target, terms, debtToCover);
        leavesDust = LiquidationMath.leavesDust(target, size);
    }

    /* INTERNAL */

    function _reserve(ILendingPool pool, address asset) private view returns (ReserveView memory found) {
        IReserveBook book = pool.book();
        ILendingLedger.Reserve memory reserve = pool.reserveOf(asset);
        IReserveBook.Terms memory terms = book.termsOf(asset);
        found.asset = asset;
        found.unit = terms.unit;
        try book.priceOf(asset) returns (uint256 price) {
            found.price = price;
        } catch {
            found.price = 0;
        }
        (found.supplyIndex, found.debtIndex) = pool.indexesOf(asset);
        found.cash = reserve.cash;
        found.totalSupply = pool.totalSupplyOf(asset);
        found.totalDebt = pool.totalDebtOf(asset);
        found.deficit = reserve.deficit;
        found.treasuryAccrual = pool.treasuryAccrualOf(asset);
        (found.scaledSupply, found.scaledDebt) = (reserve.scaledSupply, reserve.scaledDebt);
        (found.supplyRate, found.borrowRate) = (reserve.supplyRate, reserve.borrowRate);
        uint256 total = found.cash + found.totalDebt;
        found.utilisation = total == 0 ? 0 : found.totalDebt.rayDivDown(total);
        (found.supplyCap, found.borrowCap) = (terms.listing.supplyCap, terms.listing.borrowCap);
        found.restrictions = terms.restrictions;
        found.risk = terms.listing.risk;
        found.liquidationFeeBps = terms.listing.liquidationFeeBps;
    }

    /// @dev Prices were read once for all accounts.
    function _account(
        ILendingPool pool,
        address account,
        ReserveView[] memory reserves
    ) private view returns (AccountView memory found) {
        found.account = account;
        found.category = pool.categoryOf(account);
        found.isKnown = true;
        found.supplies = new uint256[](reserves.length);
        found.debts = new uint256[](reserves.length);
        found.isCollateral = new bool[](reserves.length);
        HealthMath.Tally memory tally;
        for (uint256 k = 0; k < reserves.length; ++k) _weigh(pool, found, tally, k, reserves[k]);

        found.data.collateralBase = tally.collateralBase;
        found.data.debtBase = tally.debtBase;
        (found.data.avgLtvBps, found.data.avgLtBps) = HealthMath.averages(tally);
        found.data.healthFactor = HealthMath.healthFactor(tally);
        found.data.hasLtvZero = tally.hasLtvZero;
    }

    /// @dev Adds one reserve to an account, as the pool does.
    function _weigh(
        ILendingPool pool,
        AccountView memory found,
        HealthMath.Tally memory tally,
        uint256 k,
        ReserveView memory reserve
    ) private view {
        ILendingLedger.Position memory position = pool.positionOf(reserve.asset, found.account);
        found.supplies[k] = position.scaledSupply.rayMulDown(reserve.supplyIndex);
        found.debts[k] = position.scaledDebt.rayMulUp(reserve.debtIndex);
        found.isCollateral[k] = position.isCollateral;
        if (!position.isCollateral && position.scaledDebt == 0) return;
        if (reserve.price == 0) found.isKnown = false;
        HealthMath.Holding memory holding = HealthMath.Holding(found.debts[k], reserve.price, reserve.unit);
        if (holding.amount > 0) HealthMath.addDebt(tally, holding);
        if (!position.isCollateral) return;
        IReserveBook.Risk memory risk = pool.book().riskOf(reserve.asset, found.category);
        holding.amount = found.supplies[k];
        if (risk.ltBps != 0) HealthMath.addCollateral(tally, holding, risk.ltvBps, risk.ltBps);
    }

    function _module(
        IInsuranceModule module,
        address[] calldata accounts
    ) private view returns (InsuranceView memory found) {
        found.module = address(module);
        found.reserve = module.reserve();
        found.stake = module.totalAssets();
        found.totalShares = module.totalSupply();
        (found.offset, found.pending) = (module.offset(), module.pending());
        found.pausedFlags = IPausableFlags(address(module)).pausedFlags();
        try module.previewSlash() returns (IInsuranceModule.Slash memory slash) {
            found.slash = slash;
            found.isKnown = true;
        } catch {
            found.isKnown = false;
        }
        found.shares = new uint256[](accounts.length);
        found.cooldownShares = new uint256[](accounts.length);
        found.cooldownEndsAt = new uint48[](accounts.length);
        for (uint256 k = 0; k < accounts.length; ++k) {
            found.shares[k] = module.balanceOf(accounts[k]);
            (found.cooldownShares[k], found.cooldownEndsAt[k]) = module.cooldownOf(accounts[k]);
        }
    }

    function _terms(
        ILendingPool pool,
        address collateralAsset,
        address account
    ) private view returns (LiquidationMath.Terms memory) {
        IReserveBook book = pool.book();
        IReserveBook.Policy memory policy = book.policy();
        return
            LiquidationMath.Terms({
                bonusBps: book.riskOf(collateralAsset, pool.categoryOf(account)).bonusBps,
                feeBps: book.termsOf(collateralAsset).listing.liquidationFeeBps,
                closeFactor: policy.closeFactor,
                closeFactorBps: policy.closeFactorBps
            });
    }

    function _target(
        ILendingPool pool,
        address collateralAsset,
        address debtAsset,
        address account
    ) private view returns (LiquidationMath.Account memory target) {
        ILendingAccounts.AccountData memory data = pool.accountData(account);
        IReserveBook.Weight memory weight = pool.book().weightOf(collateralAsset, 0);
        target.collateral = LiquidationMath.Side(pool.supplyOf(collateralAsset, account), weight.price, weight.unit);
        weight = pool.book().weightOf(debtAsset, 0);
        target.debt = LiquidationMath.Side(pool.debtOf(debtAsset, account), weight.price, weight.unit);
        (target.debtBase, target.healthFactor) = (data.debtBase, data.healthFactor);
    }
}
