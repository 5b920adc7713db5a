// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlasherModule } from "./ISlasherModule.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title SlasherModule
/// @notice What every slasher module shares: judge, check the window, refuse replays, execute.
/// @custom:source docs/contracts/SlasherModules.md
abstract contract SlasherModule is ISlasherModule, ReentrancyGuard {
    /* IMMUTABLES */

    /// @notice The core's slasher, which executes verdicts.
    ISlasher public immutable slasher;

    /// @notice The core's registry of AVSs, operator sets and memberships.
    IAVSRegistry public immutable registry;

    /* STORAGE */

    mapping(bytes32 setKey => address[] rules) private _rules;
    mapping(bytes32 setKey => mapping(address rule => bool allowed)) private _allowed;
    mapping(bytes32 faultKey => bool consumed) private _consumed;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) {
        slasher = slasher_;
        registry = registry_;
    }

    /* VIEWS */

    /// @inheritdoc ISlasherModule
    function rulesOf(OperatorSet calldata set) external view returns (address[] memory rules) {
        return _rules[set.key()];
    }

    /// @inheritdoc ISlasherModule
    function isConsumed(
        OperatorSet calldata set,
        ISlashingRule rule,
        address operator,
        bytes32 faultId
    ) external view returns (bool consumed) {
        return _consumed[_faultKeyOf(set, rule, operator, faultId)];
    }

    /// @inheritdoc ISlasherModule
    function previewVerdict(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external view returns (ISlashingRule.Verdict memory verdict) {
        return _judge(set, rule, evidence);
    }

    /// @inheritdoc ISlasherModule
    function hasRule(OperatorSet calldata set, ISlashingRule rule) public view returns (bool allowed) {
        return _allowed[set.key()][address(rule)];
    }

    /* INTERNAL */

    /// @notice Fixes the rules of a set of the caller.
    /// @param set Operator set.
    /// @param rules Rules.
    function _configure(OperatorSet calldata set, address[] calldata rules) internal {
        bytes32 key = set.key();
        require(msg.sender == set.avs, SlasherModuleNotAvs(msg.sender, set.avs));
        require(_rules[key].length == 0, SlasherModuleAlreadyConfigured(set.avs, set.id));
        require(rules.length > 0, SlasherModuleNoRules(set.avs, set.id));

        _rules[key] = rules;
        for (uint256 i = 0; i < rules.length; i++) {
            _allowed[key][rules[i]] = true;
        }

        emit SetConfigured(set.avs, set.id, rules);
    }

    /// @notice Uses a fault up.
    /// @param set Operator set.
    /// @param rule Rule that judged.
    /// @param verdict Verdict.
    function _consume(OperatorSet calldata set, ISlashingRule rule, ISlashingRule.Verdict memory verdict) internal {
        _consumed[_faultKeyOf(set, rule, verdict.operator, verdict.faultId)] = true;

        emit FaultConsumed(set.avs, set.id, verdict.operator, address(rule), verdict.faultId);
    }

    /// @notice Lets the rule take note of a verdict and the core execute it.
    /// @param set Operator set.
    /// @param rule Rule that judged.
    /// @param verdict Verdict.
    /// @return slashId Id of the slash in the core.
    /// @return slashedShares Shares that the slash took.
    function _slash(
        OperatorSet memory set,
        ISlashingRule rule,
        ISlashingRule.Verdict memory verdict
    ) internal returns (uint256 slashId, uint256 slashedShares) {
        (IStrategy[] memory strategies, uint256[] memory fractions) = _spread(set, verdict);

        rule.record(set, verdict);
        ISlasher.StrategySlash[] memory slashes;
        (slashId, slashes) = slasher.slash(
            ISlasher.SlashParams(verdict.operator, set, strategies, fractions, verdict.reason)
        );
        for (uint256 i = 0; i < slashes.length; i++) {
            slashedShares += slashes[i].fromOperator + slashes[i].fromQueue;
        }

        emit VerdictExecuted(set.avs, set.id, verdict.operator, address(rule), slashId, slashedShares);
    }

    /// @notice Returns the verdict on evidence after every check.
    /// @param set Operator set.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence.
    /// @return verdict Verdict.
    function _judge(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) internal view returns (ISlashingRule.Verdict memory verdict) {
        require(hasRule(set, rule), SlasherModuleUnknownRule(set.avs, set.id, address(rule)));
        verdict = rule.judge(set, evidence);
        _requireInWindow(set, verdict);
        bytes32 faultId = verdict.faultId;
        bool fresh = !_consumed[_faultKeyOf(set, rule, verdict.operator, faultId)];
        require(fresh, SlasherModuleFaultConsumed(verdict.operator, address(rule), faultId));
        bool wellFormed =
            verdict.strategies.length == 0
                ? verdict.fractions.length == 1
                : verdict.fractions.length == verdict.strategies.length;
        require(wellFormed, SlasherModuleMalformedVerdict(verdict.strategies.length, verdict.fractions.length));
    }

    /// @notice Reverts unless the operator will still be slashable at a time.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param executableAt Time [clock units].
    function _requireSlashableAt(OperatorSet memory set, address operator, uint48 executableAt) internal view {
        uint48 slashableUntil = registry.membership(operator, set).slashableUntil;
        require(executableAt <= slashableUntil, SlasherModuleTooLate(operator, slashableUntil, executableAt));
    }

    /// @notice Returns the core's time.
    /// @return now_ Now [clock units].
    function _now() internal view returns (uint48 now_) {
        return IERC6372(address(registry)).clock();
    }

    /// @notice Reverts unless the fault lies in the operator's latest membership and in its slashable window.
    /// @param set Operator set.
    /// @param verdict Verdict.
    function _requireInWindow(OperatorSet memory set, ISlashingRule.Verdict memory verdict) private view {
        uint48 clock = _now();
        IAVSRegistry.Membership memory membership = registry.membership(verdict.operator, set);
        (uint48 registeredAt, uint48 slashableUntil) = (membership.registeredAt, membership.slashableUntil);
        uint48 faultTime = verdict.faultTime;
        require(faultTime <= clock, SlasherModuleFaultInFuture(faultTime, clock));
        require(registeredAt != 0, SlasherModuleNeverMember(verdict.operator));
        require(
            faultTime >= registeredAt,
            SlasherModuleFaultBeforeRegistration(verdict.operator, faultTime, registeredAt)
        );
        require(
            faultTime <= slashableUntil,
            SlasherModuleFaultAfterWindow(verdict.operator, faultTime, slashableUntil)
        );
        _requireSlashableAt(set, verdict.operator, clock);
    }

    /// @notice Returns the strategies to slash in ascending order, as the core wants them, with their fractions.
    /// @param set Operator set.
    /// @param verdict Verdict.
    /// @return strategies Strategies.
    /// @return fractions Fractions [WAD].
    function _spread(
        OperatorSet memory set,
        ISlashingRule.Verdict memory verdict
    ) private view returns (IStrategy[] memory strategies, uint256[] memory fractions) {
        if (verdict.strategies.length != 0) return (verdict.strategies, verdict.fractions);

        strategies = _ascending(registry.strategiesOf(set));
        fractions = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; i++) {
            fractions[i] = verdict.fractions[0];
        }
    }

    /// @notice Sorts a short list in place.
    /// @param strategies Strategies in any order.
    /// @return sorted The same, ascending.
    function _ascending(IStrategy[] memory strategies) private pure returns (IStrategy[] memory sorted) {
        for (uint256 i = 1; i < strategies.length; i++) {
            for (uint256 j = i; j > 0 && address(strategies[j - 1]) > address(strategies[j]); j--) {
                (strategies[j - 1], strategies[j]) = (strategies[j], strategies[j - 1]);
            }
        }

        return strategies;
    }

    /// @notice Returns the key under which a fault is used up; no rule or operator can use up another's fault.
    /// @param set Operator set.
    /// @param rule Rule.
    /// @param operator Operator.
    /// @param faultId Identity of the fault.
    /// @return key Key.
    function _faultKeyOf(
        OperatorSet memory set,
        ISlashingRule rule,
        address operator,
        bytes32 faultId
    ) private pure returns (bytes32 key) {
        return keccak256(abi.encode(set.avs, set.id, rule, operator, faultId));
    }
}
