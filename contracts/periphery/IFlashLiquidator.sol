// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../amm/IMarket.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";

/// @title IFlashLiquidator
/// @notice Liquidates an account of a pooled market without owning a token: borrows the debt by flash loan, seizes the
/// collateral, sells it, pays the loan back, and gives what is left to who called.
/// @dev Units: token wei. Nothing is rounded here; the pool's and the market's rules apply. It never keeps a token: what
/// it holds when a call ends goes to the caller of that call.
/// @dev A liquidation that cannot be done fails as a whole: the pool's, the market's or the collateral token's own error
/// is passed on.
/// @custom:source docs/contracts/FlashLiquidator.md
interface IFlashLiquidator {
    /* STRUCTS */

    /// @notice What to do.
    /// @param pool Pooled market.
    /// @param collateral Collateral to seize.
    /// @param debt Debt to repay.
    /// @param account Whose.
    /// @param debtToCover Most to repay [debt wei].
    /// @param market Where to sell the collateral for the debt token.
    /// @param minProfit Least that must be left for the caller [debt wei].
    /// @param isForced Whether to sell at any price: what is missing is taken from the caller, who allowed it.
    struct Order {
        ILendingPool pool;
        address collateral;
        address debt;
        address account;
        uint256 debtToCover;
        IMarket market;
        uint256 minProfit;
        bool isForced;
    }

    /* EVENTS */

    /// @notice Collateral was seized and sold.
    /// @param caller Who called.
    /// @param account Whose collateral it was.
    /// @param repaid Debt repaid [debt wei].
    /// @param seized Collateral that was sold [collateral wei].
    /// @param proceeds What the sale brought [debt wei].
    /// @param flashFee Fee of the loan [debt wei].
    event LiquidationSold(
        address indexed caller,
        address indexed account,
        uint256 repaid,
        uint256 seized,
        uint256 proceeds,
        uint256 flashFee
    );

    /* ERRORS */

    /// @notice Another than a pool that lends to this contract called back.
    /// @param caller Who called.
    error FlashLiquidatorUnauthorized(address caller);

    /// @notice What the collateral fetched does not leave enough once the loan and its fee are paid.
    /// @param proceeds What it fetched [debt wei].
    /// @param owed Debt repaid and fee of the loan [debt wei].
    /// @param minProfit Least profit asked for [debt wei].
    error FlashLiquidatorUnprofitable(uint256 proceeds, uint256 owed, uint256 minProfit);

    /* FUNCTIONS */

    /// @notice Liquidates, sells, pays back, and gives the caller what is left.
    /// @dev Reverts with {FlashLiquidatorUnprofitable} where less than `minProfit` would be left and it is not forced; as
    /// the pool does where the account is healthy, the reserve paused or without cash, or dust would be left; as the
    /// market does where nobody buys.
    /// @param order What to do.
    /// @return profit What the caller got [debt wei]; 0 where it paid in.
    function liquidate(Order calldata order) external returns (uint256 profit);
}
