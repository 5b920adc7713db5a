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

/// @title StableSwapBooks
/// @notice What a StableSwap pool holds and what that is worth: balances, rates, fees and average prices.
abstract contract StableSwapBooks is IStableSwapPool, Market, Amplification, ERC20 {
    using MovingAverage for MovingAverage.Ema;

    /* IMMUTABLES */

    /// @notice Time constant of the average price [s].
    uint256 public immutable window;

    /* STORAGE */

    /// @notice Fee of a swap at balance [1e10 = 100 %].
    uint256 public fee;

    /// @notice Growth of the fee far from balance [1e10 = 1].
    uint256 public offpegMultiplier;

    address[] internal _coins;
    address[] private _rateSources;
    uint256[] private _multipliers;
    uint256[] internal _balances;
    uint256[] private _adminFees;
    MovingAverage.Ema[] private _averages;
    mapping(address coin => uint256 indexPlusOne) internal _indexPlusOne;

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

    function _takeAdminFee(uint256 k, uint256 amount) internal {
        _balances[k] -= amount;
        _adminFees[k] += amount;
    }

    function _observe() internal {
        uint256[] memory xp = _scaledBalances();
        uint256 amp_ = amp();
        for (uint256 k = 1; k < xp.length; ++k) _averages[k].observe(StableSwapMath.spotPrice(xp, amp_, k), window);
    }

    function _requirePair(address tokenIn, address tokenOut) internal view override {
        bool isPair = tokenIn != tokenOut && _indexPlusOne[tokenIn] > 0 && _indexPlusOne[tokenOut] > 0;
        require(isPair, MarketUnknownPair(tokenIn, tokenOut));
        require(totalSupply() > 0, MarketEmpty());
    }

    function _pool() internal view returns (StableSwapMath.Pool memory pool) {
        (pool.balances, pool.rates) = state();
        pool.amp = amp();
        pool.fee = fee;
        pool.offpegMultiplier = offpegMultiplier;
    }

    function _requireLength(uint256 length) internal view {
        require(length == _coins.length, StableSwapPoolWrongLength(length, _coins.length));
    }

    function _ownersPart(uint256 fee_) internal pure returns (uint256) {
        return (fee_ * StableSwapMath.ADMIN_FEE) / StableSwapMath.FEE_DENOMINATOR;
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
}
