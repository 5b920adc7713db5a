// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISlasher } from "../restaking/ISlasher.sol";
import { IDelayedSlasher } from "../slashing/IDelayedSlasher.sol";
import { ISlasherModule } from "../slashing/ISlasherModule.sol";
import { ISlashingRule } from "../slashing/ISlashingRule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title ISlashLens
/// @notice Says who would lose how much if a slasher module acted now.
/// @dev Asked in the same transaction right before the module acts, the answer is the exact attribution of the slash.
/// @custom:source docs/contracts/Lens.md, section "Slashes"
interface ISlashLens {
    /// @notice Returns what a report that is executed at once would do.
    /// @dev Reverts as the report itself would where the evidence cannot be punished.
    /// @param module Slasher module of the set.
    /// @param set Operator set.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence in the rule's encoding.
    /// @return verdict The rule's verdict.
    /// @return preview Who would lose how much.
    function previewReport(
        ISlasherModule module,
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external view returns (ISlashingRule.Verdict memory verdict, ISlasher.SlashPreview memory preview);

    /// @notice Returns what the execution of a waiting request would do.
    /// @dev Reverts where the request does not exist or the operator cannot be slashed any more.
    /// @param module Slasher module that holds the request.
    /// @param requestId Request.
    /// @return verdict The verdict as it was frozen.
    /// @return preview Who would lose how much.
    function previewExecute(
        IDelayedSlasher module,
        uint256 requestId
    ) external view returns (ISlashingRule.Verdict memory verdict, ISlasher.SlashPreview memory preview);
}
