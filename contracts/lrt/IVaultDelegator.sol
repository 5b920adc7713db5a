// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";

/// @title IVaultDelegator
/// @notice The account under which a restaking vault restakes with one operator: a staker delegates to one operator only.
/// @dev Units: assets in wei of the vault's asset; shares of the strategy in wei; times in clock units of the core.
///
/// | Quantity | Rounding |
/// |---|---|
/// | value of what is delegated, and of each queued withdrawal | down, each on its own |
/// @custom:source docs/contracts/VaultDelegator.md
interface IVaultDelegator {
    /// @notice A withdrawal on its way back.
    /// @param id Withdrawal of the core.
    /// @param assets Worth at today's slashing factor [wei].
    /// @param completableAt First instant at which it can be completed [clock].
    struct Queued {
        uint256 id;
        uint256 assets;
        uint48 completableAt;
    }

    /// @notice Raised when anyone but the vault's set of delegators calls.
    /// @param caller Who called.
    /// @param expected Who may.
    error VaultDelegatorUnauthorized(address caller, address expected);

    /// @notice Delegates to the operator, again after an undelegation.
    /// @dev Only the set of delegators. Reverts as {IOperatorDelegation-delegate} does.
    /// @param approval Approval, used only when needed.
    function delegate(IOperatorDelegation.Approval calldata approval) external;

    /// @notice Restakes assets that were sent here before.
    /// @dev Only the set of delegators. Reverts as {IRestakingManager-deposit} does.
    /// @param assets Assets [wei].
    function restake(uint256 assets) external;

    /// @notice Queues the withdrawal of assets, or of everything when they are at least that.
    /// @dev Only the set of delegators. Reverts as {IOperatorDelegation-queueWithdrawal} does.
    /// @param assets Assets wanted [wei].
    /// @return id Withdrawal of the core.
    function queueWithdrawal(uint256 assets) external returns (uint256 id);

    /// @notice Leaves the operator and queues everything.
    /// @dev Only the set of delegators. Reverts as {IOperatorDelegation-undelegate} does.
    /// @return ids Withdrawals of the core.
    function undelegate() external returns (uint256[] memory ids);

    /// @notice Completes a withdrawal and sends the assets on.
    /// @dev Only the set of delegators. Reverts as {IOperatorDelegation-completeWithdrawal} does.
    /// @param id Withdrawal of the core.
    /// @param to Who receives them.
    /// @return assets Assets sent [wei].
    function complete(uint256 id, address to) external returns (uint256 assets);

    /// @notice Returns the operator.
    /// @return Operator.
    function operator() external view returns (address);

    /// @notice Returns whether it delegates to the operator now.
    /// @return True when it does.
    function isDelegated() external view returns (bool);

    /// @notice Returns what is left of everything slashable here by the operator.
    /// @return Slashing factor [WAD].
    function slashingFactor() external view returns (uint256);

    /// @notice Returns what is restaked and not queued, after slashing.
    /// @return Assets [wei].
    function delegatedAssets() external view returns (uint256);

    /// @notice Returns what is on its way back, at today's slashing factor.
    /// @return Assets [wei].
    function queuedAssets() external view returns (uint256);

    /// @notice Returns the withdrawals on their way back.
    /// @return Withdrawals, in no particular order.
    function queued() external view returns (Queued[] memory);
}
