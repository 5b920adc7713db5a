// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { Statement } from "../types/Statement.sol";
import { IOperatorKeys } from "./IOperatorKeys.sol";
import { IServiceBook } from "./IServiceBook.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { StatementRule } from "./StatementRule.sol";

/// @title FalseStatementRule
/// @notice Fault: signing something other than what the service knows to be true, such as a forged bridge message.
/// @dev Evidence: `abi.encode(Statement statement, bytes signature)`.
/// Fault time: when the round was opened. One fault an operator, topic and round.
/// @custom:source docs/contracts/SlashingRules.md, section "False statement"
contract FalseStatementRule is StatementRule {
    /* IMMUTABLES */

    /// @notice Fraction that a false statement costs [WAD].
    uint256 public immutable fraction;

    /* ERRORS */

    /// @notice Raised when the service does not know the truth of the round.
    /// @param topic Topic of the statement.
    /// @param round Round of the statement.
    error FalseStatementRuleUnsettled(bytes32 topic, uint64 round);

    /// @notice Raised when the statement is true.
    /// @param value Value that was signed.
    error FalseStatementRuleTrue(bytes32 value);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param fraction_ Fraction that a false statement costs [WAD, in (0, 1e18]].
    constructor(IOperatorKeys keys_, uint256 fraction_) StatementRule(keys_) {
        fraction = _checkedFraction(fraction_);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (Statement memory statement, bytes memory signature) = abi.decode(evidence, (Statement, bytes));
        address operator = _authorOf(set, statement, signature);
        uint48 openedAt = _openedAt(statement);
        (bool settled, bytes32 truth) = IServiceBook(set.avs).truthOf(set.id, statement.topic, statement.round);
        require(settled, FalseStatementRuleUnsettled(statement.topic, statement.round));
        require(statement.value != truth, FalseStatementRuleTrue(truth));

        return _verdict(operator, openedAt, _faultIdOf(operator, statement), fraction, "false statement");
    }
}
