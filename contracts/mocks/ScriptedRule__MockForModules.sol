// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SlashingRule } from "../slashing/SlashingRule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title ScriptedRule__MockForModules
/// @notice Rule whose evidence is the verdict itself, `abi.encode(Verdict)`: shows what modules check and rules need not.
contract ScriptedRule__MockForModules is SlashingRule {
    /// @inheritdoc SlashingRule
    function record(OperatorSet calldata, Verdict calldata verdict) external pure override returns (bytes4 magic) {
        require(bytes(verdict.reason).length < 64, ScriptedRuleRefused());
        return this.record.selector;
    }

    /// @notice Raised by `record` for a reason of 64 bytes or more.
    error ScriptedRuleRefused();

    /// @notice Returns the verdict that the evidence is.
    /// @param evidence The verdict.
    /// @return verdict The verdict.
    function judge(OperatorSet calldata, bytes calldata evidence) external pure returns (Verdict memory verdict) {
        return abi.decode(evidence, (Verdict));
    }
}
