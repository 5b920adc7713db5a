// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { Subnetwork, SubnetworkLib } from "../types/Subnetwork.sol";
import { EpochSlasherBase } from "./EpochSlasherBase.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";
import { IEpochVetoSlasher } from "./IEpochVetoSlasher.sol";

/// @title EpochVetoSlasher
/// @notice See {IEpochVetoSlasher}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract EpochVetoSlasher is IEpochVetoSlasher, EpochSlasherBase {
    using Checkpoints for Checkpoints.Trace208;

    /// @notice A change of resolver that may lie ahead.
    /// @param resolver Resolver to be.
    /// @param effectiveAt From when; 0 for no change [unix s].
    struct Change {
        address resolver;
        uint48 effectiveAt;
    }

    /* CONSTANTS */

    /// @notice Least epochs that a change of resolver takes.
    uint256 public constant MIN_RESOLVER_DELAY = 3;

    /* IMMUTABLES */

    /// @inheritdoc IEpochVetoSlasher
    uint48 public immutable vetoDuration;

    /// @inheritdoc IEpochVetoSlasher
    uint256 public immutable resolverDelay;

    /* STORAGE */

    SlashRequest[] private _requests;
    mapping(Subnetwork subnetwork => Checkpoints.Trace208 resolver) private _resolver;
    mapping(Subnetwork subnetwork => Change change) private _change;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where networks name who may slash for them.
    /// @param isBurnerHook_ Whether the vault's burner is told of slashes.
    /// @param vetoDuration_ How long a request may be refused, less than an epoch [s].
    /// @param resolverDelay_ Epochs that a change of resolver takes, at least three.
    constructor(
        IEpochVault vault_,
        IEpochRegistry registry_,
        bool isBurnerHook_,
        uint48 vetoDuration_,
        uint256 resolverDelay_
    ) EpochSlasherBase(vault_, registry_, isBurnerHook_) {
        uint48 epoch = vault_.epochDuration();
        require(vetoDuration_ < epoch, EpochVetoSlasherVetoTooLong(vetoDuration_, epoch));
        require(resolverDelay_ >= MIN_RESOLVER_DELAY, EpochVetoSlasherDelayTooShort(resolverDelay_));

        (vetoDuration, resolverDelay) = (vetoDuration_, resolverDelay_);
    }

    /* EXTERNAL */

    /// @inheritdoc IEpochVetoSlasher
    function requestSlash(
        Subnetwork subnetwork,
        address operator,
        uint256 amount,
        uint48 capturedAt
    ) external nonReentrant returns (uint256 index) {
        _onlyMiddleware(subnetwork);
        _checkCapture(capturedAt, vetoDuration);
        uint256 capped = _capped(subnetwork, operator, amount, capturedAt);

        index = _requests.length;
        uint48 deadline = SafeCast.toUint48(block.timestamp) + vetoDuration;
        _requests.push(SlashRequest(subnetwork, operator, capped, capturedAt, deadline, false));

        emit SlashRequested(index, subnetwork, operator, capped, capturedAt, deadline);
    }

    /// @inheritdoc IEpochVetoSlasher
    function executeSlash(uint256 index) external nonReentrant returns (uint256 slashed) {
        SlashRequest storage request = _request(index);
        (Subnetwork subnetwork, uint48 capturedAt) = (request.subnetwork, request.capturedAt);
        _onlyMiddleware(subnetwork);
        bool isOver = block.timestamp >= request.vetoDeadline || !_isResolved(subnetwork, capturedAt);
        require(isOver, EpochVetoSlasherVetoPeriodNotEnded(index, request.vetoDeadline));
        uint256 last = uint256(capturedAt) + vault.epochDuration();
        require(block.timestamp <= last, EpochVetoSlasherSlashPeriodEnded(index, last));
        slashed = _capped(subnetwork, request.operator, request.amount, capturedAt);
        _complete(index, request);

        _slash(subnetwork, request.operator, slashed, capturedAt);

        emit SlashExecuted(index, slashed);
    }

    /// @inheritdoc IEpochVetoSlasher
    function vetoSlash(uint256 index) external {
        SlashRequest storage request = _request(index);
        require(_isResolved(request.subnetwork, request.capturedAt), EpochVetoSlasherNoResolver(index));
        address resolver = resolverAt(request.subnetwork, request.capturedAt);
        require(msg.sender == resolver, EpochVetoSlasherNotResolver(msg.sender, resolver));
        uint48 deadline = request.vetoDeadline;
        require(block.timestamp < deadline, EpochVetoSlasherVetoPeriodEnded(index, deadline));
        _complete(index, request);

        emit SlashVetoed(index, resolver);
    }

    /// @inheritdoc IEpochVetoSlasher
    function setResolver(uint96 identifier, address resolver) external {
        Subnetwork subnetwork = SubnetworkLib.pack(msg.sender, identifier);
        Checkpoints.Trace208 storage past = _resolver[subnetwork];
        Change memory change = _change[subnetwork];
        bool isFirst = past.length() == 0;
        if (change.effectiveAt != 0 && change.effectiveAt <= block.timestamp) {
            past.push(change.effectiveAt, uint160(change.resolver));
            change.effectiveAt = 0;
        }
        address present = address(uint160(past.latest()));
        require(resolver != present || change.effectiveAt != 0, EpochVetoSlasherUnchanged(resolver));

        delete _change[subnetwork];
        uint48 effectiveAt = SafeCast.toUint48(block.timestamp);
        if (isFirst) {
            past.push(effectiveAt, uint160(resolver));
        } else if (resolver != present) {
            uint256 delay = resolverDelay * vault.epochDuration();
            effectiveAt = SafeCast.toUint48(vault.currentEpochStart() + delay);
            _change[subnetwork] = Change(resolver, effectiveAt);
        }

        emit ResolverSet(subnetwork, resolver, effectiveAt);
    }

    /* VIEWS */

    /// @inheritdoc IEpochVetoSlasher
    function requestCount() external view returns (uint256) {
        return _requests.length;
    }

    /// @inheritdoc IEpochVetoSlasher
    function requestOf(uint256 index) external view returns (SlashRequest memory) {
        return _request(index);
    }

    /// @inheritdoc IEpochVetoSlasher
    function resolverAt(Subnetwork subnetwork, uint48 timestamp) public view returns (address) {
        Change memory change = _change[subnetwork];
        if (change.effectiveAt != 0 && timestamp >= change.effectiveAt) return change.resolver;

        return address(uint160(_resolver[subnetwork].upperLookupRecent(timestamp)));
    }

    /* INTERNAL */

    function _complete(uint256 index, SlashRequest storage request) private {
        require(!request.isCompleted, EpochVetoSlasherCompleted(index));

        request.isCompleted = true;
    }

    /// @notice Returns whether there was a resolver at a capture, and still was one second ago.
    /// @param subnetwork Subnetwork.
    /// @param capturedAt Second of the capture [unix s].
    /// @return Whether there was.
    function _isResolved(Subnetwork subnetwork, uint48 capturedAt) private view returns (bool) {
        uint48 before = SafeCast.toUint48(block.timestamp - 1);

        return resolverAt(subnetwork, capturedAt) != address(0) && resolverAt(subnetwork, before) != address(0);
    }

    function _request(uint256 index) private view returns (SlashRequest storage) {
        require(index < _requests.length, EpochVetoSlasherUnknownRequest(index));

        return _requests[index];
    }
}
