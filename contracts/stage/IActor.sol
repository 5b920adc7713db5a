// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IActor
/// @notice A simulated participant's account: contracts see a distinct `msg.sender` that one stage alone may drive.
/// @dev Units: ether in wei. A call that fails is reported, not bubbled, so that one participant's revert never
/// undoes another's action.
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

    /// @notice Calls `target` as this actor.
    /// @dev Reverts with {ActorUnauthorized} when the caller is not the stage; nothing else reverts.
    /// @dev Data longer than 4096 bytes is replaced by the encoded {ActorOversizedReturn}; success stays as it was.
    /// @param target Account to call.
    /// @param value Ether to send [wei].
    /// @param data Selector and arguments; empty for a plain transfer.
    /// @return success Whether the call succeeded.
    /// @return returned Return data, or revert data where the call failed.
    function perform(
        address target,
        uint256 value,
        bytes calldata data
    ) external returns (bool success, bytes memory returned);

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
