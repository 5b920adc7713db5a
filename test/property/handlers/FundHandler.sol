// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { FundShare } from "../../../contracts/stablecoin/FundShare.sol";
import { FundTeller } from "../../../contracts/stablecoin/FundTeller.sol";
import { IFundTeller } from "../../../contracts/stablecoin/IFundTeller.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { IVm } from "../base/IVm.sol";

/// @title FundHandler
/// @notice Random holders who order, claim, lend each other their names and see values move and money leave; it counts all
/// that came and went.
contract FundHandler {
    IVm private constant _VM = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant _LIMIT = 1e24;

    FreeToken public money;
    FundShare public shares;
    FundTeller public teller;
    address[] private _holders;

    /// @notice Money that came in by subscriptions or back from where it was, and money that went to holders or was invested.
    uint256 public broughtIn;
    uint256 public invested;
    uint256 public paidOut;

    /// @notice Shares that claims created, and shares that redemptions destroyed.
    uint256 public created;
    uint256 public destroyed;

    /// @notice Money paid at once on the day at hand, before its fee.
    uint256 public instantToday;
    uint256 private _today;

    /// @notice Brings three holders, with money.
    function begin(FreeToken money_, FundShare shares_, FundTeller teller_) external {
        (money, shares, teller) = (money_, shares_, teller_);
        for (uint160 k = 1; k <= 3; ++k) {
            address holder = address(0xf00d00 + k);
            _holders.push(holder);
            money.mint(holder, 1e40);
            _VM.prank(holder);
            money.approve(address(teller), type(uint256).max);
        }
        money.approve(address(teller), type(uint256).max);
    }

    /* VERBS */

    function subscribe(uint256 seed, uint256 amount, bool isGift) external {
        (address holder, address other) = _pair(seed);
        amount = 1 + (amount % 1e27);
        if (isGift && teller.openGifts(other) >= teller.MAX_OPEN_GIFTS()) return;
        _VM.prank(holder);
        teller.requestDeposit(amount, isGift ? other : holder, holder);
        broughtIn += amount;
    }

    function redeem(uint256 seed, uint256 amount, bool isGift) external {
        (address holder, address other) = _pair(seed);
        uint256 held = shares.balanceOf(holder);
        if (held == 0 || (isGift && teller.openGifts(other) >= teller.MAX_OPEN_GIFTS())) return;
        amount = 1 + (amount % held);
        _VM.prank(holder);
        teller.requestRedeem(amount, isGift ? other : holder, holder);
        destroyed += amount;
    }

    function leaveAtOnce(uint256 seed, uint256 amount) external {
        (address holder, address other) = _pair(seed);
        uint256 held = shares.balanceOf(holder);
        if (held == 0) return;
        amount = 1 + (amount % held);
        uint256 gross = teller.convertToAssets(amount);
        if (gross > teller.instantLeft() || gross > money.balanceOf(address(teller))) return;
        _VM.prank(holder);
        paidOut += teller.redeemInstantly(amount, other);
        destroyed += amount;
        uint256 day = _VM.getBlockTimestamp() / 1 days;
        instantToday = (day == _today ? instantToday : 0) + gross;
        _today = day;
    }

    function claimShares(uint256 seed, uint256 amount, bool isByAmount) external {
        (address holder, address other) = _pair(seed);
        uint256 most = isByAmount ? teller.maxDeposit(holder) : teller.maxMint(holder);
        if (most == 0) return;
        amount = 1 + (amount % most);
        _VM.prank(holder);
        if (isByAmount) created += teller.deposit(amount, other, holder);
        else {
            teller.mint(amount, other, holder);
            created += amount;
        }
    }

    function claimMoney(uint256 seed, uint256 amount, bool isByAmount) external {
        (address holder, address other) = _pair(seed);
        uint256 most = isByAmount ? teller.maxRedeem(holder) : teller.maxWithdraw(holder);
        if (most == 0) return;
        amount = 1 + (amount % most);
        _VM.prank(holder);
        if (isByAmount) paidOut += teller.redeem(amount, other, holder);
        else {
            teller.withdraw(amount, other, holder);
            paidOut += amount;
        }
    }

    function claimOne(uint256 seed, uint256 id) external {
        if (teller.orderCount() == 0) return;
        id = 1 + (id % teller.orderCount());
        IFundTeller.Quote memory quote = teller.quoteOf(id);
        if (quote.state != IFundTeller.OrderState.Claimable) return;
        if (quote.assets > money.balanceOf(address(teller))) return;
        (, address other) = _pair(seed);
        _VM.prank(teller.orderOf(id).controller);
        (uint256 assets, uint256 given) = teller.claim(id, other);
        paidOut += assets;
        created += given;
    }

    function invest(uint256 amount) external {
        uint256 held = money.balanceOf(address(teller));
        if (held == 0) return;
        amount = amount % (held + 1);
        teller.invest(address(this), amount);
        invested += amount;
    }

    function bringBack(uint256 amount) external {
        if (invested == 0) return;
        amount = amount % (invested + 1);
        money.transfer(address(teller), amount);
        invested -= amount;
    }

    function strike(uint256 nav) external {
        _VM.warp(_VM.getBlockTimestamp() + 1 days);
        teller.strike(nav % 4 == 0 ? 1 + (nav % 1e9) : 8e5 + (nav % 6e5));
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + (time % 1 days));
    }

    function agree(uint256 delay, uint256 feeBps) external {
        teller.setTerms(IFundTeller.Terms(delay % 3 days, 0, 0, feeBps % 10_001, feeBps % 101, _LIMIT));
    }

    /* VIEWS */

    function holders() external view returns (address[] memory) {
        return _holders;
    }

    function _pair(uint256 seed) private view returns (address, address) {
        return (_holders[seed % 3], _holders[(seed >> 8) % 3]);
    }
}
