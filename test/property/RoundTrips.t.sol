// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RestakingManager } from "../../contracts/restaking/RestakingManager.sol";
import { Strategy } from "../../contracts/restaking/Strategy.sol";
import { Dollar } from "../../contracts/stablecoin/Dollar.sol";
import { DollarReserve } from "../../contracts/stablecoin/DollarReserve.sol";
import { IBankCalendar } from "../../contracts/stablecoin/IBankCalendar.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { IRedemptionGate } from "../../contracts/stablecoin/IRedemptionGate.sol";
import { JuniorTranche } from "../../contracts/stablecoin/JuniorTranche.sol";
import { RedemptionFee } from "../../contracts/stablecoin/RedemptionFee.sol";
import { RedemptionQueue } from "../../contracts/stablecoin/RedemptionQueue.sol";
import { SwapWindow } from "../../contracts/stablecoin/SwapWindow.sol";
import { CoreTest, FreeToken } from "./base/CoreTest.sol";
import { LiquidStakingTest } from "./base/LiquidStakingTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice Whoever stakes ether and takes it out again, wrapped meanwhile or not, gains nothing.
contract LiquidStakingRoundTripsTest is LiquidStakingTest {
    address private constant _ALICE = address(0xa11ce);

    function setUp() external {
        _deployLiquidStaking();
    }

    function testFuzz_StakeAndWithdrawGainsNothing(uint256[3] calldata seeds, uint256 amount, bool isWrapped) external {
        _handler.submit(0, seeds[0]);
        _handler.stake(seeds[1]);
        if (seeds[2] % 2 == 0) _handler.reward(seeds[2]);
        else _handler.penalize(seeds[2]);
        amount = _bound(amount, 1e4, 1e21);
        _VM.deal(_ALICE, amount);
        _VM.startPrank(_ALICE);
        _token.submit{ value: amount }();
        if (isWrapped) {
            _token.approve(address(_wrapped), type(uint256).max);
            _wrapped.unwrap(_wrapped.wrap(_token.balanceOf(_ALICE)));
        }
        uint256 held = _token.balanceOf(_ALICE);
        _atMost(held, amount, "a stake is worth what it cost at most");
        if (held < 1_000) return _VM.stopPrank();
        _token.approve(address(_queue), held);
        uint256 id = _queue.requestWithdrawal(held, _ALICE);
        _VM.stopPrank();
        _handler.finalize(20);
        if (!_queue.getRequest(id).isFinalized) return;
        _VM.prank(_ALICE);
        _queue.claim(id, payable(_ALICE));
        _atMost(_ALICE.balance, amount, "who comes and goes has gained nothing");
    }
}

/// @notice Whoever restakes tokens and takes them out again gains nothing, whatever others give the strategy.
contract RestakingRoundTripsTest is CoreTest {
    address private constant _ALICE = address(0xa11ce);

    function setUp() external {
        FreeToken token_ = new FreeToken();
        RestakingManager manager = new RestakingManager(address(this));
        _deployCore(_newAllocations(), new Strategy(token_, address(manager)), token_);
    }

    function testFuzz_RestakeAndWithdrawGainsNothing(uint256[3] calldata seeds, uint256 amount, uint256 part) external {
        _deposit(address(0xb0b), _bound(seeds[0], 1, 1e26));
        token.mint(address(strategy), _bound(seeds[1], 0, 1e24));
        amount = _bound(amount, 1e4, 1e26);
        uint256 shares = _deposit(_ALICE, amount);
        if (shares == 0) return;
        part = _bound(part, 1, shares);
        _withdraw(part);
        if (part < shares) _withdraw(shares - part);
        _atMost(token.balanceOf(_ALICE), amount, "who comes and goes has gained nothing");
        _atMost(
            Strategy(address(strategy)).totalShares(),
            token.balanceOf(address(strategy)) + 1e3,
            "and who stays is covered"
        );
    }

    function _deposit(address who, uint256 amount) private returns (uint256 shares) {
        token.mint(who, amount);
        _VM.startPrank(who);
        token.approve(address(core.restakingManager), amount);
        // What is worth no share is refused.
        try core.restakingManager.deposit(strategy, amount) returns (uint256 given) {
            shares = given;
        } catch {
            _VM.stopPrank();
            return 0;
        }
        _VM.stopPrank();
    }

    function _withdraw(uint256 shares) private {
        uint256[] memory amounts = new uint256[](1);
        amounts[0] = shares;
        _VM.startPrank(_ALICE);
        uint256 id = core.operatorDelegation.queueWithdrawal(core.restakingManager.whitelistedStrategies(), amounts);
        _VM.roll(_VM.getBlockNumber() + DELAY + 1);
        core.operatorDelegation.completeWithdrawal(id, true);
        _VM.stopPrank();
    }
}

