// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IDelayedSlasher } from "./IDelayedSlasher.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { SlasherModule } from "./SlasherModule.sol";

/// @title DelayedSlasher
/// @notice What slasher modules share that leave time for an objection between the report and the slash.
/// @custom:source docs/contracts/SlasherModules.md, section "Delayed"
abstract contract DelayedSlasher is IDelayedSlasher, SlasherModule {
    /* STORAGE */

    /// @inheritdoc IDelayedSlasher
    uint256 public requestCount;

    mapping(bytes32 setKey => Windows windows) private _windows;
    mapping(uint256 requestId => Request request) private _requests;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) SlasherModule(slasher_, registry_) {}

    /* VIEWS */

    /// @inheritdoc IDelayedSlasher
    function requestOf(uint256 requestId) external view returns (Request memory request) {
        return _requests[requestId];
    }

    /// @inheritdoc IDelayedSlasher
    function windowsOf(OperatorSet calldata set) external view returns (Windows memory windows) {
        return _windows[set.key()];
    }

    /// @inheritdoc IDelayedSlasher
    function stateOf(uint256 requestId) public view returns (State state) {
        state = _requests[requestId].state;
        (, uint48 until) = executionWindowOf(requestId);

        return state == State.Open && _now() > until ? State.Expired : state;
    }

    /// @inheritdoc IDelayedSlasher
    function executionWindowOf(uint256 requestId) public view returns (uint48 from, uint48 until) {
        Request storage waiting = _requests[requestId];
        Windows storage windows = _windows[waiting.set.key()];
        from = waiting.requestedAt + windows.objectionWindow;

        return (from, from + windows.executionWindow);
    }

    /* INTERNAL */

    /// @notice Fixes the windows of a set.
    /// @param set Operator set of the caller.
    /// @param windows Windows.
    function _configureWindows(OperatorSet calldata set, Windows calldata windows) internal {
        (uint256 objection, uint256 execution) = (windows.objectionWindow, windows.executionWindow);
        require(objection > 0 && execution > 0, DelayedSlasherZeroWindow(objection, execution));
        _requireInTime(uint256(windows.detection) + objection + execution);

        _windows[set.key()] = windows;
    }

    /// @notice Judges evidence and opens a request.
    /// @param set Operator set.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence.
    /// @return requestId Request.
    function _request(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) internal returns (uint256 requestId) {
        ISlashingRule.Verdict memory verdict = _judge(set, rule, evidence);
        uint48 clock = _now();
        _requireSlashableAt(set, verdict.operator, clock + _windows[set.key()].objectionWindow);

        _consume(set, rule, verdict);
        requestId = ++requestCount;
        Request storage waiting = _requests[requestId];
        (waiting.set, waiting.rule, waiting.requestedAt, waiting.state) = (set, rule, clock, State.Open);
        waiting.verdict = verdict;

        (uint48 from, uint48 until) = executionWindowOf(requestId);
        emit SlashRequested(requestId, verdict.operator, from, until);
    }

    /// @notice Refuses a request.
    /// @param requestId Request.
    function _refuse(uint256 requestId) internal {
        _requests[requestId].state = State.Refused;

        emit SlashRequestRefused(requestId);
    }

    /// @notice Executes a request that nobody refused in time.
    /// @param requestId Request.
    /// @return slashId Id of the slash in the core.
    /// @return slashedShares Shares that the slash took.
    function _execute(uint256 requestId) internal returns (uint256 slashId, uint256 slashedShares) {
        Request memory waiting = _openRequest(requestId);
        uint48 clock = _now();
        (uint48 from, ) = executionWindowOf(requestId);
        require(clock >= from, DelayedSlasherExecutionTooEarly(requestId, clock, from));
        _requireSlashableAt(waiting.set, waiting.verdict.operator, clock);

        _requests[requestId].state = State.Executed;
        (slashId, slashedShares) = _slash(waiting.set, waiting.rule, waiting.verdict);

        emit SlashRequestExecuted(requestId, slashId, slashedShares);
    }

    /// @notice Reverts unless a verdict is executed before an operator that leaves at its fault can escape.
    /// @param needed Longest time from a fault to the end of its execution window [clock units].
    function _requireInTime(uint256 needed) internal view virtual {
        uint256 delay = registry.deallocationDelay();
        require(needed <= delay, DelayedSlasherWindowsTooLong(needed, delay));
    }

    /// @notice Returns an open request, or reverts when it is not open or too old to object to.
    /// @param requestId Request.
    /// @return waiting The request.
    function _objectionable(uint256 requestId) internal view returns (Request memory waiting) {
        waiting = _openRequest(requestId);
        uint48 clock = _now();
        (uint48 from, ) = executionWindowOf(requestId);
        require(clock < from, DelayedSlasherObjectionTooLate(requestId, clock, from));
    }

    /// @notice Returns the set of a request.
    /// @param requestId Request.
    /// @return set Operator set.
    function _setOf(uint256 requestId) internal view returns (OperatorSet memory set) {
        return _requests[requestId].set;
    }

    /// @notice Returns an open request, or reverts when it is not open.
    /// @param requestId Request.
    /// @return waiting The request.
    function _openRequest(uint256 requestId) private view returns (Request memory waiting) {
        State state = stateOf(requestId);
        require(state == State.Open, DelayedSlasherNotOpen(requestId, state));

        return _requests[requestId];
    }
}
