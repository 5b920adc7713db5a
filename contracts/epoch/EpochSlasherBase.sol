// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { HookGas } from "../libraries/HookGas.sol";
import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochDelegator } from "./IEpochDelegator.sol";
import { IEpochHook } from "./IEpochHook.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochSlasher } from "./IEpochSlasher.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title EpochSlasherBase
/// @notice See {IEpochSlasher}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
abstract contract EpochSlasherBase is IEpochSlasher, ReentrancyGuard {
    using Checkpoints for Checkpoints.Trace256;

    /* CONSTANTS */

    /// @notice Gas of the burner's hook.
    uint256 public constant BURNER_GAS = 150_000;

    /* IMMUTABLES */

    /// @inheritdoc IEpochSlasher
    IEpochVault public immutable vault;

    /// @inheritdoc IEpochSlasher
    IEpochRegistry public immutable registry;

    /// @inheritdoc IEpochSlasher
    bool public immutable isBurnerHook;

    /* STORAGE */

    /// @inheritdoc IEpochSlasher
    mapping(Subnetwork subnetwork => mapping(address operator => uint48 capture)) public latestSlashedCapture;

    mapping(Subnetwork subnetwork => mapping(address operator => Checkpoints.Trace256 sum)) private _cumulative;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where networks name who may slash for them.
    /// @param isBurnerHook_ Whether the vault's burner is told of slashes.
    constructor(IEpochVault vault_, IEpochRegistry registry_, bool isBurnerHook_) {
        (vault, registry, isBurnerHook) = (vault_, registry_, isBurnerHook_);
    }

    /* VIEWS */

    /// @inheritdoc IEpochSlasher
    function cumulativeSlash(Subnetwork subnetwork, address operator) public view returns (uint256) {
        return _cumulative[subnetwork][operator].latest();
    }

    /// @inheritdoc IEpochSlasher
    function cumulativeSlashAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) public view returns (uint256) {
        return _cumulative[subnetwork][operator].upperLookupRecent(timestamp);
    }

    /// @inheritdoc IEpochSlasher
    function slashableStake(Subnetwork subnetwork, address operator, uint48 capturedAt) public view returns (uint256) {
        bool isInWindow = capturedAt + vault.epochDuration() >= block.timestamp && capturedAt < block.timestamp;
        if (!isInWindow || capturedAt < latestSlashedCapture[subnetwork][operator]) return 0;

        uint256 stake = IEpochDelegator(vault.delegator()).stakeAt(subnetwork, operator, capturedAt);
        uint256 since = cumulativeSlash(subnetwork, operator) - cumulativeSlashAt(subnetwork, operator, capturedAt);
        return Math.saturatingSub(stake, since);
    }

    /* INTERNAL */

    /// @notice Counts a slash, tells the delegator, lets the vault burn, tells the burner.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Nominal slash, no more than what is slashable [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    function _slash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) internal {
        if (capturedAt > latestSlashedCapture[subnetwork][operator]) {
            latestSlashedCapture[subnetwork][operator] = capturedAt;
        }
        _cumulative[subnetwork][operator].push(block.timestamp, cumulativeSlash(subnetwork, operator) + amount);

        IEpochDelegator(vault.delegator()).onSlash(subnetwork, operator, amount, capturedAt);
        uint256 burned = vault.onSlash(amount, capturedAt);
        _tellBurner(subnetwork, operator, amount, capturedAt);

        emit OperatorSlashed(subnetwork, operator, amount, burned, capturedAt);
    }

    /// @notice Returns the part of an amount that can be slashed, which is not zero.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Amount asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return capped Nominal slash [token wei].
    function _capped(
        Subnetwork subnetwork,
        address operator,
        uint256 amount,
        uint48 capturedAt
    ) internal view returns (uint256 capped) {
        capped = Math.min(amount, slashableStake(subnetwork, operator, capturedAt));
        require(capped > 0, EpochSlasherNothingToSlash(operator, capturedAt));
    }

    /// @notice Reverts unless the caller may slash for a network.
    /// @param subnetwork Subnetwork.
    function _onlyMiddleware(Subnetwork subnetwork) internal view {
        address network = subnetwork.network();
        require(msg.sender == registry.middlewareOf(network), EpochSlasherOnlyMiddleware(msg.sender, network));
    }

    /// @notice Reverts unless a capture lies before now, and not before a first second.
    /// @param capturedAt Second [unix s].
    /// @param notice Seconds that have to be left of the epoch after it [s].
    function _checkCapture(uint48 capturedAt, uint48 notice) internal view {
        uint256 first = Math.saturatingSub(block.timestamp + notice, vault.epochDuration());
        bool isValid = capturedAt >= first && capturedAt < block.timestamp;
        require(isValid, EpochSlasherInvalidCapture(capturedAt, first, block.timestamp));
    }

    function _tellBurner(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) private {
        address burner = vault.burner();
        if (!isBurnerHook || burner.code.length == 0) return;

        HookGas.requireFor(BURNER_GAS);
        try IEpochHook(burner).onSlash{ gas: BURNER_GAS }(subnetwork, operator, amount, capturedAt) {
            return;
        } catch {
            emit BurnerHookFailed(burner);
        }
    }
}
