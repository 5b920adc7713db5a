// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Accumulator } from "../libraries/Accumulator.sol";
import { ConstantProductMath } from "../libraries/ConstantProductMath.sol";
import { IConstantProductPool } from "./IConstantProductPool.sol";
import { IMarket } from "./IMarket.sol";
import { Market } from "./Market.sol";

/// @title ConstantProductPool
/// @notice Pool of two tokens on `x * y = k`, with a fee of 0.3 % and prices accumulated over time.
contract ConstantProductPool is IConstantProductPool, Market, ERC20 {
    using Accumulator for Accumulator.Series;

    /* CONSTANTS */

    uint256 private constant _Q112 = 2 ** 112;
    address private constant _NOBODY = address(0xdead);

    /* IMMUTABLES */

    /// @notice One token.
    address public immutable token0;

    /// @notice The other token.
    address public immutable token1;

    uint256 private immutable _unit0;
    uint256 private immutable _unit1;

    /* STORAGE */

    /// @notice Reserve of token0 [token wei].
    uint256 public reserve0;

    /// @notice Reserve of token1 [token wei].
    uint256 public reserve1;

    Accumulator.Series private _price0;
    Accumulator.Series private _price1;

    /* CONSTRUCTOR */

    /// @notice Fixes the pair.
    /// @param owner_ Who may pause.
    /// @param token0_ One token, with at most 18 decimals.
    /// @param token1_ The other token, with at most 18 decimals.
    constructor(
        address owner_,
        address token0_,
        address token1_
    ) Market(owner_) ERC20("Faultline Constant Product", "FLCP") {
        uint8 decimals0 = IERC20Metadata(token0_).decimals();
        uint8 decimals1 = IERC20Metadata(token1_).decimals();
        bool fits = token0_ != token1_ && decimals0 <= 18 && decimals1 <= 18;
        require(fits, ConstantProductPoolInvalidTokens(token0_, token1_));

        token0 = token0_;
        token1 = token1_;
        _unit0 = 10 ** decimals0;
        _unit1 = 10 ** decimals1;
    }

    /* EXTERNAL */

    /// @inheritdoc IConstantProductPool
    function addLiquidity(
        uint256 max0,
        uint256 max1,
        uint256 minMinted,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_ADD_LIQUIDITY) returns (uint256 minted) {
        uint256 supply = totalSupply();
        (uint256 amount0, uint256 amount1) = supply == 0 ? (max0, max1) : _atRatio(max0, max1);
        amount0 = _pull(token0, amount0);
        amount1 = _pull(token1, amount1);
        minted =
            supply == 0
                ? ConstantProductMath.firstLiquidity(amount0, amount1)
                : Math.min(Math.mulDiv(amount0, supply, reserve0), Math.mulDiv(amount1, supply, reserve1));
        require(minted > 0, MarketZeroAmount());
        require(minted >= minMinted, MarketInsufficientOutput(minted, minMinted));

        _setReserves(reserve0 + amount0, reserve1 + amount1);
        if (supply == 0) _mint(_NOBODY, ConstantProductMath.MINIMUM_LIQUIDITY);
        _mint(to, minted);

        emit LiquidityAdded(msg.sender, amount0, amount1, minted, to);
    }

    /// @inheritdoc IConstantProductPool
    function removeLiquidity(
        uint256 burned,
        uint256 min0,
        uint256 min1,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REMOVE_LIQUIDITY) returns (uint256 amount0, uint256 amount1) {
        require(burned > 0, MarketZeroAmount());
        uint256 supply = totalSupply();
        _burn(msg.sender, burned);
        amount0 = Math.mulDiv(reserve0, burned, supply);
        amount1 = Math.mulDiv(reserve1, burned, supply);
        require(amount0 >= min0, MarketInsufficientOutput(amount0, min0));
        require(amount1 >= min1, MarketInsufficientOutput(amount1, min1));

        _setReserves(reserve0 - amount0, reserve1 - amount1);

        emit LiquidityRemoved(msg.sender, amount0, amount1, burned, to);

        _push(token0, to, amount0);
        _push(token1, to, amount1);
    }

    /// @inheritdoc IConstantProductPool
    function swapExactly(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 amountOut,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_SWAP) {
        _requirePair(tokenIn, tokenOut);
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        require(amountOut < reserveOut, ConstantProductPoolInsufficientReserve(amountOut, reserveOut));
        uint256 received = _pull(tokenIn, amountIn);
        bool isKept = ConstantProductMath.keepsProduct(received, amountOut, reserveIn, reserveOut);
        require(isKept, ConstantProductPoolProductFalls(received, amountOut));

        _move(tokenIn, received, amountOut);
        _finish(tokenIn, tokenOut, [received, amountOut, 0], to);
    }

    /* VIEWS */

    /// @inheritdoc IMarket
    function quote(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 amountOut) {
        _requirePair(tokenIn, tokenOut);
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        return ConstantProductMath.amountOut(amountIn, reserveIn, reserveOut);
    }

    /// @inheritdoc IConstantProductPool
    function quoteIn(address tokenIn, address tokenOut, uint256 amountOut) external view returns (uint256 amountIn) {
        _requirePair(tokenIn, tokenOut);
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        require(amountOut < reserveOut, ConstantProductPoolInsufficientReserve(amountOut, reserveOut));
        return ConstantProductMath.amountIn(amountOut, reserveIn, reserveOut);
    }

    /// @inheritdoc IMarket
    function spotPrice(address base, address quoteToken) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        (uint256 reserveBase, uint256 reserveQuote) = _reserves(base);
        (uint256 unitBase, uint256 unitQuote) = base == token0 ? (_unit0, _unit1) : (_unit1, _unit0);
        return Math.mulDiv(reserveQuote, 1e18 * unitBase, reserveBase * unitQuote);
    }

    /// @inheritdoc IMarket
    function averagePrice(address base, address quoteToken, uint256 window) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        bool isFirst = base == token0;
        uint256 mean = uint256(isFirst ? _price0.mean(window) : _price1.mean(window));
        (uint256 unitBase, uint256 unitQuote) = isFirst ? (_unit0, _unit1) : (_unit1, _unit0);
        return Math.mulDiv(mean, 1e18 * unitBase, _Q112 * unitQuote);
    }

    /// @inheritdoc IConstantProductPool
    function accumulatedPrices() external view returns (uint256 sum0, uint256 sum1) {
        return (uint256(_price0.sumAt(block.timestamp)), uint256(_price1.sumAt(block.timestamp)));
    }

    /* INTERNAL */

    function _trade(address tokenIn, address, uint256 amountIn) internal override returns (uint256 amountOut) {
        (uint256 reserveIn, uint256 reserveOut) = _reserves(tokenIn);
        amountOut = ConstantProductMath.amountOut(amountIn, reserveIn, reserveOut);
        _move(tokenIn, amountIn, amountOut);
    }

    function _requirePair(address tokenIn, address tokenOut) internal view override {
        bool isPair = (tokenIn == token0 && tokenOut == token1) || (tokenIn == token1 && tokenOut == token0);
        require(isPair, MarketUnknownPair(tokenIn, tokenOut));
        require(totalSupply() > 0, MarketEmpty());
    }

    function _move(address tokenIn, uint256 amountIn, uint256 amountOut) private {
        if (tokenIn == token0) _setReserves(reserve0 + amountIn, reserve1 - amountOut);
        else _setReserves(reserve0 - amountOut, reserve1 + amountIn);
    }

    /// @dev The accumulators sum the old price until now before they learn the new one.
    function _setReserves(uint256 reserve0_, uint256 reserve1_) private {
        uint256 most = Math.max(reserve0_, reserve1_);
        require(most < _Q112, ConstantProductPoolReserveTooLarge(most));

        reserve0 = reserve0_;
        reserve1 = reserve1_;
        // A quotient of two 112-bit numbers in _Q112 has at most 224 bits, so the casts keep the sign.
        _price0.set(int256((reserve1_ * _Q112) / reserve0_));
        _price1.set(int256((reserve0_ * _Q112) / reserve1_));
    }

    function _reserves(address tokenIn) private view returns (uint256 reserveIn, uint256 reserveOut) {
        return tokenIn == token0 ? (reserve0, reserve1) : (reserve1, reserve0);
    }

    function _atRatio(uint256 max0, uint256 max1) private view returns (uint256 amount0, uint256 amount1) {
        amount1 = Math.mulDiv(max0, reserve1, reserve0);
        if (amount1 <= max1) return (max0, amount1);
        return (Math.mulDiv(max1, reserve0, reserve1), max1);
    }
}
