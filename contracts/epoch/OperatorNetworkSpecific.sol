// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { EpochDelegator } from "./EpochDelegator.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title OperatorNetworkSpecific
/// @notice Delegator of one operator in one network, whose own limit is the only one.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract OperatorNetworkSpecific is EpochDelegator {
    /* IMMUTABLES */

    /// @notice Returns the operator.
    address public immutable operator;

    /// @notice Returns the network.
    address public immutable network;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where opt-ins are kept.
    /// @param owner_ Who may name a hook.
    /// @param operator_ The one operator.
    /// @param network_ The one network.
    constructor(
        IEpochVault vault_,
        IEpochRegistry registry_,
        address owner_,
        address operator_,
        address network_
    ) EpochDelegator(vault_, registry_, owner_) {
        (operator, network) = (operator_, network_);
    }

    /* EXTERNAL */

    /// @inheritdoc EpochDelegator
    function setMaxNetworkLimit(uint96 identifier, uint256 amount) public override {
        require(msg.sender == network, EpochDelegatorWrongNetwork(msg.sender, network));

        super.setMaxNetworkLimit(identifier, amount);
    }

    /* INTERNAL */

    function _stakeAt(
        Subnetwork subnetwork,
        address operator_,
        uint48 timestamp
    ) internal view override returns (uint256) {
        if (operator_ != operator || subnetwork.network() != network) return 0;

        return Math.min(vault.activeStakeAt(timestamp), _maxNetworkLimitAt(subnetwork, timestamp));
    }
}
