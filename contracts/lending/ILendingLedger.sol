// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IReserveBook } from "./IReserveBook.sol";

/// @title ILendingLedger
/// @notice Who is owed and who owes what: balances scaled by indexes that grow with interest, cash, and deficits.
/// @dev Units: balances in token wei; scaled balances in token wei at an index of one; indexes and rates in RAY.
///
/// | Quantity | Rounding |
/// |---|---|
/// | supply claim minted, scaled | down, against the supplier |
/// | supply claim burned or moved, scaled | up, against its owner |
/// | supply balance | down |
/// | debt minted, scaled | up, against the borrower |
/// | debt burned, scaled | down, against the borrower |
/// | debt balance, each and of all | up |
/// | indexes and rates | half up at each product |
/// | interest for the treasury | down, times the reserve factor half up, scaled down |
/// @dev Cash is counted, not read from a balance: a donation gives nobody anything, and what leaves the count cannot be
/// withdrawn. For each reserve `cash + all debt + deficit` covers `all supply + treasury`, up to a unit of rounding for
/// each call and account; what is left over is what debts compound between two touches, while supplies grow linearly.
/// @dev The debt index moves while there is debt, the supply index while suppliers earn; both before any balance does.
/// @custom:source docs/contracts/LendingPool.md
interface ILendingLedger {
    /// @notice A reserve's books as last touched.
    /// @param supplyIndex What a scaled supply of one is worth [RAY].
    /// @param debtIndex What a scaled debt of one owes [RAY].
    /// @param supplyRate What suppliers earn until the next touch [RAY a year].
    /// @param borrowRate What borrowers pay until the next touch [RAY a year].
    /// @param updatedAt Last touch, zero before the first [unix s].
    /// @param scaledSupply Supply of all, scaled.
    /// @param scaledDebt Debt of all, scaled.
    /// @param scaledTreasury What the treasury earned and has not been minted, scaled.
    /// @param cash What can be withdrawn or borrowed [token wei].
    /// @param deficit Bad debt that nobody has covered [token wei].
    struct Reserve {
        uint256 supplyIndex;
        uint256 debtIndex;
        uint256 supplyRate;
        uint256 borrowRate;
        uint256 updatedAt;
        uint256 scaledSupply;
        uint256 scaledDebt;
        uint256 scaledTreasury;
        uint256 cash;
        uint256 deficit;
    }

    /// @notice An account's place in a reserve.
    /// @param scaledSupply Supply, scaled.
    /// @param scaledDebt Debt, scaled.
    /// @param isCollateral Whether its supply is used as collateral.
    struct Position {
        uint256 scaledSupply;
        uint256 scaledDebt;
        bool isCollateral;
    }

    /// @notice Emitted when a reserve takes new rates.
    /// @param asset Asset.
    /// @param supplyRate What suppliers earn [RAY a year].
    /// @param borrowRate What borrowers pay [RAY a year].
    /// @param supplyIndex Supply index [RAY].
    /// @param debtIndex Debt index [RAY].
    event RatesSet(
        address indexed asset,
        uint256 supplyRate,
        uint256 borrowRate,
        uint256 supplyIndex,
        uint256 debtIndex
    );

    /// @notice Emitted when an account begins or ends to use its supply as collateral.
    /// @param asset Asset.
    /// @param account Account.
    /// @param isCollateral Whether it is used now.
    event CollateralSet(address indexed asset, address indexed account, bool isCollateral);

    /// @notice Emitted when the treasury's earnings become claims.
    /// @param asset Asset.
    /// @param treasury Treasury.
    /// @param amount Claims [token wei].
    event TreasuryMinted(address indexed asset, address indexed treasury, uint256 amount);

    /// @notice Raised when an amount is zero, or too small to change a balance.
    error LendingPoolZeroAmount();

    /// @notice Raised when a reserve has not the cash that is asked for.
    /// @param asset Asset.
    /// @param requested What is asked for.
    /// @param available Cash.
    error LendingPoolInsufficientCash(address asset, uint256 requested, uint256 available);

    /// @notice Raised when an account has less than it asks for.
    /// @param asset Asset.
    /// @param requested What it asks for.
    /// @param available What it has.
    error LendingPoolInsufficientBalance(address asset, uint256 requested, uint256 available);

    /// @notice Raised when a token delivers less than was sent, or more.
    /// @param asset Asset.
    /// @param sent What was sent.
    /// @param received What arrived.
    error LendingPoolWrongTransfer(address asset, uint256 sent, uint256 received);

    /// @notice Raised when a reserve is restricted.
    /// @param asset Asset.
    /// @param restrictions Restrictions that stand in the way.
    error LendingPoolRestricted(address asset, uint256 restrictions);

    /// @notice Raised when only another account may call.
    /// @param account Who called.
    error LendingPoolUnauthorized(address account);

    /// @notice Brings a reserve's interest up to date and takes the rates of its present use. Anyone.
    /// @param asset Asset.
    function accrue(address asset) external;

    /// @notice Turns the treasury's earnings into claims of the treasury. Anyone.
    /// @dev Reverts with {LendingPoolZeroAmount} when there are none.
    /// @param asset Asset.
    /// @return amount Claims, rounded down [token wei].
    function mintToTreasury(address asset) external returns (uint256 amount);

    /// @notice Returns what is listed, and at which terms.
    /// @return Book.
    function book() external view returns (IReserveBook);

    /// @notice Returns a reserve's books as last touched.
    /// @param asset Asset.
    /// @return Books.
    function reserveOf(address asset) external view returns (Reserve memory);

    /// @notice Returns an account's place in a reserve.
    /// @param asset Asset.
    /// @param account Account.
    /// @return Place.
    function positionOf(address asset, address account) external view returns (Position memory);

    /// @notice Returns the indexes with interest until now.
    /// @param asset Asset.
    /// @return supplyIndex Supply index [RAY].
    /// @return debtIndex Debt index [RAY].
    function indexesOf(address asset) external view returns (uint256 supplyIndex, uint256 debtIndex);

    /// @notice Returns what an account is owed, with interest until now, rounded down.
    /// @param asset Asset.
    /// @param account Account.
    /// @return Balance [token wei].
    function supplyOf(address asset, address account) external view returns (uint256);

    /// @notice Returns what an account owes, with interest until now, rounded up.
    /// @param asset Asset.
    /// @param account Account.
    /// @return Balance [token wei].
    function debtOf(address asset, address account) external view returns (uint256);

    /// @notice Returns what all suppliers are owed, with interest until now, rounded down.
    /// @param asset Asset.
    /// @return Supply [token wei].
    function totalSupplyOf(address asset) external view returns (uint256);

    /// @notice Returns what all borrowers owe, with interest until now, rounded up.
    /// @param asset Asset.
    /// @return Debt [token wei].
    function totalDebtOf(address asset) external view returns (uint256);

    /// @notice Returns what the treasury earned and has not been minted, with interest until now, rounded down.
    /// @param asset Asset.
    /// @return Amount [token wei].
    function treasuryAccrualOf(address asset) external view returns (uint256);

    /// @notice Returns what a supply cap counts: the claims of suppliers and treasury together, with interest until now,
    /// rounded down once.
    /// @param asset Asset.
    /// @return Claims [token wei].
    function cappedSupplyOf(address asset) external view returns (uint256);
}
