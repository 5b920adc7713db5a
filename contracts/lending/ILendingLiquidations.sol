// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ILendingLiquidations
/// @notice Seizing collateral of an account that owes too much, and what becomes of a debt without collateral.
/// @dev Units: amounts in token wei of their asset.
///
/// | Quantity | Rounding |
/// |---|---|
/// | close factor | half of all debt half up, then down to units |
/// | collateral for a debt, before and with the bonus | down, against the liquidator |
/// | debt for all collateral | value down, then without the bonus up |
/// | bonus | what is left of the seized collateral less its worth without bonus, which is rounded down |
/// | treasury's part of the bonus | up |
/// | claims burned or moved, scaled | up each, at most what the account has |
/// | debt written off | what the account owes, rounded up, less what was repaid |
/// @dev The order is the rule's: interest first; then the account; bonus; close factor; amounts; fee; dust; and when all
/// of the account's collateral value is consumed, its debt in every reserve is written off into the reserve's deficit.
/// @dev Liquidations fail, and that is an outcome: while paused, without cash for the collateral, by the dust rule, or
/// when a permissioned collateral token refuses its receiver; the token's own error is passed on.
/// @custom:source docs/contracts/LendingPool.md, section "Liquidation"
interface ILendingLiquidations {
    /// @notice What a liquidation did.
    /// @param repaid Debt repaid [debt wei].
    /// @param seized Collateral for the liquidator [collateral wei].
    /// @param fee Collateral for the treasury, as claims [collateral wei].
    /// @param healthFactor Health factor before [WAD].
    /// @param collateralPrice Price used [base currency, 8 dp].
    /// @param debtPrice Price used [base currency, 8 dp].
    /// @param isBadDebt Whether the account's remaining debt was written off.
    struct Liquidation {
        uint256 repaid;
        uint256 seized;
        uint256 fee;
        uint256 healthFactor;
        uint256 collateralPrice;
        uint256 debtPrice;
        bool isBadDebt;
    }

    /// @notice Emitted when an account is liquidated.
    /// @param collateralAsset Collateral.
    /// @param debtAsset Debt.
    /// @param account Account.
    /// @param liquidator Who repaid.
    /// @param receivesClaims Whether the liquidator took supply claims instead of the asset.
    /// @param outcome What was done.
    event Liquidated(
        address indexed collateralAsset,
        address indexed debtAsset,
        address indexed account,
        address liquidator,
        bool receivesClaims,
        Liquidation outcome
    );

    /// @notice Emitted when a debt is written off.
    /// @param asset Asset.
    /// @param account Account.
    /// @param amount Debt [token wei].
    event DeficitCreated(address indexed asset, address indexed account, uint256 amount);

    /// @notice Emitted when a deficit is covered.
    /// @param asset Asset.
    /// @param account Who gave up claims for it.
    /// @param amount Deficit covered [token wei].
    event DeficitCovered(address indexed asset, address indexed account, uint256 amount);

    /// @notice Raised when a healthy account is to be liquidated.
    /// @param account Account.
    /// @param healthFactor Health factor [WAD].
    error LendingPoolHealthy(address account, uint256 healthFactor);

    /// @notice Raised when an account would liquidate itself.
    /// @param account Account.
    error LendingPoolSelfLiquidation(address account);

    /// @notice Raised when an account does not use an asset as collateral.
    /// @param account Account.
    /// @param asset Asset.
    error LendingPoolNotCollateral(address account, address asset);

    /// @notice Raised when an account does not owe an asset.
    /// @param account Account.
    /// @param asset Asset.
    error LendingPoolNoDebt(address account, address asset);

    /// @notice Raised when a liquidation would leave less than a thousand on a side.
    /// @param account Account.
    error LendingPoolMustNotLeaveDust(address account);

    /// @notice Raised when more deficit is to be covered than there is, or than is left to the caller.
    /// @param asset Asset.
    /// @param requested Amount.
    /// @param deficit Deficit that the caller may cover.
    error LendingPoolDeficitTooSmall(address asset, uint256 requested, uint256 deficit);

    /// @notice Repays debt of an account that owes too much, for its collateral and a bonus.
    /// @dev Needs the caller's allowance of the debt asset. Reverts with {LendingPoolHealthy} at a health factor of one
    /// or more, {LendingPoolSelfLiquidation}, {LendingPoolRestricted} while either reserve is inactive or paused,
    /// {LendingPoolNotCollateral}, {LendingPoolNoDebt}, {LendingPoolMustNotLeaveDust},
    /// {LendingPoolInsufficientCash}, {LendingPoolZeroAmount}.
    /// @dev Collateral without value is taken for nothing: what it secured is written off.
    /// @dev Claims that a liquidator receives are not used as its collateral until it says so.
    /// @param collateralAsset Collateral to seize.
    /// @param debtAsset Debt to repay.
    /// @param account Account.
    /// @param debtToCover Most to repay [debt wei].
    /// @param receivesClaims Whether to take supply claims instead of the asset.
    /// @return outcome What was done.
    function liquidate(
        address collateralAsset,
        address debtAsset,
        address account,
        uint256 debtToCover,
        bool receivesClaims
    ) external returns (Liquidation memory outcome);

    /// @notice Covers a deficit by giving up supply claims of the caller. Anyone; but what an insurance module was
    /// slashed for and has not covered yet, only the module.
    /// @dev Reverts with {LendingPoolDeficitTooSmall}, {LendingPoolInsufficientBalance}, {LendingPoolZeroAmount}; with
    /// {LendingPoolUnhealthy} or {LendingPoolLtvZeroFirst} when the claims back a debt.
    /// @param asset Asset.
    /// @param amount Deficit to cover [token wei].
    function eliminateDeficit(address asset, uint256 amount) external;
}
