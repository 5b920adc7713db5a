// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IService } from "./IService.sol";

/// @title IBridge
/// @notice Mock AVS: a bridge that pays out what a quorum of operators attest was deposited on another chain.
/// @dev A deposit is a round under {RELEASE_TOPIC}, its nonce the round; an attestation is a statement whose value is
/// the hash of the message, `keccak256(abi.encode(recipient, amount, nonce))`. The other chain is played by the owner,
/// who records deposits: that record is the truth, and no release looks at it. A nonce that is released without a
/// deposit is closed with the truth "no such deposit" (zero); later deposits skip it.
/// @dev Faults to commit: attest a message that was not deposited (FalseStatementRule); with a quorum of accomplices,
/// release it and take the bridge's funds. Attesting two messages for one nonce is an equivocation too.
/// @custom:source docs/contracts/Services.md, section "Bridge"
interface IBridge is IService {
    /// @notice A message that asks the bridge to pay.
    /// @param setId Operator set that attests.
    /// @param nonce Number of the deposit.
    /// @param recipient Who is paid.
    /// @param amount Amount [token wei].
    struct Message {
        uint32 setId;
        uint64 nonce;
        address recipient;
        uint256 amount;
    }

    /// @notice Emitted when a deposit on the other chain is recorded.
    /// @param setId Operator set that is to attest.
    /// @param nonce Number of the deposit.
    /// @param recipient Who is to be paid.
    /// @param amount Amount [token wei].
    event DepositRecorded(uint32 indexed setId, uint64 indexed nonce, address indexed recipient, uint256 amount);

    /// @notice Emitted when the bridge pays.
    /// @param setId Operator set that attested.
    /// @param nonce Number of the deposit.
    /// @param recipient Who was paid.
    /// @param amount Amount [token wei].
    /// @param forged Whether there was no such deposit.
    event Released(uint32 indexed setId, uint64 indexed nonce, address indexed recipient, uint256 amount, bool forged);

    /// @notice Raised when signatures and statements do not come from ascending, distinct operators.
    /// @param previous Operator before.
    /// @param current Operator that does not come after it.
    error BridgeAttestersNotAscending(address previous, address current);

    /// @notice Raised when a message has too few attesters.
    /// @param attesters Number of attesters.
    /// @param needed Number needed: the quorum of the set's members, rounded up, at least 1.
    error BridgeNoQuorum(uint256 attesters, uint256 needed);

    /// @notice Raised when a nonce was paid before.
    /// @param nonce Number of the deposit.
    error BridgeAlreadyReleased(uint64 nonce);

    /// @notice Records a deposit on the other chain. Only the owner.
    /// @param setId Operator set that is to attest.
    /// @param recipient Who is to be paid.
    /// @param amount Amount [token wei].
    /// @return nonce Number of the deposit.
    function recordDeposit(uint32 setId, address recipient, uint256 amount) external returns (uint64 nonce);

    /// @notice Puts the caller's attestation of a message on record, for a reward; a release needs only signatures.
    /// @param setId Operator set of which the caller is a member.
    /// @param nonce Number of the deposit.
    /// @param messageHash Hash of the message that the caller attests.
    /// @param signature Signature of the statement by a key of the caller.
    function attest(uint32 setId, uint64 nonce, bytes32 messageHash, bytes calldata signature) external;

    /// @notice Pays a message that a quorum attests; anybody may call.
    /// @dev Warning: believes its operators, as bridges do. It does not look at the recorded deposits.
    /// @param message The message.
    /// @param signatures Signatures of its statement by members, in ascending order of the operators' addresses.
    function release(Message calldata message, bytes[] calldata signatures) external;

    /// @notice Returns whether a nonce was paid.
    /// @param setId Operator set.
    /// @param nonce Number of the deposit.
    /// @return released Whether it was.
    function isReleased(uint32 setId, uint64 nonce) external view returns (bool released);

    /// @notice Returns the token that the bridge holds and pays.
    /// @return token Token.
    function token() external view returns (IERC20 token);

    /// @notice Returns the share of the members that makes the bridge pay.
    /// @return quorum Share [WAD].
    function quorum() external view returns (uint256 quorum);

    /// @notice Returns the hash that operators attest.
    /// @param message The message.
    /// @return hash Hash.
    function hashOf(Message calldata message) external pure returns (bytes32 hash);
}
