// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One call of an action.
/// @param target Account to call.
/// @param value Ether to send along, from the actor's own balance [wei].
/// @param data Selector and arguments; empty for a plain transfer.
struct Call {
    address target;
    uint256 value;
    bytes data;
}

/// @title IActor
/// @notice A simulated participant's account: contracts see a distinct `msg.sender` that one stage alone may drive.
/// @dev Units: ether in wei.
/// @custom:source docs/contracts/Stage.md, section "Actor"
interface IActor {
    /// @notice Raised when anybody but the stage drives the actor.
    /// @param caller Account that tried.
    error ActorUnauthorized(address caller);

    /// @notice Raised when the actor owns less ether than the action sends.
    /// @param requested Ether to send [wei].
    /// @param available Ether owned [wei].
    error ActorInsufficientBalance(uint256 requested, uint256 available);

    /// @notice Raised when an action calls a function of an account without code.
    /// @param target Account called.
    error ActorTargetWithoutCode(address target);

    /// @notice Raised in place of return data that is too long to hand on.
    /// @param size Length of the data [bytes].
    /// @param maximum Longest data handed on [bytes].
    error ActorOversizedReturn(uint256 size, uint256 maximum);

    /// @notice Makes `calls` as this actor, all or none.
    /// @dev Reverts with {ActorUnauthorized} when the caller is not the stage.
    /// @dev Reverts with {ActorInsufficientBalance}, {ActorTargetWithoutCode} or the revert data of the first call that
    /// fails.
    /// @dev Data longer than 4096 bytes is replaced by {ActorOversizedReturn}.
    /// @param calls Calls in their order.
    /// @return returned Return data of the last one.
    function perform(Call[] calldata calls) external returns (bytes memory returned);

    /// @notice Returns what a view of `target` says to this actor.
    /// @dev Data longer than 1 MiB is replaced by the encoded {ActorOversizedReturn} and reported as a failure.
    /// @param target Account to ask.
    /// @param data Selector and arguments.
    /// @return success Whether the call succeeded.
    /// @return returned Return data, or revert data where the call failed.
    function inspect(address target, bytes calldata data) external view returns (bool success, bytes memory returned);

    /// @notice Returns the only account that may drive this actor.
    /// @return Stage.
    function stage() external view returns (address);
}
