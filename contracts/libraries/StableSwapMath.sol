// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title StableSwapMath
/// @notice The StableSwap invariant for two to eight coins, with rates, a dynamic fee and an amplification that ramps.
/// @dev Idea: near balance the pool trades like a constant sum, far from it like a constant product; `A` sets how far
/// the flat part reaches.
///
/// Symbols: `x_i` balances scaled by their rates [WAD], `N` coins, `S` sum of `x_i`, `D` invariant (sum at balance),
/// `amp = 100 A`, `Ann = amp N`. Here `A` is the one that pools publish: the whitepaper's times `N^(N-1)`.
///
/// 1. `x_i = floor(balance_i * rate_i / 1e18)`; `rate_i` is `10^(36 - decimals)` times the exchange rate.
/// 2. `D`: start at `S`; `P = D`, then `P = floor(P D / x_i)` for each coin, then `floor(P / N^N)`;
/// `D = floor((floor(Ann S / 100) + P N) D / (floor((Ann - 100) D / 100) + (N + 1) P))` until it moves by at most 1.
/// 3. `y`, the balance of one coin given the others: `c = D prod(D / (x_k N)) D 100 / (Ann N)`, each step floored,
/// `b = S' + floor(100 D / Ann)`; `y = floor((y^2 + c) / (2 y + b - D))` from `D` until it moves by at most 1.
/// 4. Every quotient is rounded down; a swap subtracts 1 before its fee, so the pool keeps what rounding leaves.
/// @custom:source docs/contracts/StableSwapPool.md, section "Concepts"
library StableSwapMath {
    /* TYPES */

    /// @notice A pool as the formulas see it.
    /// @param balances Balances [token wei].
    /// @param rates Rates, `10^(36 - decimals)` times the exchange rate in WAD [WAD of scaled wei per 1e18 token wei].
    /// @param amp Amplification [100 times A].
    /// @param fee Fee of a swap at balance [1e10 = 100 %].
    /// @param offpegMultiplier By how much the fee grows far from balance [1e10 = 1]; up to 1e10 the fee is static.
    struct Pool {
        uint256[] balances;
        uint256[] rates;
        uint256 amp;
        uint256 fee;
        uint256 offpegMultiplier;
    }

    /// @notice What a swap gives.
    /// @param y Scaled balance of the bought coin afterwards, before the fee [WAD].
    /// @param feeRate Fee charged [1e10 = 100 %].
    /// @param out Amount bought, after the fee [token wei].
    /// @param adminFee Share of the fee that leaves the pool's accounting [token wei].
    struct Trade {
        uint256 y;
        uint256 feeRate;
        uint256 out;
        uint256 adminFee;
    }

    /* CONSTANTS */

    /// @notice Precision of the amplification: A = 1 is 100.
    uint256 internal constant A_PRECISION = 100;

    /// @notice Scale of fees: 1e10 is 100 %.
    uint256 internal constant FEE_DENOMINATOR = 1e10;

    /// @notice Share of every fee that goes to the pool's owner: half [1e10 = 100 %].
    uint256 internal constant ADMIN_FEE = 5e9;

    /// @notice Scale of rates and prices.
    uint256 internal constant WAD = 1e18;

    uint256 private constant ROUNDS = 255;

    /* ERRORS */

    /// @notice Raised when a coin's scaled balance is zero while another's is not.
    /// @param coin Index of the coin.
    error StableSwapMathZeroBalance(uint256 coin);

    /// @notice Raised when an iteration does not settle within 255 rounds.
    /// @param last Last value.
    error StableSwapMathNoConvergence(uint256 last);

    /* INTERNAL */

    /// @notice Returns balances scaled by their rates, each rounded down.
    /// @param balances Balances [token wei].
    /// @param rates Rates, see {Pool}.
    /// @return xp Scaled balances [WAD].
    function scaled(uint256[] memory balances, uint256[] memory rates) internal pure returns (uint256[] memory xp) {
        xp = new uint256[](balances.length);
        for (uint256 k = 0; k < xp.length; ++k) xp[k] = (balances[k] * rates[k]) / WAD;
    }

    /// @notice Returns the invariant `D` of scaled balances; zero for an empty pool.
    /// @param xp Scaled balances [WAD].
    /// @param amp Amplification [100 times A].
    /// @return d Invariant [WAD].
    function invariant(uint256[] memory xp, uint256 amp) internal pure returns (uint256 d) {
        uint256 n = xp.length;
        uint256 sum;
        for (uint256 k = 0; k < n; ++k) sum += xp[k];
        if (sum == 0) return 0;

        uint256 ann = amp * n;
        d = sum;
        for (uint256 round = 0; round < ROUNDS; ++round) {
            uint256 product = _product(xp, d, d) / n ** n;
            uint256 previous = d;
            d =
                (((ann * sum) / A_PRECISION + product * n) * d) /
                (((ann - A_PRECISION) * d) / A_PRECISION + (n + 1) * product);
            if (_near(d, previous)) return d;
        }
        revert StableSwapMathNoConvergence(d);
    }

    /// @notice Returns the scaled balance that coin `j` must have for the invariant to be `d`.
    /// @param j Index of the coin; its own entry in `xp` is not read.
    /// @param xp Scaled balances of the others [WAD].
    /// @param amp Amplification [100 times A].
    /// @param d Invariant [WAD].
    /// @return y Scaled balance [WAD], as the iteration settles: within 1 of the root.
    function balanceFor(uint256 j, uint256[] memory xp, uint256 amp, uint256 d) internal pure returns (uint256 y) {
        uint256 n = xp.length;
        uint256 ann = amp * n;
        uint256 c = d;
        uint256 sum;
        for (uint256 k = 0; k < n; ++k) {
            if (k == j) continue;
            require(xp[k] > 0, StableSwapMathZeroBalance(k));
            sum += xp[k];
            c = (c * d) / (xp[k] * n);
        }
        c = (c * d * A_PRECISION) / (ann * n);
        uint256 b = sum + (d * A_PRECISION) / ann;

        y = d;
        for (uint256 round = 0; round < ROUNDS; ++round) {
            uint256 previous = y;
            y = (y * y + c) / (2 * y + b - d);
            if (_near(y, previous)) return y;
        }
        revert StableSwapMathNoConvergence(y);
    }

    /// @notice Returns the fee between two balances:
    /// `floor(fee * m / (1e10 + floor((m - 1e10) * 4 xi xj / (xi + xj)^2)))`; `fee` itself while `m <= 1e10`.
    /// @param xi A balance, not both zero.
    /// @param xj Another balance in the same unit.
    /// @param fee Fee at balance [1e10 = 100 %].
    /// @param m Multiplier far from balance [1e10 = 1].
    /// @return rate Fee [1e10 = 100 %], rounded down.
    function dynamicFee(uint256 xi, uint256 xj, uint256 fee, uint256 m) internal pure returns (uint256 rate) {
        if (m <= FEE_DENOMINATOR) return fee;
        uint256 sum = xi + xj;
        return (m * fee) / (((m - FEE_DENOMINATOR) * 4 * xi * xj) / (sum * sum) + FEE_DENOMINATOR);
    }

    /// @notice Returns what selling `dx` of coin `i` for coin `j` gives.
    /// @dev `dy = x_j - y - 1`, fee at the mean of the balances before and after, then the rate: all rounded down.
    /// @param pool The pool.
    /// @param i Coin sold.
    /// @param j Coin bought, not `i`.
    /// @param dx Amount sold [token wei].
    /// @return trade What the swap gives.
    function swap(Pool memory pool, uint256 i, uint256 j, uint256 dx) internal pure returns (Trade memory trade) {
        uint256[] memory xp = scaled(pool.balances, pool.rates);
        uint256 d = invariant(xp, pool.amp);
        uint256 before = xp[i];
        xp[i] = before + (dx * pool.rates[i]) / WAD;
        trade.y = balanceFor(j, xp, pool.amp, d);
        // Dust may move nothing: then nothing is bought, rather than an underflow.
        uint256 dy = xp[j] > trade.y ? xp[j] - trade.y - 1 : 0;
        trade.feeRate = dynamicFee((before + xp[i]) / 2, (xp[j] + trade.y) / 2, pool.fee, pool.offpegMultiplier);
        uint256 fee = (dy * trade.feeRate) / FEE_DENOMINATOR;
        trade.out = ((dy - fee) * WAD) / pool.rates[j];
        trade.adminFee = (((fee * ADMIN_FEE) / FEE_DENOMINATOR) * WAD) / pool.rates[j];
    }

    /// @notice Returns what a change of balances is worth once its imbalance has paid a fee.
    /// @dev Per coin, `fee = floor(rate * |floor(D1 old / D0) - new| / 1e10)`; the rate is the dynamic one on
    /// `floor(fee N / (4 (N - 1)))`, between the coin's scaled mean times two and `floor((D0 + D1) / N)`.
    /// @param pool The pool before, not empty.
    /// @param balances Balances afterwards [token wei].
    /// @return d0 Invariant before [WAD].
    /// @return d2 Invariant afterwards, all fees taken out [WAD].
    /// @return fees Fee of each coin [token wei].
    function changeLiquidity(
        Pool memory pool,
        uint256[] memory balances
    ) internal pure returns (uint256 d0, uint256 d2, uint256[] memory fees) {
        uint256 n = balances.length;
        d0 = invariant(scaled(pool.balances, pool.rates), pool.amp);
        uint256 d1 = invariant(scaled(balances, pool.rates), pool.amp);
        uint256[] memory left = new uint256[](n);
        fees = new uint256[](n);
        for (uint256 k = 0; k < n; ++k) {
            uint256 xs = (pool.rates[k] * (pool.balances[k] + balances[k])) / WAD;
            uint256 rate = dynamicFee(xs, (d0 + d1) / n, liquidityFee(pool.fee, n), pool.offpegMultiplier);
            fees[k] = (rate * _distance((d1 * pool.balances[k]) / d0, balances[k])) / FEE_DENOMINATOR;
            left[k] = balances[k] - fees[k];
        }
        d2 = invariant(scaled(left, pool.rates), pool.amp);
    }

    /// @notice Returns what burning liquidity for one coin gives.
    /// @dev `D1 = D0 - floor(burned D0 / supply)`; each coin pays the liquidity fee on its distance from the ideal, the
    /// result is one less than the reduced balances allow, over the rate, rounded down.
    /// @param pool The pool, not empty.
    /// @param i Coin paid out.
    /// @param burned Liquidity burned [LP wei].
    /// @param supply Liquidity before, not zero [LP wei].
    /// @return out Amount paid [token wei].
    /// @return fee Difference to the payout without fees [token wei].
    function withdrawOne(
        Pool memory pool,
        uint256 i,
        uint256 burned,
        uint256 supply
    ) internal pure returns (uint256 out, uint256 fee) {
        uint256[] memory xp = scaled(pool.balances, pool.rates);
        uint256 d0 = invariant(xp, pool.amp);
        uint256 d1 = d0 - (burned * d0) / supply;
        uint256 y = balanceFor(i, xp, pool.amp, d1);
        uint256 whole = xp[i] > y ? xp[i] - y : 0;
        _payLiquidityFees(pool, xp, [i, y, d0, d1]);
        uint256 reducedY = balanceFor(i, xp, pool.amp, d1);
        uint256 part = xp[i] > reducedY ? xp[i] - reducedY - 1 : 0;
        out = (part * WAD) / pool.rates[i];
        fee = (whole * WAD) / pool.rates[i] - out;
    }

    /// @notice Returns the fee on an imbalance, `floor(fee * N / (4 (N - 1)))`.
    /// @param fee Fee of a swap [1e10 = 100 %].
    /// @param n Number of coins, at least two.
    /// @return rate Fee [1e10 = 100 %], rounded down.
    function liquidityFee(uint256 fee, uint256 n) internal pure returns (uint256 rate) {
        return (fee * n) / (4 * (n - 1));
    }

    /// @notice Returns the marginal price of coin `k` in coin `0`, both scaled by their rates.
    /// @dev `Dr = floor(D / N^N)`, then `floor(Dr D / x_i)` for each coin;
    /// `p = floor(1e18 (Ann x0 / 100 + Dr x0 / xk) / (Ann x0 / 100 + Dr))`. One for `k = 0`.
    /// @param xp Scaled balances, none zero [WAD].
    /// @param amp Amplification [100 times A].
    /// @param k Coin.
    /// @return price Price [WAD], rounded down.
    function spotPrice(uint256[] memory xp, uint256 amp, uint256 k) internal pure returns (uint256 price) {
        if (k == 0) return WAD;
        uint256 n = xp.length;
        uint256 d = invariant(xp, amp);
        uint256 dr = _product(xp, d / n ** n, d);
        uint256 flat = (amp * n * xp[0]) / A_PRECISION;
        return (WAD * (flat + (dr * xp[0]) / xp[k])) / (flat + dr);
    }

    /// @notice Returns the amplification within a ramp, linear in time and rounded towards the beginning.
    /// @param from Amplification at the beginning [100 times A].
    /// @param to Amplification at the end [100 times A].
    /// @param elapsed Time since the beginning [s].
    /// @param duration Length of the ramp [s].
    /// @return amp Amplification [100 times A]; `to` from the end on.
    function rampedAmp(
        uint256 from,
        uint256 to,
        uint256 elapsed,
        uint256 duration
    ) internal pure returns (uint256 amp) {
        if (elapsed >= duration) return to;
        return to > from ? from + ((to - from) * elapsed) / duration : from - ((from - to) * elapsed) / duration;
    }

    /// @dev Multiplies `start` by `d / x` for each coin, rounded down each time.
    function _product(uint256[] memory xp, uint256 start, uint256 d) private pure returns (uint256 product) {
        product = start;
        for (uint256 k = 0; k < xp.length; ++k) {
            require(xp[k] > 0, StableSwapMathZeroBalance(k));
            product = (product * d) / xp[k];
        }
    }

    /// @dev Takes each coin's fee out of `xp` in place; `given` is the coin paid out, its ideal balance, D0 and D1.
    function _payLiquidityFees(Pool memory pool, uint256[] memory xp, uint256[4] memory given) private pure {
        uint256 n = xp.length;
        uint256 mean = (given[2] + given[3]) / (2 * n);
        for (uint256 k = 0; k < n; ++k) {
            uint256 ideal = (xp[k] * given[3]) / given[2];
            bool isPaid = k == given[0];
            // The iteration may settle a unit above the ideal when dust is burned.
            uint256 distance = isPaid ? Math.saturatingSub(ideal, given[1]) : xp[k] - ideal;
            uint256 average = isPaid ? (xp[k] + given[1]) / 2 : xp[k];
            uint256 rate = dynamicFee(average, mean, liquidityFee(pool.fee, n), pool.offpegMultiplier);
            xp[k] -= (rate * distance) / FEE_DENOMINATOR;
        }
    }

    function _distance(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a - b : b - a;
    }

    function _near(uint256 a, uint256 b) private pure returns (bool) {
        return _distance(a, b) <= 1;
    }
}
