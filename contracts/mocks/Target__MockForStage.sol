// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Target__MockForStage
/// @notice Something to act upon: counts, refuses, burns gas, answers at length.
contract Target__MockForStage {
    /// @notice Emitted when the counter moved.
    event Counted(address indexed caller, uint256 value, uint256 count);

    /// @notice Raised by {refuse}.
    error TargetRefused(address caller, uint256 code);

    /// @notice Counter.
    uint256 public count;

    /// @notice Returns the caller as seen by the last action.
    address public lastCaller;

    /// @notice Counts up by `by`.
    function add(uint256 by) external payable returns (uint256) {
        count += by;
        lastCaller = msg.sender;
        emit Counted(msg.sender, msg.value, count);
        return count;
    }

    /// @notice Counts, then reverts with values.
    function refuse(uint256 code) external {
        count += 1;
        revert TargetRefused(msg.sender, code);
    }

    /// @notice Burns all the gas it gets.
    function burn() external {
        while (true) count += 1;
    }

    /// @notice Returns `size` zero bytes.
    function shout(uint256 size) external pure returns (bytes memory) {
        return new bytes(size);
    }

    /// @notice Reverts with `size` zero words.
    function shoutRefusal(uint256 size) external pure {
        revert(string(new bytes(size)));
    }

    /// @notice Returns the counter and the asker.
    function peek() external view returns (uint256, address) {
        return (count, msg.sender);
    }
}
