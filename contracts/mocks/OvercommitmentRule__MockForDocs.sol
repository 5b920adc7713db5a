// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { SlashingRule } from "../slashing/SlashingRule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title OvercommitmentRule__MockForDocs
/// @notice Slashes a tenth of an operator that works for more sets than it promised. The example of the documents.
contract OvercommitmentRule__MockForDocs is SlashingRule {
    IAVSRegistry public immutable registry;
    uint256 public immutable limit;

    error OvercommitmentRuleWithinLimit(address operator, uint256 sets, uint256 limit);

    constructor(IAVSRegistry registry_, uint256 limit_) {
        registry = registry_;
        limit = limit_;
    }

    function judge(OperatorSet calldata, bytes calldata evidence) external view returns (Verdict memory) {
        address operator = abi.decode(evidence, (address));
        uint256 sets = registry.setsOf(operator).length;
        require(sets > limit, OvercommitmentRuleWithinLimit(operator, sets, limit));

        bytes32 faultId = keccak256(abi.encode(operator, sets));
        return _verdict(operator, IERC6372(address(registry)).clock(), faultId, 0.1e18, "overcommitment");
    }
}
