// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { ISlashingRule } from "../slashing/ISlashingRule.sol";
import { SlasherModule } from "../slashing/SlasherModule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title WindowlessSlasher__MockForWindow
/// @notice Faulty on purpose: an instant module that does not check when the fault was committed, so a fault before the operator joined is punished.
contract WindowlessSlasher__MockForWindow is SlasherModule {
    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) SlasherModule(slasher_, registry_) {}

    /// @notice Fixes the rules of one of the caller's sets.
    /// @param set Operator set.
    /// @param rules Rules.
    function configure(OperatorSet calldata set, address[] calldata rules) external {
        _configure(set, rules);
    }

    /// @notice Judges evidence and slashes.
    /// @param set Operator set.
    /// @param rule Rule.
    /// @param evidence Evidence.
    /// @return slashId Id of the slash in the core.
    /// @return slashedShares Shares that the slash took.
    function report(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external returns (uint256 slashId, uint256 slashedShares) {
        ISlashingRule.Verdict memory verdict = rule.judge(set, evidence);
        _consume(set, rule, verdict);
        return _slash(set, rule, verdict);
    }
}
