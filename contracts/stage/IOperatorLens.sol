// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISlasher } from "../restaking/ISlasher.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title IOperatorLens
/// @notice Shows the operators' side of the restaking core at once: strategies, operators, operator sets and escrow.
/// @dev Units: shares with 18 decimals; magnitudes in WAD; instants and delays in clock units.
/// @dev Answers stand in the order of the question.
/// @custom:source docs/contracts/Lens.md, section "Operators"
interface IOperatorLens {
    /// @notice An operator set and the operators of interest in it.
    /// @param set Operator set.
    /// @param operators Operators that are, or ever were, allocated to it or registered in it.
    struct SetQuestion {
        OperatorSet set;
        address[] operators;
    }

    /// @notice A strategy as a whole.
    /// @param totalShares Shares issued [shares, 18 dp].
    /// @param balance Tokens it holds; zero for native stake [token units].
    struct StrategyState {
        uint256 totalShares;
        uint256 balance;
    }

    /// @notice An operator's stake in one strategy.
    /// @param shares Delegated shares [shares, 18 dp].
    /// @param maxMagnitude What slashes have left of the operator's magnitude [WAD].
    /// @param encumbered Magnitude allocated or still waiting to be deallocated [WAD].
    /// @param allocatable Magnitude that could be allocated now [WAD].
    struct OperatorStake {
        uint256 shares;
        uint256 maxMagnitude;
        uint256 encumbered;
        uint256 allocatable;
    }

    /// @notice An operator.
    /// @param registered Whether it is registered.
    /// @param allocationDelay Delay in force; zero where none is [clock units].
    /// @param stakes One per strategy asked for.
    struct OperatorState {
        bool registered;
        uint256 allocationDelay;
        OperatorStake[] stakes;
    }

    /// @notice What one operator pledged to one set in one strategy.
    /// @param current Magnitude in force [WAD].
    /// @param pendingDiff Signed change that has not taken effect [WAD].
    /// @param effectAt When it takes effect, inclusive; zero where nothing is pending [clock units].
    /// @param slashableShares What a full slash would take from the operator's shares now [shares, 18 dp].
    /// @param minSlashableShares Slashable for sure one deallocation delay from now [shares, 18 dp].
    /// @param slashableInQueue What a full slash would take from queued withdrawals now [shares, 18 dp].
    struct AllocationState {
        uint256 current;
        int256 pendingDiff;
        uint256 effectAt;
        uint256 slashableShares;
        uint256 minSlashableShares;
        uint256 slashableInQueue;
    }

    /// @notice An operator's place in a set.
    /// @param registered Whether it is a member.
    /// @param registeredAt When it joined last; zero if never [clock units].
    /// @param slashableUntil Last instant at which it can be slashed after leaving, inclusive [clock units].
    /// @param slashable Whether it can be slashed now.
    /// @param allocations One per strategy of the set.
    struct MemberState {
        bool registered;
        uint256 registeredAt;
        uint256 slashableUntil;
        bool slashable;
        AllocationState[] allocations;
    }

    /// @notice An operator set.
    /// @param slashCount Slashes so far.
    /// @param slasher Account that may slash it now.
    /// @param pendingSlasher Account that will be; zero where none is proposed.
    /// @param pendingSlasherAt When, inclusive [clock units].
    /// @param strategies Strategies that the set can slash.
    /// @param members One per operator asked for.
    struct SetState {
        uint256 slashCount;
        address slasher;
        address pendingSlasher;
        uint256 pendingSlasherAt;
        IStrategy[] strategies;
        MemberState[] members;
    }

    /// @notice The operators' side of the core.
    /// @param clock Now [clock units].
    /// @param strategies One per strategy asked for.
    /// @param operators One per operator asked for.
    /// @param sets One per set asked for.
    /// @param escrow Slashed shares that have not left yet.
    struct OperatorSide {
        uint256 clock;
        StrategyState[] strategies;
        OperatorState[] operators;
        SetState[] sets;
        ISlasher.EscrowEntry[] escrow;
    }

    /// @notice Returns the operators' side of the core.
    /// @param strategies Strategies of interest; the native one is recognised by its sentinel.
    /// @param operators Operators of interest.
    /// @param sets Operator sets of interest.
    /// @return side What they look like now.
    function read(
        IStrategy[] calldata strategies,
        address[] calldata operators,
        SetQuestion[] calldata sets
    ) external view returns (OperatorSide memory side);
}
