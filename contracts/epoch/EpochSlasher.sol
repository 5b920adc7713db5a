// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { EpochSlasherBase } from "./EpochSlasherBase.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title EpochSlasher
/// @notice Slasher of an epoch vault that slashes at once. See {IEpochSlasher}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract EpochSlasher is EpochSlasherBase {
    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where networks name who may slash for them.
    /// @param isBurnerHook_ Whether the vault's burner is told of slashes.
    constructor(
        IEpochVault vault_,
        IEpochRegistry registry_,
        bool isBurnerHook_
    ) EpochSlasherBase(vault_, registry_, isBurnerHook_) {}

    /* EXTERNAL */

    /// @notice Slashes an operator for a second in `[now - epoch, now)`; only the network's middleware.
    /// @dev In this order: caller, window, amount, latest capture, cumulative slash, the delegator's hook, the vault, the
    /// burner's hook. Reverts with {EpochSlasherOnlyMiddleware}, {EpochSlasherInvalidCapture},
    /// {EpochSlasherNothingToSlash} and {HookGas.HookGasInsufficient}.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Amount asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return slashed Nominal slash, of which the vault may have burned less [token wei].
    function slash(
        Subnetwork subnetwork,
        address operator,
        uint256 amount,
        uint48 capturedAt
    ) external nonReentrant returns (uint256 slashed) {
        _onlyMiddleware(subnetwork);
        _checkCapture(capturedAt, 0);
        slashed = _capped(subnetwork, operator, amount, capturedAt);

        _slash(subnetwork, operator, slashed, capturedAt);
    }
}
