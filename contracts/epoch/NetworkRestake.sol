// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { EpochDelegator } from "./EpochDelegator.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";
import { INetworkRestake } from "./INetworkRestake.sol";
import { LimitedDelegator } from "./LimitedDelegator.sol";

/// @title NetworkRestake
/// @notice See {INetworkRestake}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract NetworkRestake is INetworkRestake, LimitedDelegator {
    using Checkpoints for Checkpoints.Trace256;

    /* STORAGE */

    mapping(Subnetwork subnetwork => mapping(address operator => Checkpoints.Trace256 shares)) private _shares;
    mapping(Subnetwork subnetwork => Checkpoints.Trace256 shares) private _totalShares;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where opt-ins are kept.
    /// @param owner_ First curator.
    constructor(
        IEpochVault vault_,
        IEpochRegistry registry_,
        address owner_
    ) EpochDelegator(vault_, registry_, owner_) {}

    /* EXTERNAL */

    /// @inheritdoc INetworkRestake
    function setOperatorShares(Subnetwork subnetwork, address operator, uint256 shares) external onlyCurator {
        Checkpoints.Trace256 storage total = _totalShares[subnetwork];
        uint256 others = total.latest() - operatorShares(subnetwork, operator);
        _set(_shares[subnetwork][operator], shares);
        total.push(block.timestamp, others + shares);

        emit OperatorAmountSet(subnetwork, operator, shares);
    }

    /* VIEWS */

    /// @inheritdoc INetworkRestake
    function operatorShares(Subnetwork subnetwork, address operator) public view returns (uint256) {
        return _shares[subnetwork][operator].latest();
    }

    /// @inheritdoc INetworkRestake
    function operatorSharesAt(Subnetwork subnetwork, address operator, uint48 timestamp) public view returns (uint256) {
        return _shares[subnetwork][operator].upperLookupRecent(timestamp);
    }

    /// @inheritdoc INetworkRestake
    function totalSharesAt(Subnetwork subnetwork, uint48 timestamp) public view returns (uint256) {
        return _totalShares[subnetwork].upperLookupRecent(timestamp);
    }

    /* INTERNAL */

    function _stakeAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) internal view override returns (uint256) {
        uint256 total = totalSharesAt(subnetwork, timestamp);
        if (total == 0) return 0;

        return Math.mulDiv(operatorSharesAt(subnetwork, operator, timestamp), _poolAt(subnetwork, timestamp), total);
    }
}
