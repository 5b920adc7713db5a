// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { IIsolatedLiquidator } from "../lending/IIsolatedLiquidator.sol";
import { IIsolatedMarkets } from "../lending/IIsolatedMarkets.sol";
import { IsolatedLending } from "../libraries/IsolatedLending.sol";
import { VirtualShares } from "../libraries/VirtualShares.sol";
import { IIsolatedFlashLiquidator } from "./IIsolatedFlashLiquidator.sol";

/// @title IsolatedFlashLiquidator
/// @notice See {IIsolatedFlashLiquidator}.
contract IsolatedFlashLiquidator is IIsolatedFlashLiquidator, IIsolatedLiquidator {
    using SafeERC20 for IERC20;
    using VirtualShares for uint256;

    /* IMMUTABLES */

    /// @notice Contract that keeps the markets.
    IIsolatedMarkets public immutable markets;

    /* CONSTRUCTOR */

    /// @notice Binds the liquidator to the markets.
    /// @param markets_ Contract that keeps them.
    constructor(IIsolatedMarkets markets_) {
        markets = markets_;
    }

    /* EXTERNAL */

    /// @inheritdoc IIsolatedFlashLiquidator
    function liquidate(Order calldata order) external returns (uint256 profit) {
        IERC20 loanToken = IERC20(markets.paramsOf(order.id).loanToken);
        (uint256 seized, uint256 shares) = _amounts(order);
        markets.liquidate(order.id, order.borrower, seized, shares, abi.encode(msg.sender, order));

        profit = loanToken.balanceOf(address(this));
        if (profit > 0) loanToken.safeTransfer(msg.sender, profit);
    }

    /// @inheritdoc IIsolatedLiquidator
    function onIsolatedLiquidation(uint256 repaidAssets, bytes calldata data) external {
        require(msg.sender == address(markets), IsolatedFlashLiquidatorUnauthorized(msg.sender));
        (address caller, Order memory order) = abi.decode(data, (address, Order));
        IIsolatedMarkets.MarketParams memory params = markets.paramsOf(order.id);
        IERC20 loanToken = IERC20(params.loanToken);
        uint256 seized = IERC20(params.collateralToken).balanceOf(address(this));

        IERC20(params.collateralToken).forceApprove(address(order.market), seized);
        uint256 proceeds = order.market.swap(params.collateralToken, params.loanToken, seized, 0, address(this));

        emit IsolatedLiquidationSold(caller, order.id, order.borrower, repaidAssets, seized, proceeds);

        if (proceeds < repaidAssets + order.minProfit) {
            require(order.isForced, IsolatedFlashLiquidatorUnprofitable(proceeds, repaidAssets, order.minProfit));
            if (proceeds < repaidAssets) {
                loanToken.safeTransferFrom(caller, address(this), repaidAssets - proceeds);
            }
        }
        loanToken.forceApprove(address(markets), repaidAssets);
    }

    /* INTERNAL */

    /// @dev The whole debt when the collateral pays it, else the whole collateral.
    function _amounts(Order calldata order) private view returns (uint256 seized, uint256 shares) {
        if (order.seizedAssets != type(uint256).max) return (order.seizedAssets, 0);
        IIsolatedMarkets.MarketParams memory params = markets.paramsOf(order.id);
        IIsolatedMarkets.Totals memory totals = markets.accruedTotalsOf(order.id);
        IIsolatedMarkets.Position memory position = markets.positionOf(order.id, order.borrower);
        uint256 factor = markets.liquidationIncentive(params.lltv);
        uint256 debt = position.borrowShares.toAssetsDown(totals.borrowAssets, totals.borrowShares);
        uint256 bought = IsolatedLending.collateralFor(debt, params.oracle.price(), factor);
        return bought <= position.collateral ? (0, position.borrowShares) : (position.collateral, uint256(0));
    }
}
