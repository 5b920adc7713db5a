// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdaptiveRateModel } from "../../contracts/lending/AdaptiveRateModel.sol";
import { IInsuranceModule } from "../../contracts/lending/IInsuranceModule.sol";
import { IIsolatedMarkets } from "../../contracts/lending/IIsolatedMarkets.sol";
import { InsuranceModule } from "../../contracts/lending/InsuranceModule.sol";
import { IReserveBook } from "../../contracts/lending/IReserveBook.sol";
import { IsolatedMarkets } from "../../contracts/lending/IsolatedMarkets.sol";
import { MarketVault } from "../../contracts/lending/MarketVault.sol";
import { SupplyVault } from "../../contracts/lending/SupplyVault.sol";
import { Dollar } from "../../contracts/stablecoin/Dollar.sol";
import { DollarReserve } from "../../contracts/stablecoin/DollarReserve.sol";
import { IBankCalendar } from "../../contracts/stablecoin/IBankCalendar.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { IRedemptionGate } from "../../contracts/stablecoin/IRedemptionGate.sol";
import { IRedemptionQueue } from "../../contracts/stablecoin/IRedemptionQueue.sol";
import { ISwapWindow } from "../../contracts/stablecoin/ISwapWindow.sol";
import { JuniorTranche } from "../../contracts/stablecoin/JuniorTranche.sol";
import { RedemptionFee } from "../../contracts/stablecoin/RedemptionFee.sol";
import { ClockMode } from "../../contracts/types/ClockMode.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { LendingTest } from "./base/LendingTest.sol";
import { SynchronousVaultBehaviour } from "./base/SynchronousVaultBehaviour.sol";
import { SettablePrice } from "./handlers/IsolatedMarketsHandler.sol";

/// @notice A pooled market in which somebody owes: interest accrues, liquidity runs short, and debts go bad.
abstract contract LendingVaultBehaviour is LendingTest, SynchronousVaultBehaviour {
    address internal constant DEBTOR = address(0xdeb7);

    function _open() internal {
        _deployLending();
        address[4] memory all = [ALICE, BOB, DEBTOR, address(this)];
        for (uint256 k = 0; k < 2; ++k) {
            for (uint256 i = 0; i < 4; ++i) {
                tokens[k].mint(all[i], 1e40);
                _VM.prank(all[i]);
                tokens[k].approve(address(pool), type(uint256).max);
            }
        }
        pool.supply(address(tokens[0]), 1e24, address(this));
        _VM.prank(DEBTOR);
        pool.supply(address(tokens[1]), 1e26, DEBTOR);
    }

    /// @dev Debts up to all that there is to lend, interest for up to two years, and sometimes a fall of the collateral
    /// that nobody liquidates in time.
    function _happen(uint256[4] memory seeds) internal virtual override {
        uint256 cash = pool.reserveOf(address(tokens[0])).cash;
        uint256 most = cash < 7e25 ? cash : 7e25;
        if (most == 0) return;
        _VM.prank(DEBTOR);
        pool.borrow(address(tokens[0]), _bound(seeds[1], 1, most), DEBTOR);
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[2], 0, 730 days));
        pool.accrue(address(tokens[0]));
        if (seeds[3] % 4 == 0) return;
        feeds[1].setRound(1e8, _VM.getBlockTimestamp());
        // Without enough debt the fall leaves it healthy, and it is not liquidated.
        try pool.liquidate(address(tokens[1]), address(tokens[0]), DEBTOR, type(uint256).max, false) {
            feeds[1].setRound(100e8, _VM.getBlockTimestamp());
        } catch {
            return;
        }
    }

    function _starve(uint256 seed) internal override {
        uint256 cash = pool.reserveOf(address(tokens[0])).cash;
        if (cash == 0 || seed % 2 == 0) return;
        _VM.prank(DEBTOR);
        // It may owe too much already.
        try pool.borrow(address(tokens[0]), _bound(seed, 1, cash), DEBTOR) {} catch {}
    }
}

