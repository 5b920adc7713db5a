// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { HealthMath } from "../libraries/HealthMath.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ILendingAccounts } from "./ILendingAccounts.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { LendingLedger } from "./LendingLedger.sol";

/// @title LendingAccounts
/// @notice What an account's collateral is worth against its debt, and what follows from it.
abstract contract LendingAccounts is ILendingAccounts, LendingLedger {
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
        HealthMath.Tally memory tally;
        address[] memory assets = book.assets();
        uint8 category = categoryOf[account];
        for (uint256 k = 0; k < assets.length; ++k) _weigh(tally, assets[k], account, category);

        data.collateralBase = tally.collateralBase;
        data.debtBase = tally.debtBase;
        (data.avgLtvBps, data.avgLtBps) = HealthMath.averages(tally);
        data.healthFactor = HealthMath.healthFactor(tally);
        data.hasLtvZero = tally.hasLtvZero;
    }

    /// @dev Adds one reserve to the sums.
    function _weigh(HealthMath.Tally memory tally, address asset, address account, uint8 category) private view {
        Position storage position = _positions[asset][account];
        bool hasDebt = position.scaledDebt != 0;
        if (!hasDebt && !position.isCollateral) return;
        IReserveBook.Weight memory weight = book.weightOf(asset, category);
        HealthMath.Holding memory holding = HealthMath.Holding(0, weight.price, weight.unit);
        if (position.isCollateral && weight.risk.ltBps != 0) {
            holding.amount = supplyOf(asset, account);
            HealthMath.addCollateral(tally, holding, weight.risk.ltvBps, weight.risk.ltBps);
        }
        if (hasDebt) {
            holding.amount = debtOf(asset, account);
            HealthMath.addDebt(tally, holding);
        }
    }
}
