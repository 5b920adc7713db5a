// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IServiceBook
/// @notice What a service (an AVS) must have written down for the reference rules to judge by.
/// @dev Rounds are counted per (operator set, topic). Times are in units of the core's clock.
/// @dev Warning: the rules believe this book. A bug in the service makes honest operators look at fault.
/// @custom:source docs/contracts/Services.md
interface IServiceBook {
    /// @notice Returns when a round was opened.
    /// @param setId Operator set that was asked.
    /// @param topic What was asked.
    /// @param round Round of the topic.
    /// @return time Clock at which the round was opened [clock units]; 0 when it was never opened.
    function openedAt(uint32 setId, bytes32 topic, uint64 round) external view returns (uint48 time);

    /// @notice Returns what the service holds for true in a round.
    /// @param setId Operator set that was asked.
    /// @param topic What was asked.
    /// @param round Round of the topic.
    /// @return settled Whether the service has made up its mind.
    /// @return value The truth, in the encoding of the operators' statements; meaningless unless `settled`.
    function truthOf(uint32 setId, bytes32 topic, uint64 round) external view returns (bool settled, bytes32 value);

    /// @notice Returns when an operator broke a promise that it had given in a round.
    /// @param setId Operator set that was asked.
    /// @param topic What was promised.
    /// @param round Round of the topic.
    /// @param operator Operator that promised.
    /// @return time Clock at which the promise was broken [clock units]; 0 when it was not.
    function breachedAt(
        uint32 setId,
        bytes32 topic,
        uint64 round,
        address operator
    ) external view returns (uint48 time);
}
