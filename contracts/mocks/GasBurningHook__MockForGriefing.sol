// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title GasBurningHook__MockForGriefing
/// @notice Hostile on purpose: a hook that burns all the gas it is given.
contract GasBurningHook__MockForGriefing is ISlashingHook {
    /// @notice Counter that never ends.
    uint256 public burned;

    /// @inheritdoc ISlashingHook
    function beforeSlash(address, OperatorSet calldata, uint256, address[] calldata, uint256[] calldata) external {
        while (true) burned++;
    }

    /// @inheritdoc ISlashingHook
    function afterSlash(address, OperatorSet calldata, uint256, address[] calldata, uint256[] calldata) external {
        while (true) burned++;
    }
}
