// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { ILendingAccounts } from "../../../contracts/lending/ILendingAccounts.sol";
import { ILendingLiquidations } from "../../../contracts/lending/ILendingLiquidations.sol";
import { LendingPool } from "../../../contracts/lending/LendingPool.sol";
import { SupplyClaim } from "../../../contracts/lending/SupplyClaim.sol";
import { ReportedFeed } from "../../../contracts/oracle/ReportedFeed.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { IVm } from "../base/IVm.sol";

/// @title LendingHandler
/// @notice Four users of a pooled market; what it refuses is no failure, what it allows is watched.
contract LendingHandler {
    IVm private constant _VM = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    LendingPool public pool;

    /// @notice Liquidations that went through.
    uint256 public liquidations;

    /// @notice Those of them that left bad debt.
    uint256 public bankruptcies;

    /// @notice Whether a healthy account was ever liquidated.
    bool public wasHealthy;

    /// @notice Most that was seized beyond debt and bonus [base currency, 8 dp].
    uint256 public greatestExcess;

    /// @notice Greatest gap between debt that went away and what was repaid or written off [token wei].
    uint256 public greatestGap;

    FreeToken[2] private _tokens;
    ReportedFeed[2] private _feeds;
    SupplyClaim[2] private _claims;
    uint256 private _time = 1_000_000;

    constructor(
        LendingPool pool_,
        FreeToken[2] memory tokens,
        ReportedFeed[2] memory feeds,
        SupplyClaim[2] memory claims
    ) {
        (pool, _tokens, _feeds, _claims) = (pool_, tokens, feeds, claims);
        for (uint256 k = 0; k < 4; ++k) {
            for (uint256 j = 0; j < 2; ++j) {
                _tokens[j].mint(user(k), 1e40);
                _VM.prank(user(k));
                _tokens[j].approve(address(pool), type(uint256).max);
            }
            // Two bring the one asset and two the other, so that prices can part collateral from debt.
            _VM.prank(user(k));
            pool.supply(address(_tokens[k / 2]), 1e24, user(k));
        }
    }

    function supply(uint256 who, uint256 which, uint256 amount) external {
        _as(who);
        try pool.supply(_asset(which), amount % 1e24, user(who)) {} catch {}
    }

    function withdraw(uint256 who, uint256 which, uint256 amount, bool isAll) external {
        _as(who);
        try pool.withdraw(_asset(which), isAll ? type(uint256).max : amount % 1e24, user(who)) {} catch {}
    }

    function borrow(uint256 who, uint256 which, uint256 amount) external {
        ILendingAccounts.AccountData memory data = pool.accountData(user(who));
        uint256 most = (data.collateralBase * data.avgLtvBps) / 10_000;
        if (most <= data.debtBase) return;
        uint256 price = pool.book().priceOf(_asset(which));
        _as(who);
        try pool.borrow(_asset(which), 1 + (amount % (((most - data.debtBase) * 1e18) / price)), user(who)) {} catch {}
    }

    function repay(uint256 who, uint256 which, uint256 amount, bool isAll) external {
        _as(who);
        try pool.repay(_asset(which), isAll ? type(uint256).max : amount % 1e24, user(who)) {} catch {}
    }

    function transfer(uint256 who, uint256 to, uint256 which, uint256 amount) external {
        SupplyClaim claim = _claims[which % 2];
        _as(who);
        try claim.transfer(user(to), amount % 1e24) {} catch {}
    }

    function eliminate(uint256 who, uint256 which, uint256 amount) external {
        uint256 deficit = pool.reserveOf(_asset(which)).deficit;
        if (deficit == 0) return;
        _as(who);
        try pool.eliminateDeficit(_asset(which), 1 + (amount % deficit)) {} catch {}
    }

    function mintToTreasury(uint256 which) external {
        try pool.mintToTreasury(_asset(which)) {} catch {}
    }

    function setPrice(uint256 which, uint256 price) external {
        _feeds[which % 2].setRound(int256(50e8 + (price % 150e8)), _time);
    }

    function wait(uint256 elapsed) external {
        _time += 1 + (elapsed % 20 days);
        _VM.warp(_time);
    }

    function liquidate(uint256 who, uint256 whom, uint256[2] calldata which, uint256 amount, bool isClaims) external {
        _sink(user(whom), amount / 7);
        (address collateral, address debt) = (_asset(which[0]), _asset(which[1]));
        uint256 health = pool.accountData(user(whom)).healthFactor;
        uint256[2] memory debts = _debts(user(whom));
        uint256[2] memory deficits = _deficits();
        _as(who);
        try pool.liquidate(collateral, debt, user(whom), 1 + (amount % 1e25), isClaims) returns (
            ILendingLiquidations.Liquidation memory done
        ) {
            ++liquidations;
            if (done.isBadDebt) ++bankruptcies;
            if (health >= 1e18) wasHealthy = true;
            uint256 most = (done.repaid * done.debtPrice * 105) / 100;
            uint256 taken = (done.seized + done.fee) * done.collateralPrice;
            greatestExcess = Math.max(greatestExcess, Math.saturatingSub(taken, most) / 1e18);
            _account(user(whom), debts, deficits, which[1] % 2, done.repaid);
        } catch {}
    }

    function user(uint256 who) public pure returns (address) {
        return address(uint160(0xa11ce + (who % 4)));
    }

    /// @dev What an account owed is what was repaid, what was written off, and what it still owes.
    function _account(
        address account,
        uint256[2] memory debts,
        uint256[2] memory deficits,
        uint256 which,
        uint256 repaid
    ) private {
        uint256[2] memory debtsAfter = _debts(account);
        uint256[2] memory deficitsAfter = _deficits();
        for (uint256 k = 0; k < 2; ++k) {
            uint256 explained = debtsAfter[k] + deficitsAfter[k] - deficits[k] + (k == which ? repaid : 0);
            uint256 gap = explained > debts[k] ? explained - debts[k] : debts[k] - explained;
            greatestGap = Math.max(greatestGap, gap);
        }
    }

    /// @dev Brings an account that owes something below water, more or less, so that liquidations are not rare.
    function _sink(address account, uint256 depth) private {
        ILendingAccounts.AccountData memory data = pool.accountData(account);
        if (data.debtBase == 0) return;
        uint256 which = pool.debtOf(_asset(0), account) > pool.debtOf(_asset(1), account) ? 1 : 0;
        uint256 price = pool.book().priceOf(_asset(which));
        uint256 fallen = (price * 1e18 * (99 - (depth % 60))) / 100 / Math.max(data.healthFactor, 1e18);
        _feeds[which].setRound(int256(Math.max(fallen, 1e6)), _time);
    }

    function _as(uint256 who) private {
        _VM.prank(user(who));
    }

    function _asset(uint256 which) private view returns (address) {
        return address(_tokens[which % 2]);
    }

    function _debts(address account) private view returns (uint256[2] memory) {
        return [pool.debtOf(_asset(0), account), pool.debtOf(_asset(1), account)];
    }

    function _deficits() private view returns (uint256[2] memory) {
        return [pool.reserveOf(_asset(0)).deficit, pool.reserveOf(_asset(1)).deficit];
    }
}
