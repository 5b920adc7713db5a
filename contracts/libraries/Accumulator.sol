// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

/// @title Accumulator
/// @notice A value summed over time, with its history: the mean over any window is one subtraction and one division.
/// @dev Between two observations the value stands still, so a sum within them is linear and exact.
/// @dev A window that reaches back before the first observation begins there (young chain): nothing underflows.
/// @custom:source docs/contracts/Accumulator.md
library Accumulator {
    /* TYPES */

    /// @notice The sum at one moment.
    /// @param time When [unix s].
    /// @param sum Value times seconds since the first observation.
    struct Observation {
        uint256 time;
        int256 sum;
    }

    /// @notice A value and its history.
    /// @param value Value since the last observation.
    /// @param observations One for each second in which the value was set, oldest first.
    struct Series {
        int256 value;
        Observation[] observations;
    }

    /* ERRORS */

    /// @notice Raised when a series without any observation is read.
    error AccumulatorEmpty();

    /* INTERNAL */

    /// @notice Sets the value from now on; what it was until now is summed first.
    /// @param self The series.
    /// @param value New value.
    function set(Series storage self, int256 value) internal {
        uint256 count = self.observations.length;
        if (count == 0) {
            self.observations.push(Observation(block.timestamp, 0));
        } else if (self.observations[count - 1].time < block.timestamp) {
            self.observations.push(Observation(block.timestamp, sumAt(self, block.timestamp)));
        }
        self.value = value;
    }

    /// @notice Returns the sum at a moment between the first observation and now; the first one's before it.
    /// @param self The series.
    /// @param timepoint When [unix s].
    /// @return Value times seconds.
    function sumAt(Series storage self, uint256 timepoint) internal view returns (int256) {
        uint256 count = self.observations.length;
        require(count > 0, AccumulatorEmpty());
        Observation storage last = self.observations[count - 1];
        if (timepoint >= last.time) return last.sum + self.value * int256(timepoint - last.time);
        if (timepoint <= self.observations[0].time) return self.observations[0].sum;

        uint256 index = _indexAfter(self, timepoint);
        Observation storage before = self.observations[index - 1];
        Observation storage next = self.observations[index];
        // Exact: the value stood still from one to the other.
        int256 value = (next.sum - before.sum) / int256(next.time - before.time);
        return before.sum + value * int256(timepoint - before.time);
    }

    /// @notice Returns the mean over the last `window` seconds, rounded towards minus infinity; the value for none.
    /// @param self The series.
    /// @param window Window [s].
    /// @return Mean, in the value's unit.
    function mean(Series storage self, uint256 window) internal view returns (int256) {
        require(self.observations.length > 0, AccumulatorEmpty());
        uint256 from = Math.max(Math.saturatingSub(block.timestamp, window), self.observations[0].time);
        if (from >= block.timestamp) return self.value;
        return floorDiv(sumAt(self, block.timestamp) - sumAt(self, from), block.timestamp - from);
    }

    /// @notice Returns `sum / elapsed` rounded towards minus infinity.
    /// @param sum Value times seconds.
    /// @param elapsed Time, not zero [s].
    /// @return Mean.
    function floorDiv(int256 sum, uint256 elapsed) internal pure returns (int256) {
        if (sum >= 0) return sum / int256(elapsed);
        return -int256(Math.ceilDiv(SignedMath.abs(sum), elapsed));
    }

    /// @dev The first observation after `timepoint`, which lies before the last one.
    function _indexAfter(Series storage self, uint256 timepoint) private view returns (uint256 high) {
        high = self.observations.length - 1;
        uint256 low = 0;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (self.observations[middle].time > timepoint) high = middle;
            else low = middle + 1;
        }
    }
}
