// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { IServiceBook } from "./IServiceBook.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { SlashingRule } from "./SlashingRule.sol";

/// @title BrokenPromiseRule
/// @notice Fault: not doing what was promised, such as withholding data that was attested to be available.
/// @dev Evidence: `abi.encode(address operator, bytes32 topic, uint64 round)`; the service's book proves the rest.
/// Fault time: when the promise was broken. One fault an operator, topic and round.
/// @custom:source docs/contracts/SlashingRules.md, section "Broken promise"
contract BrokenPromiseRule is SlashingRule {
    /* IMMUTABLES */

    /// @notice Fraction that a broken promise costs [WAD].
    uint256 public immutable fraction;

    /* ERRORS */

    /// @notice Raised when the service's book shows no breach.
    /// @param operator Operator that was accused.
    /// @param topic Topic of the promise.
    /// @param round Round of the promise.
    error BrokenPromiseRuleKept(address operator, bytes32 topic, uint64 round);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param fraction_ Fraction that a broken promise costs [WAD, in (0, 1e18]].
    constructor(uint256 fraction_) {
        fraction = _checkedFraction(fraction_);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (address operator, bytes32 topic, uint64 round) = abi.decode(evidence, (address, bytes32, uint64));
        uint48 breachedAt = IServiceBook(set.avs).breachedAt(set.id, topic, round, operator);
        require(breachedAt != 0, BrokenPromiseRuleKept(operator, topic, round));

        bytes32 faultId = keccak256(abi.encode(operator, topic, round));
        return _verdict(operator, breachedAt, faultId, fraction, "broken promise");
    }
}
