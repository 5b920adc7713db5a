// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochSlasher } from "./IEpochSlasher.sol";

/// @title IEpochVetoSlasher
/// @notice Slasher of an epoch vault whose requests a resolver may refuse before they are executed.
/// @dev A request made at `r` for capture `c` is executable from `r + vetoDuration` to `c + epoch`, both included; that may
/// be a single second. It is so at once where no resolver was named at `c`, or none is one second ago.
/// @dev A subnetwork's first resolver resolves at once; later changes from the epoch that begins `resolverDelay` epochs
/// after the present one's first second. A pending change is replaced and waits anew; naming the present resolver cancels
/// it.
/// @dev Warning: the resolver of the capture decides, not its successors; one that refuses everything makes its
/// subnetwork unslashable.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochVetoSlasher is IEpochSlasher {
    /// @notice A request to slash.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Amount, capped when it was made [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @param vetoDeadline First second in which it can no longer be refused [unix s].
    /// @param isCompleted Whether it was executed or refused.
    struct SlashRequest {
        Subnetwork subnetwork;
        address operator;
        uint256 amount;
        uint48 capturedAt;
        uint48 vetoDeadline;
        bool isCompleted;
    }

    /// @notice Emitted when a slash is requested.
    /// @param index Its number, from 0.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Amount, capped [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @param vetoDeadline First second in which it can no longer be refused [unix s].
    event SlashRequested(
        uint256 indexed index,
        Subnetwork indexed subnetwork,
        address indexed operator,
        uint256 amount,
        uint48 capturedAt,
        uint48 vetoDeadline
    );

    /// @notice Emitted when a request is executed.
    /// @param index Its number.
    /// @param slashed Nominal slash [token wei].
    event SlashExecuted(uint256 indexed index, uint256 slashed);

    /// @notice Emitted when a request is refused.
    /// @param index Its number.
    /// @param resolver Who refused it.
    event SlashVetoed(uint256 indexed index, address indexed resolver);

    /// @notice Emitted when a network names a resolver.
    /// @param subnetwork Subnetwork.
    /// @param resolver Resolver; address zero for none.
    /// @param effectiveAt From when it resolves [unix s].
    event ResolverSet(Subnetwork indexed subnetwork, address indexed resolver, uint48 effectiveAt);

    /// @notice Raised when the veto would not end within an epoch.
    /// @param vetoDuration Length of the veto [s].
    /// @param epochDuration Length of an epoch [s].
    error EpochVetoSlasherVetoTooLong(uint48 vetoDuration, uint48 epochDuration);

    /// @notice Raised when a resolver would change in less than three epochs.
    /// @param resolverDelay Epochs.
    error EpochVetoSlasherDelayTooShort(uint256 resolverDelay);

    /// @notice Raised when there is no such request.
    /// @param index Number.
    error EpochVetoSlasherUnknownRequest(uint256 index);

    /// @notice Raised when a request is executed while it may still be refused.
    /// @param index Its number.
    /// @param vetoDeadline First second in which it can no longer be refused [unix s].
    error EpochVetoSlasherVetoPeriodNotEnded(uint256 index, uint48 vetoDeadline);

    /// @notice Raised when the epoch after a request's capture is over.
    /// @param index Its number.
    /// @param last Last second in which it could be executed [unix s].
    error EpochVetoSlasherSlashPeriodEnded(uint256 index, uint256 last);

    /// @notice Raised when a request was executed or refused before.
    /// @param index Its number.
    error EpochVetoSlasherCompleted(uint256 index);

    /// @notice Raised when a request that no resolver may refuse is refused.
    /// @param index Its number.
    error EpochVetoSlasherNoResolver(uint256 index);

    /// @notice Raised when somebody else than the resolver of the capture refuses a request.
    /// @param caller Caller.
    /// @param resolver Resolver of the capture.
    error EpochVetoSlasherNotResolver(address caller, address resolver);

    /// @notice Raised when a request is refused too late.
    /// @param index Its number.
    /// @param vetoDeadline First second in which it can no longer be refused [unix s].
    error EpochVetoSlasherVetoPeriodEnded(uint256 index, uint48 vetoDeadline);

    /// @notice Raised when a resolver is named that is, and no change is pending.
    /// @param resolver Resolver.
    error EpochVetoSlasherUnchanged(address resolver);

    /// @notice Requests a slash; only the network's middleware.
    /// @dev Checks, in this order: caller, capture in `[now + vetoDuration - epoch, now)`, amount. Reverts with
    /// {EpochSlasherOnlyMiddleware}, {EpochSlasherInvalidCapture} and {EpochSlasherNothingToSlash}.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Amount asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return index Its number, from 0.
    function requestSlash(
        Subnetwork subnetwork,
        address operator,
        uint256 amount,
        uint48 capturedAt
    ) external returns (uint256 index);

    /// @notice Executes a request, capped anew; only the network's middleware.
    /// @dev Checks, in this order: request, caller, end of the veto, end of the epoch after the capture, amount, that it is
    /// open. Reverts with {EpochVetoSlasherUnknownRequest}, {EpochSlasherOnlyMiddleware},
    /// {EpochVetoSlasherVetoPeriodNotEnded}, {EpochVetoSlasherSlashPeriodEnded}, {EpochSlasherNothingToSlash} and
    /// {EpochVetoSlasherCompleted}.
    /// @param index Its number.
    /// @return slashed Nominal slash, of which the vault may have burned less [token wei].
    function executeSlash(uint256 index) external returns (uint256 slashed);

    /// @notice Refuses a request; only the resolver of its capture, while there is one.
    /// @dev Checks, in this order: request, resolvers of the capture and of one second ago, caller, deadline, that it is
    /// open. Reverts with {EpochVetoSlasherUnknownRequest}, {EpochVetoSlasherNoResolver},
    /// {EpochVetoSlasherNotResolver}, {EpochVetoSlasherVetoPeriodEnded} and {EpochVetoSlasherCompleted}.
    /// @param index Its number.
    function vetoSlash(uint256 index) external;

    /// @notice Names the resolver of one of the caller's parts, or cancels a pending change.
    /// @dev Reverts with {EpochVetoSlasherUnchanged}.
    /// @param identifier Number of the part.
    /// @param resolver Resolver; address zero for none.
    function setResolver(uint96 identifier, address resolver) external;

    /// @notice Returns how long a request may be refused.
    /// @return Length [s].
    function vetoDuration() external view returns (uint48);

    /// @notice Returns how many epochs a change of resolver takes.
    /// @return Epochs.
    function resolverDelay() external view returns (uint256);

    /// @notice Returns the number of requests.
    /// @return Number.
    function requestCount() external view returns (uint256);

    /// @notice Returns a request.
    /// @dev Reverts with {EpochVetoSlasherUnknownRequest}.
    /// @param index Its number.
    /// @return Request.
    function requestOf(uint256 index) external view returns (SlashRequest memory);

    /// @notice Returns the resolver at a second, by what is known now.
    /// @param subnetwork Subnetwork.
    /// @param timestamp Second [unix s].
    /// @return Resolver; address zero for none.
    function resolverAt(Subnetwork subnetwork, uint48 timestamp) external view returns (address);
}
