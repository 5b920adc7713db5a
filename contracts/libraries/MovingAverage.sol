// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title MovingAverage
/// @notice Exponential moving average of a price that stands between observations.
/// @dev `ema = last * (1 - a) + ema_before * a`, `a = exp(-dt / window)`: what was last seen before this second pulls the
/// average, never what is seen within it, so a trade and its reversal in one block leave no trace.
/// @dev Rounding: `a` down by at most 1e-18, both products down.
/// @custom:source docs/contracts/MovingAverage.md
library MovingAverage {
    /* TYPES */

    /// @notice An average.
    /// @param last Value last seen [WAD].
    /// @param average Average at `time` [WAD].
    /// @param time When the average was last computed [unix s]; zero before the first observation.
    struct Ema {
        uint256 last;
        uint256 average;
        uint256 time;
    }

    /* CONSTANTS */

    /// @notice Highest value that counts: more is taken for this [WAD].
    uint256 internal constant CAP = 2e18;

    /// @notice Scale of the result.
    uint256 internal constant WAD = 1e18;

    uint256 private constant RAY = 1e27;
    uint256 private constant LN2_RAY = 693147180559945309417232121;

    /* INTERNAL */

    /// @notice Takes note of a value, capped at {CAP}; the first one starts the average.
    /// @param self The average.
    /// @param value What is seen now [WAD].
    /// @param window Time constant [s], not zero.
    function observe(Ema storage self, uint256 value, uint256 window) internal {
        uint256 seen = value < CAP ? value : CAP;
        self.average = self.time == 0 ? seen : current(self, window);
        self.time = block.timestamp;
        self.last = seen;
    }

    /// @notice Returns the average now.
    /// @param self The average.
    /// @param window Time constant [s], not zero.
    /// @return Average [WAD].
    function current(Ema storage self, uint256 window) internal view returns (uint256) {
        if (block.timestamp == self.time) return self.average;
        uint256 a = decay(block.timestamp - self.time, window);
        return (self.last * (WAD - a) + self.average * a) / WAD;
    }

    /// @notice Returns `exp(-elapsed / window)`.
    /// @dev `exp(-x) = 2^-k exp(-r)` with `x = k ln 2 + r`, and the series of `exp(-r)` to its 24th term: below 1e-24.
    /// @param elapsed Time [s].
    /// @param window Time constant [s], not zero.
    /// @return Factor [WAD], rounded down.
    function decay(uint256 elapsed, uint256 window) internal pure returns (uint256) {
        if (elapsed / window > 41) return 0;
        uint256 x = (elapsed * RAY) / window;
        uint256 r = x % LN2_RAY;
        uint256 series = RAY;
        for (uint256 n = 24; n > 0; --n) series = RAY - (r * series) / (n * RAY);
        return (series >> (x / LN2_RAY)) / (RAY / WAD);
    }
}
