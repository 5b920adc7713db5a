// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title TroveMath
/// @notice The sums of collateralised debt: interest, fees, what a liquidation splits, what a redemption takes.
/// @dev Units: debt and collateral with 18 decimals; prices in WAD dollars per collateral; fractions and yearly rates in
/// WAD. Unless a name or a comment says otherwise, every quotient is rounded down.
/// @custom:source docs/contracts/CollateralBranch.md, section "Concepts"
library TroveMath {
    /* TYPES */

    /// @notice What a liquidation does with a trove.
    /// @param offsetDebt Debt that the stability pool pays [wei].
    /// @param poolCollateral Collateral that it gets [wei].
    /// @param gasCollateral Collateral for the liquidator [wei].
    /// @param redistributedDebt Debt for the other troves [wei].
    /// @param redistributedCollateral Collateral for them [wei].
    /// @param surplus Collateral that stays the owner's [wei].
    struct Liquidation {
        uint256 offsetDebt;
        uint256 poolCollateral;
        uint256 gasCollateral;
        uint256 redistributedDebt;
        uint256 redistributedCollateral;
        uint256 surplus;
    }

    /* CONSTANTS */

    /// @notice Most collateral that compensates a liquidator [wei].
    uint256 internal constant MAX_GAS_COLLATERAL = 2e18;

    /// @notice The part of the collateral that compensates a liquidator, as a divisor.
    uint256 internal constant GAS_DIVISOR = 200;

    /// @notice What an urgent redemption adds [WAD].
    uint256 internal constant URGENT_BONUS = 0.02e18;

    /// @notice Time whose interest is due at once when debt is taken [s].
    uint256 internal constant UPFRONT_PERIOD = 7 days;

    /// @notice Lowest redemption rate [WAD].
    uint256 internal constant REDEMPTION_FLOOR = 0.005e18;

    /// @notice What is left of the base rate after a minute: half is left after six hours [WAD].
    uint256 internal constant MINUTE_DECAY = 998076443575628800;

    uint256 private constant _WAD = 1e18;
    uint256 private constant _YEAR = 365 days;
    /// @dev A thousand years: from there on nothing is left of any base rate.
    uint256 private constant _MAX_MINUTES = 525_600_000;

    /* INTERNAL */

    /// @notice Returns the interest on weighted debt, rounded down.
    /// @param weightedDebt Debt times its yearly rate [wei * WAD].
    /// @param elapsed Time [s].
    /// @return Interest [wei].
    function interestDown(uint256 weightedDebt, uint256 elapsed) internal pure returns (uint256) {
        return Math.mulDiv(weightedDebt, elapsed, _YEAR * _WAD);
    }

    /// @notice Returns the interest on weighted debt, rounded up.
    /// @param weightedDebt Debt times its yearly rate [wei * WAD].
    /// @param elapsed Time [s].
    /// @return Interest [wei].
    function interestUp(uint256 weightedDebt, uint256 elapsed) internal pure returns (uint256) {
        return Math.mulDiv(weightedDebt, elapsed, _YEAR * _WAD, Math.Rounding.Ceil);
    }

    /// @notice Returns what is due at once when debt is taken: a week's interest at the branch's average rate.
    /// @param debt Debt taken [wei].
    /// @param averageRate Average yearly rate of the branch, with the new debt in it [WAD].
    /// @return Fee [wei].
    function upfrontFee(uint256 debt, uint256 averageRate) internal pure returns (uint256) {
        return interestDown(debt * averageRate, UPFRONT_PERIOD);
    }

    /// @notice Returns collateral over debt; the greatest number without debt.
    /// @param collateral Collateral [wei].
    /// @param debt Debt [wei].
    /// @param price Price [WAD].
    /// @return Ratio [WAD].
    function ratio(uint256 collateral, uint256 debt, uint256 price) internal pure returns (uint256) {
        return debt == 0 ? type(uint256).max : Math.mulDiv(collateral, price, debt);
    }

    /// @notice Splits a trove that is liquidated.
    /// @dev First the stability pool pays what it can and takes its part of the collateral, of which the liquidator is
    /// compensated; then the rest goes to the other troves. Each takes its debt plus a penalty at most; what is left of
    /// the pool's part counts for the troves, what is left of theirs is the owner's.
    /// @param debt Debt [wei].
    /// @param collateral Collateral [wei].
    /// @param available What the stability pool can pay [wei].
    /// @param price Price [WAD].
    /// @param penalties What the pool and the troves get on top of the debt, in this order [WAD].
    /// @return split What goes where.
    function liquidate(
        uint256 debt,
        uint256 collateral,
        uint256 available,
        uint256 price,
        uint256[2] memory penalties
    ) internal pure returns (Liquidation memory split) {
        uint256 left = collateral;
        split.offsetDebt = Math.min(debt, available);
        if (split.offsetDebt > 0) {
            uint256 part = Math.mulDiv(collateral, split.offsetDebt, debt);
            split.gasCollateral = Math.min(part / GAS_DIVISOR, MAX_GAS_COLLATERAL);
            split.poolCollateral = seizable(split.offsetDebt, part - split.gasCollateral, price, penalties[0]);
            left -= split.gasCollateral + split.poolCollateral;
        }
        split.redistributedDebt = debt - split.offsetDebt;
        if (split.redistributedDebt > 0) {
            split.redistributedCollateral = seizable(split.redistributedDebt, left, price, penalties[1]);
        }
        split.surplus = left - split.redistributedCollateral;
    }

    /// @notice Returns the collateral that pays debt and a penalty.
    /// @param debt Debt [wei].
    /// @param most Most there is [wei].
    /// @param price Price [WAD].
    /// @param penalty Penalty [WAD].
    /// @return Collateral [wei].
    function seizable(uint256 debt, uint256 most, uint256 price, uint256 penalty) internal pure returns (uint256) {
        // Compared before the division: worth so little, any collateral is too little.
        if (price == 0) return most;
        return Math.min(most, Math.mulDiv(debt, _WAD + penalty, price));
    }

    /// @notice Returns what a redemption takes out of a trove; the fee stays in it.
    /// @param debt Debt that is redeemed [wei].
    /// @param price Price [WAD].
    /// @param rate Redemption rate [WAD].
    /// @return collateral Collateral worth the debt [wei].
    /// @return fee The part of it that stays [wei].
    function redeem(uint256 debt, uint256 price, uint256 rate) internal pure returns (uint256 collateral, uint256 fee) {
        collateral = Math.mulDiv(debt, _WAD, price);
        fee = Math.mulDiv(collateral, rate, _WAD);
    }

    /// @notice Returns what an urgent redemption takes out of a trove: collateral worth the debt and the bonus.
    /// @param debt Debt to redeem at most [wei].
    /// @param collateral Collateral of the trove [wei].
    /// @param price Price [WAD].
    /// @return redeemed Debt redeemed; less when the collateral does not reach [wei].
    /// @return taken Collateral taken [wei].
    function redeemUrgently(
        uint256 debt,
        uint256 collateral,
        uint256 price
    ) internal pure returns (uint256 redeemed, uint256 taken) {
        taken = Math.mulDiv(debt, _WAD + URGENT_BONUS, price);
        if (taken <= collateral) return (debt, taken);
        return (Math.mulDiv(collateral, price, _WAD + URGENT_BONUS), collateral);
    }

    /// @notice Returns what is left of one after some minutes.
    /// @dev Square and multiply; each product is rounded to the nearest, halves up.
    /// @param minutesPassed Minutes.
    /// @return Factor [WAD].
    function decay(uint256 minutesPassed) internal pure returns (uint256) {
        uint256 exponent = Math.min(minutesPassed, _MAX_MINUTES);
        if (exponent == 0) return _WAD;
        (uint256 odd, uint256 base) = (_WAD, MINUTE_DECAY);
        for (; exponent > 1; exponent /= 2) {
            if (exponent % 2 == 1) odd = _times(base, odd);
            base = _times(base, base);
        }
        return _times(base, odd);
    }

    /// @notice Returns the base rate after a redemption: decayed, then raised by the part of the supply redeemed.
    /// @param baseRate Base rate before [WAD].
    /// @param minutesPassed Whole minutes since it last changed.
    /// @param redeemed Dollars redeemed [wei].
    /// @param supply Dollars there were, not zero [wei].
    /// @return Base rate after, at most one [WAD].
    function baseRateAfter(
        uint256 baseRate,
        uint256 minutesPassed,
        uint256 redeemed,
        uint256 supply
    ) internal pure returns (uint256) {
        uint256 decayed = Math.mulDiv(baseRate, decay(minutesPassed), _WAD);
        return Math.min(_WAD, decayed + Math.mulDiv(redeemed, _WAD, supply));
    }

    /// @notice Returns the redemption rate of a base rate.
    /// @param baseRate Base rate [WAD].
    /// @return Redemption rate, at most one [WAD].
    function redemptionRate(uint256 baseRate) internal pure returns (uint256) {
        return Math.min(_WAD, REDEMPTION_FLOOR + baseRate);
    }

    function _times(uint256 x, uint256 y) private pure returns (uint256) {
        return (x * y + _WAD / 2) / _WAD;
    }
}
