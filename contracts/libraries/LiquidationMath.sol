// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { CloseFactor } from "../types/CloseFactor.sol";
import { RayMath } from "./RayMath.sol";

/// @title LiquidationMath
/// @notice Sizes a liquidation of a pooled market: how much debt may be repaid, what is seized for it, what may stay.
/// @dev The order is part of the rule. Values are in the base currency with eight decimals:
///
/// 1. most debt: all of it, unless the account is only just unhealthy and large, then half of **all** its debt (half
///    up), turned into units (down);
/// 2. seized: debt in units of collateral (down), times the bonus (down); when the account has less, all it has, and
///    the debt it pays for is its value (down) without the bonus (up);
/// 3. fee: of the bonus, which is what was seized less what it is worth without bonus (down); rounded up;
/// 4. dust: what stays of both sides, if both stay, must be worth a thousand each.
/// @custom:source docs/contracts/LendingPool.md, section "Liquidation"
library LiquidationMath {
    using RayMath for uint256;

    /* TYPES */

    /// @notice One side of an account.
    /// @param amount Balance [token wei].
    /// @param price Price [base currency, 8 dp].
    /// @param unit One whole token [token wei].
    struct Side {
        uint256 amount;
        uint256 price;
        uint256 unit;
    }

    /// @notice An account as a liquidation sees it.
    /// @param collateral Collateral asked for.
    /// @param debt Debt to repay.
    /// @param debtBase All debt of the account [base currency, 8 dp].
    /// @param healthFactor Health factor [WAD].
    struct Account {
        Side collateral;
        Side debt;
        uint256 debtBase;
        uint256 healthFactor;
    }

    /// @notice Terms of a liquidation.
    /// @param bonusBps What a liquidator gets for one, at least 10000 [bps].
    /// @param feeBps Treasury's part of the bonus [bps].
    /// @param closeFactor How much debt may be repaid.
    /// @param closeFactorBps Part of all debt for a fixed close factor [bps].
    struct Terms {
        uint256 bonusBps;
        uint256 feeBps;
        CloseFactor closeFactor;
        uint256 closeFactorBps;
    }

    /// @notice What a liquidation moves.
    /// @param repaid Debt repaid [debt wei].
    /// @param seized Collateral taken from the account, fee included [collateral wei].
    /// @param fee Treasury's part of it [collateral wei].
    struct Size {
        uint256 repaid;
        uint256 seized;
        uint256 fee;
    }

    /* CONSTANTS */

    /// @notice Health factor above which the close factor holds [WAD].
    uint256 internal constant CLOSE_FACTOR_HEALTH = 0.95e18;

    /// @notice Part of all debt that the default close factor allows [bps].
    uint256 internal constant CLOSE_FACTOR_BPS = 5_000;

    /// @notice Value of either side below which all may be closed [base currency, 8 dp].
    uint256 internal constant LEAST_CLOSABLE_IN_PART = 2_000e8;

    /// @notice Least value that may stay on either side, if both stay [base currency, 8 dp].
    uint256 internal constant LEAST_LEFT = 1_000e8;

    /* INTERNAL */

    /// @notice Returns the most debt that one liquidation may repay.
    /// @param account Account.
    /// @param terms Terms.
    /// @return Debt [debt wei].
    function closable(Account memory account, Terms memory terms) internal pure returns (uint256) {
        Side memory debt = account.debt;
        if (terms.closeFactor == CloseFactor.Full) return debt.amount;
        uint256 value = valueUp(debt);
        bool isDefault = terms.closeFactor == CloseFactor.Default;
        if (isDefault) {
            bool isLarge = valueDown(account.collateral) >= LEAST_CLOSABLE_IN_PART && value >= LEAST_CLOSABLE_IN_PART;
            if (!isLarge || account.healthFactor <= CLOSE_FACTOR_HEALTH) return debt.amount;
        }

        uint256 most = account.debtBase.bpsMulNear(isDefault ? CLOSE_FACTOR_BPS : terms.closeFactorBps);
        return value > most ? Math.mulDiv(most, debt.unit, debt.price) : debt.amount;
    }

    /// @notice Returns what a liquidation moves.
    /// @param account Account.
    /// @param terms Terms.
    /// @param asked Debt the liquidator offers to repay [debt wei].
    /// @return size What moves.
    function sized(Account memory account, Terms memory terms, uint256 asked) internal pure returns (Size memory size) {
        (Side memory collateral, Side memory debt) = (account.collateral, account.debt);
        size.repaid = Math.min(asked, closable(account, terms));
        uint256 quoteUnit = collateral.price * debt.unit;
        uint256 baseUnit = debt.price * collateral.unit;
        size.seized = Math.mulDiv(size.repaid, baseUnit, quoteUnit).bpsMulDown(terms.bonusBps);
        if (size.seized > collateral.amount) {
            size.seized = collateral.amount;
            uint256 worth = Math.mulDiv(collateral.amount, quoteUnit, baseUnit);
            size.repaid = Math.mulDiv(worth, RayMath.BPS, terms.bonusBps, Math.Rounding.Ceil);
        }
        uint256 bonus = size.seized - Math.mulDiv(size.seized, RayMath.BPS, terms.bonusBps);
        size.fee = bonus.bpsMulUp(terms.feeBps);
    }

    /// @notice Returns whether too little would stay: both sides stay, and one is worth less than a thousand.
    /// @param account Account.
    /// @param size What moves.
    /// @return True when it would.
    function leavesDust(Account memory account, Size memory size) internal pure returns (bool) {
        (Side memory collateral, Side memory debt) = (account.collateral, account.debt);
        if (size.repaid >= debt.amount || size.seized >= collateral.amount) return false;
        uint256 debtLeft = valueUp(Side(debt.amount - size.repaid, debt.price, debt.unit));
        uint256 collateralLeft = valueDown(Side(collateral.amount - size.seized, collateral.price, collateral.unit));
        return debtLeft < LEAST_LEFT || collateralLeft < LEAST_LEFT;
    }

    /// @notice Returns what a side is worth, rounded down.
    /// @param side Side.
    /// @return Value [base currency, 8 dp].
    function valueDown(Side memory side) internal pure returns (uint256) {
        return Math.mulDiv(side.amount, side.price, side.unit);
    }

    /// @notice Returns what a side is worth, rounded up.
    /// @param side Side.
    /// @return Value [base currency, 8 dp].
    function valueUp(Side memory side) internal pure returns (uint256) {
        return Math.mulDiv(side.amount, side.price, side.unit, Math.Rounding.Ceil);
    }
}
