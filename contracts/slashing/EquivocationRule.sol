// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { Statement } from "../types/Statement.sol";
import { IOperatorKeys } from "./IOperatorKeys.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { StatementRule } from "./StatementRule.sol";

/// @title EquivocationRule
/// @notice Fault: signing two different values for the same round of the same topic.
/// @dev Evidence: `abi.encode(Statement first, bytes firstSignature, Statement second, bytes secondSignature)`.
/// Fault time: when the round was opened. One fault an operator, topic and round, whatever the values.
/// @custom:source docs/contracts/SlashingRules.md, section "Equivocation"
contract EquivocationRule is StatementRule {
    /* IMMUTABLES */

    /// @notice Fraction that an equivocation costs [WAD].
    uint256 public immutable fraction;

    /* ERRORS */

    /// @notice Raised when the statements answer different questions.
    /// @param firstTopic Topic of the first statement.
    /// @param firstRound Round of the first statement.
    /// @param secondTopic Topic of the second statement.
    /// @param secondRound Round of the second statement.
    error EquivocationRuleDifferentRounds(
        bytes32 firstTopic,
        uint64 firstRound,
        bytes32 secondTopic,
        uint64 secondRound
    );

    /// @notice Raised when the statements agree.
    /// @param value Value that both carry.
    error EquivocationRuleSameValue(bytes32 value);

    /// @notice Raised when the statements are of two operators.
    /// @param first Operator of the first statement.
    /// @param second Operator of the second statement.
    error EquivocationRuleDifferentAuthors(address first, address second);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param fraction_ Fraction that an equivocation costs [WAD, in (0, 1e18]].
    constructor(IOperatorKeys keys_, uint256 fraction_) StatementRule(keys_) {
        fraction = _checkedFraction(fraction_);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (
            Statement memory first,
            bytes memory firstSignature,
            Statement memory second,
            bytes memory secondSignature
        ) = abi.decode(evidence, (Statement, bytes, Statement, bytes));
        require(
            first.topic == second.topic && first.round == second.round,
            EquivocationRuleDifferentRounds(first.topic, first.round, second.topic, second.round)
        );
        require(first.value != second.value, EquivocationRuleSameValue(first.value));
        address operator = _authorOf(set, first, firstSignature);
        address other = _authorOf(set, second, secondSignature);
        require(operator == other, EquivocationRuleDifferentAuthors(operator, other));

        return _verdict(operator, _openedAt(first), _faultIdOf(operator, first), fraction, "equivocation");
    }
}
