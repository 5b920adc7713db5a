// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RayMath
/// @notice Products and quotients in RAY (1e27 = 1), WAD and basis points (1e4 = 1), with the rounding in every name.
/// @dev `Near` rounds half up, `Down` and `Up` as they say. All products are computed in 512 bits, so no intermediate
/// value overflows; a result above 2^256-1 reverts.
/// @custom:source docs/contracts/LendingPool.md, section "Interest"
library RayMath {
    /* CONSTANTS */

    /// @notice One, in rays.
    uint256 internal constant RAY = 1e27;

    /// @notice One, in basis points.
    uint256 internal constant BPS = 1e4;

    /// @notice One, in WAD.
    uint256 internal constant WAD = 1e18;

    /* INTERNAL */

    /// @notice Returns `x * y / RAY`, rounded half up.
    /// @param x Amount in any unit.
    /// @param y Factor [RAY].
    /// @return Product in the unit of `x`.
    function rayMulNear(uint256 x, uint256 y) internal pure returns (uint256) {
        return mulDivNear(x, y, RAY);
    }

    /// @notice Returns `x * y / RAY`, rounded down.
    /// @param x Amount in any unit.
    /// @param y Factor [RAY].
    /// @return Product in the unit of `x`.
    function rayMulDown(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, RAY);
    }

    /// @notice Returns `x * y / RAY`, rounded up.
    /// @param x Amount in any unit.
    /// @param y Factor [RAY].
    /// @return Product in the unit of `x`.
    function rayMulUp(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, RAY, Math.Rounding.Ceil);
    }

    /// @notice Returns `x * RAY / y`, rounded half up.
    /// @param x Amount in any unit.
    /// @param y Divisor, not zero; [RAY] for a quotient in the unit of `x`.
    /// @return Quotient.
    function rayDivNear(uint256 x, uint256 y) internal pure returns (uint256) {
        return mulDivNear(x, RAY, y);
    }

    /// @notice Returns `x * RAY / y`, rounded down.
    /// @param x Amount in any unit.
    /// @param y Divisor, not zero [RAY].
    /// @return Quotient in the unit of `x`.
    function rayDivDown(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, RAY, y);
    }

    /// @notice Returns `x * RAY / y`, rounded up.
    /// @param x Amount in any unit.
    /// @param y Divisor, not zero [RAY].
    /// @return Quotient in the unit of `x`.
    function rayDivUp(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, RAY, y, Math.Rounding.Ceil);
    }

    /// @notice Returns `x * bps / 10000`, rounded half up.
    /// @param x Amount in any unit.
    /// @param bps Fraction [bps].
    /// @return Product in the unit of `x`.
    function bpsMulNear(uint256 x, uint256 bps) internal pure returns (uint256) {
        return mulDivNear(x, bps, BPS);
    }

    /// @notice Returns `x * bps / 10000`, rounded down.
    /// @param x Amount in any unit.
    /// @param bps Fraction [bps].
    /// @return Product in the unit of `x`.
    function bpsMulDown(uint256 x, uint256 bps) internal pure returns (uint256) {
        return Math.mulDiv(x, bps, BPS);
    }

    /// @notice Returns `x * bps / 10000`, rounded up.
    /// @param x Amount in any unit.
    /// @param bps Fraction [bps].
    /// @return Product in the unit of `x`.
    function bpsMulUp(uint256 x, uint256 bps) internal pure returns (uint256) {
        return Math.mulDiv(x, bps, BPS, Math.Rounding.Ceil);
    }

    /// @notice Returns `x * WAD / y`, rounded half up.
    /// @param x Amount in any unit.
    /// @param y Divisor, not zero, in the same unit.
    /// @return Quotient [WAD].
    function wadDivNear(uint256 x, uint256 y) internal pure returns (uint256) {
        return mulDivNear(x, WAD, y);
    }

    /// @notice Returns `x * y / d`, rounded half up: `floor((x * y + floor(d / 2)) / d)`.
    /// @param x First factor.
    /// @param y Second factor.
    /// @param d Divisor, not zero.
    /// @return quotient Quotient.
    function mulDivNear(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 quotient) {
        quotient = Math.mulDiv(x, y, d);
        if (mulmod(x, y, d) >= d - d / 2) ++quotient;
    }
}
