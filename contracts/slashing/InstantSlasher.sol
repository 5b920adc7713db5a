// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IInstantSlasher } from "./IInstantSlasher.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { SlasherModule } from "./SlasherModule.sol";

/// @title InstantSlasher
/// @notice Slasher module that executes a verdict in the transaction that reports the fault.
/// @custom:source docs/contracts/SlasherModules.md, section "Instant"
contract InstantSlasher is IInstantSlasher, SlasherModule {
    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) SlasherModule(slasher_, registry_) {}

    /* EXTERNAL */

    /// @inheritdoc IInstantSlasher
    function configure(OperatorSet calldata set, address[] calldata rules) external {
        _configure(set, rules);
    }

    /// @inheritdoc IInstantSlasher
    function report(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external nonReentrant returns (uint256 slashId, uint256 slashedShares) {
        ISlashingRule.Verdict memory verdict = _judge(set, rule, evidence);

        _consume(set, rule, verdict);

        return _slash(set, rule, verdict);
    }
}
