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

    function testFuzz_WithoutShares_OneCostsOneAsset(uint256 amount, uint256 assets, uint256 virtual_) external pure {
        Nav memory nav = Nav(assets, 0, virtual_);
        _equal(amount.toShares(nav), amount, "a deposit");
        _equal(amount.toSharesCapped(nav), amount, "a limit of deposits");
        _equal(amount.toAssetsUp(nav), amount, "a mint");
        _equal(amount.toAssets(nav), amount, "a redemption");
        _equal(amount.toSharesUp(nav), amount, "a withdrawal");
        _check(nav.rate() == 1e18 && nav.rateUp() == 1e18, "the rate is one, both ways");
    }

    function testFuzz_WorthlessShares_BuyAndPayNothing(uint256 amount, uint256 shares, uint256 virtual_) external pure {
        (amount, shares, virtual_) = (_bound(amount, 1, 1e36), _bound(shares, 1, 1e36), _bound(virtual_, 0, 1e6));
        Nav memory nav = Nav(0, shares, virtual_);
        _equal(amount.toShares(nav) + amount.toSharesCapped(nav), 0, "nothing is sold at no price");
        _equal(amount.toAssets(nav) + amount.toSharesUp(nav), 0, "and nothing paid");
        _equal(nav.rate() + nav.rateUp(), 0, "the rate is none, both ways");
        _check((amount.toAssetsUp(nav) == 0) == (virtual_ == 0), "only virtual assets give them a price to mint at");
    }

    function testFuzz_CappedShares_AreTheSharesOrTheGreatestNumber(
        uint256 amount,
        uint256 assets,
        uint256 shares
    ) external pure {
        (assets, shares) = (_bound(assets, 1, 2 ** 127), _bound(shares, 1, 2 ** 127 - 1));
        Nav memory nav = Nav(assets, shares, 1);
        uint256 capped = amount.toSharesCapped(nav);
        if (capped < type(uint256).max) return _equal(capped, amount.toShares(nav), "where they can be told");
        _check(((amount >> 128) + 1) * (shares + 1) > 2 ** 128 * assets, "only where they cannot");
    }

    function testFuzz_RateUp_IsTheRateOrOneMore(uint256 assets, uint256 shares, uint256 virtual_) external pure {
        (assets, shares) = (_bound(assets, 0, 1e36), _bound(shares, 1, 1e36));
        Nav memory nav = Nav(assets, shares, _bound(virtual_, 0, 1e6));
        (uint256 down, uint256 up) = (nav.rate(), nav.rateUp());
        _check(up == down || up == down + 1, "they are neighbours");
        if (assets == shares) _check(up == 1e18 && down == 1e18, "and one where assets and shares are as many");
    }

    function test_ExitFee_KeepsToTheEndsOfItsCurve() external pure {
        _equal(RestakingVaultMath.exitFeeBps(100, 100, 40, 5, 500), 5, "at its capacity");
        _equal(RestakingVaultMath.exitFeeBps(40, 100, 40, 5, 500), 500, "at its floor");
        _equal(RestakingVaultMath.exitFeeBps(0, 0, 0, 5, 500), 5, "where there is no curve");
        // rem = floor(10000 * 59 / 60) = 9833, and floor(495 * 167 / 10000) = 8 upon the least.
        _equal(RestakingVaultMath.exitFeeBps(99, 100, 40, 5, 500), 13, "one below its capacity");
        _equal(RestakingVaultMath.exitFee(10_001, 100), 101, "rounded up");
        _equal(RestakingVaultMath.exitFee(10_001, 0) + RestakingVaultMath.exitFee(0, 100), 0, "and nothing of nothing");
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

    function testFuzz_PriceGrowthFee_LeavesThePriceAboveTheOldOne(
        uint256 assets,
        uint256 shares,
        uint256 old,
        uint256 feeBps
    ) external pure {
        (assets, shares, old) = (_bound(assets, 0, 1e36), _bound(shares, 1, 1e36), _bound(old, 0, 1e20));
        feeBps = _bound(feeBps, 0, 9_999);
        uint256 price = (assets * 1e18) / shares;
        uint256 fee = RestakingVaultMath.priceGrowthFee(price, old, shares, feeBps);
        uint256 exact = RestakingVaultMath.growthFee(assets, shares, Nav(old, 1e18, 0), feeBps);
        _atMost(fee, exact, "what the price does not show yet pays no fee");
        _atMost(exact, fee + shares / 1e18 + 2, "and that is less than a digit of the price");
        if (price <= old) return _equal(fee, 0, "without growth there is no fee");
        _atMost(old, ((assets - fee) * 1e18) / shares, "a fee takes no more than the growth");
    }
}
