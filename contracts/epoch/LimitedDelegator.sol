// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { Subnetwork, SubnetworkLib } from "../types/Subnetwork.sol";
import { EpochDelegator } from "./EpochDelegator.sol";
import { IEpochDelegator } from "./IEpochDelegator.sol";
import { ILimitedDelegator } from "./ILimitedDelegator.sol";

/// @title LimitedDelegator
/// @notice See {ILimitedDelegator}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
abstract contract LimitedDelegator is ILimitedDelegator, EpochDelegator {
    using Checkpoints for Checkpoints.Trace256;

    /* STORAGE */

    mapping(Subnetwork subnetwork => Checkpoints.Trace256 limit) private _networkLimit;

    /* EXTERNAL */

    /// @inheritdoc ILimitedDelegator
    function setNetworkLimit(Subnetwork subnetwork, uint256 amount) external onlyCurator {
        uint256 maximum = _maxNetworkLimitAt(subnetwork, type(uint48).max);
        require(amount <= maximum, EpochDelegatorAboveMaximum(amount, maximum));
        _set(_networkLimit[subnetwork], amount);

        emit NetworkLimitSet(subnetwork, amount);
    }

    /* VIEWS */

    /// @inheritdoc ILimitedDelegator
    function networkLimit(Subnetwork subnetwork) external view returns (uint256) {
        return _networkLimit[subnetwork].latest();
    }

    /// @inheritdoc IEpochDelegator
    function setMaxNetworkLimit(uint96 identifier, uint256 amount) public override(IEpochDelegator, EpochDelegator) {
        super.setMaxNetworkLimit(identifier, amount);
        Checkpoints.Trace256 storage limit = _networkLimit[SubnetworkLib.pack(msg.sender, identifier)];
        if (limit.latest() <= amount) return;

        limit.push(block.timestamp, amount);

        emit NetworkLimitSet(SubnetworkLib.pack(msg.sender, identifier), amount);
    }

    /// @inheritdoc ILimitedDelegator
    function networkLimitAt(Subnetwork subnetwork, uint48 timestamp) public view returns (uint256) {
        return _networkLimit[subnetwork].upperLookupRecent(timestamp);
    }

    /* INTERNAL */

    /// @notice Returns what stands for a subnetwork as a whole.
    /// @param subnetwork Subnetwork.
    /// @param timestamp Second [unix s].
    /// @return Stake [token wei].
    function _poolAt(Subnetwork subnetwork, uint48 timestamp) internal view returns (uint256) {
        return Math.min(vault.activeStakeAt(timestamp), networkLimitAt(subnetwork, timestamp));
    }
}
