// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { RecordingRule } from "./RecordingRule.sol";

/// @title DowntimeRule
/// @notice Fault: missing heartbeats. The cost grows with the length of the outage, up to a cap.
/// @dev A member owes a heartbeat at most `interval` after the one before, the bound inclusive; the first is due
/// `interval` after it joined, none is due after it left. An outage is the time between two heartbeats (or until now,
/// or until the operator left); it has missed `floor((length - 1) / interval)` heartbeats and costs
/// `min(cap, (missed - tolerated) * fractionPerMiss)` in all. An outage that goes on can be punished again: each
/// punishment takes what the outage costs by then less what was charged for it before.
/// @dev Evidence: `abi.encode(address operator, uint256 outage)`, the outage counted from 0 by {outageCount}; the last
/// one is running. Fault time: when the last missed heartbeat was due. Fault id: outage << 128 | charges made before.
/// @dev A later heartbeat does not heal an outage that exceeded the tolerance: it stays on the record.
/// @custom:source docs/contracts/SlashingRules.md, section "Downtime"
contract DowntimeRule is RecordingRule {
    /* TYPES */

    /// @notice What downtime costs.
    /// @param interval Longest time between heartbeats [clock units], at least 1.
    /// @param tolerated Missed heartbeats that cost nothing.
    /// @param fractionPerMiss Cost of each missed heartbeat beyond those [WAD, in (0, cap]].
    /// @param cap Largest cost of one outage [WAD, at most 1e18].
    struct Terms {
        uint48 interval;
        uint48 tolerated;
        uint256 fractionPerMiss;
        uint256 cap;
    }

    /// @notice Time without a heartbeat.
    /// @param from Heartbeat before, or the registration [clock units].
    /// @param to Heartbeat after [clock units]; 0 while the outage is running.
    /// @param charges How often it was punished.
    /// @param charged What it cost so far [WAD].
    struct Outage {
        uint48 from;
        uint48 to;
        uint128 charges;
        uint256 charged;
    }

    /* STORAGE */

    /// @notice What downtime costs; fixed at deployment.
    Terms public terms;

    mapping(bytes32 setKey => mapping(address operator => Outage[] outages)) private _outages;

    /* EVENTS */

    /// @notice Emitted when an operator shows that it is alive.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param missed Heartbeats missed since the one before.
    event HeartbeatRecorded(address indexed operator, OperatorSet set, uint256 missed);

    /* ERRORS */

    /// @notice Raised when the terms have no interval, or a heartbeat costs more than the cap.
    /// @param interval Interval [clock units].
    /// @param fractionPerMiss Cost of a missed heartbeat [WAD].
    /// @param cap Largest cost [WAD].
    error DowntimeRuleInvalidTerms(uint256 interval, uint256 fractionPerMiss, uint256 cap);

    /// @notice Raised when an account that is no member of the set sends a heartbeat.
    /// @param account Account.
    error DowntimeRuleNotMember(address account);

    /// @notice Raised when there is no such outage in the operator's present membership.
    /// @param operator Operator.
    /// @param outage Outage that was named.
    error DowntimeRuleUnknownOutage(address operator, uint256 outage);

    /// @notice Raised when an outage costs nothing, or nothing more than was charged.
    /// @param missed Heartbeats missed.
    /// @param tolerated Missed heartbeats that cost nothing.
    /// @param charged What was charged for the outage before [WAD].
    error DowntimeRuleNothingDue(uint256 missed, uint256 tolerated, uint256 charged);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param registry_ The core's AVS registry.
    /// @param owner_ Who may name wrapping rules.
    /// @param terms_ What downtime costs.
    constructor(IAVSRegistry registry_, address owner_, Terms memory terms_) RecordingRule(registry_, owner_) {
        _checkedFraction(terms_.fractionPerMiss);
        _checkedFraction(terms_.cap);
        require(
            terms_.interval > 0 && terms_.fractionPerMiss <= terms_.cap,
            DowntimeRuleInvalidTerms(terms_.interval, terms_.fractionPerMiss, terms_.cap)
        );

        terms = terms_;
    }

    /* EXTERNAL */

    /// @notice Shows that the caller is alive.
    /// @param set Operator set of which the caller is a member.
    function beat(OperatorSet calldata set) external {
        require(registry.membership(msg.sender, set).registered, DowntimeRuleNotMember(msg.sender));
        Outage[] storage outages = _outages[set.key()][msg.sender];
        (uint256 index, Outage memory running) = _running(set, msg.sender);
        uint48 now_ = _now();
        uint256 missed = _missed(running.from, now_);

        if (index == outages.length) outages.push(running);
        if (missed > terms.tolerated) {
            outages[index].to = now_;
            outages.push(Outage(now_, 0, 0, 0));
        } else {
            outages[index].from = now_;
        }

        emit HeartbeatRecorded(msg.sender, set, missed);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (address operator, uint256 index) = abi.decode(evidence, (address, uint256));
        Outage memory outage = outageOf(set, operator, index);
        uint256 missed = _missed(outage.from, outage.to);
        uint256 cost = costOf(missed);
        require(cost > outage.charged, DowntimeRuleNothingDue(missed, terms.tolerated, outage.charged));

        uint48 faultTime = uint48(outage.from + missed * terms.interval);
        bytes32 faultId = bytes32((index << 128) | outage.charges);
        return _verdict(operator, faultTime, faultId, cost - outage.charged, "downtime");
    }

    /// @notice Returns the number of an operator's outages so far, the running one included.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return count Number of outages; the running one is the last.
    function outageCount(OperatorSet calldata set, address operator) external view returns (uint256 count) {
        (uint256 index, ) = _running(set, operator);

        return index + 1;
    }

    /// @notice Returns an outage; a running one up to now, or up to when the operator left.
    /// @dev Reverts with {DowntimeRuleUnknownOutage} for one that is not there, or was running when the operator left
    /// and joined again.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param index Outage.
    /// @return outage The outage.
    function outageOf(
        OperatorSet calldata set,
        address operator,
        uint256 index
    ) public view returns (Outage memory outage) {
        (uint256 last, Outage memory running) = _running(set, operator);
        require(index <= last, DowntimeRuleUnknownOutage(operator, index));
        outage = index == last ? running : _outages[set.key()][operator][index];
        if (index == last) outage.to = _endOfDuty(set, operator);
        require(outage.from != 0 && outage.to >= outage.from, DowntimeRuleUnknownOutage(operator, index));
    }

    /// @notice Returns what an outage costs in all.
    /// @param missed Heartbeats missed.
    /// @return fraction Fraction of the current allocation [WAD].
    function costOf(uint256 missed) public view returns (uint256 fraction) {
        if (missed <= terms.tolerated) return 0;
        // Neither factor exceeds 2^128: heartbeats are counted in 48 bits, a fraction is at most 1e18.
        return Math.min(terms.cap, (missed - terms.tolerated) * terms.fractionPerMiss);
    }

    /* INTERNAL */

    /// @notice Takes note of a verdict that is about to be executed.
    /// @param set Operator set.
    /// @param verdict Verdict.
    function _record(OperatorSet calldata set, Verdict calldata verdict) internal override {
        uint256 index = uint256(verdict.faultId) >> 128;
        Outage[] storage outages = _outages[set.key()][verdict.operator];
        (uint256 last, Outage memory running) = _running(set, verdict.operator);
        if (last == outages.length) outages.push(running);

        Outage storage outage = outages[index];
        outage.charges += 1;
        outage.charged = costOf((verdict.faultTime - outage.from) / terms.interval);
    }

    /// @notice Returns the running outage of an operator and its index, which may be one past the stored ones.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return index Its index.
    /// @return running The outage; a new membership starts a new one.
    function _running(
        OperatorSet calldata set,
        address operator
    ) private view returns (uint256 index, Outage memory running) {
        Outage[] storage outages = _outages[set.key()][operator];
        uint48 registeredAt = registry.membership(operator, set).registeredAt;
        index = outages.length;
        if (index != 0 && outages[index - 1].from >= registeredAt) return (index - 1, outages[index - 1]);

        return (index, Outage(registeredAt, 0, 0, 0));
    }

    /// @notice Returns until when an operator owes heartbeats, at most now.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return end Now, or when the operator left [clock units].
    function _endOfDuty(OperatorSet calldata set, address operator) private view returns (uint48 end) {
        IAVSRegistry.Membership memory membership = registry.membership(operator, set);
        if (membership.registered || membership.slashableUntil == 0) return _now();

        return membership.slashableUntil - registry.deallocationDelay();
    }

    /// @notice Returns how many heartbeats were missed in a time.
    /// @param from Heartbeat before [clock units].
    /// @param to End of the time [clock units]; a heartbeat that is due at this very time is not missed yet.
    /// @return missed Number of heartbeats.
    function _missed(uint48 from, uint48 to) private view returns (uint256 missed) {
        return to > from ? (to - from - 1) / terms.interval : 0;
    }
}
