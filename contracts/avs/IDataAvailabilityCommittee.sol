// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IService } from "./IService.sol";

/// @title IDataAvailabilityCommittee
/// @notice Mock AVS: operators attest that they keep a blob of data, and must reveal it when challenged.
/// @dev A blob is a round under {BLOB_TOPIC}; an attestation is a statement whose value is the blob's keccak256 hash.
/// @dev Faults to commit: attest and do not reveal when challenged (BrokenPromiseRule), attest another hash
/// (FalseStatementRule), attest two hashes (EquivocationRule).
/// @custom:source docs/contracts/Services.md, section "Data availability committee"
interface IDataAvailabilityCommittee is IService {
    /// @notice Emitted when a blob is posted.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param blobHash keccak256 of the data.
    event BlobPosted(uint32 indexed setId, uint64 indexed round, bytes32 blobHash);

    /// @notice Emitted when attesters are challenged to reveal a blob.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param deadline Last time at which they can [clock], inclusive.
    event BlobChallenged(uint32 indexed setId, uint64 indexed round, uint256 deadline);

    /// @notice Emitted when an attester reveals a blob.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param operator Operator.
    event BlobRevealed(uint32 indexed setId, uint64 indexed round, address indexed operator);

    /// @notice Raised when a response window is zero.
    error DataAvailabilityCommitteeZeroWindow();

    /// @notice Raised when an operator attests after the challenge: it could not be told from one that withholds.
    /// @param round Round.
    error DataAvailabilityCommitteeAlreadyChallenged(uint64 round);

    /// @notice Raised when a blob is revealed without, or too late for, a challenge.
    /// @param round Round.
    /// @param deadline Last time at which it could be [clock], inclusive; 0 without a challenge.
    error DataAvailabilityCommitteeNotChallenged(uint64 round, uint256 deadline);

    /// @notice Raised when the data are not those of the blob.
    /// @param round Round.
    /// @param expected Hash of the blob.
    /// @param given Hash of the data given.
    error DataAvailabilityCommitteeWrongData(uint64 round, bytes32 expected, bytes32 given);

    /// @notice Posts a blob's hash and asks the set to keep its data. Only the owner.
    /// @param setId Operator set.
    /// @param blobHash keccak256 of the data.
    /// @return round Round.
    function postBlob(uint32 setId, bytes32 blobHash) external returns (uint64 round);

    /// @notice Notes the caller's attestation that it keeps the data of hash `attestedHash`.
    /// @param setId Operator set of which the caller is a member.
    /// @param round Round.
    /// @param attestedHash Hash that the caller attests; a hash other than the blob's is a fault.
    /// @param signature Signature of the statement by a key of the caller.
    function attest(uint32 setId, uint64 round, bytes32 attestedHash, bytes calldata signature) external;

    /// @notice Challenges the attesters of a blob to reveal it; anybody may call, once a blob.
    /// @param setId Operator set.
    /// @param round Round.
    /// @return deadline Last time at which they can [clock], inclusive.
    function challenge(uint32 setId, uint64 round) external returns (uint48 deadline);

    /// @notice Reveals the caller's copy of a challenged blob.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param data Data of the blob.
    function reveal(uint32 setId, uint64 round, bytes calldata data) external;

    /// @notice Returns whether a quorum of the set's members attested the blob's own hash.
    /// @param setId Operator set.
    /// @param round Round.
    /// @return available Whether attestations reach the quorum of the members of now, rounded up.
    function isAvailable(uint32 setId, uint64 round) external view returns (bool available);

    /// @notice Returns the last time at which attesters can reveal a blob.
    /// @param setId Operator set.
    /// @param round Round.
    /// @return deadline Time [clock], inclusive; 0 when the blob was not challenged.
    function deadlineOf(uint32 setId, uint64 round) external view returns (uint48 deadline);

    /// @notice Returns how long attesters have to reveal a challenged blob.
    /// @return window Time [clock units].
    function responseWindow() external view returns (uint48 window);

    /// @notice Returns the share of the members that makes a blob available.
    /// @return quorum Share [WAD].
    function quorum() external view returns (uint256 quorum);
}
