// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { ILimitedDelegator } from "./ILimitedDelegator.sol";

/// @title IFullRestake
/// @notice Delegator in which the same stake stands for every operator and network, up to a limit for each.
/// @dev Warning: what stands for all of them together may exceed the vault's stake; who slashes last gets what is left.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IFullRestake is ILimitedDelegator {
    /// @notice Limits what stands for an operator in a subnetwork; only the curator or the hook.
    /// @dev Reverts with {EpochDelegatorOnlyCurator} and {EpochDelegatorUnchanged}.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Most stake [token wei].
    function setOperatorLimit(Subnetwork subnetwork, address operator, uint256 amount) external;

    /// @notice Returns an operator's limit at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param timestamp Second [unix s].
    /// @return Most stake [token wei].
    function operatorLimitAt(Subnetwork subnetwork, address operator, uint48 timestamp) external view returns (uint256);
}
