// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Accumulator } from "../libraries/Accumulator.sol";
import { BandMath } from "../libraries/BandMath.sol";
import { IBandedPool } from "./IBandedPool.sol";
import { IMarket } from "./IMarket.sol";
import { Market } from "./Market.sol";

/// @title BandedPool
/// @notice Pool of two tokens whose liquidity stands in three to five price bands: beyond the last one there is none.
contract BandedPool is IBandedPool, Market {
    using Accumulator for Accumulator.Series;

    /* TYPES */

    /// @dev A swap under way: what is left to sell, what was bought, where the price is.
    struct Run {
        uint256 remaining;
        uint256 bought;
        uint256 sqrtPrice;
        uint256[] fees;
    }

    /* CONSTANTS */

    uint256 private constant _Q128 = 2 ** 128;

    /* IMMUTABLES */

    /// @notice Token that is priced.
    address public immutable token0;

    /// @notice Token it is priced in.
    address public immutable token1;

    /// @notice Fee of a swap [1e6 = 100 %].
    uint256 public immutable feePips;

    uint256 private immutable _unit0;
    uint256 private immutable _unit1;

    /* STORAGE */

    /// @notice Square root of the price: token1 wei for one token0 wei [Q96].
    uint256 public sqrtPriceX96;

    uint256[] private _edges;
    Band[] private _bands;
    mapping(address provider => mapping(uint256 band => Position position)) private _positions;
    Accumulator.Series private _price0;
    Accumulator.Series private _price1;

    /* CONSTRUCTOR */

    /// @notice Fixes the bands and the first price.
    /// @param owner_ Who may pause.
    /// @param tokens Token0 and token1, with at most 18 decimals.
    /// @param feePips_ Fee [1e6 = 100 %], below 1e6.
    /// @param edges_ Edges of the bands, four to six, rising, in [2^32, 2^160) [Q96].
    /// @param sqrtPrice First price, within the edges [Q96].
    constructor(
        address owner_,
        address[2] memory tokens,
        uint256 feePips_,
        uint256[] memory edges_,
        uint256 sqrtPrice
    ) Market(owner_) {
        require(edges_.length >= 4 && edges_.length <= 6, BandedPoolInvalidTerms());
        uint256 last = edges_.length - 1;
        bool fits = tokens[0] != tokens[1] && feePips_ < BandMath.PIPS;
        fits = fits && edges_[0] >= 2 ** 32 && edges_[last] < 2 ** 160;
        fits = fits && edges_[0] <= sqrtPrice && sqrtPrice <= edges_[last];
        for (uint256 k = 0; k < last; ++k) {
            fits = fits && edges_[k] < edges_[k + 1];
            _bands.push();
        }
        uint8 decimals0 = IERC20Metadata(tokens[0]).decimals();
        uint8 decimals1 = IERC20Metadata(tokens[1]).decimals();
        require(fits && decimals0 <= 18 && decimals1 <= 18, BandedPoolInvalidTerms());

        (token0, token1) = (tokens[0], tokens[1]);
        (_unit0, _unit1) = (10 ** decimals0, 10 ** decimals1);
        feePips = feePips_;
        _edges = edges_;
        _setPrice(sqrtPrice);
    }

    /* EXTERNAL */

    /// @inheritdoc IBandedPool
    function addLiquidity(
        uint256 band,
        uint256 liquidity,
        uint256 max0,
        uint256 max1
    ) external nonReentrant whenNotPaused(PAUSED_ADD_LIQUIDITY) returns (uint256 amount0, uint256 amount1) {
        require(liquidity > 0, MarketZeroAmount());
        Position storage position = _settle(band);
        uint256 total = Math.saturatingAdd(_bands[band].liquidity, liquidity);
        require(total < _Q128, BandedPoolTooMuchLiquidity(total));
        (uint256 low, uint256 price, uint256 high) = _span(band);
        amount0 = BandMath.amount0Up(price, high, liquidity);
        amount1 = BandMath.amount1Up(low, price, liquidity);
        require(amount0 <= max0, BandedPoolTooExpensive(amount0, max0));
        require(amount1 <= max1, BandedPoolTooExpensive(amount1, max1));

        _bands[band].liquidity = total;
        position.liquidity += liquidity;

        emit LiquidityAdded(msg.sender, band, liquidity, amount0, amount1);

        _pullExactly(token0, amount0);
        _pullExactly(token1, amount1);
    }

    /// @inheritdoc IBandedPool
    function removeLiquidity(
        uint256 band,
        uint256 liquidity,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REMOVE_LIQUIDITY) returns (uint256 amount0, uint256 amount1) {
        Position storage position = _settle(band);
        uint256 available = position.liquidity;
        require(liquidity <= available, BandedPoolInsufficientLiquidity(msg.sender, liquidity, available));
        (uint256 low, uint256 price, uint256 high) = _span(band);
        amount0 = BandMath.amount0Down(price, high, liquidity) + position.owed0;
        amount1 = BandMath.amount1Down(low, price, liquidity) + position.owed1;

        _bands[band].liquidity -= liquidity;
        position.liquidity = available - liquidity;
        position.owed0 = 0;
        position.owed1 = 0;

        emit LiquidityRemoved(msg.sender, band, liquidity, amount0, amount1);

        _push(token0, to, amount0);
        _push(token1, to, amount1);
    }

    /* VIEWS */

    /// @inheritdoc IMarket
    function quote(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 amountOut) {
        _requirePair(tokenIn, tokenOut);
        Run memory run = _walk(tokenIn == token0, amountIn);
        require(run.remaining == 0, BandedPoolExhausted(run.remaining));
        return run.bought;
    }

    /// @inheritdoc IBandedPool
    function depth(
        address tokenIn,
        address tokenOut,
        uint256 amountIn
    ) external view returns (uint256 sold, uint256 bought) {
        _requirePair(tokenIn, tokenOut);
        Run memory run = _walk(tokenIn == token0, amountIn);
        return (amountIn - run.remaining, run.bought);
    }

    /// @inheritdoc IMarket
    function spotPrice(address base, address quoteToken) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        return base == token0 ? _priceOf0(sqrtPriceX96) : _priceOf1(sqrtPriceX96);
    }

    /// @inheritdoc IMarket
    function averagePrice(address base, address quoteToken, uint256 window) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        return uint256(base == token0 ? _price0.mean(window) : _price1.mean(window));
    }

    /// @inheritdoc IBandedPool
    function bandAt(uint256 band) external view returns (Band memory) {
        _requireBand(band);
        return _bands[band];
    }

    /// @inheritdoc IBandedPool
    function edges() external view returns (uint256[] memory) {
        return _edges;
    }

    /// @inheritdoc IBandedPool
    function positionOf(address provider, uint256 band) external view returns (Position memory) {
        return _positions[provider][band];
    }

    /* INTERNAL */

    function _trade(address tokenIn, address, uint256 amountIn) internal override returns (uint256 amountOut) {
        bool isDown = tokenIn == token0;
        Run memory run = _walk(isDown, amountIn);
        require(run.remaining == 0, BandedPoolExhausted(run.remaining));

        for (uint256 k = 0; k < run.fees.length; ++k) {
            if (run.fees[k] == 0) continue;
            uint256 growth = Math.mulDiv(run.fees[k], _Q128, _bands[k].liquidity);
            if (isDown) _bands[k].growth0 += growth;
            else _bands[k].growth1 += growth;
        }
        _setPrice(run.sqrtPrice);
        return run.bought;
    }

    function _requirePair(address tokenIn, address tokenOut) internal view override {
        bool isPair = (tokenIn == token0 && tokenOut == token1) || (tokenIn == token1 && tokenOut == token0);
        require(isPair, MarketUnknownPair(tokenIn, tokenOut));
    }

    function _setPrice(uint256 sqrtPrice) private {
        sqrtPriceX96 = sqrtPrice;
        _price0.set(int256(_priceOf0(sqrtPrice)));
        _price1.set(int256(_priceOf1(sqrtPrice)));
    }

    function _pullExactly(address token, uint256 amount) private {
        uint256 received = _pull(token, amount);
        require(received >= amount, BandedPoolShortPayment(received, amount));
    }

    /// @dev Moves the caller's fees of a band from the band's growth to what is owed.
    function _settle(uint256 band) private returns (Position storage position) {
        _requireBand(band);
        position = _positions[msg.sender][band];
        Band storage band_ = _bands[band];
        position.owed0 += Math.mulDiv(position.liquidity, band_.growth0 - position.growth0, _Q128);
        position.owed1 += Math.mulDiv(position.liquidity, band_.growth1 - position.growth1, _Q128);
        position.growth0 = band_.growth0;
        position.growth1 = band_.growth1;
    }

    /// @dev Walks the bands from the present price, down when token0 is sold, until nothing is left to sell.
    function _walk(bool isDown, uint256 amountIn) private view returns (Run memory run) {
        uint256 count = _bands.length;
        run = Run(amountIn, 0, sqrtPriceX96, new uint256[](count));
        for (uint256 n = 0; n < count && run.remaining > 0; ++n) {
            uint256 k = isDown ? count - 1 - n : n;
            uint256 target = _edges[isDown ? k : k + 1];
            if (isDown ? target >= run.sqrtPrice : target <= run.sqrtPrice) continue;

            BandMath.Step memory done = BandMath.step(
                run.sqrtPrice,
                target,
                _bands[k].liquidity,
                run.remaining,
                feePips
            );
            run.fees[k] = done.fee;
            run.remaining -= done.amountIn + done.fee;
            run.bought += done.amountOut;
            run.sqrtPrice = done.sqrtPrice;
        }
    }

    /// @dev Edges of a band, and the present price cut to them.
    function _span(uint256 band) private view returns (uint256 low, uint256 price, uint256 high) {
        low = _edges[band];
        high = _edges[band + 1];
        price = Math.min(Math.max(sqrtPriceX96, low), high);
    }

    function _priceOf0(uint256 sqrtPrice) private view returns (uint256) {
        uint256 priceX96 = Math.mulDiv(sqrtPrice, sqrtPrice, BandMath.Q96);
        return Math.mulDiv(priceX96, 1e18 * _unit0, BandMath.Q96 * _unit1);
    }

    function _priceOf1(uint256 sqrtPrice) private view returns (uint256) {
        uint256 inverseX96 = Math.mulDiv(BandMath.Q96, BandMath.Q96, sqrtPrice);
        return Math.mulDiv(Math.mulDiv(inverseX96, BandMath.Q96, sqrtPrice), 1e18 * _unit1, BandMath.Q96 * _unit0);
    }

    function _requireBand(uint256 band) private view {
        require(band < _bands.length, BandedPoolUnknownBand(band, _bands.length));
    }
}
