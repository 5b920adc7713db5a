// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { Statement } from "../types/Statement.sol";
import { IOperatorKeys } from "./IOperatorKeys.sol";
import { IServiceBook } from "./IServiceBook.sol";
import { SlashingRule } from "./SlashingRule.sol";

/// @title StatementRule
/// @notice Base of the rules that judge signed statements: whose statement it is, and when its round was opened.
/// @custom:source docs/contracts/SlashingRules.md
abstract contract StatementRule is SlashingRule {
    /* IMMUTABLES */

    /// @notice Registry of the operators' signing keys.
    IOperatorKeys public immutable keys;

    /* ERRORS */

    /// @notice Raised when a statement was made for another operator set.
    /// @param avs AVS of the statement.
    /// @param setId Operator set of the statement.
    error StatementRuleForeignSet(address avs, uint32 setId);

    /// @notice Raised when the service never opened the statement's round.
    /// @param topic Topic of the statement.
    /// @param round Round of the statement.
    error StatementRuleUnknownRound(bytes32 topic, uint64 round);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param keys_ Registry of the operators' signing keys.
    constructor(IOperatorKeys keys_) {
        keys = keys_;
    }

    /* INTERNAL */

    /// @notice Returns who signed a statement of `set`.
    /// @dev Reverts with {StatementRuleForeignSet} when the statement is for another set.
    /// @param set Operator set in which the fault is claimed.
    /// @param statement Statement that was signed.
    /// @param signature Signature by a key of the operator.
    /// @return operator Operator accountable for the statement.
    function _authorOf(
        OperatorSet calldata set,
        Statement memory statement,
        bytes memory signature
    ) internal view returns (address operator) {
        bool matches = statement.avs == set.avs && statement.setId == set.id;
        require(matches, StatementRuleForeignSet(statement.avs, statement.setId));

        return keys.authorOf(statement, signature);
    }

    /// @notice Returns when the round of a statement was opened; this is the time of a fault in it.
    /// @dev Reverts with {StatementRuleUnknownRound} when it was never opened. The signer cannot choose the time.
    /// @param statement Statement of this rule's set.
    /// @return time Clock of the opening [clock units].
    function _openedAt(Statement memory statement) internal view returns (uint48 time) {
        time = IServiceBook(statement.avs).openedAt(statement.setId, statement.topic, statement.round);
        require(time != 0, StatementRuleUnknownRound(statement.topic, statement.round));
    }

    /// @notice Returns the identity of a fault that an operator can commit once a round.
    /// @param operator Operator at fault.
    /// @param statement Statement of the round.
    /// @return faultId Identity of the fault.
    function _faultIdOf(address operator, Statement memory statement) internal pure returns (bytes32 faultId) {
        return keccak256(abi.encode(operator, statement.topic, statement.round));
    }
}
