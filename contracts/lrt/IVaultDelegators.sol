// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { IVaultDelegator } from "./IVaultDelegator.sol";

/// @title IVaultDelegators
/// @notice A restaking vault's operators: one delegator each, a target weight each, and the way of the assets there and
/// back.
/// @dev Units: assets in wei of the vault's asset. Weights are relative: an operator's target is its weight over the sum of
/// the weights of those that can still take stake.
///
/// | Quantity | Rounding |
/// |---|---|
/// | target of an operator | down |
/// | part of an allocation | down; the last operator short of its target gets the rest |
/// | assets restaked and queued | down, delegator by delegator |
/// @custom:source docs/contracts/VaultDelegators.md
interface IVaultDelegators {
    /// @notice Emitted when an operator is admitted.
    /// @param operator Operator.
    /// @param delegator Account that delegates to it.
    /// @param weight Target weight.
    event OperatorAdmitted(address indexed operator, IVaultDelegator delegator, uint256 weight);

    /// @notice Emitted when a target weight changes.
    /// @param operator Operator.
    /// @param weight Target weight.
    event WeightSet(address indexed operator, uint256 weight);

    /// @notice Emitted when assets are restaked with an operator.
    /// @param operator Operator.
    /// @param assets Assets [wei].
    event Restaked(address indexed operator, uint256 assets);

    /// @notice Emitted when the withdrawal of assets is queued.
    /// @param operator Operator.
    /// @param id Withdrawal of the core.
    event UnstakeQueued(address indexed operator, uint256 indexed id);

    /// @notice Emitted when a withdrawal came back.
    /// @param operator Operator.
    /// @param id Withdrawal of the core.
    /// @param assets Assets that came [wei].
    event UnstakeCompleted(address indexed operator, uint256 indexed id, uint256 assets);

    /// @notice Raised when anyone but the vault's curator calls.
    /// @param caller Who called.
    /// @param curator Who may.
    error VaultDelegatorsUnauthorized(address caller, address curator);

    /// @notice Raised when an operator is unknown, or admitted already.
    /// @param operator Operator.
    error VaultDelegatorsBadOperator(address operator);

    /// @notice Raised when assets shall be allocated and no operator can take them.
    /// @param assets Assets [wei].
    error VaultDelegatorsNoTarget(uint256 assets);

    /// @notice Admits an operator and delegates to it. Only the curator.
    /// @dev Reverts with {VaultDelegatorsBadOperator}, or as {IOperatorDelegation-delegate} does.
    /// @param operator Operator.
    /// @param weight Target weight.
    /// @param approval Approval of the operator's approver, used only when needed.
    /// @return delegator Account that delegates to it.
    function admit(
        address operator,
        uint256 weight,
        IOperatorDelegation.Approval calldata approval
    ) external returns (IVaultDelegator delegator);

    /// @notice Sets a target weight; moves nothing. Only the curator.
    /// @param operator Operator.
    /// @param weight Target weight.
    function setWeight(address operator, uint256 weight) external;

    /// @notice Restakes assets of the vault's buffer so that the operators come as near to their targets as they can. Only
    /// the curator.
    /// @dev With what each is short of its target, a part in proportion. An operator with nothing left after slashing, or
    /// that the delegator no longer delegates to, has no target.
    /// @dev Reverts with {VaultDelegatorsNoTarget}, or as {IRestakingVault-release} does.
    /// @param assets Assets [wei].
    function allocate(uint256 assets) external;

    /// @notice Queues the withdrawal of assets from an operator. Only the curator.
    /// @param operator Operator.
    /// @param assets Assets; everything where it has less [wei].
    /// @return id Withdrawal of the core.
    function unstake(address operator, uint256 assets) external returns (uint256 id);

    /// @notice Queues from the operators above their targets what they have too much. Only the curator.
    /// @dev What comes back is allocated anew by {allocate}. Does nothing for an operator that is at most 1000 wei above
    /// its target.
    function rebalance() external;

    /// @notice Leaves an operator and queues everything. Only the curator.
    /// @param operator Operator.
    function undelegate(address operator) external;

    /// @notice Delegates to an operator anew, after its or the curator's undelegation. Only the curator.
    /// @param operator Operator.
    /// @param approval Approval, used only when needed.
    function redelegate(address operator, IOperatorDelegation.Approval calldata approval) external;

    /// @notice Brings a withdrawal home into the vault's buffer; anybody may call.
    /// @param operator Operator it came from.
    /// @param id Withdrawal of the core.
    /// @return assets Assets that came [wei].
    function complete(address operator, uint256 id) external returns (uint256 assets);

    /// @notice Brings home every withdrawal whose time has come; anybody may call.
    /// @return assets Assets that came [wei].
    function completeAll() external returns (uint256 assets);

    /// @notice Returns everything restaked or on its way back, at today's slashing factors.
    /// @return Assets [wei].
    function totalAssets() external view returns (uint256);

    /// @notice Returns the operators.
    /// @return Operators, in the order of their admission.
    function operators() external view returns (address[] memory);

    /// @notice Returns an operator's delegator.
    /// @param operator Operator.
    /// @return Delegator, zero where there is none.
    function delegatorOf(address operator) external view returns (IVaultDelegator);

    /// @notice Returns an operator's target weight.
    /// @param operator Operator.
    /// @return Weight.
    function weightOf(address operator) external view returns (uint256);

    /// @notice Returns what each operator should hold, were `assets` allocated now.
    /// @param assets Assets to allocate [wei].
    /// @return wanted Targets, in the order of {operators} [wei].
    /// @return current What each holds now, queued withdrawals apart [wei].
    function targets(uint256 assets) external view returns (uint256[] memory wanted, uint256[] memory current);

    /// @notice Returns the strategy of the asset.
    /// @return Strategy.
    function strategy() external view returns (IStrategy);

    /// @notice Returns the vault.
    /// @return Vault.
    function vault() external view returns (IRestakingVault);
}
