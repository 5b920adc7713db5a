// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochHook } from "./IEpochHook.sol";
import { IEpochSlasher } from "./IEpochSlasher.sol";
import { INetworkRestake } from "./INetworkRestake.sol";

/// @title RedistributeHook
/// @notice Lets only the operator that was slashed lose shares, so that the stake of the others stays.
/// @dev With `s` what was slashable before the slash: `shares' = floor((s - slash) * shares / s)`.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract RedistributeHook is IEpochHook {
    /* EXTERNAL */

    /// @inheritdoc IEpochHook
    /// @dev Works for the delegator that calls, which has to name this contract as its hook. The slasher has counted
    /// the slash already, so that what is slashable now is what was, less the slash.
    function onSlash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) external {
        INetworkRestake delegator = INetworkRestake(msg.sender);
        IEpochSlasher slasher = IEpochSlasher(delegator.vault().slasher());
        uint256 left = slasher.slashableStake(subnetwork, operator, capturedAt);
        uint256 shares = delegator.operatorShares(subnetwork, operator);

        delegator.setOperatorShares(subnetwork, operator, Math.mulDiv(left, shares, left + amount));
    }
}
