// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title IAllocationManager
/// @notice Which part of its stake each operator puts at the risk of which operator set: unique stake, in magnitudes.
/// @dev An operator has magnitude 1e18 (WAD) per strategy to give away. A slash lowers the maximum for ever, so the
/// history of maxima is the history of slashes. Always: sum of allocations <= encumbered <= maximum <= WAD.
/// @dev Instants and delays in clock units (blocks or seconds). A change made at `t` takes effect at its effect instant
/// and not before; deallocated magnitude is slashable through `t + deallocationDelay`, inclusive. Pause bits: 0 = modify,
/// 1 = clear the queue.
/// @custom:source docs/contracts/AllocationManager.md
interface IAllocationManager {
    /// @notice One operator's allocation to one set in one strategy, as of now.
    /// @dev `effectAt` is zero when nothing is pending. A pending deallocation slashed down to zero keeps its instant.
    struct Allocation {
        uint64 currentMagnitude;
        int128 pendingDiff;
        uint48 effectAt;
    }

    /// @notice Wanted allocations to one set.
    struct AllocateParams {
        OperatorSet set;
        IStrategy[] strategies;
        uint64[] newMagnitudes;
    }

    /// @notice What a slash does to one allocation.
    /// @dev `wadSlashed`: share of the operator's whole stake lost, floor(slashed * WAD / previousMax) [WAD].
    struct MagnitudeSlash {
        uint64 slashedMagnitude;
        uint64 previousMax;
        uint64 newMax;
        uint256 wadSlashed;
    }

    /// @notice Emitted when an allocation is to change.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param strategy Strategy.
    /// @param magnitude Magnitude from `effectAt` on [WAD].
    /// @param effectAt First instant of the new magnitude [clock].
    event AllocationUpdated(
        address indexed operator,
        OperatorSet set,
        IStrategy indexed strategy,
        uint64 magnitude,
        uint48 effectAt
    );

    /// @notice Emitted when an operator's encumbered magnitude changes.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param encumbered Encumbered magnitude [WAD].
    event EncumberedMagnitudeUpdated(address indexed operator, IStrategy indexed strategy, uint64 encumbered);

    /// @notice Emitted when a slash lowers an operator's maximum magnitude.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param maxMagnitude Maximum from now on [WAD].
    event MaxMagnitudeUpdated(address indexed operator, IStrategy indexed strategy, uint64 maxMagnitude);

    /// @notice Emitted when an operator's allocation delay is to change.
    /// @param operator Operator.
    /// @param delay Delay [clock units].
    /// @param effectAt First instant at which it applies [clock].
    event AllocationDelaySet(address indexed operator, uint48 delay, uint48 effectAt);

    /// @notice Raised when an operator has no allocation delay yet: it is no operator.
    /// @param operator Account.
    error AllocationManagerNoAllocationDelay(address operator);

    /// @notice Raised when two lists differ in length.
    /// @param strategies Length of the list of strategies.
    /// @param values Length of the other list.
    error AllocationManagerLengthMismatch(uint256 strategies, uint256 values);

    /// @notice Raised when the operator set does not exist.
    /// @param avs AVS named.
    /// @param id Number named.
    error AllocationManagerUnknownOperatorSet(address avs, uint32 id);

    /// @notice Raised when an allocation has a change under way.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param effectAt Instant at which it ends [clock].
    error AllocationManagerModificationAlreadyPending(address operator, IStrategy strategy, uint48 effectAt);

    /// @notice Raised when an allocation is set to what it is.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param magnitude Magnitude [WAD].
    error AllocationManagerSameMagnitude(address operator, IStrategy strategy, uint64 magnitude);

    /// @notice Raised when more is allocated than the operator has left.
    /// @param operator Operator.
    /// @param requested Encumbered magnitude it would take [WAD].
    /// @param available Maximum magnitude [WAD].
    error AllocationManagerInsufficientMagnitude(address operator, uint256 requested, uint256 available);

    /// @notice Sets allocations of the caller.
    /// @dev More: takes effect after the caller's allocation delay; usable at once when that is zero. Less: after the
    /// deallocation delay plus one while the set can slash it, at once otherwise. Registration is not needed to allocate.
    /// @dev Reverts with {AllocationManagerNoAllocationDelay}, {AllocationManagerLengthMismatch},
    /// {AllocationManagerUnknownOperatorSet}, {AllocationManagerModificationAlreadyPending},
    /// {AllocationManagerSameMagnitude} or {AllocationManagerInsufficientMagnitude}.
    /// @param params Wanted allocations.
    function modifyAllocations(AllocateParams[] calldata params) external;

