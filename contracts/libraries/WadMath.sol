// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title WadMath
/// @notice Fractions scaled by WAD (1e18 = 100 %), with the rounding direction in every name.
/// @dev All products are computed in 512 bits, so no intermediate value overflows; a result above 2^256-1 reverts.
/// @custom:source docs/contracts/WadMath.md
library WadMath {
    /// @notice One hundred percent.
    uint256 internal constant WAD = 1e18;

    /// @notice Returns `x * y / d`, rounded down.
    /// @param x First factor.
    /// @param y Second factor.
    /// @param d Divisor, not zero.
    /// @return Quotient, rounded down.
    function mulDivDown(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return Math.mulDiv(x, y, d);
    }

    /// @notice Returns `x * y / d`, rounded up.
    /// @param x First factor.
    /// @param y Second factor.
    /// @param d Divisor, not zero.
    /// @return Quotient, rounded up.
    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256) {
        return Math.mulDiv(x, y, d, Math.Rounding.Ceil);
    }

    /// @notice Returns `x * y / WAD`, rounded down.
    /// @param x Amount in any unit.
    /// @param y Fraction [WAD].
    /// @return Product in the unit of `x`, rounded down.
    function wMulDown(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, WAD);
    }

    /// @notice Returns `x * y / WAD`, rounded up.
    /// @param x Amount in any unit.
    /// @param y Fraction [WAD].
    /// @return Product in the unit of `x`, rounded up.
    function wMulUp(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, WAD, Math.Rounding.Ceil);
    }

    /// @notice Returns `x * WAD / y`, rounded down.
    /// @param x Amount in any unit.
    /// @param y Divisor [WAD], not zero.
    /// @return Quotient in the unit of `x`, rounded down.
    function wDivDown(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, WAD, y);
    }
}
