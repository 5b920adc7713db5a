// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { IMarket } from "../amm/IMarket.sol";
import { IIsolatedFlashLiquidator } from "./IIsolatedFlashLiquidator.sol";
import { IIsolatedLiquidator } from "./IIsolatedLiquidator.sol";
import { IIsolatedMarkets } from "./IIsolatedMarkets.sol";

/// @title IsolatedFlashLiquidator
/// @notice See {IIsolatedFlashLiquidator}.
contract IsolatedFlashLiquidator is IIsolatedFlashLiquidator, IIsolatedLiquidator {
    using SafeERC20 for IERC20;

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
    function liquidate(
        bytes32 id,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares,
        IMarket pool,
        uint256 minProfit
    ) external returns (uint256 profit) {
        IERC20 loanToken = IERC20(markets.paramsOf(id).loanToken);
        bytes memory data = abi.encode(id, pool, minProfit);
        markets.liquidate(id, borrower, seizedAssets, repaidShares, data);

        profit = loanToken.balanceOf(address(this));
        loanToken.safeTransfer(msg.sender, profit);
    }

    /// @inheritdoc IIsolatedLiquidator
    function onIsolatedLiquidation(uint256 repaidAssets, bytes calldata data) external {
        require(msg.sender == address(markets), IsolatedFlashLiquidatorUnauthorized(msg.sender));
        (bytes32 id, IMarket pool, uint256 minProfit) = abi.decode(data, (bytes32, IMarket, uint256));
        IIsolatedMarkets.MarketParams memory params = markets.paramsOf(id);
        IERC20 collateral = IERC20(params.collateralToken);
        uint256 amount = collateral.balanceOf(address(this));

        collateral.forceApprove(address(pool), amount);
        uint256 proceeds = pool.swap(params.collateralToken, params.loanToken, amount, 0, address(this));
        require(
            proceeds >= repaidAssets + minProfit,
            IsolatedFlashLiquidatorUnprofitable(proceeds, repaidAssets, minProfit)
        );
        IERC20(params.loanToken).forceApprove(address(markets), repaidAssets);
    }
}
