// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlasherModule } from "./ISlasherModule.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title IInstantSlasher
/// @notice Slasher module that executes a verdict in the transaction that reports the fault.
/// @dev Warning: nobody can object. Use it with rules whose evidence is a proof, such as two conflicting signatures.
/// @custom:source docs/contracts/SlasherModules.md, section "Instant"
interface IInstantSlasher is ISlasherModule {
    /// @notice Fixes the rules of one of the caller's sets, once.
    /// @dev Reverts with {SlasherModuleNotAvs} unless the caller is `set.avs`, {SlasherModuleAlreadyConfigured} on a
    /// second call, and {SlasherModuleNoRules} without a rule.
    /// @param set Operator set of the caller.
    /// @param rules Rules by which the set may be slashed.
    function configure(OperatorSet calldata set, address[] calldata rules) external;

    /// @notice Judges evidence and slashes.
    /// @dev Reverts with the rule's error when the evidence shows no fault, and with the errors of {ISlasherModule}
    /// when the fault cannot be punished.
    /// @param set Operator set in which the fault was committed.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence in the rule's encoding.
    /// @return slashId Id of the slash in the core.
    /// @return slashedShares Shares that the slash took, all strategies and queued withdrawals together.
    function report(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external returns (uint256 slashId, uint256 slashedShares);
}
