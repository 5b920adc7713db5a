// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { Statement } from "../types/Statement.sol";
import { IOperatorKeys } from "./IOperatorKeys.sol";

/// @title OperatorKeys
/// @notice Which signing key speaks for which operator.
/// @custom:source docs/contracts/OperatorKeys.md
contract OperatorKeys is IOperatorKeys, EIP712 {
    /* CONSTANTS */

    /// @notice EIP-712 type hash of {Statement}.
    bytes32 public constant STATEMENT_TYPEHASH = keccak256(
        "Statement(address avs,uint32 setId,bytes32 topic,uint64 round,bytes32 value)"
    );

    /// @notice EIP-712 type hash of a proof of possession.
    bytes32 public constant REGISTRATION_TYPEHASH = keccak256("KeyRegistration(address operator,address key)");

    /* STORAGE */

    /// @inheritdoc IOperatorKeys
    mapping(address operator => address key) public keyOf;

    /// @inheritdoc IOperatorKeys
    mapping(address key => address operator) public operatorOf;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    constructor() EIP712("Faultline Operator Keys", "1") {}

    /* EXTERNAL */

    /// @inheritdoc IOperatorKeys
    function registerKey(address key, bytes calldata proof) external {
        require(operatorOf[key] == address(0), OperatorKeysKeyTaken(key, operatorOf[key]));
        address signer = ECDSA.recover(proofDigestOf(msg.sender, key), proof);
        require(signer == key, OperatorKeysInvalidProof(key, signer));

        keyOf[msg.sender] = key;
        operatorOf[key] = msg.sender;

        emit KeyRegistered(msg.sender, key);
    }

    /* VIEWS */

    /// @inheritdoc IOperatorKeys
    function authorOf(Statement calldata statement, bytes calldata signature) external view returns (address operator) {
        address signer = ECDSA.recover(digestOf(statement), signature);
        operator = operatorOf[signer];
        require(operator != address(0), OperatorKeysUnknownSigner(signer));
    }

    /// @inheritdoc IOperatorKeys
    function digestOf(Statement calldata statement) public view returns (bytes32 digest) {
        return _hashTypedDataV4(keccak256(abi.encode(STATEMENT_TYPEHASH, statement)));
    }

    /// @inheritdoc IOperatorKeys
    function proofDigestOf(address operator, address key) public view returns (bytes32 digest) {
        return _hashTypedDataV4(keccak256(abi.encode(REGISTRATION_TYPEHASH, operator, key)));
    }
}
