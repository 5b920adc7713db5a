// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title ConstantProductMath
/// @notice The curve `x * y = k` with a fee of 0.3 % of the amount in.
/// @dev Reserves are below 2^112, so no product of two of them and a million overflows.
/// @custom:source docs/contracts/ConstantProductPool.md, section "Concepts"
library ConstantProductMath {
    /* CONSTANTS */

    /// @notice Scale of the fee.
    uint256 internal constant FEE_SCALE = 1000;

    /// @notice What the fee leaves of an amount in [1000 = 100 %].
    uint256 internal constant AFTER_FEE = 997;

    /// @notice Liquidity that the first deposit leaves in the pool for good [LP wei].
    uint256 internal constant MINIMUM_LIQUIDITY = 1000;

    /* INTERNAL */

    /// @notice Returns `floor(in * 997 * Rout / (Rin * 1000 + in * 997))`.
    /// @param sold Amount sold [token wei].
    /// @param reserveIn Reserve of the token sold, not zero [token wei].
    /// @param reserveOut Reserve of the token bought [token wei].
    /// @return Amount bought, rounded down [token wei].
    function amountOut(uint256 sold, uint256 reserveIn, uint256 reserveOut) internal pure returns (uint256) {
        uint256 kept = sold * AFTER_FEE;
        return Math.mulDiv(kept, reserveOut, reserveIn * FEE_SCALE + kept);
    }

    /// @notice Returns `floor(Rin * out * 1000 / ((Rout - out) * 997)) + 1`.
    /// @param bought Amount bought, below the reserve [token wei].
    /// @param reserveIn Reserve of the token sold [token wei].
    /// @param reserveOut Reserve of the token bought [token wei].
    /// @return Amount sold, rounded up by adding one [token wei].
    function amountIn(uint256 bought, uint256 reserveIn, uint256 reserveOut) internal pure returns (uint256) {
        return Math.mulDiv(reserveIn, bought * FEE_SCALE, (reserveOut - bought) * AFTER_FEE) + 1;
    }

    /// @notice Returns whether a swap keeps the product once 3/1000 of the amount in is set aside:
    /// `((Rin + in) * 1000 - 3 in) * (Rout - out) * 1000 >= Rin * Rout * 1000^2`.
    /// @param sold Amount sold [token wei].
    /// @param bought Amount bought, at most the reserve [token wei].
    /// @param reserveIn Reserve of the token sold [token wei].
    /// @param reserveOut Reserve of the token bought [token wei].
    /// @return True when it does.
    function keepsProduct(
        uint256 sold,
        uint256 bought,
        uint256 reserveIn,
        uint256 reserveOut
    ) internal pure returns (bool) {
        uint256 adjusted = reserveIn * FEE_SCALE + sold * AFTER_FEE;
        return adjusted * (reserveOut - bought) >= reserveIn * reserveOut * FEE_SCALE;
    }

    /// @notice Returns the liquidity of the first deposit, `floor(sqrt(a * b)) - 1000`; zero when that is negative.
    /// @param a Amount of one token [token wei].
    /// @param b Amount of the other [token wei].
    /// @return Liquidity [LP wei].
    function firstLiquidity(uint256 a, uint256 b) internal pure returns (uint256) {
        return Math.saturatingSub(Math.sqrt(a * b), MINIMUM_LIQUIDITY);
    }
}
