// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SlashingRule } from "../slashing/SlashingRule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title VolatileIdRule__MockForReplay
/// @notice Faulty on purpose: derives the fault id from the whole evidence, a reporter's salt included, so one fault can
/// be punished again and again. Evidence: `abi.encode(address operator, uint48 faultTime, bytes32 salt)`; costs 10 %.
contract VolatileIdRule__MockForReplay is SlashingRule {
    /// @notice Returns a verdict whose fault id the reporter chooses.
    /// @param evidence Operator, time and salt.
    /// @return verdict The verdict.
    function judge(OperatorSet calldata, bytes calldata evidence) external pure returns (Verdict memory verdict) {
        (address operator, uint48 faultTime, ) = abi.decode(evidence, (address, uint48, bytes32));
        return _verdict(operator, faultTime, keccak256(evidence), 0.1e18, "volatile");
    }
}
