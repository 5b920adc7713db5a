// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import { DoubleEndedQueue } from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { OperatorSet, OperatorSetLib } from "../types/OperatorSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IAllocationManager } from "./IAllocationManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title AllocationLedger
/// @notice The books of {IAllocationManager}: magnitudes, the queue of deallocations, and what they read as now.
/// @dev Storage lags behind time: a change that has taken effect is applied by {_viewed} on every read, and written down
/// by whoever writes next.
abstract contract AllocationLedger is IAllocationManager, CoreComponent, Clock {
    using Checkpoints for Checkpoints.Trace208;
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;
    using SafeCast for uint256;
    using SafeCast for int256;
    using WadMath for uint256;

    /* IMMUTABLES */

    /// @inheritdoc IAllocationManager
    uint48 public immutable deallocationDelay;

    /// @inheritdoc IAllocationManager
    uint48 public immutable configurationDelay;

    /* STORAGE */

    /// @notice Maximum magnitudes by instant [WAD]; an empty history stands for WAD.
    mapping(address operator => mapping(IStrategy strategy => Checkpoints.Trace208 history)) internal _maxMagnitudes;

    /// @notice Encumbered magnitudes as last written [WAD].
    mapping(address operator => mapping(IStrategy strategy => uint64 magnitude)) internal _encumbered;

    /// @notice Allocations as last written.
    mapping(address operator => mapping(bytes32 setKey => mapping(IStrategy strategy => Allocation allocation)))
        internal _allocations;

    /// @notice Sets with a deallocation under way, oldest first.
    mapping(address operator => mapping(IStrategy strategy => DoubleEndedQueue.Bytes32Deque queue)) internal _queue;

    mapping(address operator => EnumerableSet.Bytes32Set setKeys) private _allocatedSets;
    mapping(address operator => mapping(bytes32 setKey => EnumerableSet.AddressSet strategies))
        private _allocatedStrategies;

    /* CONSTRUCTOR */

    /// @notice Fixes the delays.
    /// @param deallocationDelay_ Instants a deallocation waits [clock units].
    /// @param configurationDelay_ Notice a change of allocation delay needs [clock units].
    constructor(uint48 deallocationDelay_, uint48 configurationDelay_) {
        deallocationDelay = deallocationDelay_;
        configurationDelay = configurationDelay_;
    }

    /* VIEWS */

    /// @inheritdoc IAllocationManager
    function allocationOf(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy
    ) external view returns (Allocation memory allocation) {
        (allocation, ) = _viewed(operator, set.key(), strategy);
    }

    /// @inheritdoc IAllocationManager
    function allocatedSetsOf(address operator) external view returns (OperatorSet[] memory) {
        return _unpack(_allocatedSets[operator].values());
    }

    /// @inheritdoc IAllocationManager
    function maxMagnitudeAt(address operator, IStrategy strategy, uint48 instant) external view returns (uint64) {
        Checkpoints.Trace208 storage history = _maxMagnitudes[operator][strategy];
        // Maxima are never zero before the first slash, so an empty past has to be told from a maximum of zero.
        if (history.length() == 0 || instant < history.pos(0)._key) return uint64(WadMath.WAD);
        return uint64(history.upperLookupRecent(instant));
    }

    /// @inheritdoc IAllocationManager
    function allocatableMagnitude(address operator, IStrategy strategy) external view returns (uint64) {
        return maxMagnitude(operator, strategy) - encumberedMagnitude(operator, strategy);
    }

    /// @inheritdoc IAllocationManager
    function deallocationQueueOf(address operator, IStrategy strategy) external view returns (OperatorSet[] memory) {
        DoubleEndedQueue.Bytes32Deque storage queue = _queue[operator][strategy];
        bytes32[] memory keys = new bytes32[](queue.length());
        for (uint256 i = 0; i < keys.length; ++i) keys[i] = queue.at(i);
        return _unpack(keys);
    }

    /// @inheritdoc IAllocationManager
    function minSlashableStake(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint48 futureInstant
    ) external view returns (uint256) {
        uint64 maximum = maxMagnitude(operator, strategy);
        if (maximum == 0 || !_core.avsRegistry.isOperatorSlashable(operator, set)) return 0;

        (Allocation memory allocation, ) = _viewed(operator, set.key(), strategy);
        uint256 current = allocation.currentMagnitude;
        if (allocation.pendingDiff < 0 && allocation.effectAt <= futureInstant) {
            current -= uint128(-allocation.pendingDiff);
        }
        return _core.operatorDelegation.operatorShares(operator, strategy).wMulDown(current.wDivDown(maximum));
    }

    /// @inheritdoc IAllocationManager
    function maxMagnitude(address operator, IStrategy strategy) public view returns (uint64) {
        Checkpoints.Trace208 storage history = _maxMagnitudes[operator][strategy];
        return history.length() == 0 ? uint64(WadMath.WAD) : uint64(history.latest());
    }

    /// @inheritdoc IAllocationManager
    function encumberedMagnitude(address operator, IStrategy strategy) public view returns (uint64) {
        DoubleEndedQueue.Bytes32Deque storage queue = _queue[operator][strategy];
        int256 encumbered = int256(uint256(_encumbered[operator][strategy]));
        uint256 length = queue.length();
        for (uint256 i = 0; i < length; ++i) {
            Allocation memory allocation = _allocations[operator][queue.at(i)][strategy];
            if (clock() < allocation.effectAt) break;
            encumbered += allocation.pendingDiff;
        }
        return uint256(encumbered).toUint64();
    }

    /// @inheritdoc IAllocationManager
    function previewSlashMagnitude(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint256 wad
    ) public view virtual returns (MagnitudeSlash memory slashed) {
        (Allocation memory allocation, ) = _viewed(operator, set.key(), strategy);
        slashed.slashedMagnitude = uint256(allocation.currentMagnitude).wMulUp(wad).toUint64();
        slashed.previousMax = maxMagnitude(operator, strategy);
        slashed.newMax = slashed.previousMax - slashed.slashedMagnitude;
        if (slashed.slashedMagnitude != 0) {
            slashed.wadSlashed = uint256(slashed.slashedMagnitude).wDivDown(slashed.previousMax);
        }
    }

    /* INTERNAL */

    /// @notice Writes an allocation and its operator's encumbered magnitude down.
    /// @param operator Operator.
    /// @param setKey Operator set.
    /// @param strategy Strategy.
    /// @param allocation Allocation.
    /// @param encumbered Encumbered magnitude [WAD].
    function _store(
        address operator,
        bytes32 setKey,
        IStrategy strategy,
        Allocation memory allocation,
        uint64 encumbered
    ) internal {
        _allocations[operator][setKey][strategy] = allocation;
        if (_encumbered[operator][strategy] != encumbered) {
            _encumbered[operator][strategy] = encumbered;

            emit EncumberedMagnitudeUpdated(operator, strategy, encumbered);
        }

        EnumerableSet.AddressSet storage strategies = _allocatedStrategies[operator][setKey];
        if (allocation.currentMagnitude != 0 || allocation.pendingDiff != 0) {
            strategies.add(address(strategy));
            _allocatedSets[operator].add(setKey);
        } else {
            strategies.remove(address(strategy));
            if (strategies.length() == 0) _allocatedSets[operator].remove(setKey);
        }
    }

    /// @notice Settles deallocations that have taken effect, oldest first.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param count Largest number to settle.
    function _settleQueue(address operator, IStrategy strategy, uint256 count) internal {
        DoubleEndedQueue.Bytes32Deque storage queue = _queue[operator][strategy];
        for (uint256 i = 0; i < count && !queue.empty(); ++i) {
            bytes32 setKey = queue.front();
            (Allocation memory allocation, uint64 encumbered) = _viewed(operator, setKey, strategy);
            if (allocation.effectAt != 0) break;
            queue.popFront();
            _store(operator, setKey, strategy, allocation, encumbered);
        }
    }

    /// @notice Returns an allocation as of now, and the encumbered magnitude that goes with it.
    /// @param operator Operator.
    /// @param setKey Operator set.
    /// @param strategy Strategy.
    /// @return allocation Allocation; nothing is pending in it unless it lies ahead.
    /// @return encumbered Encumbered magnitude with this allocation settled [WAD].
    function _viewed(
        address operator,
        bytes32 setKey,
        IStrategy strategy
    ) internal view returns (Allocation memory allocation, uint64 encumbered) {
        allocation = _allocations[operator][setKey][strategy];
        encumbered = _encumbered[operator][strategy];
        if (clock() < allocation.effectAt) return (allocation, encumbered);

        allocation.currentMagnitude = _plus(allocation.currentMagnitude, allocation.pendingDiff);
        if (allocation.pendingDiff < 0) encumbered = _plus(encumbered, allocation.pendingDiff);
        allocation.pendingDiff = 0;
        allocation.effectAt = 0;
    }

    /// @notice Returns a magnitude plus a signed difference.
    /// @param magnitude Magnitude [WAD].
    /// @param difference Difference [WAD, signed].
    /// @return Sum [WAD]; reverts when it does not fit.
    function _plus(uint64 magnitude, int128 difference) internal pure returns (uint64) {
        return (int256(uint256(magnitude)) + difference).toUint256().toUint64();
    }

    /// @notice Returns packed keys as operator sets.
    /// @param keys Keys.
    /// @return sets Operator sets.
    function _unpack(bytes32[] memory keys) internal pure returns (OperatorSet[] memory sets) {
        sets = new OperatorSet[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) sets[i] = OperatorSetLib.unpack(keys[i]);
    }
}
