// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title RevertingHook__MockForGriefing
/// @notice Hostile on purpose: a hook that always reverts.
contract RevertingHook__MockForGriefing is ISlashingHook {
    /// @notice Raised always.
    error RevertingHookAlways();

    /// @inheritdoc ISlashingHook
    function beforeSlash(address, OperatorSet calldata, uint256, address[] calldata, uint256[] calldata) external pure {
        revert RevertingHookAlways();
    }

    /// @inheritdoc ISlashingHook
    function afterSlash(address, OperatorSet calldata, uint256, address[] calldata, uint256[] calldata) external pure {
        revert RevertingHookAlways();
    }
}
