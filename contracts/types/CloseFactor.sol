// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How much of an account's debt one liquidation may repay: half of all its debt unless the account is nearly
/// insolvent or small; a fixed part of all its debt; or all of one debt.
enum CloseFactor {
    Default,
    Fixed,
    Full
}
