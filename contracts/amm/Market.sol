// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { PausableFlags } from "../libraries/PausableFlags.sol";
import { IMarket } from "./IMarket.sol";

/// @title Market
/// @notice What the pools share: pausing, and moving tokens by what really arrives.
abstract contract Market is IMarket, PausableFlags, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Bit that pauses swaps.
    uint8 public constant PAUSED_SWAP = 0;

    /// @notice Bit that pauses adding liquidity.
    uint8 public constant PAUSED_ADD_LIQUIDITY = 1;

    /// @notice Bit that pauses removing liquidity.
    uint8 public constant PAUSED_REMOVE_LIQUIDITY = 2;

    /* CONSTRUCTOR */

    /// @notice Sets the owner.
    /// @param owner_ Who may pause and change what can be changed.
    constructor(address owner_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc IMarket
    function swap(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 minOut,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_SWAP) returns (uint256 amountOut) {
        _requirePair(tokenIn, tokenOut);
        uint256 received = _pull(tokenIn, amountIn);
        require(received > 0, MarketZeroAmount());
        amountOut = _trade(tokenIn, tokenOut, received);
        _finish(tokenIn, tokenOut, [received, amountOut, minOut], to);
    }

    /* INTERNAL */

    /// @dev Moves the pool along its curve; the tokens sold have arrived, those bought leave afterwards.
    function _trade(address tokenIn, address tokenOut, uint256 amountIn) internal virtual returns (uint256 amountOut);

    /// @dev Checks, tells and pays a swap; `amounts` are what came in, what goes out, and the least that may.
    function _finish(address tokenIn, address tokenOut, uint256[3] memory amounts, address to) internal {
        require(amounts[1] > 0, MarketZeroAmount());
        require(amounts[1] >= amounts[2], MarketInsufficientOutput(amounts[1], amounts[2]));

        emit Swapped(msg.sender, tokenIn, tokenOut, amounts[0], amounts[1], to);

        _push(tokenOut, to, amounts[1]);
    }

    function _pull(address token, uint256 amount) internal returns (uint256 received) {
        if (amount == 0) return 0;
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        return IERC20(token).balanceOf(address(this)) - before;
    }

    function _push(address token, address to, uint256 amount) internal {
        if (amount > 0) IERC20(token).safeTransfer(to, amount);
    }

    /// @dev Reverts with {MarketUnknownPair} unless the two are different tokens of the pool, with {MarketEmpty} when
    /// it holds no liquidity.
    function _requirePair(address tokenIn, address tokenOut) internal view virtual;
}
