// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../amm/IMarket.sol";

/// @title IIsolatedFlashLiquidator
/// @notice Liquidates positions of isolated markets without owning a token: sells the collateral, then pays the debt, and
/// gives what is left to who called.
/// @dev Units: token wei. Rounding is that of {IIsolatedMarkets}. It never keeps a token.
/// @dev A liquidation that cannot be done fails as a whole: the markets', the pool's or the collateral token's own error
/// is passed on.
/// @custom:source docs/contracts/IsolatedFlashLiquidator.md
interface IIsolatedFlashLiquidator {
    /// @notice What to do.
    /// @param id Isolated market.
    /// @param borrower Whose position.
    /// @param seizedAssets Collateral to take; the greatest number means as much as the whole debt buys [token wei].
    /// @param market Where to sell the collateral for the loan token.
    /// @param minProfit Least that must be left for the caller [token wei].
    /// @param isForced Whether to sell at any price: what is missing is taken from the caller, who allowed it.
    struct Order {
        bytes32 id;
        address borrower;
        uint256 seizedAssets;
        IMarket market;
        uint256 minProfit;
        bool isForced;
    }

    /// @notice Emitted when seized collateral is sold.
    /// @param caller Who called.
    /// @param id Isolated market.
    /// @param borrower Whose collateral it was.
    /// @param repaid Debt repaid [token wei].
    /// @param seized Collateral sold [token wei].
    /// @param proceeds What the sale brought [token wei].
    event IsolatedLiquidationSold(
        address indexed caller,
        bytes32 indexed id,
        address indexed borrower,
        uint256 repaid,
        uint256 seized,
        uint256 proceeds
    );

    /// @notice Raised when somebody else than the markets calls back.
    /// @param caller Caller.
    error IsolatedFlashLiquidatorUnauthorized(address caller);

    /// @notice Raised when what the collateral fetched does not leave enough after the debt is paid.
    /// @param proceeds What it fetched [token wei].
    /// @param repaid What must be paid [token wei].
    /// @param minProfit Least profit asked for [token wei].
    error IsolatedFlashLiquidatorUnprofitable(uint256 proceeds, uint256 repaid, uint256 minProfit);

    /// @notice Liquidates, sells all collateral seized, pays, and gives the caller what is left.
    /// @dev Reverts with {IsolatedFlashLiquidatorUnprofitable} when that is less than `minProfit` and it is not forced.
    /// @param order What to do.
    /// @return profit What the caller got [token wei]; zero when it paid in.
    function liquidate(Order calldata order) external returns (uint256 profit);
}
