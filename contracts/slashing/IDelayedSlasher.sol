// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlasherModule } from "./ISlasherModule.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title IDelayedSlasher
/// @notice What slasher modules share that leave time for an objection between the report and the slash.
/// @dev A request made at time `r` can be objected to while `clock < r + objectionWindow` and executed by anybody while
/// `r + objectionWindow <= clock <= r + objectionWindow + executionWindow`. After that it has expired.
/// @dev The verdict is frozen at the request, so that everybody sees what is being objected to; the core applies its
/// fractions to the allocation that is left at the execution. The fault is used up by the request: an objection that
/// succeeded and an expired request are final.
/// @dev An operator that leaves at the moment of its fault stays slashable for the core's deallocation delay `D`. A set
/// whose `detection + objectionWindow + executionWindow` exceeds `D` could let it escape although everybody is in
/// time, so such terms are refused.
/// @custom:source docs/contracts/SlasherModules.md, section "Delayed"
interface IDelayedSlasher is ISlasherModule {
    /// @notice How far a request has come.
    /// @dev `Expired` is shown by {stateOf} and never stored.
    enum State {
        None,
        Open,
        Executed,
        Refused,
        Expired
    }

    /// @notice How long each phase lasts, fixed per set [clock units].
    /// @param detection Time that a fault may take to be reported and still surely be punished; no request is refused
    /// for being later, as long as it can be executed.
    /// @param objectionWindow Time in which a request can be objected to, at least 1.
    /// @param executionWindow Time in which it can be executed after that, at least 1; both ends are inclusive.
    struct Windows {
        uint48 detection;
        uint48 objectionWindow;
        uint48 executionWindow;
    }

    /// @notice A verdict that waits.
    /// @param set Operator set.
    /// @param rule Rule that judged.
    /// @param requestedAt Time of the request [clock units].
    /// @param state State as stored.
    /// @param verdict Verdict, frozen.
    struct Request {
        OperatorSet set;
        ISlashingRule rule;
        uint48 requestedAt;
        State state;
        ISlashingRule.Verdict verdict;
    }

    /// @notice Emitted when a verdict starts to wait.
    /// @param requestId Request.
    /// @param operator Operator accused.
    /// @param executableFrom First time at which it can be executed [clock units], inclusive.
    /// @param executableUntil Last time at which it can be executed [clock units], inclusive.
    event SlashRequested(
        uint256 indexed requestId,
        address indexed operator,
        uint256 executableFrom,
        uint256 executableUntil
    );

    /// @notice Emitted when a request was executed.
    /// @param requestId Request.
    /// @param slashId Id of the slash in the core.
    /// @param slashedShares Shares that the slash took; 0 when the operator's allocation had already gone.
    event SlashRequestExecuted(uint256 indexed requestId, uint256 indexed slashId, uint256 slashedShares);

    /// @notice Emitted when an objection succeeded.
    /// @param requestId Request.
    event SlashRequestRefused(uint256 indexed requestId);

    /// @notice Raised when a window is zero.
    /// @param objectionWindow Objection window [clock units].
    /// @param executionWindow Execution window [clock units].
    error DelayedSlasherZeroWindow(uint256 objectionWindow, uint256 executionWindow);

    /// @notice Raised when terms could let a fault escape although everybody is in time.
    /// @param needed Detection, objection and execution window together [clock units].
    /// @param deallocationDelay How long an operator that leaves stays slashable [clock units].
    error DelayedSlasherWindowsTooLong(uint256 needed, uint256 deallocationDelay);

    /// @notice Raised when a request is not open.
    /// @param requestId Request.
    /// @param state Its state.
    error DelayedSlasherNotOpen(uint256 requestId, State state);

    /// @notice Raised when an objection comes too late.
    /// @param requestId Request.
    /// @param clock Now [clock units].
    /// @param executableFrom First time at which objections are too late [clock units].
    error DelayedSlasherObjectionTooLate(uint256 requestId, uint256 clock, uint256 executableFrom);

    /// @notice Raised when a request is executed before its time.
    /// @param requestId Request.
    /// @param clock Now [clock units].
    /// @param executableFrom First time at which it can be executed [clock units].
    error DelayedSlasherExecutionTooEarly(uint256 requestId, uint256 clock, uint256 executableFrom);

    /// @notice Executes a request that nobody refused in time.
    /// @dev Reverts with {DelayedSlasherNotOpen}, {DelayedSlasherExecutionTooEarly}, and {SlasherModuleTooLate} when
    /// the operator has left the set and its slashable window is over.
    /// @param requestId Request.
    /// @return slashId Id of the slash in the core.
    /// @return slashedShares Shares that the slash took, 0 when the operator's allocation had already gone.
    function execute(uint256 requestId) external returns (uint256 slashId, uint256 slashedShares);

    /// @notice Returns the number of requests made so far; ids count from 1.
    /// @return count Number of requests.
    function requestCount() external view returns (uint256 count);

    /// @notice Returns a request as stored.
    /// @param requestId Request.
    /// @return request The request.
    function requestOf(uint256 requestId) external view returns (Request memory request);

    /// @notice Returns the state of a request now, `Expired` included.
    /// @param requestId Request.
    /// @return state The state.
    function stateOf(uint256 requestId) external view returns (State state);

    /// @notice Returns when a request can be executed, unless it is refused.
    /// @param requestId Request.
    /// @return from First time [clock units], inclusive.
    /// @return until Last time [clock units], inclusive.
    function executionWindowOf(uint256 requestId) external view returns (uint48 from, uint48 until);

    /// @notice Returns the windows of a set.
    /// @param set Operator set.
    /// @return windows Its windows; all zero when the set is not configured.
    function windowsOf(OperatorSet calldata set) external view returns (Windows memory windows);
}
