// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title IEpochDelegator
/// @notice Says how much of an epoch vault's active stake stands for an operator in a subnetwork, at any second.
/// @dev Zero unless the operator was opted in to both vault and network at that second. With `A` active stake, `L` the
/// network's limit, all of them at that second:
///
/// | delegator | stake of an operator |
/// |---|---|
/// | NetworkRestake | `floor(shares * min(A, L) / totalShares)`; the operators share one pool |
/// | FullRestake | `min(A, L, operatorLimit)`; the same stake stands for every operator |
/// | OperatorSpecific | `min(A, L)` for the one operator |
/// | OperatorNetworkSpecific | `min(A, maxNetworkLimit)` for the one operator and network |
/// @dev Limits hold from the second in which they are set. Setting one to what it is reverts.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochDelegator {
    /// @notice Emitted when a network limits what may stand for one of its parts.
    /// @param subnetwork Subnetwork.
    /// @param limit Most stake [token wei].
    event MaxNetworkLimitSet(Subnetwork indexed subnetwork, uint256 limit);

    /// @notice Emitted when the curator limits what stands for a subnetwork.
    /// @param subnetwork Subnetwork.
    /// @param limit Most stake [token wei].
    event NetworkLimitSet(Subnetwork indexed subnetwork, uint256 limit);

    /// @notice Emitted when an operator's shares or limit in a subnetwork are set.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Shares, or most stake [token wei].
    event OperatorAmountSet(Subnetwork indexed subnetwork, address indexed operator, uint256 amount);

    /// @notice Emitted when the hook is named.
    /// @param hook Hook; address zero for none.
    event HookSet(address indexed hook);

    /// @notice Emitted when a hook reverts or runs out of its gas; the slash goes on.
    /// @param hook Hook.
    event HookFailed(address indexed hook);

    /// @notice Raised when a limit or a share is set to what it is.
    /// @param amount Present amount.
    error EpochDelegatorUnchanged(uint256 amount);

    /// @notice Raised when the curator's limit would be above the network's.
    /// @param requested Limit asked for [token wei].
    /// @param maximum Limit of the network [token wei].
    error EpochDelegatorAboveMaximum(uint256 requested, uint256 maximum);

    /// @notice Raised when somebody else than the curator or the hook sets what is the curator's.
    /// @param caller Caller.
    error EpochDelegatorOnlyCurator(address caller);

    /// @notice Raised when somebody else than the vault's slasher reports a slash.
    /// @param caller Caller.
    /// @param slasher The vault's slasher.
    error EpochDelegatorOnlySlasher(address caller, address slasher);

    /// @notice Raised when another network than the one that it serves sets a limit.
    /// @param network Caller.
    /// @param expected The network that it serves.
    error EpochDelegatorWrongNetwork(address network, address expected);

    /// @notice Limits what may stand for one of the caller's parts; a curator's limit above it is lowered at once.
    /// @dev Raising it restores nothing. Reverts with {EpochDelegatorUnchanged}, and with
    /// {EpochDelegatorWrongNetwork} where the delegator serves one network only.
    /// @param identifier Number of the part.
    /// @param amount Most stake [token wei].
    function setMaxNetworkLimit(uint96 identifier, uint256 amount) external;

    /// @notice Names a contract that is told of every slash, and may set limits and shares. Only the owner.
    /// @param hook_ Hook; address zero for none.
    function setHook(address hook_) external;

    /// @notice Tells the hook of a slash; only the vault's slasher.
    /// @dev The hook gets 250,000 gas; its failure is an event. Reverts with {EpochDelegatorOnlySlasher}, and with
    /// {HookGas.HookGasInsufficient} when the caller brings too little gas for it.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Nominal slash [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    function onSlash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) external;

    /// @notice Returns the vault.
    /// @return Vault.
    function vault() external view returns (IEpochVault);

    /// @notice Returns where opt-ins are kept.
    /// @return Registry.
    function registry() external view returns (IEpochRegistry);

    /// @notice Returns the limit that a network set.
    /// @param subnetwork Subnetwork.
    /// @return Most stake [token wei].
    function maxNetworkLimit(Subnetwork subnetwork) external view returns (uint256);

    /// @notice Returns the stake of an operator in a subnetwork at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param timestamp Second [unix s].
    /// @return Stake, rounded down [token wei].
    function stakeAt(Subnetwork subnetwork, address operator, uint48 timestamp) external view returns (uint256);

    /// @notice Returns the stake of an operator in a subnetwork now.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @return Stake, rounded down [token wei].
    function stake(Subnetwork subnetwork, address operator) external view returns (uint256);
}
