// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "../libraries/WadMath.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IOperatorKeys } from "../slashing/IOperatorKeys.sol";
import { IServiceBook } from "../slashing/IServiceBook.sol";
import { Statement } from "../types/Statement.sol";
import { IDataAvailabilityCommittee } from "./IDataAvailabilityCommittee.sol";
import { Service } from "./Service.sol";

/// @title DataAvailabilityCommittee
/// @notice Mock AVS: operators attest that they keep a blob of data, and must reveal it when challenged.
/// @custom:source docs/contracts/Services.md, section "Data availability committee"
contract DataAvailabilityCommittee is IDataAvailabilityCommittee, Service {
    /* TYPES */

    /// @notice A blob of data.
    /// @param hash keccak256 of the data.
    /// @param deadline Last time to reveal [clock]; 0 = not challenged.
    /// @param revealed Whether an operator revealed it in time.
    struct Blob {
        bytes32 hash;
        uint48 deadline;
        mapping(address operator => bool revealed) revealed;
    }

    /* CONSTANTS */

    /// @notice Topic of the network's rounds.
    bytes32 public constant BLOB_TOPIC = keccak256("blob");

    /* IMMUTABLES */

    /// @inheritdoc IDataAvailabilityCommittee
    uint48 public immutable responseWindow;

    /// @inheritdoc IDataAvailabilityCommittee
    uint256 public immutable quorum;

    /* STORAGE */

    mapping(uint32 setId => mapping(uint64 round => Blob blob)) private _blobs;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param owner_ Who runs the service.
    /// @param registry_ The core's AVS registry.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param responseWindow_ How long attesters have to reveal a challenged blob [clock units], at least 1.
    /// @param quorum_ Share of the members that makes a blob available [WAD].
    constructor(
        address owner_,
        IAVSRegistry registry_,
        IOperatorKeys keys_,
        uint48 responseWindow_,
        uint256 quorum_
    ) Service(owner_, registry_, keys_) {
        require(responseWindow_ > 0, DataAvailabilityCommitteeZeroWindow());

        responseWindow = responseWindow_;
        quorum = quorum_;
    }

    /* EXTERNAL */

    /// @inheritdoc IDataAvailabilityCommittee
    function postBlob(uint32 setId, bytes32 blobHash) external onlyOwner returns (uint64 round) {
        round = _openRound(setId, BLOB_TOPIC);
        _blobs[setId][round].hash = blobHash;

        emit BlobPosted(setId, round, blobHash);
    }

    /// @inheritdoc IDataAvailabilityCommittee
    function attest(uint32 setId, uint64 round, bytes32 attestedHash, bytes calldata signature) external {
        require(_blobs[setId][round].deadline == 0, DataAvailabilityCommitteeAlreadyChallenged(round));

        _serve(Statement(address(this), setId, BLOB_TOPIC, round, attestedHash), signature);
    }

    /// @inheritdoc IDataAvailabilityCommittee
    function challenge(uint32 setId, uint64 round) external returns (uint48 deadline) {
        Blob storage blob = _blobs[setId][round];
        require(openedAt(setId, BLOB_TOPIC, round) != 0, ServiceRoundNotOpen(BLOB_TOPIC, round));
        require(blob.deadline == 0, DataAvailabilityCommitteeAlreadyChallenged(round));
        deadline = _now() + responseWindow;

        blob.deadline = deadline;

        emit BlobChallenged(setId, round, deadline);
    }

    /// @inheritdoc IDataAvailabilityCommittee
    function reveal(uint32 setId, uint64 round, bytes calldata data) external {
        Blob storage blob = _blobs[setId][round];
        bytes32 given = keccak256(data);
        require(_now() <= blob.deadline, DataAvailabilityCommitteeNotChallenged(round, blob.deadline));
        require(given == blob.hash, DataAvailabilityCommitteeWrongData(round, blob.hash, given));

        blob.revealed[msg.sender] = true;

        emit BlobRevealed(setId, round, msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc IDataAvailabilityCommittee
    function isAvailable(uint32 setId, uint64 round) external view returns (bool available) {
        address[] memory attesters = serversOf(setId, BLOB_TOPIC, round);
        uint256 members = registry.membersOf(_setOf(setId)).length;
        uint256 valid = 0;
        for (uint256 i = 0; i < attesters.length; i++) {
            (, bytes32 attested) = answerOf(setId, BLOB_TOPIC, round, attesters[i]);
            if (attested == _blobs[setId][round].hash && _isMember(setId, attesters[i])) valid++;
        }

        return valid > 0 && valid >= WadMath.wMulUp(members, quorum);
    }

    /// @inheritdoc IDataAvailabilityCommittee
    function deadlineOf(uint32 setId, uint64 round) external view returns (uint48 deadline) {
        return _blobs[setId][round].deadline;
    }

    /// @inheritdoc IServiceBook
    function truthOf(
        uint32 setId,
        bytes32 topic,
        uint64 round
    ) external view override returns (bool settled, bytes32 value) {
        return (openedAt(setId, topic, round) != 0 && topic == BLOB_TOPIC, _blobs[setId][round].hash);
    }

    /// @inheritdoc IServiceBook
    function breachedAt(
        uint32 setId,
        bytes32 topic,
        uint64 round,
        address operator
    ) external view override returns (uint48 time) {
        Blob storage blob = _blobs[setId][round];
        (bool attested, ) = answerOf(setId, topic, round, operator);
        bool overdue = blob.deadline != 0 && _now() > blob.deadline;

        return attested && overdue && !blob.revealed[operator] ? blob.deadline + 1 : 0;
    }
}
