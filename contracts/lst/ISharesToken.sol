// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title ISharesToken
/// @notice Rebasing ERC-20: an account holds shares, its balance is `floor(shares * pooled ether / total shares)`.
/// @dev Units: ether amounts and balances in wei; shares with 18 decimals.
/// @dev Rounding: both conversions round down. Moving an amount moves `floor(amount * total shares / pooled ether)`
/// shares, so the receiver's balance may grow by up to `ceil(rate)` wei less than the amount named in {Transfer}, and
/// the sum of all balances may lie below {totalSupply} by less than one wei a holder. {transferShares} moves exactly.
/// @dev Allowances are in wei of the token, do not rebase, and are infinite at `type(uint256).max`. Failures are those
/// of ERC-6093.
/// @custom:source docs/contracts/LiquidStakingToken.md, section "Shares"
interface ISharesToken is IERC20Metadata {
    /// @notice Emitted beside every {Transfer} with what was moved in shares.
    /// @param from Account that paid, zero when minted.
    /// @param to Account that received, zero when burned.
    /// @param shares Shares moved [shares, 18 dp].
    event TransferShares(address indexed from, address indexed to, uint256 shares);

    /// @notice Raised when an account holds fewer shares than it wants to move.
    /// @param holder Account.
    /// @param available Shares it holds.
    /// @param requested Shares asked for.
    error SharesTokenInsufficientShares(address holder, uint256 available, uint256 requested);

    /// @notice Raised when ether is to be converted to shares while there is no pooled ether left to price a share.
    /// @param amount Amount to convert [wei].
    /// @param totalShares Shares that stand for nothing.
    error SharesTokenNoPooledEther(uint256 amount, uint256 totalShares);

    /// @notice Moves `shares` of the caller, exactly.
    /// @dev Reverts with {SharesTokenInsufficientShares} when the caller holds fewer.
    /// @param to Receiver, not zero.
    /// @param shares Shares to move [shares, 18 dp].
    /// @return amount Their value, rounded down [wei].
    function transferShares(address to, uint256 shares) external returns (uint256 amount);

    /// @notice Moves `shares` of `from`, exactly; spends their value, rounded up, of the caller's allowance.
    /// @dev Reverts with `ERC20InsufficientAllowance` or {SharesTokenInsufficientShares}.
    /// @param from Account that pays.
    /// @param to Receiver, not zero.
    /// @param shares Shares to move [shares, 18 dp].
    /// @return amount Their value, rounded down [wei].
    function transferSharesFrom(address from, address to, uint256 shares) external returns (uint256 amount);

    /// @notice Returns the shares of an account.
    /// @param account Account.
    /// @return Shares [shares, 18 dp].
    function sharesOf(address account) external view returns (uint256);

    /// @notice Returns all shares.
    /// @return Shares [shares, 18 dp].
    function totalShares() external view returns (uint256);

    /// @notice Returns the ether behind all shares, the token's total supply.
    /// @return Pooled ether [wei].
    function totalPooledEther() external view returns (uint256);

    /// @notice Returns the shares an amount of ether stands for, `floor(amount * total shares / pooled ether)`.
    /// @dev Reverts with {SharesTokenNoPooledEther} when `amount > 0` and no ether is pooled.
    /// @param amount Amount [wei].
    /// @return Shares, rounded down [shares, 18 dp].
    function getSharesByPooledEth(uint256 amount) external view returns (uint256);

    /// @notice Returns the ether that shares stand for, `floor(shares * pooled ether / total shares)`.
    /// @param shares Shares [shares, 18 dp].
    /// @return Ether, rounded down [wei].
    function getPooledEthByShares(uint256 shares) external view returns (uint256);

    /// @notice Returns the ether that shares stand for, `ceil(shares * pooled ether / total shares)`.
    /// @param shares Shares [shares, 18 dp].
    /// @return Ether, rounded up [wei].
    function getPooledEthBySharesUp(uint256 shares) external view returns (uint256);

    /// @notice Returns the value of 1e27 shares, `floor(pooled ether * 1e27 / total shares)`.
    /// @return Rate, rounded down [RAY].
    function shareRateRay() external view returns (uint256);
}
