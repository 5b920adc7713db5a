// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BankCalendar } from "../../contracts/stablecoin/BankCalendar.sol";
import { FundShare } from "../../contracts/stablecoin/FundShare.sol";
import { FundTeller } from "../../contracts/stablecoin/FundTeller.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { FundHandler } from "./handlers/FundHandler.sol";

/// @notice Laws of a fund's teller after any history of orders, claims, values and money that comes and goes.
contract FundTellerInvariantsTest is PropertyTest {
    FreeToken private _money;
    FundShare private _shares;
    FundTeller private _teller;
    FundHandler private _handler;

    function setUp() external {
        _VM.warp(2_000_000_000);
        _money = new FreeToken();
        _shares = new FundShare(address(this), 18);
        BankCalendar calendar = new BankCalendar(address(this), 5 days, 0);
        IFundTeller.Terms memory terms = IFundTeller.Terms(1 days, 0, 0, 10, 50, 1e24);
        address[3] memory parts = [address(_money), address(_shares), address(calendar)];
        _teller = new FundTeller(parts, address(this), address(this), terms, [uint256(18 hours), 1e6]);
        _shares.setTeller(address(_teller));
        _handler = new FundHandler();
        _handler.begin(_money, _shares, _teller);
        address[] memory holders = _handler.holders();
        for (uint256 k = 0; k < holders.length; ++k) _shares.setAllowed(holders[k], true);
        _teller.setReporter(address(_handler));
        _teller.transferOwnership(address(_handler));
        _VM.prank(address(_handler));
        _teller.acceptOwnership();
        _target(address(_handler));
        _only(address(_handler), _verbs());
    }

    function invariant_MoneyIsWhereItWent() external view {
        uint256 held = _money.balanceOf(address(_teller));
        _equal(held + _handler.invested() + _handler.paidOut(), _handler.broughtIn(), "held, invested or paid");
    }

    function invariant_SharesAreThoseClaimed() external view {
        _equal(_shares.totalSupply() + _handler.destroyed(), _handler.created(), "each share was claimed, or is gone");
        uint256 sum;
        address[] memory holders = _handler.holders();
        for (uint256 k = 0; k < holders.length; ++k) sum += _shares.balanceOf(holders[k]);
        _equal(sum, _shares.totalSupply(), "and somebody's");
    }

    function invariant_NoOrderGivesMoreThanItsValue() external view {
        (uint256 money, uint256 shares) = (0, 0);
        for (uint256 id = 1; id <= _teller.orderCount(); ++id) {
            IFundTeller.Order memory order = _teller.orderOf(id);
            IFundTeller.Quote memory quote = _teller.quoteOf(id);
            _atMost(order.claimed, order.amount, "no more is claimed than was brought");
            _check(order.isClaimed == (order.claimed == order.amount), "an order is done once all of it is claimed");
            if (order.isRedemption) money += order.given;
            else shares += order.given;
            if (quote.nav == 0) _equal(order.claimed + order.given + order.fee, 0, "nothing before it is struck");
            else _keepsToItsValue(order, quote);
        }
        _atMost(money, _handler.paidOut(), "orders paid no more than was paid");
        _equal(shares, _handler.created(), "and created all shares");
    }

    function invariant_WhatCanBeClaimedIsThere() external view {
        uint256 held = _money.balanceOf(address(_teller));
        address[] memory holders = _handler.holders();
        for (uint256 k = 0; k < holders.length; ++k) {
            _atMost(_teller.maxWithdraw(holders[k]), held, "no more money is told than there is");
            _atMost(_teller.maxRedeem(holders[k]), _teller.claimableRedeemRequest(0, holders[k]), "nor more shares");
            _equal(
                _teller.maxDeposit(holders[k]),
                _teller.claimableDepositRequest(0, holders[k]),
                "of subscriptions all"
            );
        }
    }

    function invariant_OrdersAddUp() external view {
        (uint256 open, uint256 told) = (0, 0);
        address[] memory holders = _handler.holders();
        for (uint256 id = 1; id <= _teller.orderCount(); ++id) {
            IFundTeller.Order memory order = _teller.orderOf(id);
            open += order.amount - order.claimed;
        }
        for (uint256 k = 0; k < holders.length; ++k) {
            told += _teller.pendingDepositRequest(0, holders[k]) + _teller.claimableDepositRequest(0, holders[k]);
            told += _teller.pendingRedeemRequest(0, holders[k]) + _teller.claimableRedeemRequest(0, holders[k]);
            _atMost(_gifts(holders[k]), 64, "others fill no more than their places");
            _equal(_gifts(holders[k]), _teller.openGifts(holders[k]), "which are counted");
        }
        _equal(told, open, "what is left of the orders waits or can be claimed");
    }

    function invariant_ADayPaysNoMoreAtOnceThanItsLimit() external view {
        _atMost(_handler.instantToday(), 1e24, "the limit of a day holds");
    }

    function _keepsToItsValue(IFundTeller.Order memory order, IFundTeller.Quote memory quote) private view {
        uint256 whole =
            order.isRedemption
                ? _teller.assetsFor(order.amount, quote.nav)
                : _teller.sharesFor(order.amount, quote.nav);
        _atMost(order.given + order.fee, whole, "an order gives no more than it is worth, its fee among it");
        if (order.isClaimed) return;
        _atMost(order.given + quote.assets + quote.shares + order.fee + quote.fee, whole, "nor will it");
        // As sums, cross-multiplied: given / whole <= claimed / amount.
        _atMost(order.given, (whole * order.claimed) / order.amount, "nor sooner than it is claimed");
    }

    function _gifts(address holder) private view returns (uint256 count) {
        uint256[] memory ids = _teller.openOrdersOf(holder);
        for (uint256 k = 0; k < ids.length; ++k) if (_teller.orderOf(ids[k]).isGift) ++count;
    }

    function _verbs() private pure returns (bytes4[] memory verbs) {
        verbs = new bytes4[](11);
        verbs[0] = FundHandler.subscribe.selector;
        verbs[1] = FundHandler.redeem.selector;
        verbs[2] = FundHandler.leaveAtOnce.selector;
        verbs[3] = FundHandler.claimShares.selector;
        verbs[4] = FundHandler.claimMoney.selector;
        verbs[5] = FundHandler.claimOne.selector;
        verbs[6] = FundHandler.invest.selector;
        verbs[7] = FundHandler.bringBack.selector;
        verbs[8] = FundHandler.strike.selector;
        verbs[9] = FundHandler.pass.selector;
        verbs[10] = FundHandler.agree.selector;
    }
}
