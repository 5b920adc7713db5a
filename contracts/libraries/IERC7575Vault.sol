// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC7575Vault
/// @notice Which token stands for a vault's shares (ERC-7575; ERC-165 id of such a vault 0x2f0a18c5).
/// @custom:source https://eips.ethereum.org/EIPS/eip-7575
interface IERC7575Vault {
    /// @notice Returns the token of the shares.
    /// @return Token.
    function share() external view returns (address);
}
