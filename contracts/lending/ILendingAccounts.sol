// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ILendingAccounts
/// @notice What an account's collateral is worth against its debt.
/// @dev Values are in the base currency with eight decimals.
///
/// | Quantity | Rounding |
/// |---|---|
/// | value of a collateral | down, against the account |
/// | value of a debt | up, against the account |
/// | average threshold and LTV | down |
/// | health factor | threshold-weighted collateral over debt in WAD half up, then over 10000 down |
/// | most that may be borrowed | down |
/// @custom:source docs/contracts/LendingPool.md, section "Health"
interface ILendingAccounts {
    /// @notice An account as a whole.
    /// @param collateralBase Value of its collateral [base currency, 8 dp].
    /// @param debtBase Value of its debt [base currency, 8 dp].
    /// @param avgLtvBps LTV, averaged over the collateral's value [bps].
    /// @param avgLtBps Liquidation threshold, averaged over the collateral's value [bps].
    /// @param healthFactor Below one it can be liquidated; the greatest number without debt [WAD].
    /// @param hasLtvZero Whether some of its collateral adds nothing to what may be borrowed.
    struct AccountData {
        uint256 collateralBase;
        uint256 debtBase;
        uint256 avgLtvBps;
        uint256 avgLtBps;
        uint256 healthFactor;
        bool hasLtvZero;
    }

    /// @notice Raised when a call would leave an account that can be liquidated.
    /// @param account Account.
    /// @param healthFactor Health factor it would have [WAD].
    error LendingPoolUnhealthy(address account, uint256 healthFactor);

    /// @notice Raised when an account would owe more than its collateral allows.
    /// @param account Account.
    /// @param debtBase What it would owe [base currency, 8 dp].
    /// @param mostBase What it may owe [base currency, 8 dp].
    error LendingPoolInsufficientCollateral(address account, uint256 debtBase, uint256 mostBase);

    /// @notice Raised when collateral is taken while collateral without LTV stays behind a debt.
    /// @param account Account.
    /// @param asset Asset it takes.
    error LendingPoolLtvZeroFirst(address account, address asset);

    /// @notice Returns an account as a whole, with interest until now.
    /// @param account Account.
    /// @return Data.
    function accountData(address account) external view returns (AccountData memory);

    /// @notice Returns an account's e-mode.
    /// @param account Account.
    /// @return Number, zero for none.
    function categoryOf(address account) external view returns (uint8);
}
