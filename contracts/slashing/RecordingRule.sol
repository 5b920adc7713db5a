// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { SlashingRule } from "./SlashingRule.sol";

/// @title RecordingRule
/// @notice Base of a rule with memory: `record` is open to the set's slasher, and to rules that wrap this one.
/// @dev The owner names the wrapping rules; it has no other power.
/// @custom:source docs/contracts/SlashingRules.md
abstract contract RecordingRule is SlashingRule, Ownable2Step {
    /* IMMUTABLES */

    /// @notice The core's registry of AVSs, operator sets and memberships.
    IAVSRegistry public immutable registry;

    /* STORAGE */

    /// @notice Returns whether a rule wraps this one and may pass records on.
    mapping(address wrapper => bool trusted) public isWrapper;

    /* EVENTS */

    /// @notice Emitted when a wrapping rule is trusted, or no longer.
    /// @param wrapper Wrapping rule.
    /// @param trusted Whether it may pass records on.
    event WrapperSet(address indexed wrapper, bool trusted);

    /* ERRORS */

    /// @notice Raised when somebody else than the set's slasher or a trusted wrapper records.
    /// @param caller Caller.
    /// @param slasher Slasher of the set now.
    error RecordingRuleNotSlasher(address caller, address slasher);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param registry_ The core's AVS registry.
    /// @param owner_ Who may name wrapping rules.
    constructor(IAVSRegistry registry_, address owner_) Ownable(owner_) {
        registry = registry_;
    }

    /* EXTERNAL */

    /// @notice Trusts a wrapping rule to pass records on, or stops trusting it.
    /// @param wrapper Wrapping rule.
    /// @param trusted Whether it may pass records on.
    function setWrapper(address wrapper, bool trusted) external onlyOwner {
        isWrapper[wrapper] = trusted;

        emit WrapperSet(wrapper, trusted);
    }

    /// @inheritdoc ISlashingRule
    function record(OperatorSet calldata set, Verdict calldata verdict) external override returns (bytes4 magic) {
        address slasher = registry.slasherOf(set);
        require(msg.sender == slasher || isWrapper[msg.sender], RecordingRuleNotSlasher(msg.sender, slasher));

        _record(set, verdict);

        return ISlashingRule.record.selector;
    }

    /* INTERNAL */

    /// @notice Takes note of a verdict that is about to be executed.
    /// @param set Operator set.
    /// @param verdict Verdict.
    function _record(OperatorSet calldata set, Verdict calldata verdict) internal virtual;

    /// @notice Returns the core's time.
    /// @return now_ Now [clock units].
    function _now() internal view returns (uint48 now_) {
        return IERC6372(address(registry)).clock();
    }
}
