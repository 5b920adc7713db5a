// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILendingAccounts } from "./ILendingAccounts.sol";
import { ILendingFlashLoans } from "./ILendingFlashLoans.sol";
import { ILendingLedger } from "./ILendingLedger.sol";
import { ILendingLiquidations } from "./ILendingLiquidations.sol";

/// @title ILendingPool
/// @notice A pooled market: everything supplied backs everything borrowed, and each account's collateral its debt.
/// @dev Units: amounts in token wei. Rounding: the tables of {ILendingLedger}, {ILendingAccounts},
/// {ILendingLiquidations} and {ILendingFlashLoans}, and
///
/// | Quantity | Rounding |
/// |---|---|
/// | caps | supply counted down, debt up; a cap may be reached |
/// @dev Tokens must deliver what is sent: one that takes a fee on transfers is refused when it does.
/// @custom:source docs/contracts/LendingPool.md
interface ILendingPool is ILendingFlashLoans, ILendingLiquidations, ILendingAccounts, ILendingLedger {
    /// @notice Emitted when an asset is supplied.
    /// @param asset Asset.
    /// @param payer Who paid.
    /// @param account Who owns the claim.
    /// @param amount Amount [token wei].
    event Supplied(address indexed asset, address indexed payer, address indexed account, uint256 amount);

    /// @notice Emitted when an asset is withdrawn.
    /// @param asset Asset.
    /// @param account Who owned the claim.
    /// @param to Who was paid.
    /// @param amount Amount [token wei].
    event Withdrawn(address indexed asset, address indexed account, address indexed to, uint256 amount);

    /// @notice Emitted when an asset is borrowed.
    /// @param asset Asset.
    /// @param borrower Who received it.
    /// @param account Who owes it.
    /// @param amount Amount [token wei].
    event Borrowed(address indexed asset, address indexed borrower, address indexed account, uint256 amount);

    /// @notice Emitted when a debt is repaid.
    /// @param asset Asset.
    /// @param payer Who paid.
    /// @param account Who owed it.
    /// @param amount Amount [token wei].
    event Repaid(address indexed asset, address indexed payer, address indexed account, uint256 amount);

    /// @notice Emitted when an account enters or leaves an e-mode.
    /// @param account Account.
    /// @param category Number, zero for none.
    event AccountCategorySet(address indexed account, uint8 category);

    /// @notice Emitted when an account lets another borrow on its behalf.
    /// @param asset Asset.
    /// @param account Who would owe.
    /// @param borrower Who may borrow.
    /// @param amount Amount [token wei].
    event DelegationSet(address indexed asset, address indexed account, address indexed borrower, uint256 amount);

    /// @notice Raised when a cap would be exceeded.
    /// @param asset Asset.
    /// @param total Supply or debt there would be.
    /// @param cap Cap.
    error LendingPoolCapExceeded(address asset, uint256 total, uint256 cap);

    /// @notice Raised when an asset cannot be borrowed in an e-mode, or outside of any.
    /// @param asset Asset.
    /// @param category E-mode, zero for none.
    error LendingPoolNotBorrowable(address asset, uint8 category);

    /// @notice Raised when an account may not borrow so much on behalf of another.
    /// @param asset Asset.
    /// @param requested What it asks for.
    /// @param allowed What it may.
    error LendingPoolInsufficientDelegation(address asset, uint256 requested, uint256 allowed);

    /// @notice Raised when an asset cannot be used as collateral by an account.
    /// @param asset Asset.
    /// @param account Account.
    error LendingPoolCannotBeCollateral(address asset, address account);

    /// @notice Raised when an e-mode does not exist.
    /// @param category Number.
    error LendingPoolUnknownCategory(uint8 category);

    /// @notice Supplies an asset of the caller.
    /// @dev Needs the caller's allowance. A first supply is used as collateral, if it can be.
    /// @dev Reverts with {LendingPoolRestricted} while inactive, paused or frozen, {LendingPoolCapExceeded},
    /// {LendingPoolZeroAmount}, {LendingPoolWrongTransfer}.
    /// @param asset Asset.
    /// @param amount Amount [token wei].
    /// @param account Who gets the claim.
    function supply(address asset, uint256 amount, address account) external;

