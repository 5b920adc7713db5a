// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { RayMath } from "../libraries/RayMath.sol";
import { ILendingAccounts } from "./ILendingAccounts.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { LendingLedger } from "./LendingLedger.sol";

/// @title LendingAccounts
/// @notice What an account's collateral is worth against its debt, and what follows from it.
abstract contract LendingAccounts is ILendingAccounts, LendingLedger {
    using RayMath for uint256;

    /* STORAGE */

    /// @inheritdoc ILendingAccounts
    mapping(address account => uint8 category) public categoryOf;

    /* VIEWS */

    /// @inheritdoc ILendingAccounts
    function accountData(address account) external view returns (AccountData memory) {
        return _accountData(account);
    }

    /* INTERNAL */

    function _requireHealthy(address account) internal view returns (AccountData memory data) {
        data = _accountData(account);
        require(data.healthFactor >= RayMath.WAD, LendingPoolUnhealthy(account, data.healthFactor));
    }

    /// @dev After collateral left an account: it stays healthy, and what has no LTV went first.
    function _requireMayLeave(address asset, address account) internal view {
        AccountData memory data = _requireHealthy(account);
        if (data.debtBase == 0 || !data.hasLtvZero) return;
        bool isLtvZero = book.riskOf(asset, categoryOf[account]).ltvBps == 0;
        require(isLtvZero, LendingPoolLtvZeroFirst(account, asset));
    }

    function _accountData(address account) internal view returns (AccountData memory data) {
        address[] memory assets = book.assets();
        uint8 category = categoryOf[account];
        for (uint256 k = 0; k < assets.length; ++k) _weigh(data, assets[k], account, category);

        // So far the averages hold sums of value times fraction.
        data.healthFactor =
            data.debtBase == 0 ? type(uint256).max : data.avgLtBps.wadDivNear(data.debtBase) / RayMath.BPS;
        if (data.collateralBase == 0) return data;
        data.avgLtvBps /= data.collateralBase;
        data.avgLtBps /= data.collateralBase;
    }

    /// @dev Adds one reserve to the sums.
    function _weigh(AccountData memory data, address asset, address account, uint8 category) private view {
        Position storage position = _positions[asset][account];
        bool hasDebt = position.scaledDebt != 0;
        if (!hasDebt && !position.isCollateral) return;
        IReserveBook.Weight memory weight = book.weightOf(asset, category);
        if (position.isCollateral && weight.risk.ltBps != 0) {
            uint256 value = Math.mulDiv(supplyOf(asset, account), weight.price, weight.unit);
            data.collateralBase += value;
            data.avgLtvBps += value * weight.risk.ltvBps;
            data.avgLtBps += value * weight.risk.ltBps;
            if (weight.risk.ltvBps == 0) data.hasLtvZero = true;
        }
        if (hasDebt) {
            data.debtBase += Math.mulDiv(debtOf(asset, account), weight.price, weight.unit, Math.Rounding.Ceil);
        }
    }
}
