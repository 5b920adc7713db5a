// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { INavReporter } from "./INavReporter.sol";

/// @title IVaultDesk
/// @notice Owns and curates restaking vaults: does with what is there at that instant what no participant can know when a
/// step is planned.
/// @dev Upkeep is open to anybody, since it does nothing but the honest thing; everything else is the operator's.
/// @custom:source docs/contracts/Lens.md, section "Vault desk"
interface IVaultDesk {
    /// @notice Raised when anyone but the operator acts.
    /// @param caller Who called.
    /// @param operator Who may.
    error VaultDeskUnauthorized(address caller, address operator);

    /// @notice Restakes what lies free in the buffer above its target; does nothing where that is nothing.
    /// @param vault Vault.
    /// @param target Part of all assets that the buffer keeps [WAD].
    /// @return assets Assets restaked [wei].
    function restake(IRestakingVault vault, uint256 target) external returns (uint256 assets);

    /// @notice Brings matured withdrawals home, fixes the settlements that are due, and queues stake for what the buffer
    /// lacks and what is on its way does not cover, from each operator in proportion to what it holds.
    /// @param vault Vault.
    /// @return queued Assets newly queued [wei].
    function serve(IRestakingVault vault) external returns (uint256 queued);

    /// @notice Reports what the vault holds, as its oracle's mode asks.
    /// @param vault Vault.
    /// @param reporters Reporters who vote, in mode Quorum.
    function push(IRestakingVault vault, INavReporter[] calldata reporters) external;

    /// @notice Reports a rate on the operator's word. Only the operator.
    /// @param vault Vault.
    /// @param reporters Reporters who vote, in mode Quorum.
    /// @param rate Rate of the vault [WAD].
    function pushRate(IRestakingVault vault, INavReporter[] calldata reporters, uint256 rate) external;

    /// @notice Calls a contract that the desk owns. Only the operator.
    /// @param target Contract.
    /// @param data Call.
    function execute(address target, bytes calldata data) external;
}