    /// @notice Withdraws an asset of the caller.
    /// @dev Reverts with {LendingPoolRestricted} while inactive or paused, {LendingPoolInsufficientBalance},
    /// {LendingPoolInsufficientCash}, {LendingPoolUnhealthy}, {LendingPoolLtvZeroFirst}, {LendingPoolZeroAmount}.
    /// @param asset Asset.
    /// @param amount Amount; the greatest number for all [token wei].
    /// @param to Who is paid.
    /// @return withdrawn Amount paid [token wei].
    function withdraw(address asset, uint256 amount, address to) external returns (uint256 withdrawn);

    /// @notice Borrows an asset; the caller receives it.
    /// @dev On behalf of another only as far as {approveDelegation} allows. Reverts with {LendingPoolRestricted} while
    /// inactive, paused or frozen, {LendingPoolNotBorrowable}, {LendingPoolCapExceeded},
    /// {LendingPoolInsufficientCash}, {LendingPoolInsufficientCollateral}, {LendingPoolUnhealthy},
    /// {LendingPoolInsufficientDelegation}, {LendingPoolZeroAmount}.
    /// @param asset Asset.
    /// @param amount Amount [token wei].
    /// @param account Who owes it.
    function borrow(address asset, uint256 amount, address account) external;

    /// @notice Repays debt of an account.
    /// @dev Needs the caller's allowance. Never takes more than is owed. Reverts with {LendingPoolRestricted} while
    /// inactive or paused, {LendingPoolNoDebt}, {LendingPoolZeroAmount}, {LendingPoolWrongTransfer}.
    /// @param asset Asset.
    /// @param amount Most to repay; the greatest number for all [token wei].
    /// @param account Who owes it.
    /// @return repaid Amount taken [token wei].
    function repay(address asset, uint256 amount, address account) external returns (uint256 repaid);

    /// @notice Lets another borrow an asset on behalf of the caller.
    /// @param asset Asset.
    /// @param borrower Who may borrow.
    /// @param amount How much; the greatest number for any amount, for good [token wei].
    function approveDelegation(address asset, address borrower, uint256 amount) external;

    /// @notice Uses the caller's supply of an asset as collateral, or no longer.
    /// @dev Reverts with {LendingPoolRestricted} while inactive or paused, {LendingPoolCannotBeCollateral} without
    /// supply, threshold or LTV, {LendingPoolUnhealthy}, {LendingPoolLtvZeroFirst}.
    /// @param asset Asset.
    /// @param isCollateral Whether to use it.
    function setUseAsCollateral(address asset, bool isCollateral) external;

    /// @notice Enters an e-mode, or leaves it.
    /// @dev Reverts with {LendingPoolUnknownCategory}, {LendingPoolNotBorrowable} for something owed that cannot be
    /// borrowed there, {LendingPoolUnhealthy}.
    /// @param category Number, zero for none.
    function setCategory(uint8 category) external;

    /// @notice Moves supply claims. Only the asset's claim token, for its holders.
    /// @dev Claims that arrive are not used as collateral until their owner says so. Reverts with
    /// {LendingPoolUnauthorized}, {LendingPoolRestricted} while inactive or paused, {LendingPoolInsufficientBalance},
    /// {LendingPoolUnhealthy}, {LendingPoolLtvZeroFirst}.
    /// @param asset Asset.
    /// @param from Owner.
    /// @param to New owner.
    /// @param amount Amount [token wei].
    function moveClaim(address asset, address from, address to, uint256 amount) external;

    /// @notice Returns how much an account may borrow on behalf of another.
    /// @param asset Asset.
    /// @param account Who would owe.
    /// @param borrower Who may borrow.
    /// @return Amount [token wei].
    function delegationOf(address asset, address account, address borrower) external view returns (uint256);
}
