// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IRateSource } from "../libraries/IRateSource.sol";
import { MovingAverage } from "../libraries/MovingAverage.sol";
import { StableSwapMath } from "../libraries/StableSwapMath.sol";
import { Amplification } from "./Amplification.sol";
import { IMarket } from "./IMarket.sol";
import { IStableSwapPool } from "./IStableSwapPool.sol";
import { Market } from "./Market.sol";

/// @title StableSwapPool
/// @notice Pool of two to eight coins that should be worth the same once scaled by their exchange rates.
contract StableSwapPool is IStableSwapPool, Market, Amplification, ERC20 {
    using MovingAverage for MovingAverage.Ema;

    /* IMMUTABLES */

    /// @notice Time constant of the average price [s].
    uint256 public immutable window;

    /* STORAGE */

    /// @notice Fee of a swap at balance [1e10 = 100 %].
    uint256 public fee;

    /// @notice Growth of the fee far from balance [1e10 = 1].
    uint256 public offpegMultiplier;

    address[] private _coins;
    address[] private _rateSources;
    uint256[] private _multipliers;
    uint256[] private _balances;
    uint256[] private _adminFees;
    MovingAverage.Ema[] private _averages;
    mapping(address coin => uint256 indexPlusOne) private _indexPlusOne;

    /* CONSTRUCTOR */

    /// @notice Fixes what the pool is made of.
    /// @param owner_ Who may pause, ramp, set the fee and collect its half.
    /// @param terms What the pool is made of.
    constructor(
        address owner_,
        Terms memory terms
    ) Market(owner_) Amplification(terms.amp) ERC20("Faultline StableSwap", "FLSS") {
        uint256 n = terms.coins.length;
        bool fits = n >= 2 && n <= 8 && terms.rateSources.length == n && terms.window > 0;
        require(fits, StableSwapPoolInvalidTerms(n, terms.rateSources.length));
        for (uint256 k = 0; k < n; ++k) {
            uint8 decimals_ = IERC20Metadata(terms.coins[k]).decimals();
            fits = decimals_ <= 36 && _indexPlusOne[terms.coins[k]] == 0;
            require(fits, StableSwapPoolInvalidTerms(n, terms.rateSources.length));
            _indexPlusOne[terms.coins[k]] = k + 1;
            _multipliers.push(10 ** (36 - decimals_));
            _averages.push();
        }

        window = terms.window;
        _coins = terms.coins;
        _rateSources = terms.rateSources;
        _balances = new uint256[](n);
        _adminFees = new uint256[](n);
        _setFee(terms.fee, terms.offpegMultiplier);
    }

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

    /// @inheritdoc IStableSwapPool
    function setFee(uint256 fee_, uint256 offpegMultiplier_) external onlyOwner {
        _setFee(fee_, offpegMultiplier_);
    }

    /// @inheritdoc IStableSwapPool
    function withdrawAdminFees(address to) external nonReentrant onlyOwner {
        uint256[] memory amounts = _adminFees;
        _adminFees = new uint256[](amounts.length);

        emit AdminFeesPaid(to, amounts);

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

    /// @inheritdoc IMarket
    function spotPrice(address base, address quoteToken) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        uint256[] memory xp = _scaledBalances();
        uint256 amp_ = amp();
        uint256 i = _indexPlusOne[base] - 1;
        uint256 j = _indexPlusOne[quoteToken] - 1;
        return _withRates(i, j, StableSwapMath.spotPrice(xp, amp_, i), StableSwapMath.spotPrice(xp, amp_, j));
    }

    /// @inheritdoc IMarket
    function averagePrice(address base, address quoteToken, uint256 window_) external view returns (uint256 price) {
        _requirePair(base, quoteToken);
        require(window_ == window, StableSwapPoolUnknownWindow(window_, window));
        uint256 i = _indexPlusOne[base] - 1;
        uint256 j = _indexPlusOne[quoteToken] - 1;
        return _withRates(i, j, averageOf(i), averageOf(j));
    }

    /// @inheritdoc IStableSwapPool
    function quoteAdd(uint256[] calldata amounts) external view returns (uint256 minted, uint256[] memory fees) {
        _requireLength(amounts.length);
        return _mintable(_pool(), amounts);
    }

    /// @inheritdoc IStableSwapPool
    function virtualPrice() external view returns (uint256) {
        uint256 supply = totalSupply();
        return supply == 0 ? 0 : (invariant() * StableSwapMath.WAD) / supply;
    }

    /// @inheritdoc IStableSwapPool
    function coins() external view returns (address[] memory) {
        return _coins;
    }

    /// @inheritdoc IStableSwapPool
    function adminFees() external view returns (uint256[] memory) {
        return _adminFees;
    }

    /// @inheritdoc IStableSwapPool
    function averageOf(uint256 coin) public view returns (uint256 price) {
        return coin == 0 ? StableSwapMath.WAD : _averages[coin].current(window);
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

    /// @inheritdoc IStableSwapPool
    function invariant() public view returns (uint256) {
        return StableSwapMath.invariant(_scaledBalances(), amp());
    }

    /// @inheritdoc IStableSwapPool
    function state() public view returns (uint256[] memory balances, uint256[] memory rates) {
        balances = _balances;
        rates = new uint256[](balances.length);
        for (uint256 k = 0; k < rates.length; ++k) {
            rates[k] = (_multipliers[k] * _rateOf(k)) / StableSwapMath.WAD;
        }
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

    function _requirePair(address tokenIn, address tokenOut) internal view override {
        bool isPair = tokenIn != tokenOut && _indexPlusOne[tokenIn] > 0 && _indexPlusOne[tokenOut] > 0;
        require(isPair, MarketUnknownPair(tokenIn, tokenOut));
        require(totalSupply() > 0, MarketEmpty());
    }

    function _setFee(uint256 fee_, uint256 offpegMultiplier_) private {
        uint256 most = StableSwapMath.FEE_DENOMINATOR / 2;
        bool isLow = fee_ <= most && offpegMultiplier_ <= StableSwapMath.FEE_DENOMINATOR * most;
        isLow = isLow && fee_ * offpegMultiplier_ <= most * StableSwapMath.FEE_DENOMINATOR;
        require(isLow, StableSwapPoolFeeTooHigh(fee_, offpegMultiplier_));

        fee = fee_;
        offpegMultiplier = offpegMultiplier_;

        emit FeeSet(fee_, offpegMultiplier_);
    }

    function _takeAdminFee(uint256 k, uint256 amount) private {
        _balances[k] -= amount;
        _adminFees[k] += amount;
    }

    function _observe() private {
        uint256[] memory xp = _scaledBalances();
        uint256 amp_ = amp();
        for (uint256 k = 1; k < xp.length; ++k) _averages[k].observe(StableSwapMath.spotPrice(xp, amp_, k), window);
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

    function _pool() private view returns (StableSwapMath.Pool memory pool) {
        (pool.balances, pool.rates) = state();
        pool.amp = amp();
        pool.fee = fee;
        pool.offpegMultiplier = offpegMultiplier;
    }

    function _scaledBalances() private view returns (uint256[] memory xp) {
        (uint256[] memory balances, uint256[] memory rates) = state();
        return StableSwapMath.scaled(balances, rates);
    }

    function _rateOf(uint256 k) private view returns (uint256) {
        return _rateSources[k] == address(0) ? StableSwapMath.WAD : IRateSource(_rateSources[k]).rate();
    }

    /// @dev Price of coin `i` in coin `j` from the scaled prices of both in the first coin.
    function _withRates(uint256 i, uint256 j, uint256 pi, uint256 pj) private view returns (uint256) {
        uint256 price = j == 0 ? pi : Math.mulDiv(pi, StableSwapMath.WAD, pj);
        return Math.mulDiv(price, _rateOf(i), _rateOf(j));
    }

    function _requireLength(uint256 length) private view {
        require(length == _coins.length, StableSwapPoolWrongLength(length, _coins.length));
    }

    function _ownersPart(uint256 fee_) private pure returns (uint256) {
        return (fee_ * StableSwapMath.ADMIN_FEE) / StableSwapMath.FEE_DENOMINATOR;
    }
}
