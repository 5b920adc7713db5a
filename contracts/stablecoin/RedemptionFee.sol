// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RedemptionFee
/// @notice A fee that rises as the cash bucket empties.
/// @dev The curve: `minBps` while the bucket holds `capacity` or more, `maxBps` at `floor` or less, a straight line in
/// between. Two ways to charge it:
/// (1) at the end: the whole amount pays the fee of the bucket as the redemption leaves it, in whole bps, rounded down;
/// whoever redeems in small parts pays less;
/// (2) along the way: every unit pays the fee of the bucket as that unit leaves it, so parts pay what the whole pays.
/// Along the way from `before` down to `then`, the line's part from `high` to `low` costs
/// `min * (high - low) + (max - min) * ((capacity - low)^2 - (capacity - high)^2) / (2 * (capacity - floor))`, in bps.
/// Everything is put over `2 * (capacity - floor) * 10,000` and divided once, rounded up.
/// @custom:source docs/contracts/RedemptionFee.md
library RedemptionFee {
    /* TYPES */

    /// @notice The curve.
    /// @param capacity Cash from which the fee is least [token wei], below 2^112.
    /// @param floor Cash up to which the fee is greatest, below the capacity [token wei].
    /// @param minBps Least fee [bps].
    /// @param maxBps Greatest fee [bps].
    /// @param isAtEnd Whether the whole amount pays the fee at the end; otherwise it is charged along the way.
    struct Curve {
        uint256 capacity;
        uint256 floor;
        uint256 minBps;
        uint256 maxBps;
        bool isAtEnd;
    }

    /* CONSTANTS */

    uint256 private constant _BPS = 10_000;

    /* ERRORS */

    /// @notice Raised when a curve does not rise from its capacity to its floor, or exceeds its bounds.
    /// @param curve Curve.
    error RedemptionFeeInvalidCurve(Curve curve);

    /* INTERNAL */

    /// @notice Reverts with {RedemptionFeeInvalidCurve} unless floor < capacity < 2^112 and min <= max <= 100 %.
    /// @param curve Curve.
    function check(Curve memory curve) internal pure {
        bool isWide = curve.floor < curve.capacity && curve.capacity < 2 ** 112;
        bool isRising = curve.minBps <= curve.maxBps && curve.maxBps <= _BPS;
        require(isWide && isRising, RedemptionFeeInvalidCurve(curve));
    }

    /// @notice Returns the fee at a level of cash.
    /// @param curve Curve.
    /// @param cash Cash [token wei].
    /// @return Fee [bps], the rise above the least fee rounded down.
    function bpsAt(Curve memory curve, uint256 cash) internal pure returns (uint256) {
        if (cash >= curve.capacity) return curve.minBps;
        if (cash <= curve.floor) return curve.maxBps;
        uint256 rise = (curve.maxBps - curve.minBps) * (curve.capacity - cash);
        return curve.minBps + rise / (curve.capacity - curve.floor);
    }

    /// @notice Returns the fee of an amount that leaves the bucket.
    /// @param curve Curve.
    /// @param cash Cash before [token wei].
    /// @param amount Amount, at most the cash, fee included [token wei].
    /// @return Fee, rounded up [token wei].
    function feeOf(Curve memory curve, uint256 cash, uint256 amount) internal pure returns (uint256) {
        if (curve.isAtEnd) return Math.mulDiv(amount, bpsAt(curve, cash - amount), _BPS, Math.Rounding.Ceil);

        uint256 span = curve.capacity - curve.floor;
        uint256 high = _onLine(curve, cash);
        uint256 low = _onLine(curve, cash - amount);
        uint256 below = Math.min(cash, curve.floor) - Math.min(cash - amount, curve.floor);
        uint256 above = amount - below - (high - low);
        uint256 squares = (curve.capacity - low) ** 2 - (curve.capacity - high) ** 2;
        uint256 flat = curve.minBps * (above + high - low) + curve.maxBps * below;
        uint256 weighted = (curve.maxBps - curve.minBps) * squares;
        return _sumUp(flat, weighted, span);
    }

    /// @dev The nearest level on the sloping part of the curve.
    function _onLine(Curve memory curve, uint256 cash) private pure returns (uint256) {
        return Math.min(Math.max(cash, curve.floor), curve.capacity);
    }

    /// @dev `ceil((flat + weighted / (2 * span)) / 10,000)`, without an overflow of `flat * span`.
    function _sumUp(uint256 flat, uint256 weighted, uint256 span) private pure returns (uint256) {
        uint256 quotient = weighted / (2 * span);
        uint256 whole = flat + quotient;
        bool isExact = quotient * 2 * span == weighted && whole % _BPS == 0;
        return whole / _BPS + (isExact ? 0 : 1);
    }
}
