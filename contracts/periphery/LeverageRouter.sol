// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { ISupplyClaim } from "../lending/ISupplyClaim.sol";
import { FlashBorrower } from "./FlashBorrower.sol";
import { ILeverageRouter } from "./ILeverageRouter.sol";

/// @title LeverageRouter
/// @notice See {ILeverageRouter}.
/// @custom:source docs/contracts/LeverageRouter.md
contract LeverageRouter is ILeverageRouter, FlashBorrower {
    using SafeERC20 for IERC20;

    /// @dev What a loan is for. `claim` is zero when a position is opened; `amount` is equity then, else what to sell.
    struct Purpose {
        address account;
        Loop loop;
        ISupplyClaim claim;
        uint256 amount;
    }

    /* EXTERNAL */

    /// @inheritdoc ILeverageRouter
    function open(Loop calldata loop, uint256 equity, uint256 borrow) external nonReentrant returns (uint256 supplied) {
        IERC20(loop.debt).safeTransferFrom(msg.sender, address(this), equity);
        uint256 before = loop.pool.supplyOf(loop.collateral, msg.sender);

        Purpose memory purpose = Purpose(msg.sender, loop, ISupplyClaim(address(0)), equity);
        _borrow(loop.pool, loop.debt, borrow, abi.encode(purpose));

        supplied = loop.pool.supplyOf(loop.collateral, msg.sender) - before;
    }

    /// @inheritdoc ILeverageRouter
    function close(
        Loop calldata loop,
        ISupplyClaim claim,
        uint256 repay,
        uint256 sell
    ) external nonReentrant returns (uint256 returned) {
        uint256 owed = Math.min(repay, loop.pool.debtOf(loop.debt, msg.sender));
        uint256 sold = Math.min(sell, claim.balanceOf(msg.sender));
        _borrow(loop.pool, loop.debt, owed, abi.encode(Purpose(msg.sender, loop, claim, sold)));

        returned = IERC20(loop.debt).balanceOf(address(this));
        IERC20(loop.debt).safeTransfer(msg.sender, returned);

        emit LoopClosed(msg.sender, sold, owed, returned);
    }

    /* INTERNAL */

    /// @dev Does what the loan is for.
    function _use(uint256 amount, uint256 fee, bytes calldata data) internal override {
        Purpose memory purpose = abi.decode(data, (Purpose));
        if (address(purpose.claim) == address(0)) _open(purpose, amount, fee);
        else _close(purpose, amount, fee);
    }

    /// @dev Reverts with this contract's own error.
    function _unauthorized(address caller) internal pure override {
        revert LeverageRouterUnauthorized(caller);
    }

    function _open(Purpose memory purpose, uint256 amount, uint256 fee) private {
        Loop memory loop = purpose.loop;
        uint256 bought = _exchange(loop, loop.debt, loop.collateral, purpose.amount + amount);
        IERC20(loop.collateral).forceApprove(address(loop.pool), bought);
        loop.pool.supply(loop.collateral, bought, purpose.account);
        loop.pool.borrow(loop.debt, amount + fee, purpose.account);

        emit LoopOpened(purpose.account, purpose.amount, amount + fee, bought);
    }

    function _close(Purpose memory purpose, uint256 amount, uint256 fee) private {
        Loop memory loop = purpose.loop;
        IERC20(loop.debt).forceApprove(address(loop.pool), amount);
        loop.pool.repay(loop.debt, amount, purpose.account);
        IERC20(address(purpose.claim)).safeTransferFrom(purpose.account, address(this), purpose.amount);
        uint256 withdrawn = loop.pool.withdraw(loop.collateral, type(uint256).max, address(this));

        uint256 proceeds = _exchange(loop, loop.collateral, loop.debt, withdrawn);
        require(proceeds >= amount + fee, LeverageRouterShort(proceeds, amount + fee));
    }

    /// @dev Sells one token of a loop for the other, at any price: the pool's health check is the limit.
    function _exchange(Loop memory loop, address from, address to, uint256 amount) private returns (uint256) {
        IERC20(from).forceApprove(address(loop.market), amount);
        return loop.market.swap(from, to, amount, 0, address(this));
    }
}
