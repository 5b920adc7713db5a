// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IFlashBorrower
/// @notice Who borrows tokens of isolated markets within one call.
/// @custom:source docs/contracts/IsolatedMarkets.md
interface IFlashBorrower {
    /// @notice Called once the tokens have arrived; they must be approved for return when it ends.
    /// @param token Token.
    /// @param assets Amount [token wei].
    /// @param data As given to {IIsolatedMarkets.flashLoan}.
    function onFlashLoan(address token, uint256 assets, bytes calldata data) external;
}