contract SupplyVaultBehaviourTest is LendingVaultBehaviour {
    function setUp() external {
        _open();
        _adopt(new SupplyVault(claims[0]), tokens[0]);
    }

    function _donate(address from, uint256 amount) internal override {
        _VM.prank(from);
        pool.supply(address(tokens[0]), amount, address(subject));
    }

    function _leaveRoom(uint256 room) internal override returns (bool) {
        IReserveBook.Listing memory listing = book.termsOf(address(tokens[0])).listing;
        listing.supplyCap = pool.cappedSupplyOf(address(tokens[0])) + room;
        book.setTerms(address(tokens[0]), listing);
        return true;
    }

    function test_ItsHistoryEarnsAndRunsShort() external {
        _live([uint256(1e24), 2e24, 365 days, 0]);
        _atMost(1e24 + 1, subject.totalAssets(), "interest has come in");
        _equal(subject.maxWithdraw(BOB), 0, "and all is lent");
    }

    function test_ItsHistoryHasDebtsThatGoBad() external {
        _live([uint256(1e24), 1e24, 0, 1]);
        _check(pool.reserveOf(address(tokens[0])).deficit > 0, "a debt has gone bad");
    }
}

contract InsuranceModuleBehaviourTest is LendingVaultBehaviour {
    uint256 private _slashes;

    function setUp() external {
        _open();
        IInsuranceModule.Terms memory terms = IInsuranceModule.Terms({
            owner: address(this),
            pool: pool,
            reserve: address(tokens[0]),
            underlying: address(tokens[0]),
            underlyingFeed: feeds[0],
            maxAge: type(uint256).max,
            receiver: address(this),
            offset: 0,
            feeBps: 0,
            cooldown: 1,
            window: type(uint32).max
        });
        _adopt(new InsuranceModule(terms, ClockMode.Timestamp), tokens[0]);
    }

    function _happen(uint256[4] memory seeds) internal override {
        super._happen(seeds);
        InsuranceModule module = InsuranceModule(address(subject));
        if (module.previewSlash().slashed == 0) return;
        module.slash();
        ++_slashes;
    }

    function _unlock(address holder) internal override {
        if (subject.balanceOf(holder) == 0) return;
        _VM.prank(holder);
        InsuranceModule(address(subject)).cooldown();
        _VM.warp(_VM.getBlockTimestamp() + 1);
    }

    function test_ItsHistoryIsSlashed() external {
        _live([uint256(1e24), 1e24, 0, 1]);
        _equal(_slashes, 1, "a debt that went bad took of the stake");
        _atMost(subject.totalAssets(), 1e24 - 1, "which is less now");
    }
}

