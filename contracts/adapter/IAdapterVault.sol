// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { IAdapter } from "./IAdapter.sol";

/// @title IAdapterVault
/// @notice ERC-4626 vault whose curator moves its assets to adapters; shares leave by a line that is filled at the live rate.
/// @dev Total assets are the balance and what is in the adapters. An adapter's limit is
/// `min(absolute, floor(totalAssets * share / 1e18))`. Shares and assets are converted with one virtual share and asset,
/// to the caller's disadvantage.
/// @custom:source docs/contracts/AdapterVault.md, section "Concepts"
interface IAdapterVault is IERC4626 {
    /// @notice Limits of an adapter.
    /// @param absolute Most assets [token wei].
    /// @param share Most part of all assets [WAD].
    struct Limits {
        uint256 absolute;
        uint256 share;
    }

    /// @notice Emitted when the line is named, once for good.
    /// @param line Line.
    event LineSet(address indexed line);

    /// @notice Emitted when an adapter's limits change.
    /// @param adapter Adapter.
    /// @param absolute Most assets [token wei].
    /// @param share Most part of all assets [WAD].
    event LimitsSet(IAdapter indexed adapter, uint256 absolute, uint256 share);

    /// @notice Emitted when assets move to an adapter.
    /// @param adapter Adapter.
    /// @param assets Assets [token wei].
    event Allocated(IAdapter indexed adapter, uint256 assets);

    /// @notice Raised when the line was named before.
    /// @param line Line.
    error AdapterVaultAlreadyWired(address line);

    /// @notice Raised when there are as many adapters as may be.
    /// @param maximum Most adapters.
    error AdapterVaultTooManyAdapters(uint256 maximum);

    /// @notice Raised when a contract is not one of the adapters.
    /// @param adapter Contract.
    error AdapterVaultUnknownAdapter(address adapter);

    /// @notice Names who alone may redeem, once for good; only the owner.
    /// @dev Reverts with {AdapterVaultAlreadyWired}.
    /// @param line_ Line.
    function wire(address line_) external;

    /// @notice Lists an adapter, or sets its limits anew; only the owner.
    /// @dev Reverts with {AdapterVaultTooManyAdapters}.
    /// @param adapter Adapter.
    /// @param limits Limits.
    function setLimits(IAdapter adapter, Limits calldata limits) external;

    /// @notice Moves assets to an adapter: the least of what is asked for, what is free, what the adapter takes, and what
    /// its limit leaves. Only the owner.
    /// @dev Reverts with {AdapterVaultUnknownAdapter}.
    /// @param adapter Adapter.
    /// @param amount Assets asked for [token wei].
    /// @return assets Assets moved; may be zero [token wei].
    function allocate(IAdapter adapter, uint256 amount) external returns (uint256 assets);

    /// @notice Asks an adapter to have assets free; only the owner. See {IAdapter.requestDeallocate}.
    /// @dev Reverts with {AdapterVaultUnknownAdapter}.
    /// @param adapter Adapter.
    /// @param assets Assets to be free [token wei].
    function requestDeallocate(IAdapter adapter, uint256 assets) external;

    /// @notice Takes free assets back from an adapter; only the owner.
    /// @dev Reverts with {AdapterVaultUnknownAdapter}, and with the adapter's error when less is free.
    /// @param adapter Adapter.
    /// @param assets Assets [token wei].
    function deallocate(IAdapter adapter, uint256 assets) external;

    /// @notice Takes a slash off the calling adapter's absolute limit; only an adapter.
    /// @dev Reverts with {AdapterVaultUnknownAdapter}.
    /// @param assets Assets slashed [token wei].
    function onSlash(uint256 assets) external;

    /// @notice Returns the assets that are in no adapter.
    /// @return Assets [token wei].
    function freeAssets() external view returns (uint256);

    /// @notice Returns what an adapter may hold now.
    /// @param adapter Adapter.
    /// @return Assets [token wei].
    function limitOf(IAdapter adapter) external view returns (uint256);
}
