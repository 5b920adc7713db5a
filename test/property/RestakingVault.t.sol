// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RestakingVaultMath } from "../../contracts/libraries/RestakingVaultMath.sol";
import { Nav } from "../../contracts/types/Nav.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice What the prices of a restaking vault may never do, whatever it holds.
contract RestakingVaultMathTest is PropertyTest {
    using RestakingVaultMath for uint256;
    using RestakingVaultMath for Nav;

    function testFuzz_ThereAndBack_GivesNoProfit(
        uint256 amount,
        uint256 assets,
        uint256 shares,
        bool isBare
    ) external pure {
        (amount, assets, shares) = (_bound(amount, 1, 1e36), _bound(assets, 1, 1e36), _bound(shares, 1, 1e36));
        Nav memory nav = Nav(assets, shares, isBare ? 0 : 1);
        uint256 bought = amount.toShares(nav);
        _atMost(bought.toAssets(nav), amount, "deposit and redeem");
        _atMost(bought, amount.toSharesUp(nav), "a deposit mints at most what a withdrawal burns");
        uint256 cost = amount.toAssetsUp(nav);
        _atMost(amount.toAssets(nav), cost, "mint and redeem");
        _atMost(amount, cost.toSharesUp(nav), "mint and withdraw");
        Nav memory after_ = Nav(assets + amount, shares + bought, nav.virtualShares);
        _atMost(bought.toAssets(after_), amount, "deposit, and redeem of the vault that holds it");
    }

    function testFuzz_ADeposit_DilutesNobody(
        uint256 amount,
        uint256 assets,
        uint256 shares,
        uint256 held
    ) external pure {
        (amount, assets, shares) = (_bound(amount, 1, 1e36), _bound(assets, 1, 1e36), _bound(shares, 1, 1e36));
        held = _bound(held, 1, shares);
        Nav memory nav = Nav(assets, shares, 1);
        Nav memory after_ = Nav(assets + amount, shares + amount.toShares(nav), 1);
        _atMost(held.toAssets(nav), held.toAssets(after_), "who was there before keeps what it had");
    }

    function testFuzz_AllShares_AreWorthAtMostTheAssets(
        uint256 assets,
        uint256 shares,
        uint256 virtual_
    ) external pure {
        (assets, shares) = (_bound(assets, 0, 1e36), _bound(shares, 1, 1e36));
        _atMost(shares.toAssets(Nav(assets, shares, _bound(virtual_, 0, 1e6))), assets, "the assets cover the shares");
    }

    function testFuzz_Inflation_NeverPays(uint256 donated, uint256 brought) external pure {
        (donated, brought) = (_bound(donated, 1, 1e30), _bound(brought, 1, 1e30));
        // The attacker holds the only share and has paid everything that stands behind it.
        Nav memory nav = Nav(1 + donated, 1, 1);
        Nav memory after_ = Nav(nav.assets + brought, 1 + brought.toShares(nav), 1);
        _atMost(uint256(1).toAssets(after_), 1 + donated, "an attacker gets back at most what it put in");
    }

    function testFuzz_ExitFee_RisesAsTheBufferDrains(
        uint256 left,
        uint256 less,
        uint256 capacity,
        uint256 floor_
    ) external pure {
        capacity = _bound(capacity, 1, 1e30);
        floor_ = _bound(floor_, 0, capacity - 1);
        left = _bound(left, 0, 2e30);
        less = _bound(less, 0, left);
        uint256 fee = RestakingVaultMath.exitFeeBps(left, capacity, floor_, 5, 500);
        _atMost(fee, RestakingVaultMath.exitFeeBps(less, capacity, floor_, 5, 500), "a smaller buffer costs more");
        _check(fee >= 5 && fee <= 500, "the fee keeps to its range");
    }

    function testFuzz_GrowthFee_IsAtMostItsPartOfTheGrowth(
        uint256 assets,
        uint256 shares,
        uint256 price
    ) external pure {
        (assets, shares, price) = (_bound(assets, 0, 1e36), _bound(shares, 1, 1e36), _bound(price, 1, 1e20));
        uint256 fee = RestakingVaultMath.growthFee(assets, shares, Nav(price, 1e18, 0), 1000);
        _atMost(fee * 10, assets, "a tenth of the growth is at most a tenth of the assets");
        if (assets * 1e18 <= shares * price) _equal(fee, 0, "without growth there is no fee");
    }
}