contract MarketVaultBehaviourTest is SynchronousVaultBehaviour {
    IsolatedMarkets private _markets;
    SettablePrice private _price;
    bytes32[2] private _ids;

    function setUp() external {
        (FreeToken loan, FreeToken collateral) = (new FreeToken(), new FreeToken());
        _price = new SettablePrice();
        _markets = new IsolatedMarkets(address(this));
        MarketVault vault = new MarketVault(address(this), _markets, loan);
        IIsolatedMarkets.MarketParams memory params = IIsolatedMarkets.MarketParams(
            address(loan),
            address(collateral),
            _price,
            new AdaptiveRateModel(),
            0.86e18
        );
        bytes32[] memory queue = new bytes32[](2);
        for (uint256 k = 0; k < 2; ++k) {
            queue[k] = _markets.createMarket(params);
            _ids[k] = queue[k];
            params.lltv = 0.945e18;
        }
        vault.setCap(queue[0], 1e24);
        vault.setCap(queue[1], type(uint128).max);
        vault.setSupplyQueue(queue);
        collateral.mint(address(this), 1e40);
        collateral.approve(address(_markets), type(uint256).max);
        loan.mint(address(this), 1e40);
        loan.approve(address(_markets), type(uint256).max);
        _adopt(vault, loan);
        _VM.prank(ALICE);
        loan.approve(address(_markets), type(uint256).max);
    }

    /// @dev Both markets lend, interest accrues, somebody gives, and sometimes the first market's debts go bad.
    function _happen(uint256[4] memory seeds) internal override {
        for (uint256 k = 0; k < 2; ++k) {
            uint256 lent = _bound(seeds[1], 0, _markets.totalsOf(_ids[k]).supplyAssets);
            if (lent == 0) continue;
            _markets.supplyCollateral(_ids[k], 2 * lent, address(this));
            _markets.borrow(_ids[k], lent, 0, address(this), address(this));
        }
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[2], 0, 200 days));
        uint256 gift = _bound(seeds[3], 0, 1e22);
        if (gift > 0) _markets.supply(_ids[0], gift, 0, address(subject));
        uint256 pledged = _markets.positionOf(_ids[0], address(this)).collateral;
        if (seeds[3] % 4 == 0 || pledged == 0) return;
        _price.set(1e35);
        _markets.liquidate(_ids[0], address(this), pledged, 0, "");
        _price.set(1e36);
    }

    function _donate(address from, uint256 amount) internal override {
        _VM.prank(from);
        _markets.supply(_ids[0], amount, 0, address(subject));
    }

    function _leaveRoom(uint256 room) internal override returns (bool) {
        MarketVault vault = MarketVault(address(subject));
        for (uint256 k = 0; k < 2; ++k) vault.setCap(_ids[k], vault.suppliedTo(_ids[k]) + k * room);
        return true;
    }

    function _starve(uint256 seed) internal override {
        for (uint256 k = 0; k < 2; ++k) {
            IIsolatedMarkets.Totals memory totals = _markets.totalsOf(_ids[k]);
            uint256 free = totals.supplyAssets - totals.borrowAssets;
            if (free == 0 || seed % 2 == 0) continue;
            _markets.supplyCollateral(_ids[k], 1e30, address(this));
            _markets.borrow(_ids[k], _bound(seed, 1, free), 0, address(this), address(this));
        }
    }

    function test_ItsHistoryEarnsAndLoses() external {
        _live([uint256(1e24), 1e24, 200 days, 0]);
        _atMost(1e24 + 1, subject.totalAssets(), "interest has come in");
        uint256 before = subject.totalAssets();
        _live([uint256(1), 0, 0, 1]);
        _atMost(subject.totalAssets(), before, "and a debt gone bad takes of it");
    }
}

contract JuniorTrancheBehaviourTest is SynchronousVaultBehaviour {
    DollarReserve private _reserve;

    function setUp() external {
        _VM.warp(2_000_000_000);
        FreeToken asset = new FreeToken();
        Dollar dollar = new Dollar(address(this), "Dollar", "USD");
        uint256 never = type(uint256).max;
        IRedemptionGate.Gate memory gate = IRedemptionGate.Gate(1, never, never, IBankCalendar(address(0)));
        RedemptionFee.Curve memory curve = RedemptionFee.Curve(1, 0, 0, 0, false);
        _reserve = new DollarReserve(address(this), dollar, asset, IFundTeller(address(0)), gate, curve);
        JuniorTranche junior = new JuniorTranche(_reserve, 1 days);
        _reserve.wire(junior, IRedemptionQueue(address(0)), ISwapWindow(address(0)));
        dollar.setIssuer(address(_reserve), true);
        asset.mint(address(this), 1e40);
        asset.approve(address(_reserve), never);
        _adopt(junior, asset);
    }

    /// @dev Dollars are made, and what they were lent to comes back with more or with less; a gain vests.
    function _happen(uint256[4] memory seeds) internal override {
        uint256 supply = _bound(seeds[1], 1e6, 1e26);
        _reserve.mint(supply, address(this));
        _reserve.placeTerm(address(this), supply, 0, 0);
        _reserve.sellTerm(1, _bound(seeds[2], (supply * 3) / 4, supply));
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[3], 0, 2 days));
    }

    function test_ItsHistoryLosesAndGains() external {
        _live([uint256(1e24), 1e24, 1e24 - 1e23, 0]);
        _equal(subject.totalAssets(), 1e24 - 1e23, "what the reserve lost is the tranche's loss");
    }
}
