// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { IAllocationManager } from "../restaking/IAllocationManager.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ICoreComponent } from "../restaking/ICoreComponent.sol";
import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IOperatorLens } from "./IOperatorLens.sol";

/// @title OperatorLens
/// @notice See {IOperatorLens}.
/// @custom:source docs/contracts/Lens.md, section "Operators"
contract OperatorLens is IOperatorLens {
    /* IMMUTABLES */

    IAllocationManager private immutable _allocations;
    IAVSRegistry private immutable _registry;
    IOperatorDelegation private immutable _delegation;
    ISlasher private immutable _slasher;
    IStrategy private immutable _beacon;

    /* CONSTRUCTOR */

    /// @notice Points the lens at a deployed core.
    /// @param core Contracts of the core.
    constructor(ICoreComponent.Core memory core) {
        _allocations = core.allocationManager;
        _registry = core.avsRegistry;
        _delegation = core.operatorDelegation;
        _slasher = core.slasher;
        _beacon = core.podManager.beaconStrategy();
    }

    /* VIEWS */

    /// @inheritdoc IOperatorLens
    function read(
        IStrategy[] calldata strategies,
        address[] calldata operators,
        SetQuestion[] calldata sets
    ) external view returns (OperatorSide memory side) {
        side.clock = IERC6372(address(_allocations)).clock();
        side.escrow = _slasher.escrow();

        side.strategies = new StrategyState[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) side.strategies[i] = _strategy(strategies[i]);

        side.operators = new OperatorState[](operators.length);
        for (uint256 i = 0; i < operators.length; ++i) side.operators[i] = _operator(operators[i], strategies);

        side.sets = new SetState[](sets.length);
        for (uint256 i = 0; i < sets.length; ++i) side.sets[i] = _set(sets[i], side.clock);
    }

    /* INTERNAL */

    /// @dev The beacon strategy is a mere name: its ether stays in the pods.
    function _strategy(IStrategy strategy) private view returns (StrategyState memory state) {
        if (address(strategy) == address(_beacon)) return state;
        state.totalShares = strategy.totalShares();
        state.balance = strategy.token().balanceOf(address(strategy));
    }

    function _operator(
        address operator,
        IStrategy[] calldata strategies
    ) private view returns (OperatorState memory state) {
        state.registered = _delegation.isOperator(operator);
        (, state.allocationDelay) = _allocations.allocationDelayOf(operator);

        state.stakes = new OperatorStake[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy strategy = strategies[i];
            state.stakes[i] = OperatorStake({
                shares: _delegation.operatorShares(operator, strategy),
                maxMagnitude: _allocations.maxMagnitude(operator, strategy),
                encumbered: _allocations.encumberedMagnitude(operator, strategy),
                allocatable: _allocations.allocatableMagnitude(operator, strategy)
            });
        }
    }

    function _set(SetQuestion calldata question, uint256 clock) private view returns (SetState memory state) {
        OperatorSet calldata set = question.set;
        state.slashCount = _slasher.slashCount(set);
        state.slasher = _registry.slasherOf(set);
        (state.pendingSlasher, state.pendingSlasherAt) = _registry.pendingSlasherOf(set);
        state.strategies = _registry.strategiesOf(set);

        uint48 horizon = uint48(clock + _allocations.deallocationDelay());
        state.members = new MemberState[](question.operators.length);
        for (uint256 i = 0; i < question.operators.length; ++i) {
            state.members[i] = _member(question.operators[i], set, state.strategies, horizon);
        }
    }

    function _member(
        address operator,
        OperatorSet calldata set,
        IStrategy[] memory strategies,
        uint48 horizon
    ) private view returns (MemberState memory state) {
        IAVSRegistry.Membership memory membership = _registry.membership(operator, set);
        state.registered = membership.registered;
        state.registeredAt = membership.registeredAt;
        state.slashableUntil = membership.slashableUntil;
        state.slashable = _registry.isOperatorSlashable(operator, set);

        state.allocations = new AllocationState[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            AllocationState memory allocation = _allocation(operator, set, strategies[i]);
            if (state.slashable) _measure(allocation, operator, strategies[i]);
            allocation.minSlashableShares = _allocations.minSlashableStake(operator, set, strategies[i], horizon);
            state.allocations[i] = allocation;
        }
    }

    function _allocation(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy
    ) private view returns (AllocationState memory state) {
        IAllocationManager.Allocation memory allocation = _allocations.allocationOf(operator, set, strategy);
        state.current = allocation.currentMagnitude;
        state.pendingDiff = allocation.pendingDiff;
        state.effectAt = allocation.effectAt;
    }

    /// @dev Asks what a slash of the whole allocation would take: the exact figures, roundings included.
    function _measure(AllocationState memory allocation, address operator, IStrategy strategy) private view {
        uint64 max = _allocations.maxMagnitude(operator, strategy);
        if (max == 0 || allocation.current == 0) return;
        (allocation.slashableShares, allocation.slashableInQueue) = _delegation.previewSlashOperatorShares(
            operator,
            strategy,
            max,
            uint64(max - allocation.current)
        );
    }
}
