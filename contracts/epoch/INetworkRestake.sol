// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { ILimitedDelegator } from "./ILimitedDelegator.sol";

/// @title INetworkRestake
/// @notice Delegator in which a subnetwork's operators share one pool, by shares that the curator gives them.
/// @dev Warning: a slash of one operator shrinks the pool, and so the stake of all others, unless a hook makes up for it.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface INetworkRestake is ILimitedDelegator {
    /// @notice Sets an operator's shares of a subnetwork's pool; only the curator or the hook.
    /// @dev Reverts with {EpochDelegatorOnlyCurator} and {EpochDelegatorUnchanged}.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param shares Shares.
    function setOperatorShares(Subnetwork subnetwork, address operator, uint256 shares) external;

    /// @notice Returns an operator's shares now.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @return Shares.
    function operatorShares(Subnetwork subnetwork, address operator) external view returns (uint256);

    /// @notice Returns an operator's shares at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param timestamp Second [unix s].
    /// @return Shares.
    function operatorSharesAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) external view returns (uint256);

    /// @notice Returns all shares of a subnetwork at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param timestamp Second [unix s].
    /// @return Shares.
    function totalSharesAt(Subnetwork subnetwork, uint48 timestamp) external view returns (uint256);
}
