// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title ISlashingRule
/// @notice Judges evidence: was there a fault, whose, when, and what does it cost. The place for your own law.
/// @dev Write a rule in three moves: inherit {SlashingRule}; decode the evidence and revert with an error of your own,
/// carrying values, when it shows no fault; return a verdict. {SlashingRule} has helpers for the common verdict and a
/// `record` that does nothing. The smallest rule is about 20 lines:
/// ```solidity
/// contract LateAnswerRule is SlashingRule {
///     error LateAnswerRuleInTime(uint256 answeredAt, uint256 dueAt);
///
///     function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory) {
///         (address operator, uint256 task) = abi.decode(evidence, (address, uint256));
///         (uint48 answeredAt, uint48 dueAt) = IMyService(set.avs).timesOf(task, operator);
///         require(answeredAt > dueAt, LateAnswerRuleInTime(answeredAt, dueAt));
///         return _verdict(operator, dueAt, keccak256(abi.encode(operator, task)), 0.01e18, "late answer");
///     }
/// }
/// ```
/// @dev The rule says what happened. The slasher module that asked it checks what a rule need not know: that the
/// operator was a member at `faultTime` and is still slashable, that the fault lies not in the future, and that the
/// fault was not punished before (one `faultId` is punished once per operator set, rule and operator).
/// @dev Units: fractions in WAD (1e18 = 100 %) of the operator's *current allocation* to the set; times in units of the
/// core's clock (blocks or seconds).
/// @dev Warning: `judge` must prove everything that it returns. Whoever reports is not trusted, so neither the operator
/// nor the time may be taken from the evidence without a signature or a record that shows it.
/// @custom:source docs/contracts/SlashingRules.md
interface ISlashingRule {
    /// @notice What a rule concludes from evidence.
    /// @param operator Operator at fault.
    /// @param faultTime When the fault was committed [clock units].
    /// @param faultId Identity of the fault, the same for every evidence of the same fault.
    /// @param strategies Strategies to slash; empty means every strategy of the set, at the one fraction given.
    /// @param fractions Fraction for each strategy [WAD, in (0, 1e18]], or one for all when `strategies` is empty.
    /// @param reason Short text for people, carried into the slash's event.
    struct Verdict {
        address operator;
        uint48 faultTime;
        bytes32 faultId;
        IStrategy[] strategies;
        uint256[] fractions;
        string reason;
    }

    /// @notice Lets a rule with a memory take note of a verdict that is about to be executed.
    /// @dev Called by the slasher module once a verdict, just before the core slashes. Stateful rules must refuse
    /// other callers: inherit {RecordingRule}. A `record` that reverts blocks the slash.
    /// @param set Operator set whose slasher executes the verdict.
    /// @param verdict Verdict as {judge} returned it.
    /// @return magic `ISlashingRule.record.selector`.
    function record(OperatorSet calldata set, Verdict calldata verdict) external returns (bytes4 magic);

    /// @notice Returns the verdict that `evidence` supports; reverts with the rule's own error when it shows no fault.
    /// @param set Operator set in which the fault is claimed.
    /// @param evidence Evidence in the rule's own encoding.
    /// @return verdict Who, when, what, how much and why.
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict);
}
