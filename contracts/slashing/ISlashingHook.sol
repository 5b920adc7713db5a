// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";

/// @title ISlashingHook
/// @notice Is told by the slasher before and after an operator of its operator set is slashed.
/// @dev The slasher forwards exactly `HOOK_GAS` (250,000) to each call, ignores what the hook returns, and goes on when
/// the hook reverts or runs out of gas: a hook can observe a slash, never block it. A caller that brings too little gas
/// to forward that much is refused, so a hook cannot be starved on purpose either.
/// @dev Warning: the hook runs inside the slash; contracts that are guarded against reentrancy refuse it there.
interface ISlashingHook {
    /// @notice Told before anything is slashed.
    /// @param operator Operator about to be slashed.
    /// @param set Operator set that slashes.
    /// @param slashId Number of this slash within the set, from 1.
    /// @param strategies Strategies concerned, in strictly ascending order.
    /// @param wads Fraction of the current allocation to slash, per strategy [WAD].
    function beforeSlash(
        address operator,
        OperatorSet calldata set,
        uint256 slashId,
        address[] calldata strategies,
        uint256[] calldata wads
    ) external;

    /// @notice Told after the slash was recorded.
    /// @param operator Operator slashed.
    /// @param set Operator set that slashed.
    /// @param slashId Number of this slash within the set, from 1.
    /// @param strategies Strategies concerned, in strictly ascending order.
    /// @param slashedShares Shares slashed per strategy, operator's and queue's together [strategy shares, wei].
    function afterSlash(
        address operator,
        OperatorSet calldata set,
        uint256 slashId,
        address[] calldata strategies,
        uint256[] calldata slashedShares
    ) external;
}
