// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { RayMath } from "./RayMath.sol";

/// @title HealthMath
/// @notice What an account's collateral is worth against its debt, one reserve after the other.
/// @dev With `v` a collateral's value (down) and `t` a debt's (up): the health factor is
/// `floor(halfUp(sum(v * threshold) * 1e18 / sum(t)) / 10000)`, the averages `floor(sum(v * fraction) / sum(v))`.
/// @custom:source docs/contracts/LendingPool.md, section "Health"
library HealthMath {
    using RayMath for uint256;

    /* TYPES */

    /// @notice A token amount with its price.
    /// @param amount Balance [token wei].
    /// @param price Price of one whole token [base currency, 8 dp].
    /// @param unit One whole token [token wei].
    struct Holding {
        uint256 amount;
        uint256 price;
        uint256 unit;
    }

    /// @notice Sums over the reserves so far.
    /// @param collateralBase Value of collateral [base currency, 8 dp].
    /// @param debtBase Value of debt [base currency, 8 dp].
    /// @param ltvSum Values times LTV.
    /// @param ltSum Values times threshold.
    /// @param hasLtvZero Whether some collateral has no LTV.
    struct Tally {
        uint256 collateralBase;
        uint256 debtBase;
        uint256 ltvSum;
        uint256 ltSum;
        bool hasLtvZero;
    }

    /* INTERNAL */

    /// @notice Adds a collateral.
    /// @param tally Sums, changed in place.
    /// @param holding Collateral.
    /// @param ltvBps LTV [bps].
    /// @param ltBps Liquidation threshold [bps].
    function addCollateral(Tally memory tally, Holding memory holding, uint256 ltvBps, uint256 ltBps) internal pure {
        uint256 value = Math.mulDiv(holding.amount, holding.price, holding.unit);
        tally.collateralBase += value;
        tally.ltvSum += value * ltvBps;
        tally.ltSum += value * ltBps;
        if (ltvBps == 0) tally.hasLtvZero = true;
    }

    /// @notice Adds a debt.
    /// @param tally Sums, changed in place.
    /// @param holding Debt.
    function addDebt(Tally memory tally, Holding memory holding) internal pure {
        tally.debtBase += Math.mulDiv(holding.amount, holding.price, holding.unit, Math.Rounding.Ceil);
    }

    /// @notice Returns the health factor.
    /// @param tally Sums.
    /// @return Health factor; the greatest number without debt [WAD].
    function healthFactor(Tally memory tally) internal pure returns (uint256) {
        if (tally.debtBase == 0) return type(uint256).max;
        return tally.ltSum.wadDivNear(tally.debtBase) / RayMath.BPS;
    }

    /// @notice Returns the averages over the collateral's value; zero without collateral.
    /// @param tally Sums.
    /// @return ltvBps LTV, rounded down [bps].
    /// @return ltBps Liquidation threshold, rounded down [bps].
    function averages(Tally memory tally) internal pure returns (uint256 ltvBps, uint256 ltBps) {
        if (tally.collateralBase == 0) return (0, 0);
        return (tally.ltvSum / tally.collateralBase, tally.ltSum / tally.collateralBase);
    }
}
