// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { EpochDelegator } from "./EpochDelegator.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";
import { LimitedDelegator } from "./LimitedDelegator.sol";

/// @title OperatorSpecific
/// @notice Delegator of one operator, for which the stake stands up to each network's limit.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract OperatorSpecific is LimitedDelegator {
    /* IMMUTABLES */

    /// @notice Returns the operator.
    address public immutable operator;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where opt-ins are kept.
    /// @param owner_ First curator.
    /// @param operator_ The one operator.
    constructor(
        IEpochVault vault_,
        IEpochRegistry registry_,
        address owner_,
        address operator_
    ) EpochDelegator(vault_, registry_, owner_) {
        operator = operator_;
    }

    /* INTERNAL */

    function _stakeAt(
        Subnetwork subnetwork,
        address operator_,
        uint48 timestamp
    ) internal view override returns (uint256) {
        return operator_ == operator ? _poolAt(subnetwork, timestamp) : 0;
    }
}
