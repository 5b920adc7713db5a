// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC7575Share
/// @notice A token of shares that tells which vault takes an asset for it (ERC-7575; ERC-165 id 0xf815c03d).
/// @custom:source https://eips.ethereum.org/EIPS/eip-7575
interface IERC7575Share {
    /// @notice Emitted when the vault that takes an asset for this share changes.
    /// @param asset Asset.
    /// @param vault Vault.
    event VaultUpdate(address indexed asset, address vault);

    /// @notice Returns the vault that takes an asset for this share.
    /// @param asset Asset.
    /// @return Vault, zero where there is none.
    function vault(address asset) external view returns (address);
}
