// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IIsolatedMarkets } from "../../../contracts/lending/IIsolatedMarkets.sol";
import { IsolatedMarkets } from "../../../contracts/lending/IsolatedMarkets.sol";
import { MarketVault } from "../../../contracts/lending/MarketVault.sol";
import { IMarketOracle } from "../../../contracts/libraries/IMarketOracle.sol";
import { VirtualShares } from "../../../contracts/libraries/VirtualShares.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @notice A price that the handler sets.
contract SettablePrice is IMarketOracle {
    uint256 public price = 1e36;

    function set(uint256 price_) external {
        price = price_;
    }
}

/// @notice Three people in two markets with one loan token, and a vault over both.
contract IsolatedMarketsHandler is PropertyTest {
    using VirtualShares for uint256;

    FreeToken public loan;
    FreeToken public collateral;
    IsolatedMarkets public markets;
    MarketVault public vault;
    SettablePrice public oracle;
    bytes32[2] public ids;
    address[3] public people = [address(0xa1), address(0xa2), address(0xa3)];

    uint256 public healthyLiquidations;
    uint256 public badDebt;

    constructor(FreeToken loan_, FreeToken collateral_, IsolatedMarkets markets_, MarketVault vault_) {
        (loan, collateral, markets, vault) = (loan_, collateral_, markets_, vault_);
    }

    /// @notice Lets everybody begin.
    function begin() external {
        for (uint256 k = 0; k < 2; ++k) ids[k] = vault.supplyQueue()[k];
        oracle = SettablePrice(address(markets.paramsOf(ids[0]).oracle));
        for (uint256 k = 0; k < 3; ++k) {
            _VM.startPrank(people[k]);
            loan.approve(address(markets), type(uint256).max);
            collateral.approve(address(markets), type(uint256).max);
            loan.approve(address(vault), type(uint256).max);
            _VM.stopPrank();
            loan.mint(people[k], 1e40);
            collateral.mint(people[k], 1e40);
        }
        for (uint256 k = 0; k < 2; ++k) {
            _VM.prank(people[0]);
            markets.supply(ids[k], 1e24, 0, people[0]);
        }
    }

    function supply(uint256 who, uint256 which, uint256 amount) external {
        bytes32 id = _start(who, which);
        markets.supply(id, _bound(amount, 1, 1e24), 0, people[who % 3]);
        _VM.stopPrank();
    }

    function withdraw(uint256 who, uint256 which, uint256 amount) external {
        bytes32 id = _start(who, which);
        IIsolatedMarkets.Totals memory totals = markets.totalsOf(id);
        uint256 shares = markets.positionOf(id, people[who % 3]).supplyShares;
        uint256 most = shares.toAssetsDown(totals.supplyAssets, totals.supplyShares);
        uint256 free = totals.supplyAssets - totals.borrowAssets;
        most = most < free ? most : free;
        if (most > 0) markets.withdraw(id, _bound(amount, 1, most), 0, people[who % 3], people[who % 3]);
        _VM.stopPrank();
    }

    function borrow(uint256 who, uint256 which, uint256 amount) external {
        bytes32 id = _start(who, which);
        IIsolatedMarkets.Totals memory totals = markets.totalsOf(id);
        uint256 free = totals.supplyAssets - totals.borrowAssets;
        if (free > 0) {
            amount = _bound(amount, 1, free);
            markets.supplyCollateral(id, (amount * 2e36) / oracle.price() + 10, people[who % 3]);
            (uint256 borrowed, uint256 most, ) = markets.healthOf(id, people[who % 3]);
            if (borrowed + amount + 1 <= most) markets.borrow(id, amount, 0, people[who % 3], people[who % 3]);
        }
        _VM.stopPrank();
    }

    function repay(uint256 who, uint256 which, uint256 part) external {
        bytes32 id = _start(who, which);
        uint256 shares = markets.positionOf(id, people[who % 3]).borrowShares;
        if (shares > 0) markets.repay(id, 0, _bound(part, 1, shares), people[who % 3]);
        _VM.stopPrank();
    }

    function withdrawCollateral(uint256 who, uint256 which, uint256 amount) external {
        bytes32 id = _start(who, which);
        IIsolatedMarkets.Position memory position = markets.positionOf(id, people[who % 3]);
        if (position.borrowShares == 0 && position.collateral > 0) {
            markets.withdrawCollateral(id, _bound(amount, 1, position.collateral), people[who % 3], people[who % 3]);
        }
        _VM.stopPrank();
    }

    function liquidate(uint256 who, uint256 whom, uint256 which, uint256 part) external {
        bytes32 id = _start(who, which);
        address borrower = people[whom % 3];
        (, , bool isHealthy) = markets.healthOf(id, borrower);
        IIsolatedMarkets.Position memory position = markets.positionOf(id, borrower);
        if (isHealthy) {
            if (position.borrowShares > 0) {
                try markets.liquidate(id, borrower, 0, 1, "") {
                    ++healthyLiquidations;
                } catch {}
            }
        } else if (position.collateral > 0) {
            uint256 most = _mostToSeize(id, position);
            if (most > 0) {
                badDebt += markets.liquidate(id, borrower, _bound(part, 1, most), 0, "").badDebtAssets;
            }
        }
        _VM.stopPrank();
    }

    function useVault(uint256 who, uint256 amount, bool isDeposit) external {
        address person = people[who % 3];
        _VM.startPrank(person);
        uint256 room = vault.maxDeposit(person);
        uint256 most = vault.maxRedeem(person);
        if (isDeposit && room > 0) vault.deposit(_bound(amount, 1, room < 1e24 ? room : 1e24), person);
        else if (!isDeposit && most > 0) vault.redeem(_bound(amount, 1, most), person, person);
        _VM.stopPrank();
    }

    function move(uint256 seconds_, uint256 price) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(seconds_, 1, 30 days));
        oracle.set(_bound(price, 0.6e36, 1.2e36));
        for (uint256 k = 0; k < 2; ++k) markets.accrue(ids[k]);
    }

    function _start(uint256 who, uint256 which) private returns (bytes32 id) {
        id = ids[which % 2];
        markets.accrue(id);
        _VM.startPrank(people[who % 3]);
    }

    /// @dev What may be seized without repaying more than is owed: found by halving.
    function _mostToSeize(bytes32 id, IIsolatedMarkets.Position memory position) private view returns (uint256 most) {
        IIsolatedMarkets.Totals memory totals = markets.totalsOf(id);
        uint256 factor = markets.liquidationIncentive(markets.paramsOf(id).lltv);
        uint256 debt = position.borrowShares.toAssetsDown(totals.borrowAssets, totals.borrowShares);
        // A wei less than the debt buys: the shares that it repays are rounded up.
        most = ((debt > 2 ? debt - 2 : 0) * factor) / 1e18;
        most = (most * 1e36) / oracle.price();
        most = most > 2 ? most - 2 : 0;
        if (most > position.collateral) most = position.collateral;
    }
}
