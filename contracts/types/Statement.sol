// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What an operator signs with its key: "for this round of this topic, my answer is `value`".
/// @dev One shape serves every mock AVS: a price, an attestation of data, a bridged message.
/// EIP-712 type: `Statement(address avs,uint32 setId,bytes32 topic,uint64 round,bytes32 value)`.
/// @param avs AVS that asked.
/// @param setId Operator set that was asked.
/// @param topic What is answered, e.g. a price feed.
/// @param round Which question of the topic. One operator may sign one value a round.
/// @param value The answer, e.g. a price [18 dp] as bytes32.
struct Statement {
    address avs;
    uint32 setId;
    bytes32 topic;
    uint64 round;
    bytes32 value;
}
