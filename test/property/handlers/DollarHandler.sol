// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Dollar } from "../../../contracts/stablecoin/Dollar.sol";
import { DollarReserve } from "../../../contracts/stablecoin/DollarReserve.sol";
import { JuniorTranche } from "../../../contracts/stablecoin/JuniorTranche.sol";
import { RedemptionQueue } from "../../../contracts/stablecoin/RedemptionQueue.sol";
import { SwapWindow } from "../../../contracts/stablecoin/SwapWindow.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { IVm } from "../base/IVm.sol";

/// @title DollarHandler
/// @notice Mints, redeems, queues, lends, marks and covers, never so much that the contracts would refuse.
contract DollarHandler {
    IVm private constant _VM = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    FreeToken public money;
    Dollar public dollar;
    DollarReserve public reserve;
    JuniorTranche public junior;
    RedemptionQueue public queue;
    SwapWindow public window;

    /// @notice Epoch that was last counted, and dollars that left in it [wei].
    uint256 public epoch;
    uint256 public spent;

    /// @notice Most dollars that ever left in an epoch [wei].
    uint256 public mostSpent;

    /// @notice Most by which a redemption has lowered the rate of those who stay [WAD].
    uint256 public greatestFall;

    uint256 private _time = 2_000_000_000;

    constructor(
        FreeToken money_,
        DollarReserve reserve_,
        JuniorTranche junior_,
        RedemptionQueue queue_,
        SwapWindow window_
    ) {
        (money, reserve, junior, queue, window) = (money_, reserve_, junior_, queue_, window_);
        dollar = Dollar(address(reserve_.dollar()));
        money.mint(address(this), 1e40);
        address[3] memory spenders = [address(reserve), address(junior), address(window)];
        for (uint256 k = 0; k < 3; ++k) money.approve(spenders[k], type(uint256).max);
        dollar.approve(address(queue), type(uint256).max);
    }

    function mint(uint256 amount) external {
        reserve.mint(1 + (amount % 1e24), address(this));
    }

    function redeem(uint256 amount) external {
        uint256 most = Math.min(dollar.balanceOf(address(this)), reserve.redeemableNow());
        if (queue.totalWaiting() > 0 || most < 1e3) return;
        uint256 dollars = 1e3 + (amount % (most - 1e3 + 1));
        (uint256 quoted, ) = reserve.quoteRedeem(dollars);
        if (quoted == 0) return;
        uint256 rate = reserve.backedRate();
        reserve.redeem(dollars, quoted, address(this));
        _spend(dollars);
        if (dollar.totalSupply() > 0) _fell(rate);
    }

    function request(uint256 amount) external {
        uint256 held = dollar.balanceOf(address(this));
        if (held == 0 || queue.waitingIds().length > 20) return;
        queue.request(1 + (amount % held));
    }

    function fill(uint256 wait) external {
        _pass(1 + (wait % 2 days));
        if (queue.isEpochFilled() || Math.min(reserve.redeemableNow(), queue.totalWaiting()) == 0) return;
        uint256 rate = reserve.backedRate();
        _spend(queue.fill());
        if (dollar.totalSupply() > 0) _fell(rate);
    }

    function claim(uint256 which) external {
        uint256[] memory ids = queue.openRequestsOf(address(this));
        if (ids.length == 0) return;
        uint256 id = ids[which % ids.length];
        if (queue.requestOf(id).claimable > 0) queue.claim(id, address(this));
        else queue.cancel(id);
    }

    function lend(uint256 amount, uint256 haircut) external {
        if (reserve.cash() == 0 || reserve.terms().length > 10) return;
        reserve.placeTerm(address(this), 1 + (amount % reserve.cash()), haircut % 1e18, 0);
    }

    function mark(uint256 which, uint256 haircut, uint256 loss, bool isForGood) external {
        uint256[] memory ids = reserve.terms();
        if (ids.length == 0) return;
        uint256 id = ids[which % ids.length];
        if (isForGood) reserve.impairTerm(id, loss % (reserve.termOf(id).face + 1));
        else reserve.markTerm(id, haircut % (1e18 + 1));
    }

    function collect(uint256 which) external {
        uint256[] memory ids = reserve.terms();
        if (ids.length > 0) reserve.collectTerm(ids[which % ids.length]);
    }

    function provide(uint256 amount, uint256 kind) external {
        if (kind % 3 == 0) reserve.fundBuffer(amount % 1e22);
        else if (kind % 3 == 1) reserve.fundBackstop(amount % 1e22);
        else if (junior.maxDeposit(address(this)) > 0) junior.deposit(amount % 1e22, address(this));
    }

    function leaveJunior(uint256 amount) external {
        uint256 most = junior.maxRedeem(address(this));
        if (most > 0) junior.redeem(1 + (amount % most), address(this), address(this));
    }

    function settle(uint256 kind) external {
        if (kind % 3 == 0) reserve.cover();
        else if (kind % 3 == 1) reserve.sweepSurplus();
        else reserve.writeOffClaims();
    }

    function swap(uint256 amount, bool isSelling) external {
        if (isSelling) window.sellGem(address(this), 1 + (amount % 1e23));
        else if (window.gems() > 0) {
            uint256 gems = 1 + (amount % window.gems());
            (uint256 cost, ) = window.quoteBuy(gems);
            if (cost <= dollar.balanceOf(address(this))) window.buyGem(address(this), gems);
        }
    }

    function _pass(uint256 time) private {
        _time += time;
        _VM.warp(_time);
        _VM.roll(block.number + 1);
    }

    function _spend(uint256 dollars) private {
        if (reserve.currentEpoch() != epoch) (epoch, spent) = (reserve.currentEpoch(), 0);
        spent += dollars;
        mostSpent = Math.max(mostSpent, spent);
    }

    function _fell(uint256 before) private {
        greatestFall = Math.max(greatestFall, Math.saturatingSub(before, reserve.backedRate()));
    }
}
