// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochDelegator } from "./IEpochDelegator.sol";

/// @title ILimitedDelegator
/// @notice Delegator whose curator limits what stands for a subnetwork, below the network's own limit.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface ILimitedDelegator is IEpochDelegator {
    /// @notice Limits what stands for a subnetwork; only the curator or the hook.
    /// @dev Checks the network's own limit first. Reverts with {EpochDelegatorOnlyCurator},
    /// {EpochDelegatorAboveMaximum} and {EpochDelegatorUnchanged}.
    /// @param subnetwork Subnetwork.
    /// @param amount Most stake [token wei].
    function setNetworkLimit(Subnetwork subnetwork, uint256 amount) external;

    /// @notice Returns the limit of a subnetwork now.
    /// @param subnetwork Subnetwork.
    /// @return Most stake [token wei].
    function networkLimit(Subnetwork subnetwork) external view returns (uint256);

    /// @notice Returns the limit of a subnetwork at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param timestamp Second [unix s].
    /// @return Most stake [token wei].
    function networkLimitAt(Subnetwork subnetwork, uint48 timestamp) external view returns (uint256);
}
