// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IStrategy } from "./IStrategy.sol";

/// @title IShareManager
/// @notice Keeps the deposit shares of restakers: the restaking manager for ERC-20 strategies, the pod manager for
/// beacon chain ether. The operator delegation talks to both in these words.
/// @dev Deposit shares are what was put in; slashing does not change them, it changes what they can be withdrawn for.
interface IShareManager {
    /// @notice Emitted when deposit shares of a staker change.
    /// @param staker Staker concerned.
    /// @param strategy Strategy concerned.
    /// @param depositShares Deposit shares afterwards [wei].
    event DepositSharesSet(address indexed staker, IStrategy indexed strategy, uint256 depositShares);

    /// @notice Raised when a caller is not the one core contract allowed to call.
    /// @param caller Caller.
    /// @param expected Contract allowed.
    error ShareManagerUnauthorized(address caller, address expected);

    /// @notice Raised when zero shares are moved.
    /// @param staker Staker concerned.
    /// @param strategy Strategy concerned.
    error ShareManagerSharesAmountZero(address staker, IStrategy strategy);

    /// @notice Raised when more shares are removed than the staker has deposited.
    /// @param staker Staker concerned.
    /// @param strategy Strategy concerned.
    /// @param requested Deposit shares asked for [wei].
    /// @param available Deposit shares held [wei].
    error ShareManagerSharesAmountTooHigh(address staker, IStrategy strategy, uint256 requested, uint256 available);

    /// @notice Credits shares of a completed withdrawal back to its staker.
    /// @dev Only the operator delegation.
    /// @param staker Staker concerned.
    /// @param strategy Strategy concerned.
    /// @param shares Shares to add [wei].
    /// @return previous Deposit shares before [wei].
    /// @return added Deposit shares added [wei].
    function addShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external returns (uint256 previous, uint256 added);

    /// @notice Takes deposit shares out of a staker's balance into the withdrawal queue.
    /// @dev Only the operator delegation. Reverts with {ShareManagerSharesAmountZero} or
    /// {ShareManagerSharesAmountTooHigh}.
    /// @param staker Staker concerned.
    /// @param strategy Strategy concerned.
    /// @param shares Deposit shares to remove [wei].
    /// @return remaining Deposit shares left [wei].
    function removeDepositShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external returns (uint256 remaining);

    /// @notice Pays shares that left the withdrawal queue out as tokens.
    /// @dev Only the operator delegation.
    /// @param staker Recipient.
    /// @param strategy Strategy concerned.
    /// @param shares Shares to pay out [wei].
    /// @return amount Tokens sent [wei].
    function withdrawSharesAsTokens(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external returns (uint256 amount);

    /// @notice Returns the deposit shares of a staker.
    /// @param staker Staker asked about.
    /// @param strategy Strategy asked about.
    /// @return Deposit shares [wei].
    function depositSharesOf(address staker, IStrategy strategy) external view returns (uint256);
}
