// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RayMath } from "./RayMath.sol";

/// @title InterestMath
/// @notice Interest of a pooled market: how a debt and a supply grow, and which rate a utilisation asks for.
/// @dev A debt compounds by the first three terms of the exponential series, which stay below it; a supply grows
/// linearly between two touches. With `x = floor(rate * elapsed / YEAR)`:
///
/// 1. compounded: `RAY + x + x * (floor(x / 2) + x * floor(x / 6))`, each product half up;
/// 2. linear: `RAY + x`.
/// @custom:source docs/contracts/LendingPool.md, section "Interest"
library InterestMath {
    using RayMath for uint256;

    /* TYPES */

    /// @notice A rate curve of two slopes.
    /// @param optimalBps Utilisation at the kink [bps].
    /// @param baseBps Rate at no utilisation [bps a year].
    /// @param slope1Bps Rate added from none to the kink [bps a year].
    /// @param slope2Bps Rate added from the kink to full utilisation [bps a year].
    struct Curve {
        uint256 optimalBps;
        uint256 baseBps;
        uint256 slope1Bps;
        uint256 slope2Bps;
    }

    /* CONSTANTS */

    /// @notice Length of a year [s].
    uint256 internal constant YEAR = 31_536_000;

    /// @notice One basis point, in rays.
    uint256 internal constant RAY_PER_BPS = 1e23;

    /* INTERNAL */

    /// @notice Returns by what a debt grows.
    /// @param rate Rate [RAY a year].
    /// @param elapsed Time [s].
    /// @return Factor [RAY].
    function compounded(uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        uint256 x = (rate * elapsed) / YEAR;
        return RayMath.RAY + x + x.rayMulNear(x / 2 + x.rayMulNear(x / 6));
    }

    /// @notice Returns by what a supply grows.
    /// @param rate Rate [RAY a year].
    /// @param elapsed Time [s].
    /// @return Factor [RAY].
    function linear(uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        return RayMath.RAY + (rate * elapsed) / YEAR;
    }

    /// @notice Returns what borrowers pay.
    /// @param curve Rate curve; its kink lies strictly between none and full.
    /// @param utilisation Debt over debt and cash [RAY].
    /// @return Rate [RAY a year].
    function borrowRate(Curve memory curve, uint256 utilisation) internal pure returns (uint256) {
        uint256 optimal = curve.optimalBps * RAY_PER_BPS;
        uint256 base = curve.baseBps * RAY_PER_BPS;
        uint256 slope1 = curve.slope1Bps * RAY_PER_BPS;
        if (utilisation <= optimal) return base + slope1.rayMulNear(utilisation).rayDivNear(optimal);

        uint256 excess = (utilisation - optimal).rayDivNear(RayMath.RAY - optimal);
        return base + slope1 + (curve.slope2Bps * RAY_PER_BPS).rayMulNear(excess);
    }

    /// @notice Returns what suppliers earn.
    /// @param rate What borrowers pay [RAY a year].
    /// @param utilisation Debt over debt, cash and deficit [RAY].
    /// @param reserveFactorBps Part that the treasury keeps, at most all [bps].
    /// @return Rate [RAY a year].
    function supplyRate(uint256 rate, uint256 utilisation, uint256 reserveFactorBps) internal pure returns (uint256) {
        return rate.rayMulNear(utilisation).bpsMulNear(RayMath.BPS - reserveFactorBps);
    }
}