    /// @notice Settles deallocations that have taken effect, oldest first, up to a number.
    /// @dev Anyone. Every modification does so by itself; views always count them as settled.
    /// @param operator Operator.
    /// @param strategies Strategies.
    /// @param counts Largest number to settle, per strategy.
    function clearDeallocationQueue(
        address operator,
        IStrategy[] calldata strategies,
        uint16[] calldata counts
    ) external;

    /// @notice Changes the caller's allocation delay.
    /// @dev Takes effect at `now + configurationDelay + 1`; the latest call replaces a pending one and waits anew.
    /// Reverts with {AllocationManagerNoAllocationDelay}.
    /// @param delay Delay [clock units].
    function setAllocationDelay(uint48 delay) external;

    /// @notice Sets the allocation delay of a new operator, at once.
    /// @dev Only the operator delegation.
    /// @param operator Operator.
    /// @param delay Delay [clock units].
    function initialiseAllocationDelay(address operator, uint48 delay) external;

    /// @notice Slashes an allocation; does nothing when there is none in effect.
    /// @dev Only the slasher. slashed = ceil(current * wad / WAD), taken from current, encumbered and maximum alike; a
    /// pending deallocation shrinks by ceil(|pending| * wad / WAD).
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param strategy Strategy.
    /// @param wad Fraction of the current allocation [WAD].
    /// @return What it did; all zero but the maxima when nothing was allocated.
    function slashMagnitude(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint256 wad
    ) external returns (MagnitudeSlash memory);

    /// @notice Returns what {slashMagnitude} would do now.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param strategy Strategy.
    /// @param wad Fraction of the current allocation [WAD].
    /// @return What it would do.
    function previewSlashMagnitude(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint256 wad
    ) external view returns (MagnitudeSlash memory);

    /// @notice Returns the instants a deallocation waits, and stays slashable; it takes effect one instant later.
    /// @return Delay [clock units].
    function deallocationDelay() external view returns (uint48);

    /// @notice Returns the notice a change of allocation delay needs; it takes effect one instant later.
    /// @return Delay [clock units].
    function configurationDelay() external view returns (uint48);

    /// @notice Returns an allocation as of now.
    /// @param operator Operator asked about.
    /// @param set Operator set asked about.
    /// @param strategy Strategy asked about.
    /// @return Allocation.
    function allocationOf(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy
    ) external view returns (Allocation memory);

    /// @notice Returns the sets an operator has allocated to, now or pending, in any strategy.
    /// @param operator Operator asked about.
    /// @return Operator sets, in no particular order.
    function allocatedSetsOf(address operator) external view returns (OperatorSet[] memory);

    /// @notice Returns an operator's maximum magnitude.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Maximum [WAD].
    function maxMagnitude(address operator, IStrategy strategy) external view returns (uint64);

    /// @notice Returns an operator's maximum magnitude at the end of a past instant.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @param instant Instant, inclusive [clock].
    /// @return Maximum [WAD].
    function maxMagnitudeAt(address operator, IStrategy strategy, uint48 instant) external view returns (uint64);

    /// @notice Returns an operator's encumbered magnitude, counting deallocations in effect as settled.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Encumbered magnitude [WAD].
    function encumberedMagnitude(address operator, IStrategy strategy) external view returns (uint64);

    /// @notice Returns what an operator can still allocate: maximum less encumbered.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Magnitude [WAD].
    function allocatableMagnitude(address operator, IStrategy strategy) external view returns (uint64);

    /// @notice Returns an operator's allocation delay.
    /// @param operator Operator asked about.
    /// @return isSet Whether it has one.
    /// @return delay Delay in effect [clock units].
    function allocationDelayOf(address operator) external view returns (bool isSet, uint48 delay);

    /// @notice Returns the change of allocation delay that is under way.
    /// @param operator Operator asked about.
    /// @return delay Delay to come [clock units]; zero when none is pending.
    /// @return effectAt First instant at which it applies [clock]; zero when none is pending.
    function pendingAllocationDelayOf(address operator) external view returns (uint48 delay, uint48 effectAt);

    /// @notice Returns the sets whose deallocations wait in an operator's queue.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Operator sets, oldest first.
    function deallocationQueueOf(address operator, IStrategy strategy) external view returns (OperatorSet[] memory);

    /// @notice Returns the shares a set could certainly slash at a future instant, were nothing else slashed before.
    /// @dev floor(shares * floor(current * WAD / maximum) / WAD); deallocations in effect by then count, pending
    /// allocations never do. Zero when the set cannot slash the operator now, or nothing is left.
    /// @param operator Operator asked about.
    /// @param set Operator set asked about.
    /// @param strategy Strategy asked about.
    /// @param futureInstant Instant asked about, now or later [clock].
    /// @return Shares [wei].
    function minSlashableStake(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint48 futureInstant
    ) external view returns (uint256);
}
