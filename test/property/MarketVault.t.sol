// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdaptiveRateModel } from "../../contracts/lending/AdaptiveRateModel.sol";
import { IIsolatedMarkets } from "../../contracts/lending/IIsolatedMarkets.sol";
import { IsolatedMarkets } from "../../contracts/lending/IsolatedMarkets.sol";
import { MarketVault } from "../../contracts/lending/MarketVault.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { SettablePrice } from "./handlers/IsolatedMarketsHandler.sol";

/// @notice ERC-4626 as anybody may test it: previews bound actions, no round trip wins, the first deposit is safe.
contract MarketVaultTest is PropertyTest {
    address private constant _ALICE = address(0xa11ce);
    address private constant _BOB = address(0xb0b);

    FreeToken private _loan;
    FreeToken private _collateral;
    IsolatedMarkets private _markets;
    MarketVault private _vault;
    SettablePrice private _oracle;
    bytes32[2] private _ids;

    function setUp() public {
        (_loan, _collateral, _oracle) = (new FreeToken(), new FreeToken(), new SettablePrice());
        _markets = new IsolatedMarkets(address(this));
        _vault = new MarketVault(address(this), _markets, _loan);
        IIsolatedMarkets.MarketParams memory params = IIsolatedMarkets.MarketParams(
            address(_loan),
            address(_collateral),
            _oracle,
            new AdaptiveRateModel(),
            0.86e18
        );
        bytes32[] memory queue = new bytes32[](2);
        for (uint256 k = 0; k < 2; ++k) {
            queue[k] = _markets.createMarket(params);
            _ids[k] = queue[k];
            params.lltv = 0.945e18;
        }
        _vault.setCap(queue[0], 1e24);
        _vault.setCap(queue[1], type(uint128).max);
        _vault.setSupplyQueue(queue);
        address[3] memory all = [_ALICE, _BOB, address(this)];
        for (uint256 k = 0; k < 3; ++k) {
            _loan.mint(all[k], 1e40);
            _VM.startPrank(all[k]);
            _loan.approve(address(_vault), type(uint256).max);
            _loan.approve(address(_markets), type(uint256).max);
            _VM.stopPrank();
        }
        _collateral.mint(address(this), 1e40);
        _collateral.approve(address(_markets), type(uint256).max);
    }

    function testFuzz_PreviewsAreWhatHappens(uint256[4] memory seeds, uint256 amount) external {
        _live(seeds);
        amount = _bound(amount, 1, 1e26);
        uint256 preview = _vault.previewDeposit(amount);
        _VM.prank(_ALICE);
        _equal(_vault.deposit(amount, _ALICE), preview, "deposit mints what it said");
        uint256 most = _vault.maxMint(_ALICE);
        uint256 minted = _bound(amount, 1, most < 1e26 ? most : 1e26);
        preview = _vault.previewMint(minted);
        _VM.prank(_ALICE);
        _equal(_vault.mint(minted, _ALICE), preview, "mint takes what it said");
        most = _vault.maxWithdraw(_ALICE);
        if (most > 0) {
            uint256 part = _bound(amount, 1, most);
            preview = _vault.previewWithdraw(part);
            _VM.prank(_ALICE);
            _equal(_vault.withdraw(part, _ALICE, _ALICE), preview, "withdraw burns what it said");
        }
        most = _vault.maxRedeem(_ALICE);
        if (most == 0) return;
        uint256 shares = _bound(amount, 1, most);
        preview = _vault.previewRedeem(shares);
        _VM.prank(_ALICE);
        _equal(_vault.redeem(shares, _ALICE, _ALICE), preview, "redeem pays what it said");
    }

    function testFuzz_NoRoundTripWins(uint256[4] memory seeds, uint256 amount) external {
        _live(seeds);
        amount = _bound(amount, 1, 1e23);
        uint256 before = _loan.balanceOf(_ALICE);
        _VM.startPrank(_ALICE);
        uint256 shares = _vault.deposit(amount, _ALICE);
        if (_vault.maxRedeem(_ALICE) >= shares) _vault.redeem(shares, _ALICE, _ALICE);
        _atMost(_loan.balanceOf(_ALICE), before, "deposit and redeem wins nothing");
        before = _loan.balanceOf(_ALICE);
        _vault.mint(amount, _ALICE);
        if (_vault.maxRedeem(_ALICE) >= amount) _vault.redeem(amount, _ALICE, _ALICE);
        _atMost(_loan.balanceOf(_ALICE), before, "mint and redeem wins nothing");
        _VM.stopPrank();
    }

    function testFuzz_WithdrawAndDepositMintsNoShares(uint256[4] memory seeds, uint256 amount) external {
        _live(seeds);
        _VM.startPrank(_ALICE);
        _vault.deposit(_bound(amount, 1e6, 1e23), _ALICE);
        uint256 most = _vault.maxWithdraw(_ALICE);
        uint256 shares = _vault.balanceOf(_ALICE);
        if (most > 0) {
            _vault.withdraw(most, _ALICE, _ALICE);
            _vault.deposit(most, _ALICE);
        }
        _atMost(_vault.balanceOf(_ALICE), shares, "what goes out and comes back gains no share");
        _VM.stopPrank();
    }

    function testFuzz_LimitsNeverRevertAndAreAccepted(uint256[4] memory seeds) external {
        _live(seeds);
        uint256 room = _vault.maxDeposit(_ALICE);
        _vault.maxMint(_ALICE);
        _VM.startPrank(_ALICE);
        _vault.deposit(room < 1e30 ? room : 1e30, _ALICE);
        uint256 most = _vault.maxWithdraw(_ALICE);
        if (most > 0) _vault.withdraw(most, _ALICE, _ALICE);
        most = _vault.maxRedeem(_ALICE);
        if (most > 0) _vault.redeem(most, _ALICE, _ALICE);
        _VM.stopPrank();
    }

    function testFuzz_InflationOfTheFirstShareDoesNotPay(uint256 first, uint256 gift, uint256 victim) external {
        first = _bound(first, 1, 1e18);
        gift = _bound(gift, 1, 1e26);
        victim = _bound(victim, 1, 1e26);
        uint256 before = _loan.balanceOf(_ALICE);
        _VM.startPrank(_ALICE);
        _vault.deposit(first, _ALICE);
        _markets.supply(_ids[0], gift, 0, address(_vault));
        _VM.stopPrank();
        _VM.prank(_BOB);
        _vault.deposit(victim, _BOB);
        _VM.startPrank(_ALICE);
        _vault.redeem(_vault.balanceOf(_ALICE), _ALICE, _ALICE);
        _VM.stopPrank();
        _atMost(_loan.balanceOf(_ALICE), before, "the attacker gains nothing");
    }

    function testFuzz_WhoStaysBearsBadDebtAtPar(uint256 fall) external {
        _VM.prank(_ALICE);
        _vault.deposit(1e20, _ALICE);
        _VM.prank(_BOB);
        _vault.deposit(1e20, _BOB);
        _markets.supplyCollateral(_ids[0], 1e20, address(this));
        _markets.borrow(_ids[0], 0.85e20, 0, address(this), address(this));
        _oracle.set(_bound(fall, 0.05e36, 0.7e36));

        _atMost(2e20 - 2, _vault.totalAssets(), "at par the loss is not seen");
        _check(_vault.unrecognisedBadDebt() > 0, "though it is there");
        uint256 marked = _vault.totalAssets() - _vault.unrecognisedBadDebt();
        _vault.setBadDebtMarking(true);
        _equal(_vault.totalAssets(), marked, "marked, it is");
        _vault.setBadDebtMarking(false);
        _VM.prank(_ALICE);
        _vault.withdraw(1e20 - 2, _ALICE, _ALICE);
        _markets.liquidate(_ids[0], address(this), 1e20, 0, "");
        _close(_vault.totalAssets(), marked - 1e20, 10, "and falls on who stayed");
    }

    /// @dev A vault with a history: somebody is in, somebody borrows, time has passed, somebody gave.
    function _live(uint256[4] memory seeds) private {
        _VM.prank(_BOB);
        _vault.deposit(_bound(seeds[0], 1, 1e25), _BOB);
        _markets.supplyCollateral(_ids[0], 1e30, address(this));
        _markets.supplyCollateral(_ids[1], 1e30, address(this));
        for (uint256 k = 0; k < 2; ++k) {
            IIsolatedMarkets.Totals memory totals = _markets.totalsOf(_ids[k]);
            uint256 lent = _bound(seeds[1], 0, totals.supplyAssets);
            if (lent > 0) _markets.borrow(_ids[k], lent, 0, address(this), address(this));
        }
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[2], 0, 200 days));
        uint256 gift = _bound(seeds[3], 0, 1e22);
        if (gift > 0) _markets.supply(_ids[0], gift, 0, address(_vault));
    }
}
