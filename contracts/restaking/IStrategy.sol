// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IStrategy
/// @notice Holds one ERC-20 token for all restakers and counts it in shares.
/// @dev Price of a share = (balance + 1e3) / (total shares + 1e3): the virtual thousand on both sides makes an inflation
/// attack on an empty strategy cost the attacker far more than it takes. Rounding always favours the strategy.
/// Token amounts in wei of {token}; shares in wei.
/// @dev Tokens: any ERC-20 that neither calls back into the core nor changes who holds what on its own; tokens that
/// rebase (the LST) or take a fee on transfer are credited by what arrived.
/// @custom:source docs/contracts/Strategy.md
interface IStrategy {
    /// @notice Emitted when tokens that arrived were turned into shares.
    /// @param amount Tokens credited [wei].
    /// @param shares Shares created [wei].
    /// @param totalShares Shares in existence afterwards [wei].
    event SharesIssued(uint256 amount, uint256 shares, uint256 totalShares);

    /// @notice Emitted when shares were turned back into tokens.
    /// @param recipient Account that received the tokens.
    /// @param shares Shares destroyed [wei].
    /// @param amount Tokens sent [wei].
    /// @param totalShares Shares in existence afterwards [wei].
    event SharesRedeemed(address indexed recipient, uint256 shares, uint256 amount, uint256 totalShares);

    /// @notice Raised when someone else than the restaking manager calls.
    /// @param caller Caller.
    /// @param expected Restaking manager.
    error StrategyUnauthorized(address caller, address expected);

    /// @notice Raised when a deposit is too small to be worth one share.
    /// @param amount Tokens offered [wei].
    error StrategyNewSharesZero(uint256 amount);

    /// @notice Raised when a deposit would lift the total above the largest number of shares, 1e38 - 1.
    /// @param totalShares Total the deposit would lead to [wei].
    /// @param maximum Largest total allowed, inclusive [wei].
    error StrategyMaxSharesExceeded(uint256 totalShares, uint256 maximum);

    /// @notice Raised when more shares are redeemed than exist.
    /// @param requested Shares asked for [wei].
    /// @param available Shares in existence [wei].
    error StrategyInsufficientShares(uint256 requested, uint256 available);

    /// @notice Raised when the shares are worth more tokens than the strategy holds: the last holder after a loss, as the
    /// virtual thousand takes no part in losses.
    /// @param requested Tokens the shares are worth [wei].
    /// @param available Tokens held [wei].
    error StrategyInsufficientBalance(uint256 requested, uint256 available);

    /// @notice Turns `amount` tokens, already transferred in by the caller, into shares.
    /// @dev shares = floor(amount * (totalShares + 1e3) / (balance before + 1e3)).
    /// @dev Reverts with {StrategyUnauthorized}, {StrategyNewSharesZero}, {StrategyMaxSharesExceeded} or
    /// {StrategyInsufficientBalance} (less arrived than claimed).
    /// @param amount Tokens that arrived [wei].
    /// @return shares Shares created [wei].
    function deposit(uint256 amount) external returns (uint256 shares);

    /// @notice Destroys `shares` and sends their worth to `recipient`.
    /// @dev amount = floor((balance + 1e3) * shares / (totalShares + 1e3)).
    /// @dev Reverts with {StrategyUnauthorized}, {StrategyInsufficientShares} or {StrategyInsufficientBalance}.
    /// @param recipient Account to send to.
    /// @param shares Shares to destroy [wei].
    /// @return amount Tokens sent [wei].
    function withdraw(address recipient, uint256 shares) external returns (uint256 amount);

    /// @notice Returns the token this strategy holds.
    /// @return Token, an ERC-20.
    function token() external view returns (IERC20);

    /// @notice Returns the restaking manager, the only caller allowed to move shares.
    /// @return Restaking manager.
    function restakingManager() external view returns (address);

    /// @notice Returns the shares in existence: deposited, queued, and slashed but not yet cleared.
    /// @return Shares [wei].
    function totalShares() external view returns (uint256);

    /// @notice Returns what `shares` are worth now, rounded down.
    /// @param shares Shares [wei].
    /// @return Tokens [wei].
    function sharesToUnderlying(uint256 shares) external view returns (uint256);

    /// @notice Returns the shares that a deposit of `amount` would create now, rounded down.
    /// @param amount Tokens [wei].
    /// @return Shares [wei].
    function underlyingToShares(uint256 amount) external view returns (uint256);
}
