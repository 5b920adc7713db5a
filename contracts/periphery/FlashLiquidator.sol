// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { ILendingLiquidations } from "../lending/ILendingLiquidations.sol";
import { FlashBorrower } from "./FlashBorrower.sol";
import { IFlashLiquidator } from "./IFlashLiquidator.sol";

/// @title FlashLiquidator
/// @notice See {IFlashLiquidator}.
/// @custom:source docs/contracts/FlashLiquidator.md
contract FlashLiquidator is IFlashLiquidator, FlashBorrower {
    using SafeERC20 for IERC20;

    /* EXTERNAL */

    /// @inheritdoc IFlashLiquidator
    function liquidate(Order calldata order) external nonReentrant returns (uint256 profit) {
        _borrow(order.pool, order.debt, order.debtToCover, abi.encode(msg.sender, order));

        IERC20 token = IERC20(order.debt);
        profit = token.balanceOf(address(this));
        token.safeTransfer(msg.sender, profit);
    }

    /* INTERNAL */

    /// @dev Does what the loan is for.
    function _use(uint256 amount, uint256 fee, bytes calldata data) internal override {
        (address caller, Order memory order) = abi.decode(data, (address, Order));
        IERC20(order.debt).forceApprove(address(order.pool), amount);
        ILendingLiquidations.Liquidation memory done = order.pool.liquidate(
            order.collateral,
            order.debt,
            order.account,
            order.debtToCover,
            false
        );

        uint256 proceeds = _sell(order, done.seized);
        uint256 owed = done.repaid + fee;
        emit LiquidationSold(caller, order.account, done.repaid, done.seized, proceeds, fee);

        if (proceeds < owed + order.minProfit) {
            require(order.isForced, FlashLiquidatorUnprofitable(proceeds, owed, order.minProfit));
            if (proceeds < owed) IERC20(order.debt).safeTransferFrom(caller, address(this), owed - proceeds);
        }
    }

    /// @dev Reverts with this contract's own error.
    function _unauthorized(address caller) internal pure override {
        revert FlashLiquidatorUnauthorized(caller);
    }

    /// @dev Sells seized collateral for the debt token, at any price.
    function _sell(Order memory order, uint256 amount) private returns (uint256) {
        IERC20(order.collateral).forceApprove(address(order.market), amount);
        return order.market.swap(order.collateral, order.debt, amount, 0, address(this));
    }
}
