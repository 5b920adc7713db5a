// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IAllocationManager } from "../restaking/IAllocationManager.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { RecordingRule } from "./RecordingRule.sol";

/// @title CorrelationRule
/// @notice Wraps a rule and makes its penalty grow with the stake that is at fault in the same window: one operator's
/// accident stays cheap, a failure of many at once does not.
/// @dev `fraction' = min(100 %, floor(fraction * (1 + multiplier * faulty / total)))`, where `faulty` is the stake of the
/// operators whose faults lie within `window` of this one, on either side and inclusive, this operator included, each
/// operator counted once at its highest; `total` is the stake of the set, what the faults have taken included. With
/// `multiplier = 3e18` this is the shape of Ethereum's correlation penalty.
/// @dev Stake is what the set could slash, in shares summed over its strategies: give the set strategies whose shares
/// are worth about the same. A fault enters the window when it is executed; requests that wait do not see each other.
/// @dev Evidence, fault time and fault id are those of the wrapped rule. A wrapped {RecordingRule} must trust this
/// contract: `base.setWrapper(correlationRule, true)`.
/// @custom:source docs/contracts/SlashingRules.md, section "Correlation"
contract CorrelationRule is RecordingRule {
    using EnumerableSet for EnumerableSet.AddressSet;

    /* TYPES */

    /// @notice A fault that was executed.
    /// @param time When it was committed [clock units].
    /// @param stake Stake of the operator in the set, just before it was slashed [shares].
    struct Fault {
        uint48 time;
        uint256 stake;
    }

    /* IMMUTABLES */

    /// @notice The rule that says whether there was a fault.
    ISlashingRule public immutable base;

    /// @notice The core's allocations, which know each operator's slashable stake.
    IAllocationManager public immutable allocations;

    /// @notice Largest time between faults that belong together [clock units], inclusive.
    uint48 public immutable window;

    /// @notice Growth of the penalty with the share of the stake that is at fault [WAD].
    uint256 public immutable multiplier;

    /* STORAGE */

    mapping(bytes32 setKey => EnumerableSet.AddressSet operators) private _operators;
    mapping(bytes32 setKey => mapping(address operator => Fault[] faults)) private _faults;

    /* ERRORS */

    /// @notice Raised when the multiplier is above 1e36.
    /// @param multiplier Multiplier [WAD].
    error CorrelationRuleExcessiveMultiplier(uint256 multiplier);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param base_ Rule to wrap.
    /// @param registry_ The core's AVS registry.
    /// @param allocations_ The core's allocation manager.
    /// @param window_ Largest time between faults that belong together [clock units].
    /// @param multiplier_ Growth of the penalty with the share of the stake that is at fault [WAD, at most 1e36].
    constructor(
        ISlashingRule base_,
        IAVSRegistry registry_,
        IAllocationManager allocations_,
        uint48 window_,
        uint256 multiplier_
    ) RecordingRule(registry_, msg.sender) {
        require(multiplier_ <= WadMath.WAD * WadMath.WAD, CorrelationRuleExcessiveMultiplier(multiplier_));

        base = base_;
        allocations = allocations_;
        window = window_;
        multiplier = multiplier_;
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        verdict = base.judge(set, evidence);
        (uint256 faulty, uint256 total) = stakeAtFault(set, verdict.operator, verdict.faultTime);

        for (uint256 i = 0; i < verdict.fractions.length; i++) {
            verdict.fractions[i] = amplify(verdict.fractions[i], faulty, total);
        }
    }

    /// @notice Returns the stake at fault around a time, and the stake of the set.
    /// @param set Operator set.
    /// @param accused Operator that is being judged.
    /// @param time Time of its fault [clock units].
    /// @return faulty Stake at fault within the window, the accused's included [shares].
    /// @return total Stake of the set, what the faults have taken included [shares].
    function stakeAtFault(
        OperatorSet calldata set,
        address accused,
        uint48 time
    ) public view returns (uint256 faulty, uint256 total) {
        EnumerableSet.AddressSet storage known = _operators[set.key()];
        for (uint256 i = 0; i < known.length(); i++) {
            address operator = known.at(i);
            if (operator == accused) continue;
            faulty += _highestInWindow(set, operator, time);
        }
        total = faulty + _highestOf(set, accused, time);
        faulty = total;

        address[] memory members = registry.membersOf(set);
        for (uint256 i = 0; i < members.length; i++) {
            bool counted = members[i] == accused || _highestInWindow(set, members[i], time) != 0;
            if (!counted) total += stakeOf(set, members[i]);
        }
    }

    /// @notice Returns the stake that the set could slash of an operator now.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return stake Stake, summed over the strategies of the set [shares].
    function stakeOf(OperatorSet calldata set, address operator) public view returns (uint256 stake) {
        IStrategy[] memory strategies = registry.strategiesOf(set);
        uint48 now_ = _now();
        for (uint256 i = 0; i < strategies.length; i++) {
            stake += allocations.minSlashableStake(operator, set, strategies[i], now_);
        }
    }

    /// @notice Returns a fraction grown by the share of the stake that is at fault.
    /// @param fraction Fraction of the wrapped rule [WAD].
    /// @param faulty Stake at fault [shares].
    /// @param total Stake of the set [shares], not below `faulty`.
    /// @return grown Fraction [WAD], rounded down, at most 1e18; `fraction` when there is no stake at all.
    function amplify(uint256 fraction, uint256 faulty, uint256 total) public view returns (uint256 grown) {
        if (total == 0) return fraction;
        uint256 growth = WadMath.mulDivDown(fraction * multiplier, faulty, total) / WadMath.WAD;

        return Math.min(WadMath.WAD, fraction + growth);
    }

    /* INTERNAL */

    /// @notice Takes note of a verdict that is about to be executed.
    /// @param set Operator set.
    /// @param verdict Verdict.
    function _record(OperatorSet calldata set, Verdict calldata verdict) internal override {
        uint256 stake = stakeOf(set, verdict.operator);
        _operators[set.key()].add(verdict.operator);
        _faults[set.key()][verdict.operator].push(Fault(verdict.faultTime, stake));

        base.record(set, verdict);
    }

    /// @notice Returns the highest stake of the accused: now, or at an earlier fault in the window.
    /// @param set Operator set.
    /// @param accused Operator.
    /// @param time Middle of the window [clock units].
    /// @return stake Stake [shares].
    function _highestOf(OperatorSet calldata set, address accused, uint48 time) private view returns (uint256 stake) {
        return Math.max(stakeOf(set, accused), _highestInWindow(set, accused, time));
    }

    /// @notice Returns the highest stake that an operator had at a fault in the window.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param time Middle of the window [clock units].
    /// @return stake Stake [shares]; 0 when it committed none.
    function _highestInWindow(
        OperatorSet calldata set,
        address operator,
        uint48 time
    ) private view returns (uint256 stake) {
        Fault[] storage faults = _faults[set.key()][operator];
        for (uint256 i = 0; i < faults.length; i++) {
            uint48 distance = faults[i].time > time ? faults[i].time - time : time - faults[i].time;
            if (distance <= window) stake = Math.max(stake, faults[i].stake);
        }
    }
}
