// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { EpochDelegator } from "./EpochDelegator.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";
import { IFullRestake } from "./IFullRestake.sol";
import { LimitedDelegator } from "./LimitedDelegator.sol";

/// @title FullRestake
/// @notice See {IFullRestake}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract FullRestake is IFullRestake, LimitedDelegator {
    using Checkpoints for Checkpoints.Trace256;

    /* STORAGE */

    mapping(Subnetwork subnetwork => mapping(address operator => Checkpoints.Trace256 limit)) private _operatorLimit;

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

    /// @inheritdoc IFullRestake
    function setOperatorLimit(Subnetwork subnetwork, address operator, uint256 amount) external onlyCurator {
        _set(_operatorLimit[subnetwork][operator], amount);

        emit OperatorAmountSet(subnetwork, operator, amount);
    }

    /* VIEWS */

    /// @inheritdoc IFullRestake
    function operatorLimitAt(Subnetwork subnetwork, address operator, uint48 timestamp) public view returns (uint256) {
        return _operatorLimit[subnetwork][operator].upperLookupRecent(timestamp);
    }

    /* INTERNAL */

    function _stakeAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) internal view override returns (uint256) {
        return Math.min(_poolAt(subnetwork, timestamp), operatorLimitAt(subnetwork, operator, timestamp));
    }
}
