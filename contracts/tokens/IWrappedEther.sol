// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IWrappedEther
/// @notice Ether as an ERC-20, one to one: what markets that know only tokens trade and lend.
/// @dev Units: wei. Rounding: none, every conversion is exact. The supply never exceeds the ether held here; ether sent
/// here by force stays here.
/// @custom:source docs/contracts/WrappedEther.md
interface IWrappedEther {
    /* EVENTS */

    /// @notice Ether became tokens.
    /// @param holder Who wrapped it.
    /// @param amount Ether and tokens [wei].
    event Wrapped(address indexed holder, uint256 amount);

    /// @notice Tokens became ether.
    /// @param holder Who unwrapped them.
    /// @param amount Tokens and ether [wei].
    event Unwrapped(address indexed holder, uint256 amount);

    /* FUNCTIONS */

    /// @notice Mints one token for each wei sent, to the sender.
    function wrap() external payable;

    /// @notice Burns tokens of the sender and sends it as many wei.
    /// @dev Reverts as an ERC-20 does where the sender has fewer tokens.
    /// @param amount Tokens [wei].
    function unwrap(uint256 amount) external;
}
