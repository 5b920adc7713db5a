// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Statement } from "../types/Statement.sol";

/// @title IOperatorKeys
/// @notice Which signing key speaks for which operator. Operators may be contracts; their statements are signed by keys.
/// @dev EIP-712 domain: name "Faultline Operator Keys", version "1", this chain, this contract. ECDSA on secp256k1;
/// malleable signatures are refused.
/// @dev A key belongs to one operator for ever. Registering a new key replaces the current one for new statements, but
/// the operator stays accountable for what its earlier keys signed, so a fault cannot be shed by changing keys.
/// @dev Warning: a retired key that leaks can still produce evidence of a fault.
/// @custom:source docs/contracts/OperatorKeys.md
interface IOperatorKeys {
    /// @notice Emitted when an operator registers a signing key.
    /// @param operator Operator that the key speaks for.
    /// @param key Address of the key.
    event KeyRegistered(address indexed operator, address indexed key);

    /// @notice Raised when a key already speaks for an operator.
    /// @param key Address of the key.
    /// @param operator Operator it speaks for.
    error OperatorKeysKeyTaken(address key, address operator);

    /// @notice Raised when the proof of possession was not made by the key.
    /// @param key Address of the key that was to be registered.
    /// @param signer Address that signed the proof.
    error OperatorKeysInvalidProof(address key, address signer);

    /// @notice Raised when a statement was signed by a key of nobody.
    /// @param signer Address that signed.
    error OperatorKeysUnknownSigner(address signer);

    /// @notice Makes `key` the caller's signing key.
    /// @dev Reverts with {OperatorKeysKeyTaken} when the key speaks for an operator already, this one included.
    /// @dev Reverts with {OperatorKeysInvalidProof} when `proof` was not signed by `key`.
    /// @param key Address of the key.
    /// @param proof Signature by `key` of `KeyRegistration(address operator,address key)`, 65 bytes.
    function registerKey(address key, bytes calldata proof) external;

    /// @notice Returns the key whose new statements count for `operator`.
    /// @param operator Operator.
    /// @return key Current key, or zero when none was registered.
    function keyOf(address operator) external view returns (address key);

    /// @notice Returns the operator that answers for what `key` signed, retired keys included.
    /// @param key Address of a key.
    /// @return operator Operator, or zero when the key is nobody's.
    function operatorOf(address key) external view returns (address operator);

    /// @notice Returns the operator accountable for a signed statement.
    /// @dev Reverts with {OperatorKeysUnknownSigner} when the signing key is nobody's, and with OpenZeppelin's ECDSA
    /// errors when the signature is malformed.
    /// @param statement Statement that was signed.
    /// @param signature Signature, 65 bytes (r, s, v).
    /// @return operator Operator that the key speaks for.
    function authorOf(Statement calldata statement, bytes calldata signature) external view returns (address operator);

    /// @notice Returns the digest that a key signs for `statement`.
    /// @param statement Statement to sign.
    /// @return digest EIP-712 digest.
    function digestOf(Statement calldata statement) external view returns (bytes32 digest);

    /// @notice Returns the digest that a key signs to prove that it consents to speak for `operator`.
    /// @param operator Operator that registers the key.
    /// @param key Address of the key.
    /// @return digest EIP-712 digest.
    function proofDigestOf(address operator, address key) external view returns (bytes32 digest);
}
