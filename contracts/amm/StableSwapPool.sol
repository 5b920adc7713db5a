// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { StableSwapMath } from "../libraries/StableSwapMath.sol";
import { IMarket } from "./IMarket.sol";
import { IStableSwapPool } from "./IStableSwapPool.sol";
import { StableSwapBooks } from "./StableSwapBooks.sol";

/// @title StableSwapPool
/// @notice Pool of two to eight coins that should be worth the same once scaled by their exchange rates.
contract StableSwapPool is StableSwapBooks {
    /* CONSTRUCTOR */

    /// @notice Fixes what the pool is made of.
    /// @param owner_ Who may pause, ramp, set the fee and collect its half.
    /// @param terms What the pool is made of.
    constructor(address owner_, Terms memory terms) StableSwapBooks(owner_, terms) {}

    /* EXTERNAL */

    /// @inheritdoc IStableSwapPool
    function addLiquidity(
        uint256[] calldata amounts,
        uint256 minMinted,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_ADD_LIQUIDITY) returns (uint256 minted) {
        _requireLength(amounts.length);
        StableSwapMath.Pool memory pool = _pool();
        uint256[] memory received = new uint256[](amounts.length);
        for (uint256 k = 0; k < amounts.length; ++k) received[k] = _pull(_coins[k], amounts[k]);

        uint256[] memory fees;
        (minted, fees) = _mintable(pool, received);
        require(minted > 0, MarketZeroAmount());
        require(minted >= minMinted, MarketInsufficientOutput(minted, minMinted));

        for (uint256 k = 0; k < fees.length; ++k) {
            _balances[k] += received[k];
            _takeAdminFee(k, _ownersPart(fees[k]));
        }
        _mint(to, minted);
        _observe();

        emit LiquidityAdded(msg.sender, received, fees, minted, to);
    }

    /// @inheritdoc IStableSwapPool
    function removeLiquidity(
        uint256 burned,
        uint256[] calldata minAmounts,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REMOVE_LIQUIDITY) returns (uint256[] memory amounts) {
        _requireLength(minAmounts.length);
        require(burned > 0, MarketZeroAmount());
        uint256 supply = totalSupply();
        _burn(msg.sender, burned);

        amounts = new uint256[](minAmounts.length);
        for (uint256 k = 0; k < amounts.length; ++k) {
            amounts[k] = Math.mulDiv(_balances[k], burned, supply);
            require(amounts[k] >= minAmounts[k], MarketInsufficientOutput(amounts[k], minAmounts[k]));
            _balances[k] -= amounts[k];
        }

        emit LiquidityRemoved(msg.sender, amounts, burned, to);

        for (uint256 k = 0; k < amounts.length; ++k) _push(_coins[k], to, amounts[k]);
    }

    /// @inheritdoc IStableSwapPool
    function removeLiquidityOne(
        uint256 burned,
        address coin,
        uint256 minAmount,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REMOVE_LIQUIDITY) returns (uint256 amount) {
        uint256 fee_;
        (amount, fee_) = quoteRemoveOne(burned, coin);
        require(amount > 0, MarketZeroAmount());
        require(amount >= minAmount, MarketInsufficientOutput(amount, minAmount));

        _burn(msg.sender, burned);
        uint256 index = _indexPlusOne[coin] - 1;
        _balances[index] -= amount;
        _takeAdminFee(index, _ownersPart(fee_));
        if (totalSupply() > 0) _observe();

        uint256[] memory amounts = new uint256[](_coins.length);
        amounts[index] = amount;
        emit LiquidityRemoved(msg.sender, amounts, burned, to);

        _push(coin, to, amount);
    }

    /// @inheritdoc IStableSwapPool
    function removeLiquidityImbalance(
        uint256[] calldata amounts,
        uint256 maxBurned,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REMOVE_LIQUIDITY) returns (uint256 burned) {
        uint256[] memory fees;
        (burned, fees) = quoteRemoveImbalance(amounts);
        require(burned <= maxBurned, StableSwapPoolTooExpensive(burned, maxBurned));

        _burn(msg.sender, burned);
        for (uint256 k = 0; k < fees.length; ++k) {
            _balances[k] -= amounts[k];
            _takeAdminFee(k, _ownersPart(fees[k]));
        }
        if (totalSupply() > 0) _observe();

        emit LiquidityRemoved(msg.sender, amounts, burned, to);

        for (uint256 k = 0; k < amounts.length; ++k) _push(_coins[k], to, amounts[k]);
    }

    /* VIEWS */

    /// @inheritdoc IMarket
    function quote(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 amountOut) {
        return _preview(tokenIn, tokenOut, amountIn).out;
    }

    /// @inheritdoc IStableSwapPool
    function feeFor(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 rate) {
        return _preview(tokenIn, tokenOut, amountIn).feeRate;
    }

    /// @inheritdoc IStableSwapPool
    function quoteAdd(uint256[] calldata amounts) external view returns (uint256 minted, uint256[] memory fees) {
        _requireLength(amounts.length);
        return _mintable(_pool(), amounts);
    }

    /// @inheritdoc IStableSwapPool
    function quoteRemoveOne(uint256 burned, address coin) public view returns (uint256 amount, uint256 fee_) {
        uint256 supply = totalSupply();
        require(_indexPlusOne[coin] > 0, MarketUnknownPair(coin, coin));
        require(burned > 0 && supply > 0, MarketZeroAmount());
        require(burned <= supply, ERC20InsufficientBalance(msg.sender, supply, burned));
        return StableSwapMath.withdrawOne(_pool(), _indexPlusOne[coin] - 1, burned, supply);
    }

    /// @inheritdoc IStableSwapPool
    function quoteRemoveImbalance(
        uint256[] calldata amounts
    ) public view returns (uint256 burned, uint256[] memory fees) {
        _requireLength(amounts.length);
        uint256 supply = totalSupply();
        require(supply > 0, MarketEmpty());
        StableSwapMath.Pool memory pool = _pool();
        uint256[] memory left = new uint256[](amounts.length);
        uint256 sum;
        for (uint256 k = 0; k < left.length; ++k) {
            require(amounts[k] <= pool.balances[k], StableSwapPoolInsufficientBalance(amounts[k], pool.balances[k]));
            left[k] = pool.balances[k] - amounts[k];
            sum += amounts[k];
        }
        require(sum > 0, MarketZeroAmount());

        uint256 d0;
        uint256 d2;
        (d0, d2, fees) = StableSwapMath.changeLiquidity(pool, left);
        burned = Math.mulDiv(supply, Math.saturatingSub(d0, d2), d0) + 1;
    }

    /* INTERNAL */

    function _trade(address tokenIn, address tokenOut, uint256 amountIn) internal override returns (uint256 amountOut) {
        StableSwapMath.Trade memory trade = _preview(tokenIn, tokenOut, amountIn);
        uint256 j = _indexPlusOne[tokenOut] - 1;
        _balances[_indexPlusOne[tokenIn] - 1] += amountIn;
        _balances[j] -= trade.out;
        _takeAdminFee(j, trade.adminFee);
        _observe();
        return trade.out;
    }

    function _preview(
        address tokenIn,
        address tokenOut,
        uint256 amountIn
    ) private view returns (StableSwapMath.Trade memory trade) {
        _requirePair(tokenIn, tokenOut);
        return StableSwapMath.swap(_pool(), _indexPlusOne[tokenIn] - 1, _indexPlusOne[tokenOut] - 1, amountIn);
    }

    function _mintable(
        StableSwapMath.Pool memory pool,
        uint256[] memory added
    ) private view returns (uint256 minted, uint256[] memory fees) {
        uint256[] memory after_ = new uint256[](added.length);
        for (uint256 k = 0; k < added.length; ++k) after_[k] = pool.balances[k] + added[k];
        uint256 supply = totalSupply();
        if (supply == 0) {
            minted = StableSwapMath.invariant(StableSwapMath.scaled(after_, pool.rates), pool.amp);
            return (minted, new uint256[](after_.length));
        }
        uint256 d0;
        uint256 d2;
        (d0, d2, fees) = StableSwapMath.changeLiquidity(pool, after_);
        minted = Math.mulDiv(supply, Math.saturatingSub(d2, d0), d0);
    }
}
