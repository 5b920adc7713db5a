// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IInsuranceModule } from "../lending/IInsuranceModule.sol";
import { ILendingAccounts } from "../lending/ILendingAccounts.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";
import { IReserveBook } from "../lending/IReserveBook.sol";
import { LiquidationMath } from "../libraries/LiquidationMath.sol";

/// @title ILendingLens
/// @notice Reads a lending pool, accounts in it and its insurance in one call.
/// @dev Amounts carry interest until now; rounding is that of {ILendingPool} and {IInsuranceModule}. Nothing reverts for
/// a price that cannot be read: what follows from it says that it is not known.
/// @custom:source docs/contracts/LendingLens.md
interface ILendingLens {
    /// @notice A reserve.
    /// @param asset Asset.
    /// @param unit One whole token [token wei].
    /// @param price Price, zero when it cannot be read [base currency, 8 dp].
    /// @param cash What can be withdrawn or borrowed [token wei].
    /// @param totalSupply What suppliers are owed [token wei].
    /// @param totalDebt What borrowers owe [token wei].
    /// @param deficit Bad debt that nobody has covered [token wei].
    /// @param treasuryAccrual What the treasury earned and has not been minted [token wei].
    /// @param scaledSupply Supply, scaled.
    /// @param scaledDebt Debt, scaled.
    /// @param supplyIndex Supply index [RAY].
    /// @param debtIndex Debt index [RAY].
    /// @param supplyRate What suppliers earn [RAY a year].
    /// @param borrowRate What borrowers pay [RAY a year].
    /// @param utilisation Debt over debt and cash, rounded down [RAY].
    /// @param supplyCap Most that may be supplied, zero for no cap [token wei].
    /// @param borrowCap Most that may be borrowed, zero for no cap [token wei].
    /// @param restrictions Restrictions, a bit each.
    /// @param risk What it counts as collateral outside of any e-mode.
    /// @param liquidationFeeBps Treasury's part of the bonus when it is seized [bps].
    struct ReserveView {
        address asset;
        uint256 unit;
        uint256 price;
        uint256 cash;
        uint256 totalSupply;
        uint256 totalDebt;
        uint256 deficit;
        uint256 treasuryAccrual;
        uint256 scaledSupply;
        uint256 scaledDebt;
        uint256 supplyIndex;
        uint256 debtIndex;
        uint256 supplyRate;
        uint256 borrowRate;
        uint256 utilisation;
        uint256 supplyCap;
        uint256 borrowCap;
        uint256 restrictions;
        IReserveBook.Risk risk;
        uint256 liquidationFeeBps;
    }

    /// @notice An account; the lists follow the reserves.
    /// @param account Account.
    /// @param isKnown Whether `data` is what the pool would say: every price that it needs can be read.
    /// @param data Collateral, debt and health.
    /// @param category E-mode, zero for none.
    /// @param supplies What it is owed in each reserve [token wei].
    /// @param debts What it owes in each reserve [token wei].
    /// @param isCollateral Whether its supply of each reserve is used as collateral.
    struct AccountView {
        address account;
        bool isKnown;
        ILendingAccounts.AccountData data;
        uint8 category;
        uint256[] supplies;
        uint256[] debts;
        bool[] isCollateral;
    }

    /// @notice An insurance module; the lists follow the accounts.
    /// @param module Module.
    /// @param reserve Asset whose deficit is insured.
    /// @param stake What is staked [underlying wei].
    /// @param totalShares All shares.
    /// @param offset Deficit that is not insured [reserve wei].
    /// @param pending Deficit that was slashed for and is not yet covered [reserve wei].
    /// @param pausedFlags Bits paused.
    /// @param isKnown Whether `slash` could be computed: the prices it needs can be read.
    /// @param slash What a slash would do now.
    /// @param shares Shares of each account.
    /// @param cooldownShares Shares of each account that its cooldown covers.
    /// @param cooldownEndsAt First moment of each account's window [clock units].
    struct InsuranceView {
        address module;
        address reserve;
        uint256 stake;
        uint256 totalShares;
        uint256 offset;
        uint256 pending;
        uint256 pausedFlags;
        bool isKnown;
        IInsuranceModule.Slash slash;
        uint256[] shares;
        uint256[] cooldownShares;
        uint48[] cooldownEndsAt;
    }

    /// @notice Returns a pool's reserves, accounts in it, and its insurance.
    /// @param pool Pool.
    /// @param accounts Accounts.
    /// @param modules Insurance modules.
    /// @return reserves Every reserve, in the order of the pool's book.
    /// @return accountViews Every account asked for.
    /// @return insurance Every module asked for.
    function lendingOf(
        ILendingPool pool,
        address[] calldata accounts,
        IInsuranceModule[] calldata modules
    )
        external
        view
        returns (ReserveView[] memory reserves, AccountView[] memory accountViews, InsuranceView[] memory insurance);

    /// @notice Returns what a liquidation would move, whatever is paused or healthy.
    /// @dev Reverts when a price cannot be read.
    /// @param pool Pool.
    /// @param collateralAsset Collateral.
    /// @param debtAsset Debt.
    /// @param account Account.
    /// @param debtToCover Most to repay [debt wei].
    /// @return closable Most that one liquidation may repay [debt wei].
    /// @return size What would move.
    /// @return leavesDust Whether it would revert for what it leaves.
    function previewLiquidation(
        ILendingPool pool,
        address collateralAsset,
        address debtAsset,
        address account,
        uint256 debtToCover
    ) external view returns (uint256 closable, LiquidationMath.Size memory size, bool leavesDust);
}
