// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title BandMath
/// @notice A constant product with virtual reserves: what liquidity `L` between two prices trades for.
/// @dev Prices are square roots of token1 per token0, both in token wei, in Q96. Within a band
/// `amount0 = L (1 / sqrtA - 1 / sqrtB)` and `amount1 = L (sqrtB - sqrtA)`.
/// @dev Rounding: what comes in is rounded up, what goes out down, the price towards the side that favours the pool.
/// @dev Prices lie in [2^32, 2^160), liquidity and amounts below 2^128: no sum here overflows.
/// @custom:source docs/contracts/BandedPool.md, section "Concepts"
library BandMath {
    /* TYPES */

    /// @notice What a swap does within one band.
    /// @param sqrtPrice Price afterwards [Q96].
    /// @param amountIn Amount sold without the fee [token wei].
    /// @param amountOut Amount bought [token wei].
    /// @param fee Fee, on top of the amount sold [token wei].
    struct Step {
        uint256 sqrtPrice;
        uint256 amountIn;
        uint256 amountOut;
        uint256 fee;
    }

    /* CONSTANTS */

    /// @notice Scale of a square root of a price.
    uint256 internal constant Q96 = 2 ** 96;

    /// @notice Scale of a fee: 3000 is 0.3 %.
    uint256 internal constant PIPS = 1e6;

    /* INTERNAL */

    /// @notice Returns what selling up to `remaining` does before the price reaches `target`.
    /// @dev `floor(remaining * (1e6 - fee) / 1e6)` moves the price. Short of the target, the whole rest is fee; at the
    /// target the fee is `ceil(amountIn * fee / (1e6 - fee))`.
    /// @param sqrtPrice Price now [Q96].
    /// @param target Price to stop at: below means that token0 is sold, above that token1 is [Q96].
    /// @param liquidity Liquidity `L`; with none the price jumps to the target.
    /// @param remaining Amount to sell, the fee included [token wei].
    /// @param feePips Fee, below 1e6 [1e6 = 100 %].
    /// @return step_ What happens.
    function step(
        uint256 sqrtPrice,
        uint256 target,
        uint256 liquidity,
        uint256 remaining,
        uint256 feePips
    ) internal pure returns (Step memory step_) {
        if (liquidity == 0) return Step(target, 0, 0, 0);
        bool isDown = target <= sqrtPrice;
        uint256 usable = Math.mulDiv(remaining, PIPS - feePips, PIPS);
        uint256 toTarget = isDown ? amount0Up(target, sqrtPrice, liquidity) : amount1Up(sqrtPrice, target, liquidity);
        bool reaches = usable >= toTarget;
        step_.sqrtPrice = reaches ? target : priceAfter(sqrtPrice, liquidity, usable, isDown);

        (uint256 low, uint256 high) = isDown ? (step_.sqrtPrice, sqrtPrice) : (sqrtPrice, step_.sqrtPrice);
        if (isDown) {
            step_.amountIn = reaches ? toTarget : amount0Up(low, high, liquidity);
            step_.amountOut = amount1Down(low, high, liquidity);
        } else {
            step_.amountIn = reaches ? toTarget : amount1Up(low, high, liquidity);
            step_.amountOut = amount0Down(low, high, liquidity);
        }
        step_.fee =
            reaches
                ? Math.mulDiv(step_.amountIn, feePips, PIPS - feePips, Math.Rounding.Ceil)
                : remaining - step_.amountIn;
    }

    /// @notice Returns the price after selling an amount within one band.
    /// @param sqrtPrice Price now [Q96].
    /// @param liquidity Liquidity, not zero.
    /// @param amount Amount sold without fee [token wei].
    /// @param isDown True when token0 is sold.
    /// @return Price, `ceil(L 2^96 sqrt / (L 2^96 + amount sqrt))` down, `sqrt + floor(amount 2^96 / L)` up [Q96].
    function priceAfter(
        uint256 sqrtPrice,
        uint256 liquidity,
        uint256 amount,
        bool isDown
    ) internal pure returns (uint256) {
        if (!isDown) return sqrtPrice + Math.mulDiv(amount, Q96, liquidity);
        uint256 scaled = liquidity * Q96;
        // The product may pass 2^256; the rounded quotient is the same either way round.
        (bool fits, uint256 product) = Math.tryMul(amount, sqrtPrice);
        if (fits && product <= type(uint256).max - scaled) {
            return Math.mulDiv(scaled, sqrtPrice, scaled + product, Math.Rounding.Ceil);
        }
        return Math.ceilDiv(scaled, scaled / sqrtPrice + amount);
    }

    /// @notice Returns the token0 between two prices, rounded up twice.
    /// @param low Lower price, not zero [Q96].
    /// @param high Higher price [Q96].
    /// @param liquidity Liquidity.
    /// @return Amount [token0 wei].
    function amount0Up(uint256 low, uint256 high, uint256 liquidity) internal pure returns (uint256) {
        return Math.ceilDiv(Math.mulDiv(liquidity * Q96, high - low, high, Math.Rounding.Ceil), low);
    }

    /// @notice Returns the token0 between two prices, rounded down twice.
    /// @param low Lower price, not zero [Q96].
    /// @param high Higher price [Q96].
    /// @param liquidity Liquidity.
    /// @return Amount [token0 wei].
    function amount0Down(uint256 low, uint256 high, uint256 liquidity) internal pure returns (uint256) {
        return Math.mulDiv(liquidity * Q96, high - low, high) / low;
    }

    /// @notice Returns the token1 between two prices, rounded up.
    /// @param low Lower price [Q96].
    /// @param high Higher price [Q96].
    /// @param liquidity Liquidity.
    /// @return Amount [token1 wei].
    function amount1Up(uint256 low, uint256 high, uint256 liquidity) internal pure returns (uint256) {
        return Math.mulDiv(liquidity, high - low, Q96, Math.Rounding.Ceil);
    }

    /// @notice Returns the token1 between two prices, rounded down.
    /// @param low Lower price [Q96].
    /// @param high Higher price [Q96].
    /// @param liquidity Liquidity.
    /// @return Amount [token1 wei].
    function amount1Down(uint256 low, uint256 high, uint256 liquidity) internal pure returns (uint256) {
        return Math.mulDiv(liquidity, high - low, Q96);
    }
}
