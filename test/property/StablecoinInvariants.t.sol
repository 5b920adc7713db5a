// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Dollar } from "../../contracts/stablecoin/Dollar.sol";
import { DollarReserve } from "../../contracts/stablecoin/DollarReserve.sol";
import { IBankCalendar } from "../../contracts/stablecoin/IBankCalendar.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { IRedemptionGate } from "../../contracts/stablecoin/IRedemptionGate.sol";
import { JuniorTranche } from "../../contracts/stablecoin/JuniorTranche.sol";
import { RedemptionFee } from "../../contracts/stablecoin/RedemptionFee.sol";
import { RedemptionQueue } from "../../contracts/stablecoin/RedemptionQueue.sol";
import { SwapWindow } from "../../contracts/stablecoin/SwapWindow.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { DollarHandler } from "./handlers/DollarHandler.sol";

/// @notice Laws of the dollar after any history of minting, redeeming, losing and covering.
contract StablecoinInvariantsTest is PropertyTest {
    uint256 private constant _CAP = 1e23;

    FreeToken private _money;
    Dollar private _dollar;
    DollarReserve private _reserve;
    JuniorTranche private _junior;
    RedemptionQueue private _queue;
    SwapWindow private _window;
    DollarHandler private _handler;

    function setUp() external {
        _VM.warp(2_000_000_000);
        _money = new FreeToken();
        _dollar = new Dollar(address(this), "Dollar", "USD");
        _reserve = new DollarReserve(
            address(this),
            _dollar,
            _money,
            IFundTeller(address(0)),
            IRedemptionGate.Gate(1 days, _CAP, _CAP, IBankCalendar(address(0))),
            RedemptionFee.Curve(1e24, 1e22, 5, 100, false)
        );
        _junior = new JuniorTranche(_reserve, 1 days);
        _queue = new RedemptionQueue(_reserve, 0);
        _window = new SwapWindow(address(this), _dollar, _money, address(_reserve));
        _reserve.wire(_junior, _queue, _window);
        _dollar.setIssuer(address(_reserve), true);
        _dollar.setIssuer(address(_window), true);
        _window.setFees(1e15, 1e15);
        _handler = new DollarHandler(_money, _reserve, _junior, _queue, _window);
        _reserve.setManager(address(_handler));
        _reserve.transferOwnership(address(_handler));
        _VM.prank(address(_handler));
        _reserve.acceptOwnership();
        _target(address(_handler));
        _only(address(_handler), _verbs());
    }

    function invariant_RateIsAtMostOne() external view {
        _atMost(_reserve.redemptionRate(), 1e18, "nobody is paid more than par");
    }

    function invariant_LossIsAssignedExactly() external view {
        uint256 supply = _dollar.totalSupply();
        uint256 owed = supply - _reserve.residual();
        uint256 pots = _reserve.buffer() + _money.balanceOf(address(_junior)) + _reserve.backstop();
        _atMost(owed, _reserve.assetsMarked() + Math.min(_reserve.gap(), pots), "what is owed is there");
        uint256 paid = Math.mulDiv(supply, _reserve.backedRate(), 1e18);
        _atMost(paid, owed, "all holders together get no more than is owed");
        _atMost(owed - paid, supply / 1e18 + 1, "and no less, but for the rounding of the rate");
    }

    function invariant_MoneyCoversCashAndPots() external view {
        uint256 counted = _reserve.cash() + _reserve.buffer() + _reserve.backstop();
        _check(counted == _money.balanceOf(address(_reserve)), "the reserve holds what it counts");
        _check(_window.gems() == _money.balanceOf(address(_window)), "the window holds what it counts");
    }

    function invariant_ClaimsAreLocked() external view {
        _atMost(_queue.totalClaimable(), _money.balanceOf(address(_queue)), "what can be claimed is locked");
        uint256[] memory ids = _queue.waitingIds();
        uint256 waiting;
        for (uint256 k = 0; k < ids.length; ++k) waiting += _queue.requestOf(ids[k]).waiting;
        _check(waiting == _queue.totalWaiting(), "what waits is the sum of the requests");
        _check(waiting == _dollar.balanceOf(address(_queue)), "what waits is in the queue");
    }

    function invariant_GateNeverPaysAboveItsCap() external view {
        _atMost(_handler.mostSpent(), _CAP, "no epoch lets more through than its cap");
    }

    function invariant_NoRedemptionHarmsThoseWhoStay() external view {
        // One unit in 1e18: the rate is exact to one unit only.
        _atMost(_handler.greatestFall(), 1, "redeeming leaves the rate of the others as it was");
    }

    function invariant_JuniorSharesAreBacked() external view {
        _atMost(_junior.totalAssets(), _money.balanceOf(address(_junior)), "holders own no more than there is");
    }

    function _verbs() private pure returns (bytes4[] memory verbs) {
        verbs = new bytes4[](12);
        verbs[0] = DollarHandler.mint.selector;
        verbs[1] = DollarHandler.redeem.selector;
        verbs[2] = DollarHandler.request.selector;
        verbs[3] = DollarHandler.fill.selector;
        verbs[4] = DollarHandler.claim.selector;
        verbs[5] = DollarHandler.lend.selector;
        verbs[6] = DollarHandler.mark.selector;
        verbs[7] = DollarHandler.collect.selector;
        verbs[8] = DollarHandler.provide.selector;
        verbs[9] = DollarHandler.leaveJunior.selector;
        verbs[10] = DollarHandler.settle.selector;
        verbs[11] = DollarHandler.swap.selector;
    }
}
