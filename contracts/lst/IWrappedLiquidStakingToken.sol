// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title IWrappedLiquidStakingToken
/// @notice Non-rebasing form of the liquid staking token, for use as collateral: one wrapped token is one share.
/// @dev Units: wrapped tokens and shares with 18 decimals; liquid staking tokens in wei. Both conversions round down.
/// @dev The wrapped supply never exceeds the shares held here; shares sent here by transfer stay here.
/// @custom:source docs/contracts/WrappedLiquidStakingToken.md
interface IWrappedLiquidStakingToken is IERC20Metadata, IERC20Permit {
    /// @notice Emitted when tokens are wrapped.
    /// @param holder Who wrapped.
    /// @param amount Liquid staking tokens taken [wei].
    /// @param wrapped Wrapped tokens minted.
    event Wrapped(address indexed holder, uint256 amount, uint256 wrapped);

    /// @notice Emitted when tokens are unwrapped.
    /// @param holder Who unwrapped.
    /// @param wrapped Wrapped tokens burned.
    /// @param amount Liquid staking tokens returned [wei].
    event Unwrapped(address indexed holder, uint256 wrapped, uint256 amount);

    /// @notice Raised when an amount is worth no share.
    /// @param amount Amount given.
    error WrappedLiquidStakingTokenZeroAmount(uint256 amount);

    /// @notice Takes `amount` of the caller's liquid staking tokens and mints `floor(amount * total shares / pooled)`.
    /// @dev Needs the caller's allowance of `amount`.
    /// @dev Reverts with {WrappedLiquidStakingTokenZeroAmount} when that is zero.
    /// @param amount Liquid staking tokens [wei].
    /// @return wrapped Wrapped tokens minted.
    function wrap(uint256 amount) external returns (uint256 wrapped);

    /// @notice Burns wrapped tokens of the caller and returns exactly as many shares.
    /// @dev Reverts with {WrappedLiquidStakingTokenZeroAmount} for zero.
    /// @param wrapped Wrapped tokens.
    /// @return amount Value of the shares, `floor(wrapped * pooled / total shares)` [wei].
    function unwrap(uint256 wrapped) external returns (uint256 amount);

    /// @notice Returns the wrapped tokens that an amount of liquid staking tokens gives, rounded down.
    /// @param amount Liquid staking tokens [wei].
    /// @return Wrapped tokens.
    function toWrapped(uint256 amount) external view returns (uint256);

    /// @notice Returns the liquid staking tokens that wrapped tokens give, rounded down.
    /// @param wrapped Wrapped tokens.
    /// @return Liquid staking tokens [wei].
    function toUnwrapped(uint256 wrapped) external view returns (uint256);

    /// @notice Returns what one wrapped token (1e18) is worth, rounded down: the rate a lending market reads.
    /// @return Liquid staking tokens [wei].
    function rate() external view returns (uint256);
}
