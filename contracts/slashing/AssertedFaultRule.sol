// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { SlashingRule } from "./SlashingRule.sol";

/// @title AssertedFaultRule
/// @notice Believes whatever it is told, up to a largest fraction: for faults that a chain cannot see.
/// @dev Evidence: `abi.encode(address operator, uint48 faultTime, bytes32 faultId, uint256 fraction, string reason)`.
/// @dev Warning: proves nothing. Use it only behind an {OptimisticSlasher}, where a bond answers for the claim, or a
/// {VetoSlasher} whose committee looks at every request.
/// @custom:source docs/contracts/SlashingRules.md, section "Asserted fault"
contract AssertedFaultRule is SlashingRule {
    /* IMMUTABLES */

    /// @notice Largest fraction that may be asserted [WAD].
    uint256 public immutable maxFraction;

    /* ERRORS */

    /// @notice Raised when more is asserted than the rule lets through.
    /// @param fraction Fraction that was asserted [WAD].
    /// @param maxFraction Largest fraction [WAD].
    error AssertedFaultRuleExcessiveFraction(uint256 fraction, uint256 maxFraction);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param maxFraction_ Largest fraction that may be asserted [WAD, in (0, 1e18]].
    constructor(uint256 maxFraction_) {
        maxFraction = _checkedFraction(maxFraction_);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (address operator, uint48 faultTime, bytes32 faultId, uint256 fraction, string memory reason) = abi.decode(
            evidence,
            (address, uint48, bytes32, uint256, string)
        );
        require(fraction <= maxFraction, AssertedFaultRuleExcessiveFraction(fraction, maxFraction));

        return _verdict(operator, faultTime, faultId, fraction, reason);
    }
}
