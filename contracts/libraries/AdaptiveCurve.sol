// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

/// @title AdaptiveCurve
/// @notice Borrow rate that steers utilization to 90 %: a curve around a rate at target, and that rate's own drift.
/// @dev With `u` the utilization and `err` its distance from the target, from -1 (empty) to 1 (all lent):
/// `rate = ((err < 0 ? 3/4 : 3) * err + 1) * rateAtTarget`, and `rateAtTarget` grows with
/// `exp(50 a year * err * elapsed)`, bounded. Over a span the mean is taken by the trapezoid with a midpoint.
/// @dev Every quotient is truncated towards zero. Rates are per second, fractions in WAD.
/// @custom:source docs/contracts/AdaptiveRateModel.md, section "Concepts"
library AdaptiveCurve {
    /* CONSTANTS */

    /// @notice Utilization that the rate steers to [WAD].
    int256 internal constant TARGET = 0.9e18;

    /// @notice How many times the rate at target is charged when all is lent [WAD].
    int256 internal constant STEEPNESS = 4e18;

    /// @notice Speed of the drift at an error of one [WAD per second].
    int256 internal constant SPEED = 50e18 / int256(365 days);

    /// @notice Rate at target of a new market, 4 % a year [WAD per second].
    int256 internal constant INITIAL_RATE = 0.04e18 / int256(365 days);

    /// @notice Lowest rate at target, 0.1 % a year [WAD per second].
    int256 internal constant MIN_RATE = 0.001e18 / int256(365 days);

    /// @notice Highest rate at target, 200 % a year [WAD per second].
    int256 internal constant MAX_RATE = 2e18 / int256(365 days);

    int256 private constant _WAD = 1e18;
    int256 private constant _LN_2 = 0.693147180559945309e18;
    /// @dev Natural logarithm of 1e-18: below it the exponential is zero.
    int256 private constant _LOWEST = -41.446531673892822312e18;
    /// @dev Above it the exponential no longer fits with a factor of WAD; it stays what it is here.
    int256 private constant _HIGHEST = 93.859467695000404319e18;

    /* INTERNAL */

    /// @notice Returns how far the utilization is from its target.
    /// @param utilization Lent part of the assets [WAD].
    /// @return err Distance, as a part of the way to 0 or to 1 [WAD, signed].
    function errorOf(uint256 utilization) internal pure returns (int256 err) {
        int256 gap = int256(utilization) - TARGET;
        return (gap * _WAD) / (gap > 0 ? _WAD - TARGET : TARGET);
    }

    /// @notice Returns the mean rate of a span and the rate at target at its end.
    /// @param utilization Lent part of the assets during the span [WAD].
    /// @param start Rate at target at its beginning, zero in a new market [WAD per second].
    /// @param elapsed Length of the span [s].
    /// @return mean Mean borrow rate [WAD per second].
    /// @return end Rate at target at the end [WAD per second].
    function over(
        uint256 utilization,
        uint256 start,
        uint256 elapsed
    ) internal pure returns (uint256 mean, uint256 end) {
        int256 err = errorOf(utilization);
        if (start == 0) return (uint256(curve(INITIAL_RATE, err)), uint256(INITIAL_RATE));

        int256 drift = ((SPEED * err) / _WAD) * int256(elapsed);
        if (drift == 0) return (uint256(curve(int256(start), err)), start);

        int256 last = drifted(int256(start), drift);
        int256 middle = drifted(int256(start), drift / 2);
        return (uint256(curve((int256(start) + last + 2 * middle) / 4, err)), uint256(last));
    }

    /// @notice Returns the borrow rate at an error.
    /// @param rateAtTarget Rate at target [WAD per second].
    /// @param err Distance from the target [WAD, signed].
    /// @return Borrow rate [WAD per second].
    function curve(int256 rateAtTarget, int256 err) internal pure returns (int256) {
        int256 slope = err < 0 ? _WAD - (_WAD * _WAD) / STEEPNESS : STEEPNESS - _WAD;
        return (((slope * err) / _WAD + _WAD) * rateAtTarget) / _WAD;
    }

    /// @notice Returns the rate at target after a drift, within its bounds.
    /// @param start Rate at target before [WAD per second].
    /// @param drift Exponent [WAD, signed].
    /// @return Rate at target after [WAD per second].
    function drifted(int256 start, int256 drift) internal pure returns (int256) {
        return SignedMath.min(SignedMath.max((start * exponential(drift)) / _WAD, MIN_RATE), MAX_RATE);
    }

    /// @notice Returns about `e^x`: the second-order series around the nearest multiple of ln 2.
    /// @dev `x = q ln 2 + r` with `|r| <= ln 2 / 2`; `e^r ~ 1 + r + r^2 / 2`; a shift by `q` does the rest.
    /// @param x Exponent [WAD, signed].
    /// @return Exponential [WAD].
    function exponential(int256 x) internal pure returns (int256) {
        if (x < _LOWEST) return 0;
        if (x > _HIGHEST) x = _HIGHEST;
        int256 q = (x + (x < 0 ? -(_LN_2 / 2) : _LN_2 / 2)) / _LN_2;
        int256 r = x - q * _LN_2;
        int256 series = _WAD + r + (r * r) / _WAD / 2;
        return q < 0 ? series >> uint256(-q) : series << uint256(q);
    }
}
