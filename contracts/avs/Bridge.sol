// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IOperatorKeys } from "../slashing/IOperatorKeys.sol";
import { IServiceBook } from "../slashing/IServiceBook.sol";
import { Statement } from "../types/Statement.sol";
import { IBridge } from "./IBridge.sol";
import { Service } from "./Service.sol";

/// @title Bridge
/// @notice Mock AVS: a bridge that pays out what a quorum of operators attest was deposited on another chain.
/// @custom:source docs/contracts/Services.md, section "Bridge"
contract Bridge is IBridge, Service {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Topic of the network's rounds.
    bytes32 public constant RELEASE_TOPIC = keccak256("release");

    /* IMMUTABLES */

    /// @inheritdoc IBridge
    IERC20 public immutable token;

    /// @inheritdoc IBridge
    uint256 public immutable quorum;

    /* STORAGE */

    /// @inheritdoc IBridge
    mapping(uint32 setId => mapping(uint64 nonce => bool released)) public isReleased;

    mapping(uint32 setId => mapping(uint64 nonce => bytes32 messageHash)) private _deposits;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param owner_ Who runs the service, and plays the other chain.
    /// @param registry_ The core's AVS registry.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param token_ Token that the bridge holds and pays.
    /// @param quorum_ Share of the members that makes the bridge pay [WAD].
    constructor(
        address owner_,
        IAVSRegistry registry_,
        IOperatorKeys keys_,
        IERC20 token_,
        uint256 quorum_
    ) Service(owner_, registry_, keys_) {
        token = token_;
        quorum = quorum_;
    }

    /* EXTERNAL */

    /// @inheritdoc IBridge
    function recordDeposit(uint32 setId, address recipient, uint256 amount) external onlyOwner returns (uint64 nonce) {
        nonce = _openRound(setId, RELEASE_TOPIC);
        _deposits[setId][nonce] = hashOf(Message(setId, nonce, recipient, amount));

        emit DepositRecorded(setId, nonce, recipient, amount);
    }

    /// @inheritdoc IBridge
    function attest(uint32 setId, uint64 nonce, bytes32 messageHash, bytes calldata signature) external {
        _serve(Statement(address(this), setId, RELEASE_TOPIC, nonce, messageHash), signature);
    }

    /// @inheritdoc IBridge
    function release(Message calldata message, bytes[] calldata signatures) external {
        (uint32 setId, uint64 nonce) = (message.setId, message.nonce);
        require(!isReleased[setId][nonce], BridgeAlreadyReleased(nonce));
        _requireQuorum(message, signatures);
        bool forged = _deposits[setId][nonce] != hashOf(message);

        isReleased[setId][nonce] = true;
        _openRoundAt(setId, RELEASE_TOPIC, nonce);

        emit Released(setId, nonce, message.recipient, message.amount, forged);

        token.safeTransfer(message.recipient, message.amount);
    }

    /* VIEWS */

    /// @inheritdoc IServiceBook
    function truthOf(
        uint32 setId,
        bytes32 topic,
        uint64 round
    ) external view override returns (bool settled, bytes32 value) {
        return (openedAt(setId, topic, round) != 0 && topic == RELEASE_TOPIC, _deposits[setId][round]);
    }

    /// @inheritdoc IBridge
    function hashOf(Message memory message) public pure returns (bytes32 hash) {
        return keccak256(abi.encode(message.recipient, message.amount, message.nonce));
    }

    /* INTERNAL */

    /// @notice Reverts unless enough members attest a message.
    /// @param message Message.
    /// @param signatures Signatures.
    function _requireQuorum(Message calldata message, bytes[] calldata signatures) private view {
        uint256 members = registry.membersOf(_setOf(message.setId)).length;
        uint256 needed = Math.max(1, WadMath.wMulUp(members, quorum));
        require(signatures.length >= needed, BridgeNoQuorum(signatures.length, needed));
        Statement memory statement = Statement(
            address(this),
            message.setId,
            RELEASE_TOPIC,
            message.nonce,
            hashOf(message)
        );
        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; i++) {
            address attester = keys.authorOf(statement, signatures[i]);
            require(attester > previous, BridgeAttestersNotAscending(previous, attester));
            require(_isMember(message.setId, attester), ServiceNotMember(attester, message.setId));
            previous = attester;
        }
    }
}
