// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";

/// @title ISlashLedger
/// @notice Remembers who was slashed when and for how much, and names operators that cool down.
/// @dev Filled by the core's slasher through {ISlashingHook}. A registrar may ask {coolsDownUntil} before it lets an
/// operator join again. Times are in units of the core's clock.
/// @dev Warning: a hook that runs out of gas is skipped, so a slash in very many strategies can be missing here; the
/// core's own records are the truth.
/// @custom:source docs/contracts/SlashLedger.md
interface ISlashLedger {
    /// @notice What is remembered of an operator in a set.
    /// @param slashes Number of slashes.
    /// @param lastSlashedAt Time of the latest [clock units].
    /// @param slashedShares Shares lost, summed over slashes and strategies [shares].
    struct Entry {
        uint64 slashes;
        uint48 lastSlashedAt;
        uint256 slashedShares;
    }

    /// @notice Emitted when a slash is noted.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param slashId Id of the slash in the core.
    /// @param totalShares Shares that the operator has lost in the set so far [shares].
    event SlashNoted(address indexed operator, OperatorSet set, uint256 indexed slashId, uint256 totalShares);

    /// @notice Raised when somebody else than the core's slasher writes.
    /// @param caller Caller.
    error SlashLedgerNotSlasher(address caller);

    /// @notice Returns how long an operator cools down after a slash.
    /// @return duration Duration [clock units].
    function cooldown() external view returns (uint48 duration);

    /// @notice Returns what is remembered of an operator in a set.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return entry Entry; all zero when it was never slashed.
    function entryOf(OperatorSet calldata set, address operator) external view returns (Entry memory entry);

    /// @notice Returns until when an operator cools down.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @return until Last time of the cooldown [clock units], inclusive; 0 when it was never slashed.
    function coolsDownUntil(OperatorSet calldata set, address operator) external view returns (uint48 until);
}
