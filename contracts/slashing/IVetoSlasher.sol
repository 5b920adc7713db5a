// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { IDelayedSlasher } from "./IDelayedSlasher.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title IVetoSlasher
/// @notice Slasher module that lets a committee refuse a verdict before it is executed.
/// @dev The committee and its quorum are fixed per set; a single guardian is a committee of one with quorum 1.
/// @dev Warning: a committee that vetoes everything makes the set unslashable; a veto is final for its fault.
/// @custom:source docs/contracts/SlasherModules.md, section "Veto"
interface IVetoSlasher is IDelayedSlasher {
    /// @notice Emitted when a member votes to refuse a request.
    /// @param requestId Request.
    /// @param member Member of the committee.
    /// @param votes Votes so far.
    /// @param quorum Votes needed.
    event VetoCast(uint256 indexed requestId, address indexed member, uint256 votes, uint256 quorum);

    /// @notice Raised when a quorum is zero or more than the members, or a member is named twice.
    /// @param members Number of distinct members.
    /// @param quorum Quorum.
    error VetoSlasherInvalidCommittee(uint256 members, uint256 quorum);

    /// @notice Raised when the caller is not a member of the set's committee.
    /// @param caller Caller.
    error VetoSlasherNotMember(address caller);

    /// @notice Raised when a member votes twice on a request.
    /// @param requestId Request.
    /// @param member Member.
    error VetoSlasherAlreadyVoted(uint256 requestId, address member);

    /// @notice Fixes the rules, windows and committee of one of the caller's sets, once.
    /// @dev Reverts as {IInstantSlasher.configure}, and with {DelayedSlasherZeroWindow},
    /// {DelayedSlasherWindowsTooLong} and {VetoSlasherInvalidCommittee}.
    /// @param set Operator set of the caller.
    /// @param rules Rules by which the set may be slashed.
    /// @param windows How long each phase lasts [clock units].
    /// @param committee Members, each once.
    /// @param quorum Votes that refuse a request.
    function configure(
        OperatorSet calldata set,
        address[] calldata rules,
        Windows calldata windows,
        address[] calldata committee,
        uint256 quorum
    ) external;

    /// @notice Judges evidence and opens a request to slash.
    /// @dev Reverts with the rule's error when the evidence shows no fault, with the errors of {ISlasherModule} when
    /// the fault cannot be punished, and with {SlasherModuleTooLate} when the operator's slashable window ends before
    /// the request could be executed.
    /// @param set Operator set in which the fault was committed.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence in the rule's encoding.
    /// @return requestId Request.
    function requestSlash(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external returns (uint256 requestId);

    /// @notice Votes to refuse a request; the vote that makes the quorum refuses it.
    /// @dev Possible while `clock < requestedAt + objectionWindow`.
    /// @param requestId Request.
    function veto(uint256 requestId) external;

    /// @notice Returns the committee of a set.
    /// @param set Operator set.
    /// @return members Members.
    /// @return quorum Votes that refuse a request.
    function committeeOf(OperatorSet calldata set) external view returns (address[] memory members, uint256 quorum);

    /// @notice Returns the votes to refuse a request so far.
    /// @param requestId Request.
    /// @return votes Number of votes.
    function votesOf(uint256 requestId) external view returns (uint256 votes);
}
