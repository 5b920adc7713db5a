// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IOperatorKeys } from "../slashing/IOperatorKeys.sol";
import { Statement } from "../types/Statement.sol";
import { Service } from "./Service.sol";

/// @title PlainService
/// @notice Mock AVS that asks questions and does nothing with the answers: enough for equivocation and downtime.
/// @dev Fault to commit: sign two different values for one round.
/// @custom:source docs/contracts/Services.md, section "Plain service"
contract PlainService is Service {
    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param owner_ Who runs the service.
    /// @param registry_ The core's AVS registry.
    /// @param keys_ Registry of the operators' signing keys.
    constructor(address owner_, IAVSRegistry registry_, IOperatorKeys keys_) Service(owner_, registry_, keys_) {}

    /* EXTERNAL */

    /// @notice Opens the next round of a topic. Only the owner.
    /// @param setId Operator set that is asked.
    /// @param topic What is asked.
    /// @return round Round.
    function openRound(uint32 setId, bytes32 topic) external onlyOwner returns (uint64 round) {
        return _openRound(setId, topic);
    }

    /// @notice Notes the caller's signed answer, one a round.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @param round Round.
    /// @param value Answer.
    /// @param signature Signature of the {Statement} by a key of the caller.
    function answer(uint32 setId, bytes32 topic, uint64 round, bytes32 value, bytes calldata signature) external {
        _serve(Statement(address(this), setId, topic, round, value), signature);
    }
}
