// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochHook } from "./IEpochHook.sol";
import { INetworkRestake } from "./INetworkRestake.sol";

/// @title DecreaseHook
/// @notice Takes a slash off the network's limit, and off the shares of the operator that was slashed.
/// @dev The limit falls by the nominal slash; the shares by `ceil(slash * sharesAt / stakeAt)`, both of the capture.
/// Neither falls below zero.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract DecreaseHook is IEpochHook {
    /* EXTERNAL */

    /// @inheritdoc IEpochHook
    /// @dev Works for the delegator that calls, which has to name this contract as its hook.
    function onSlash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) external {
        INetworkRestake delegator = INetworkRestake(msg.sender);
        uint256 limit = delegator.networkLimit(subnetwork);
        uint256 shares = delegator.operatorShares(subnetwork, operator);
        uint256 sharesThen = delegator.operatorSharesAt(subnetwork, operator, capturedAt);
        uint256 stakeThen = delegator.stakeAt(subnetwork, operator, capturedAt);
        uint256 lost = Math.mulDiv(amount, sharesThen, stakeThen, Math.Rounding.Ceil);

        if (limit > 0) delegator.setNetworkLimit(subnetwork, Math.saturatingSub(limit, amount));
        if (shares > 0) delegator.setOperatorShares(subnetwork, operator, Math.saturatingSub(shares, lost));
    }
}
