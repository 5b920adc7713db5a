// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Accumulator } from "../libraries/Accumulator.sol";
import { BandMath } from "../libraries/BandMath.sol";
import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { MovingAverage } from "../libraries/MovingAverage.sol";
import { StableSwapMath } from "../libraries/StableSwapMath.sol";

/// @title MarketMath__Harness
/// @notice Opens the pools' libraries to tests.
contract MarketMath__Harness {
    using Accumulator for Accumulator.Series;
    using MovingAverage for MovingAverage.Ema;

    Accumulator.Series private _series;
    MovingAverage.Ema private _ema;

    /// @notice See {Accumulator-set}.
    function set(int256 value) external {
        _series.set(value);
    }

    /// @notice See {MovingAverage-observe}.
    function observe(uint256 value, uint256 window) external {
        _ema.observe(value, window);
    }

    /// @notice See {Accumulator-sumAt}.
    function sumAt(uint256 timepoint) external view returns (int256) {
        return _series.sumAt(timepoint);
    }

    /// @notice See {Accumulator-mean}.
    function mean(uint256 window) external view returns (int256) {
        return _series.mean(window);
    }

    /// @notice See {MovingAverage-current}.
    function average(uint256 window) external view returns (uint256) {
        return _ema.current(window);
    }

    /// @notice See {FeedReader-read}.
    function read(IAggregatorV3 feed, uint256 maxAge) external view returns (uint256) {
        return FeedReader.read(feed, maxAge);
    }

    /// @notice See {MovingAverage-decay}.
    function decay(uint256 elapsed, uint256 window) external pure returns (uint256) {
        return MovingAverage.decay(elapsed, window);
    }

    /// @notice See {StableSwapMath-invariant}.
    function invariant(uint256[] memory xp, uint256 amp) external pure returns (uint256) {
        return StableSwapMath.invariant(xp, amp);
    }

    /// @notice See {StableSwapMath-balanceFor}.
    function balanceFor(uint256 j, uint256[] memory xp, uint256 amp, uint256 d) external pure returns (uint256) {
        return StableSwapMath.balanceFor(j, xp, amp, d);
    }

    /// @notice See {StableSwapMath-spotPrice}.
    function spotPrice(uint256[] memory xp, uint256 amp, uint256 k) external pure returns (uint256) {
        return StableSwapMath.spotPrice(xp, amp, k);
    }

    /// @notice See {StableSwapMath-dynamicFee}.
    function dynamicFee(uint256 xi, uint256 xj, uint256 fee, uint256 m) external pure returns (uint256) {
        return StableSwapMath.dynamicFee(xi, xj, fee, m);
    }

    /// @notice See {StableSwapMath-rampedAmp}.
    function rampedAmp(uint256 from, uint256 to, uint256 elapsed, uint256 duration) external pure returns (uint256) {
        return StableSwapMath.rampedAmp(from, to, elapsed, duration);
    }

    /// @notice See {StableSwapMath-swap}.
    function swap(
        StableSwapMath.Pool memory pool,
        uint256 i,
        uint256 j,
        uint256 dx
    ) external pure returns (StableSwapMath.Trade memory) {
        return StableSwapMath.swap(pool, i, j, dx);
    }

    /// @notice See {StableSwapMath-withdrawOne}.
    function withdrawOne(
        StableSwapMath.Pool memory pool,
        uint256 i,
        uint256 burned,
        uint256 supply
    ) external pure returns (uint256 out, uint256 fee) {
        return StableSwapMath.withdrawOne(pool, i, burned, supply);
    }

    /// @notice See {BandMath-step}.
    function step(
        uint256 sqrtPrice,
        uint256 target,
        uint256 liquidity,
        uint256 remaining,
        uint256 feePips
    ) external pure returns (BandMath.Step memory) {
        return BandMath.step(sqrtPrice, target, liquidity, remaining, feePips);
    }

    /// @notice See {BandMath-priceAfter}.
    function priceAfter(
        uint256 sqrtPrice,
        uint256 liquidity,
        uint256 amount,
        bool isDown
    ) external pure returns (uint256) {
        return BandMath.priceAfter(sqrtPrice, liquidity, amount, isDown);
    }
}
