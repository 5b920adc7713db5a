// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../../contracts/libraries/IAggregatorV3.sol";
import { RedemptionMath__Harness } from "../../contracts/mocks/RedemptionMath__Harness.sol";
import { BankCalendar } from "../../contracts/stablecoin/BankCalendar.sol";
import { Dollar } from "../../contracts/stablecoin/Dollar.sol";
import { DollarReserve } from "../../contracts/stablecoin/DollarReserve.sol";
import { FundShare } from "../../contracts/stablecoin/FundShare.sol";
import { FundTeller } from "../../contracts/stablecoin/FundTeller.sol";
import { IBankCalendar } from "../../contracts/stablecoin/IBankCalendar.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { IRedemptionGate } from "../../contracts/stablecoin/IRedemptionGate.sol";
import { IRedemptionQueue } from "../../contracts/stablecoin/IRedemptionQueue.sol";
import { ISwapWindow } from "../../contracts/stablecoin/ISwapWindow.sol";
import { JuniorTranche } from "../../contracts/stablecoin/JuniorTranche.sol";
import { RedemptionFee } from "../../contracts/stablecoin/RedemptionFee.sol";
import { SwapWindow } from "../../contracts/stablecoin/SwapWindow.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice A feed that says whatever it is told to, or nothing.
contract OddFeed is IAggregatorV3 {
    int256 private immutable _answer;
    bool private immutable _isDumb;

    error OddFeedDumb();

    constructor(int256 answer, bool isDumb) {
        (_answer, _isDumb) = (answer, isDumb);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return getRoundData(1);
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function description() external pure returns (string memory) {
        return "odd";
    }

    function version() external pure returns (uint256) {
        return 1;
    }

    function getRoundData(uint80 round) public view returns (uint80, int256, uint256, uint256, uint80) {
        require(!_isDumb, OddFeedDumb());
        return (round, _answer, block.timestamp, block.timestamp, round);
    }
}

/// @notice What no amount may do to the dollar's reserve, its junior tranche, its fund and its calendar.
contract StablecoinTest is PropertyTest {
    uint256 private constant _NEVER = type(uint256).max;

    FreeToken private _money;
    Dollar private _dollar;
    DollarReserve private _reserve;
    JuniorTranche private _junior;
    SwapWindow private _window;
    RedemptionMath__Harness private _math;

    function setUp() public {
        _VM.warp(2_000_000_000);
        _math = new RedemptionMath__Harness();
        _money = new FreeToken();
        _dollar = new Dollar(address(this), "Dollar", "USD");
        IRedemptionGate.Gate memory gate = IRedemptionGate.Gate(1, _NEVER, _NEVER, IBankCalendar(address(0)));
        RedemptionFee.Curve memory curve = RedemptionFee.Curve(1, 0, 0, 0, false);
        _reserve = new DollarReserve(address(this), _dollar, _money, IFundTeller(address(0)), gate, curve);
        _junior = new JuniorTranche(_reserve, 1 days);
        _window = new SwapWindow(address(this), _dollar, _money, address(_reserve));
        _reserve.wire(_junior, IRedemptionQueue(address(0)), _window);
        _dollar.setIssuer(address(_window), true);
        _dollar.setIssuer(address(_reserve), true);
        _money.mint(address(this), 1e40);
        _money.approve(address(_reserve), _NEVER);
        _money.approve(address(_junior), _NEVER);
        _money.approve(address(_window), _NEVER);
    }

    function testFuzz_Fee_PartsPayWhatTheWholePays(uint256[5] memory seeds, uint256 cash, uint256 cut) external view {
        RedemptionFee.Curve memory curve = _curve(seeds, false);
        cash = _bound(cash, 1, 1e30);
        uint256 amount = _bound(seeds[4], 1, cash);
        cut = _bound(cut, 0, amount);
        uint256 whole = _math.feeOf(curve, cash, amount);
        uint256 parts = _math.feeOf(curve, cash, cut) + _math.feeOf(curve, cash - cut, amount - cut);

        _atMost(whole, parts, "parts pay no less than the whole");
        _atMost(parts, whole + 1, "and no more, but for the rounding");
    }

    function testFuzz_Fee_LiesBetweenTheEndsOfTheCurve(
        uint256[5] memory seeds,
        uint256 cash,
        bool isAtEnd
    ) external view {
        RedemptionFee.Curve memory curve = _curve(seeds, isAtEnd);
        cash = _bound(cash, 1, 1e30);
        uint256 amount = _bound(seeds[4], 1, cash);
        uint256 fee = _math.feeOf(curve, cash, amount);

        _atMost((amount * curve.minBps) / 10_000, fee, "at least the least fee");
        _atMost(fee, (amount * curve.maxBps + 9_999) / 10_000, "at most the greatest fee");
        _atMost(_math.bpsAt(curve, cash), _math.bpsAt(curve, cash - amount), "the emptier the dearer");
    }

    function testFuzz_Redeem_TwoPartsGainNothing(uint256 supply, uint256 loss, uint256 part, uint256 cut) external {
        supply = _bound(supply, 1e12, 1e30);
        _lose(supply, _bound(loss, 0, supply - 1));
        part = _bound(part, 1e9, supply);
        cut = _bound(cut, 1e6, part - 1e6);
        (uint256 whole, ) = _reserve.quoteRedeem(part);
        if (whole == 0) return;
        uint256 before = _reserve.backedRate();
        uint256 paid = _try(cut) + _try(part - cut);

        // The rate is exact to one unit in 1e18: what the first part's rounding left raises the second's by one at most.
        _atMost(paid, whole + part / 1e18 + 1, "two parts are paid what one is");
        if (_dollar.totalSupply() > 0) _atMost(before, _reserve.backedRate(), "who stays loses nothing");
    }

    function testFuzz_Redeem_OrderDoesNotMatter(uint256 supply, uint256 loss, uint256 first) external {
        supply = _bound(supply, 1e12, 1e30);
        _lose(supply, _bound(loss, 0, supply / 2));
        first = _bound(first, 1e6, supply - 1e6);
        (uint256 alone, ) = _reserve.quoteRedeem(supply - first);
        _try(first);
        (uint256 then, ) = _reserve.quoteRedeem(supply - first);

        _atMost(alone, then, "the second is paid no less for having waited");
        _atMost(then, alone + supply / 1e18 + 2, "and no more");
    }

    function testFuzz_Waterfall_EverybodyBearsInOrder(uint256[4] memory pots, uint256 loss) external {
        uint256 supply = 1e24;
        _reserve.fundBuffer(pots[0] = _bound(pots[0], 0, 1e24));
        _junior.deposit(pots[1] = _bound(pots[1], 0, 1e24), address(this));
        _reserve.fundBackstop(pots[2] = _bound(pots[2], 0, 1e24));
        loss = _bound(loss, 0, supply);
        _lose(supply, loss);
        uint256 residual = _reserve.residual();
        uint256 rate = _reserve.redemptionRate();
        uint256 all = pots[0] + pots[1] + pots[2];

        _equal(residual, loss > all ? loss - all : 0, "holders bear what the pots do not");
        _equal(rate, ((supply - residual) * 1e18) / supply, "at one rate, rounded down");
        uint256 moved = _reserve.cover();
        _equal(moved + residual, loss, "what is covered and what is not is the loss");
        _equal(_reserve.redemptionRate(), rate, "covering changes no rate");
        if (loss <= pots[0]) _equal(_junior.totalAssets(), pots[1], "the tranche is whole while the buffer lasts");
    }

    function testFuzz_Window_NoFeedStopsRedemptions(uint256[3] memory amounts, int256 answer, uint256 kind) external {
        uint256 gems = _bound(amounts[0], 1, 1e30);
        _window.sellGem(address(this), gems);
        _reserve.mint(_bound(amounts[1], 1, 1e30), address(this));
        _window.setBand(
            new OddFeed(kind % 3 == 0 ? answer : answer % 2e18, kind % 4 == 1),
            0,
            ISwapWindow.Band(0, 0, 0, 0)
        );
        uint256 value = _window.value();
        uint256 rate = _reserve.redemptionRate();
        uint256 dollars = _bound(amounts[2], 1, _reserve.cash());
        (uint256 quoted, ) = _reserve.quoteRedeem(dollars);

        _atMost(value, gems, "no mark above par");
        if (kind % 4 == 1 || answer <= 0) _equal(value, 0, "a price that is none counts as zero");
        _atMost(rate, 1e18, "no more than par is paid");
        if (quoted > 0) _equal(_reserve.redeem(dollars, quoted, address(this)), quoted, "and what is quoted is paid");
    }

    function testFuzz_Junior_RoundTripsGainNothing(uint256[2] memory held, uint256 amount, uint256 kind) external {
        _junior.deposit(_bound(held[0], 1, 1e30), address(0xbeef));
        _money.transfer(address(_junior), _bound(held[1], 0, 1e30));
        amount = _bound(amount, 1, 1e30);
        uint256 before = _money.balanceOf(address(this));
        uint256 shares;
        if (kind % 2 == 0) shares = _junior.deposit(amount, address(this));
        else _junior.mint(shares = _junior.previewDeposit(amount) + 1, address(this));
        if (kind % 4 < 2) _junior.redeem(shares, address(this), address(this));
        else if (_junior.maxWithdraw(address(this)) > 0) {
            _junior.withdraw(_junior.maxWithdraw(address(this)), address(this), address(this));
        }

        _atMost(_money.balanceOf(address(this)), before, "who comes and goes gains nothing");
    }

    function testFuzz_Junior_InflationNeverPays(uint256 first, uint256 donation, uint256 victim) external {
        first = _bound(first, 1, 1e24);
        donation = _bound(donation, 0, 1e30);
        victim = _bound(victim, 1, 1e30);
        _junior.deposit(first, address(this));
        _money.transfer(address(_junior), donation);
        _junior.deposit(victim, address(0xbeef));

        uint256 out = _junior.previewRedeem(_junior.balanceOf(address(this)));
        _atMost(out, first + donation, "the attacker gets back no more than it put in");
    }

    function testFuzz_Fund_RoundTripGainsNothing(uint256 assets, uint256 nav, uint256 feeBps) external {
        nav = _bound(nav, 1, 1e18);
        FundTeller teller = _openFund(nav, _bound(feeBps, 0, 10_000));
        assets = _bound(assets, 1, 1e30);
        uint256 before = _money.balanceOf(address(this));
        teller.requestDeposit(assets, address(this), address(this));
        (, uint256 shares) = teller.claim(1, address(this));
        if (shares == 0) return;
        teller.requestRedeem(shares, address(this), address(this));
        (uint256 paid, ) = teller.claim(2, address(this));

        _atMost(paid, assets, "subscribing and redeeming at one value gains nothing");
        _equal(_money.balanceOf(address(this)), before - assets + paid, "what is paid is what was said");
        _atMost(shares, teller.sharesFor(assets, nav), "no more shares than money buys");
    }

    function testFuzz_Calendar_NextOpeningIsOpen(
        uint256[2] memory week,
        uint256[6] memory days_,
        uint256 time
    ) external {
        BankCalendar calendar = new BankCalendar(address(this), week[0] % 7 days, week[1] % 7 days);
        for (uint256 k = 0; k < 3; ++k) {
            uint256 from = _bound(days_[2 * k], 0, 4e9);
            calendar.addHoliday(from, from + 1 + (days_[2 * k + 1] % 30 days));
        }
        time = _bound(time, 0, 4e9);
        uint256 opening = calendar.nextOpening(time);

        _check(calendar.isOpen(opening), "it is open then");
        _atMost(time, opening, "and that is not past");
        _check(opening == time || !calendar.isOpen(opening - 1), "and no sooner");
        _check(calendar.isOpen(time) == (opening == time), "now, if it is open now");
    }

    /// @dev A supply of `supply`, held here, with cash for all but `loss` of it.
    function _lose(uint256 supply, uint256 loss) private {
        _reserve.mint(supply, address(this));
        _reserve.placeTerm(address(this), supply, 0, 0);
        _reserve.sellTerm(1, supply - loss);
    }

    /// @dev A part worth nothing is refused.
    function _try(uint256 dollars) private returns (uint256) {
        (uint256 quoted, ) = _reserve.quoteRedeem(dollars);
        return quoted == 0 ? 0 : _reserve.redeem(dollars, quoted, address(this));
    }

    function _openFund(uint256 nav, uint256 feeBps) private returns (FundTeller teller) {
        FundShare share = new FundShare(address(this), 18);
        address[3] memory parts = [address(_money), address(share), address(0)];
        IFundTeller.Terms memory terms = IFundTeller.Terms(0, 0, 0, feeBps, 0, 0);
        teller = new FundTeller(parts, address(this), address(this), terms, [uint256(1 days), nav]);
        share.setTeller(address(teller));
        share.setAllowed(address(this), true);
        _money.approve(address(teller), _NEVER);
    }

    function _curve(uint256[5] memory seeds, bool isAtEnd) private pure returns (RedemptionFee.Curve memory curve) {
        curve.capacity = _bound(seeds[0], 1, 1e30);
        curve.floor = _bound(seeds[1], 0, curve.capacity - 1);
        curve.maxBps = _bound(seeds[2], 0, 10_000);
        curve.minBps = _bound(seeds[3], 0, curve.maxBps);
        curve.isAtEnd = isAtEnd;
    }
}
