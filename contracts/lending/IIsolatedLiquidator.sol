// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IIsolatedLiquidator
/// @notice A liquidator of isolated markets that sells the collateral before it pays.
/// @custom:source docs/contracts/IsolatedMarkets.md
interface IIsolatedLiquidator {
    /// @notice Called between the collateral's arrival and the payment; the payment must then be approved.
    /// @param repaidAssets What will be taken [token wei].
    /// @param data As given to {IIsolatedMarkets.liquidate}.
    function onIsolatedLiquidation(uint256 repaidAssets, bytes calldata data) external;
}
