// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IAdapter
/// @notice Where a vault puts its assets to work.
/// @custom:source docs/contracts/AdapterVault.md, section "Concepts"
interface IAdapter {
    /// @notice Takes note of assets that the vault has sent; only the vault.
    /// @param assets Assets [token wei].
    function allocate(uint256 assets) external;

    /// @notice Asks for so much to be free; only the vault.
    /// @dev What is free already counts. A request that is free as it is opens a new position with the rest, at most the
    /// vault's limit; another sets what is due after the duration, and never lowers it.
    /// @param assets Assets to be free [token wei].
    /// @param limit Most that the vault lets stand here [token wei].
    function requestDeallocate(uint256 assets, uint256 limit) external;

    /// @notice Sends free assets back; only the vault.
    /// @param assets Assets [token wei].
    function deallocate(uint256 assets) external;

    /// @notice Returns all assets that are here.
    /// @return Assets [token wei].
    function totalAssets() external view returns (uint256);

    /// @notice Returns how much more would be taken.
    /// @return Assets [token wei].
    function allocatable() external view returns (uint256);
}
