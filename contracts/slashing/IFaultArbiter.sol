// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title IFaultArbiter
/// @notice Judges counter-evidence against a claim of an {IOptimisticSlasher}.
/// @custom:source docs/contracts/SlasherModules.md, section "Optimistic"
interface IFaultArbiter {
    /// @notice Returns whether counter-evidence refutes a claimed fault.
    /// @dev `false` costs the disputer its bond; a revert costs nobody anything and refuses the dispute.
    /// @param set Operator set.
    /// @param verdict Verdict that was claimed.
    /// @param counterEvidence Counter-evidence in the arbiter's encoding.
    /// @return refuted Whether there was no such fault.
    function refutes(
        OperatorSet calldata set,
        ISlashingRule.Verdict calldata verdict,
        bytes calldata counterEvidence
    ) external view returns (bool refuted);
}
