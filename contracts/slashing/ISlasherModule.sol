// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title ISlasherModule
/// @notice What every slasher module shares: rules fixed per operator set, and the checks that no rule need make.
/// @dev An operator set is slashed by one module: the AVS configures the module for the set and names the module as
/// the set's slasher in the AVS registry. Anybody may report; the evidence decides, not the reporter. Nobody is paid
/// for reporting.
/// @dev A set's rules are fixed by the first configuration. To change them, the AVS names another module, which takes
/// effect only after the notice of a slasher change: operators and stakers can leave before new law applies.
/// @dev Times are in units of the core's clock; every boundary is inclusive unless it is said otherwise.
/// @custom:source docs/contracts/SlasherModules.md
interface ISlasherModule {
    /// @notice Emitted when an AVS fixes the rules of a set.
    /// @param avs AVS.
    /// @param setId Operator set.
    /// @param rules Rules by which the set may be slashed.
    event SetConfigured(address indexed avs, uint32 indexed setId, address[] rules);

    /// @notice Emitted when a fault is used up, so that it cannot be punished again.
    /// @param avs AVS.
    /// @param setId Operator set.
    /// @param operator Operator at fault.
    /// @param rule Rule that judged.
    /// @param faultId Identity of the fault.
    event FaultConsumed(
        address indexed avs,
        uint32 indexed setId,
        address indexed operator,
        address rule,
        bytes32 faultId
    );

    /// @notice Emitted when a verdict was executed by the core.
    /// @param avs AVS.
    /// @param setId Operator set.
    /// @param operator Operator at fault.
    /// @param rule Rule that judged.
    /// @param slashId Id of the slash in the core.
    /// @param slashedShares Shares that the slash took, all strategies and queued withdrawals together; 0 when the
    /// operator's allocation had already gone.
    event VerdictExecuted(
        address indexed avs,
        uint32 indexed setId,
        address indexed operator,
        address rule,
        uint256 slashId,
        uint256 slashedShares
    );

    /// @notice Raised when the caller is not the AVS of the set.
    /// @param caller Caller.
    /// @param avs AVS of the set.
    error SlasherModuleNotAvs(address caller, address avs);

    /// @notice Raised when the rules of a set are already fixed.
    /// @param avs AVS.
    /// @param setId Operator set.
    error SlasherModuleAlreadyConfigured(address avs, uint32 setId);

    /// @notice Raised when a set is configured without any rule.
    /// @param avs AVS.
    /// @param setId Operator set.
    error SlasherModuleNoRules(address avs, uint32 setId);

    /// @notice Raised when evidence is brought under a rule that the set does not have.
    /// @param avs AVS.
    /// @param setId Operator set.
    /// @param rule Rule that was named.
    error SlasherModuleUnknownRule(address avs, uint32 setId, address rule);

    /// @notice Raised when the fault is said to lie in the future.
    /// @param faultTime Time of the fault [clock units].
    /// @param clock Now [clock units].
    error SlasherModuleFaultInFuture(uint256 faultTime, uint256 clock);

    /// @notice Raised when the accused never joined the set.
    /// @param operator Operator accused.
    error SlasherModuleNeverMember(address operator);

    /// @notice Raised when the fault was committed before the operator's latest registration for the set.
    /// @param operator Operator accused.
    /// @param faultTime Time of the fault [clock units].
    /// @param registeredAt Time of the registration [clock units]; a fault at this time can be punished.
    error SlasherModuleFaultBeforeRegistration(address operator, uint256 faultTime, uint256 registeredAt);

    /// @notice Raised when the fault was committed after the operator's slashable window.
    /// @param operator Operator accused.
    /// @param faultTime Time of the fault [clock units].
    /// @param slashableUntil Last time at which the operator could be slashed [clock units], inclusive.
    error SlasherModuleFaultAfterWindow(address operator, uint256 faultTime, uint256 slashableUntil);

    /// @notice Raised when the operator can no longer be slashed, or not by the time at which it could be.
    /// @param operator Operator accused.
    /// @param slashableUntil Last time at which the operator could be slashed [clock units], inclusive.
    /// @param executableAt Earliest time at which this verdict could be executed [clock units].
    error SlasherModuleTooLate(address operator, uint256 slashableUntil, uint256 executableAt);

    /// @notice Raised when the fault was punished before, or is being judged.
    /// @param operator Operator accused.
    /// @param rule Rule that judged.
    /// @param faultId Identity of the fault.
    error SlasherModuleFaultConsumed(address operator, address rule, bytes32 faultId);

    /// @notice Raised when a verdict names no fraction for each strategy, or not one for all.
    /// @param strategies Number of strategies in the verdict.
    /// @param fractions Number of fractions in the verdict.
    error SlasherModuleMalformedVerdict(uint256 strategies, uint256 fractions);

    /// @notice Returns the rules of a set.
    /// @param set Operator set.
    /// @return rules Rules, in the order of the configuration; empty when the set is not configured.
    function rulesOf(OperatorSet calldata set) external view returns (address[] memory rules);

    /// @notice Returns whether a set has a rule.
    /// @param set Operator set.
    /// @param rule Rule.
    /// @return allowed Whether evidence may be brought under the rule.
    function hasRule(OperatorSet calldata set, ISlashingRule rule) external view returns (bool allowed);

    /// @notice Returns whether a fault is used up: punished, or taken up by a request of whatever outcome.
    /// @param set Operator set.
    /// @param rule Rule that judges.
    /// @param operator Operator at fault.
    /// @param faultId Identity of the fault.
    /// @return consumed Whether it is used up.
    function isConsumed(
        OperatorSet calldata set,
        ISlashingRule rule,
        address operator,
        bytes32 faultId
    ) external view returns (bool consumed);

    /// @notice Returns the verdict on evidence after every check that a report would meet; reverts where it would.
    /// @param set Operator set.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence in the rule's encoding.
    /// @return verdict The verdict.
    function previewVerdict(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external view returns (ISlashingRule.Verdict memory verdict);
}
