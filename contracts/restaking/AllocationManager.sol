// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import { DoubleEndedQueue } from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { AllocationLedger } from "./AllocationLedger.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IAllocationManager } from "./IAllocationManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title AllocationManager
/// @notice See {IAllocationManager}. Here: what changes allocations. The books are in {AllocationLedger}.
contract AllocationManager is AllocationLedger {
    using Checkpoints for Checkpoints.Trace208;
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;
    using SafeCast for uint256;
    using WadMath for uint256;

    /* TYPES */

    /// @notice An operator's allocation delay, and the one to come [clock units].
    struct AllocationDelay {
        bool isSet;
        uint48 delay;
        uint48 pendingDelay;
        uint48 effectAt;
    }

    /// @notice What stays the same for all strategies of one set in one call.
    struct Modification {
        address operator;
        OperatorSet set;
        bytes32 setKey;
        uint48 delay;
        bool isSlashable;
    }

    /* CONSTANTS */

    /// @notice Pause bit of modifying allocations.
    uint8 public constant PAUSE_MODIFY = 0;

    /// @notice Pause bit of settling the queue.
    uint8 public constant PAUSE_CLEAR = 1;

    /* STORAGE */

    mapping(address operator => AllocationDelay delay) private _allocationDelays;

    /* CONSTRUCTOR */

    /// @notice Fixes unit of time and delays.
    /// @param owner_ First owner.
    /// @param clockMode_ Unit of time.
    /// @param deallocationDelay_ Instants a deallocation waits [clock units].
    /// @param configurationDelay_ Notice a change of allocation delay needs [clock units].
    constructor(
        address owner_,
        ClockMode clockMode_,
        uint48 deallocationDelay_,
        uint48 configurationDelay_
    ) CoreComponent(owner_) Clock(clockMode_) AllocationLedger(deallocationDelay_, configurationDelay_) {}

    /* EXTERNAL */

    /// @inheritdoc IAllocationManager
    function modifyAllocations(AllocateParams[] calldata params) external nonReentrant whenNotPaused(PAUSE_MODIFY) {
        (bool isSet, uint48 delay) = allocationDelayOf(msg.sender);
        require(isSet, AllocationManagerNoAllocationDelay(msg.sender));

        for (uint256 i = 0; i < params.length; ++i) _modifySet(params[i], delay);
    }

    /// @inheritdoc IAllocationManager
    function clearDeallocationQueue(
        address operator,
        IStrategy[] calldata strategies,
        uint16[] calldata counts
    ) external whenNotPaused(PAUSE_CLEAR) {
        require(strategies.length == counts.length, AllocationManagerLengthMismatch(strategies.length, counts.length));

        for (uint256 i = 0; i < strategies.length; ++i) _settleQueue(operator, strategies[i], counts[i]);
    }

    /// @inheritdoc IAllocationManager
    function setAllocationDelay(uint48 delay) external {
        (bool isSet, uint48 current) = allocationDelayOf(msg.sender);
        require(isSet, AllocationManagerNoAllocationDelay(msg.sender));

        uint48 effectAt = clock() + configurationDelay + 1;
        _allocationDelays[msg.sender] = AllocationDelay({
            isSet: true,
            delay: current,
            pendingDelay: delay,
            effectAt: effectAt
        });

        emit AllocationDelaySet(msg.sender, delay, effectAt);
    }

    /// @inheritdoc IAllocationManager
    function initialiseAllocationDelay(
        address operator,
        uint48 delay
    ) external onlyFrom(address(_core.operatorDelegation)) {
        _allocationDelays[operator] = AllocationDelay({ isSet: true, delay: delay, pendingDelay: 0, effectAt: 0 });

        emit AllocationDelaySet(operator, delay, clock());
    }

    /// @inheritdoc IAllocationManager
    function slashMagnitude(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint256 wad
    ) external onlyFrom(address(_core.slasher)) returns (MagnitudeSlash memory slashed) {
        slashed = previewSlashMagnitude(operator, set, strategy, wad);
        if (slashed.slashedMagnitude == 0) return slashed;

        bytes32 setKey = set.key();
        (Allocation memory allocation, uint64 encumbered) = _viewed(operator, setKey, strategy);
        allocation.currentMagnitude -= slashed.slashedMagnitude;
        if (allocation.pendingDiff < 0) {
            uint256 pending = uint128(-allocation.pendingDiff);
            allocation.pendingDiff += int128(int256(pending.wMulUp(wad)));
        }

        _store(operator, setKey, strategy, allocation, encumbered - slashed.slashedMagnitude);
        _maxMagnitudes[operator][strategy].push(clock(), slashed.newMax);

        emit AllocationUpdated(operator, set, strategy, allocation.currentMagnitude, clock());
        emit MaxMagnitudeUpdated(operator, strategy, slashed.newMax);
    }

    /* VIEWS */

    /// @inheritdoc IAllocationManager
    function pendingAllocationDelayOf(address operator) external view returns (uint48 delay, uint48 effectAt) {
        AllocationDelay memory info = _allocationDelays[operator];
        return clock() < info.effectAt ? (info.pendingDelay, info.effectAt) : (0, 0);
    }

    /// @inheritdoc IAllocationManager
    function allocationDelayOf(address operator) public view returns (bool isSet, uint48 delay) {
        AllocationDelay memory info = _allocationDelays[operator];
        bool inEffect = info.effectAt != 0 && clock() >= info.effectAt;
        return (info.isSet, inEffect ? info.pendingDelay : info.delay);
    }

    /* INTERNAL */

    /// @notice Sets the caller's allocations to one set.
    /// @param params Wanted allocations.
    /// @param delay The caller's allocation delay [clock units].
    function _modifySet(AllocateParams calldata params, uint48 delay) internal {
        require(
            params.strategies.length == params.newMagnitudes.length,
            AllocationManagerLengthMismatch(params.strategies.length, params.newMagnitudes.length)
        );
        require(
            _core.avsRegistry.isOperatorSet(params.set),
            AllocationManagerUnknownOperatorSet(params.set.avs, params.set.id)
        );

        Modification memory modification = Modification({
            operator: msg.sender,
            set: params.set,
            setKey: params.set.key(),
            delay: delay,
            isSlashable: _core.avsRegistry.isOperatorSlashable(msg.sender, params.set)
        });
        for (uint256 i = 0; i < params.strategies.length; ++i) {
            _modify(modification, params.strategies[i], params.newMagnitudes[i]);
        }
    }

    /// @notice Sets one allocation.
    /// @param modification What is common to the call.
    /// @param strategy Strategy.
    /// @param newMagnitude Wanted magnitude [WAD].
    function _modify(Modification memory modification, IStrategy strategy, uint64 newMagnitude) internal {
        address operator = modification.operator;
        _settleQueue(operator, strategy, type(uint256).max);

        (Allocation memory allocation, uint64 encumbered) = _viewed(operator, modification.setKey, strategy);
        require(
            !_isPending(allocation),
            AllocationManagerModificationAlreadyPending(operator, strategy, allocation.effectAt)
        );
        uint64 current = allocation.currentMagnitude;
        require(newMagnitude != current, AllocationManagerSameMagnitude(operator, strategy, newMagnitude));

        uint48 effectAt = clock();
        if (newMagnitude > current) {
            effectAt += modification.delay;
            allocation.pendingDiff = int128(uint128(newMagnitude - current));
            encumbered = _encumber(operator, strategy, encumbered, newMagnitude - current);
        } else if (_isAllocationSlashable(modification, strategy)) {
            effectAt += deallocationDelay + 1;
            allocation.pendingDiff = -int128(uint128(current - newMagnitude));
            _queue[operator][strategy].pushBack(modification.setKey);
        } else {
            allocation.currentMagnitude = newMagnitude;
            encumbered -= current - newMagnitude;
        }
        allocation.effectAt = effectAt;

        _store(operator, modification.setKey, strategy, allocation, encumbered);

        emit AllocationUpdated(operator, modification.set, strategy, newMagnitude, effectAt);
    }

    /// @notice Returns the encumbered magnitude with more on top, which has to be there.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param encumbered Encumbered magnitude before [WAD].
    /// @param added Magnitude to add [WAD].
    /// @return Encumbered magnitude from now on [WAD].
    function _encumber(
        address operator,
        IStrategy strategy,
        uint64 encumbered,
        uint64 added
    ) internal view returns (uint64) {
        uint256 requested = uint256(encumbered) + added;
        uint64 available = maxMagnitude(operator, strategy);
        require(requested <= available, AllocationManagerInsufficientMagnitude(operator, requested, available));
        return uint64(requested);
    }

    /// @notice Returns whether what is allocated can be slashed, so that taking it away has to wait.
    /// @param modification What is common to the call.
    /// @param strategy Strategy.
    /// @return True when the set can slash the operator and is secured by the strategy.
    function _isAllocationSlashable(Modification memory modification, IStrategy strategy) internal view returns (bool) {
        return modification.isSlashable && _core.avsRegistry.isStrategyInSet(modification.set, strategy);
    }

    /// @notice Returns whether a change of an allocation lies ahead, even one that a slash has emptied.
    /// @param allocation Allocation as of now.
    /// @return True while its instant of effect has not come.
    function _isPending(Allocation memory allocation) internal pure virtual returns (bool) {
        return allocation.effectAt != 0;
    }
}
