// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../amm/IMarket.sol";

/// @title IIsolatedFlashLiquidator
/// @notice Liquidates positions of isolated markets without owning a token: sells the collateral, then pays.
/// @custom:source docs/contracts/IsolatedFlashLiquidator.md
interface IIsolatedFlashLiquidator {
    /// @notice Raised when somebody else than the markets calls back.
    /// @param caller Caller.
    error IsolatedFlashLiquidatorUnauthorized(address caller);

    /// @notice Raised when what the collateral fetched does not leave enough after the debt is paid.
    /// @param proceeds What it fetched [token wei].
    /// @param repaid What was paid [token wei].
    /// @param minProfit Least profit asked for [token wei].
    error IsolatedFlashLiquidatorUnprofitable(uint256 proceeds, uint256 repaid, uint256 minProfit);

    /// @notice Liquidates a position, sells all collateral seized on a pool, and pays the caller what is left.
    /// @dev Reverts with {IsolatedFlashLiquidatorUnprofitable} when that is less than `minProfit`: a liquidation that does
    /// not pay does not happen.
    /// @param id Market.
    /// @param borrower Whose position.
    /// @param seizedAssets Collateral to take, or zero [token wei].
    /// @param repaidShares Debt to repay, or zero [shares].
    /// @param pool Where to sell.
    /// @param minProfit Least profit [token wei].
    /// @return profit Profit of the caller [token wei].
    function liquidate(
        bytes32 id,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares,
        IMarket pool,
        uint256 minProfit
    ) external returns (uint256 profit);
}