/// @notice Whoever gets dollars and gives them back, by window or queue, gains nothing.
contract DollarRoundTripsTest is PropertyTest {
    address private constant _ALICE = address(0xa11ce);

    FreeToken private _money;
    Dollar private _dollar;
    DollarReserve private _reserve;
    RedemptionQueue private _queue;
    SwapWindow private _window;

    function setUp() external {
        _VM.warp(2_000_000_000);
        _money = new FreeToken();
        _dollar = new Dollar(address(this), "Dollar", "USD");
        uint256 never = type(uint256).max;
        IRedemptionGate.Gate memory gate = IRedemptionGate.Gate(1 days, never, never, IBankCalendar(address(0)));
        RedemptionFee.Curve memory curve = RedemptionFee.Curve(1e24, 1e22, 5, 100, false);
        _reserve = new DollarReserve(address(this), _dollar, _money, IFundTeller(address(0)), gate, curve);
        _queue = new RedemptionQueue(_reserve, 0);
        _window = new SwapWindow(address(this), _dollar, _money, address(_reserve));
        _reserve.wire(new JuniorTranche(_reserve, 1 days), _queue, _window);
        _dollar.setIssuer(address(_reserve), true);
        _dollar.setIssuer(address(_window), true);
        address[2] memory all = [_ALICE, address(this)];
        for (uint256 k = 0; k < 2; ++k) {
            _money.mint(all[k], 1e40);
            _VM.startPrank(all[k]);
            _money.approve(address(_reserve), never);
            _money.approve(address(_window), never);
            _dollar.approve(address(_queue), never);
            _VM.stopPrank();
        }
    }

    function testFuzz_Window_SellAndBuyGainsNothing(uint256 amount, uint256[2] calldata fees) external {
        _window.setFees(_bound(fees[0], 0, 1e17), _bound(fees[1], 0, 1e17));
        uint256 before = _money.balanceOf(_ALICE);
        _VM.startPrank(_ALICE);
        uint256 dollars = _window.sellGem(_ALICE, _bound(amount, 1e3, 1e24));
        uint256 gems = (dollars * 1e18) / (1e18 + _window.tout()) / _window.factor();
        if (gems > 0) _window.buyGem(_ALICE, gems);
        _VM.stopPrank();
        _atMost(_money.balanceOf(_ALICE), before, "who swaps there and back has gained nothing");
        _equal(_window.gems(), _money.balanceOf(address(_window)), "and the window holds what it counts");
    }

    function testFuzz_Queue_RequestAndClaimGainsNothing(uint256[3] calldata seeds, uint256 amount) external {
        uint256 supply = _bound(seeds[0], 1e6, 1e24);
        _reserve.mint(supply, address(this));
        _reserve.placeTerm(address(this), supply, 0, 0);
        _reserve.sellTerm(1, _bound(seeds[1], supply / 2, supply));
        amount = _bound(amount, 1e6, 1e24);
        uint256 before = _money.balanceOf(_ALICE);
        _VM.startPrank(_ALICE);
        _reserve.mint(amount, _ALICE);
        uint256 held = _dollar.balanceOf(_ALICE);
        uint256 back = _queue.request(held);
        _queue.cancel(back);
        _equal(_dollar.balanceOf(_ALICE), held, "who thinks better of it has all dollars back");
        uint256 id = _queue.request(_bound(seeds[2], 1, held));
        _VM.warp(_VM.getBlockTimestamp() + 2 days);
        _queue.fill();
        if (_queue.requestOf(id).claimable > 0) _queue.claim(id, _ALICE);
        _VM.stopPrank();
        _atMost(_money.balanceOf(_ALICE), before, "who comes and goes has gained nothing");
        _atMost(_queue.totalClaimable(), _money.balanceOf(address(_queue)), "and what can be claimed is there");
    }
}
