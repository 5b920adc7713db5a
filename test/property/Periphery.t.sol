// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ConstantProductPool } from "../../contracts/amm/ConstantProductPool.sol";
import { AdaptiveRateModel } from "../../contracts/lending/AdaptiveRateModel.sol";
import { IIsolatedMarkets } from "../../contracts/lending/IIsolatedMarkets.sol";
import { IsolatedMarkets } from "../../contracts/lending/IsolatedMarkets.sol";
import { FlashLiquidator } from "../../contracts/periphery/FlashLiquidator.sol";
import { IFlashLiquidator } from "../../contracts/periphery/IFlashLiquidator.sol";
import { IIsolatedFlashLiquidator } from "../../contracts/periphery/IIsolatedFlashLiquidator.sol";
import { ILeverageRouter } from "../../contracts/periphery/ILeverageRouter.sol";
import { IsolatedFlashLiquidator } from "../../contracts/periphery/IsolatedFlashLiquidator.sol";
import { LeverageRouter } from "../../contracts/periphery/LeverageRouter.sol";
import { LendingTest } from "./base/LendingTest.sol";
import { SettablePrice } from "./handlers/IsolatedMarketsHandler.sol";

/// @notice Contracts that hold money only while they are called: whatever they are asked, nothing stays with them, nobody
/// pays who was not asked, and who calls gets all that is left.
contract PeripheryTest is LendingTest {
    address private constant _ALICE = address(0xa11ce);
    address private constant _BOB = address(0xb0b);
    uint256 private constant _NEVER = type(uint256).max;

    ConstantProductPool private _market;
    LeverageRouter private _router;
    FlashLiquidator private _liquidator;
    IsolatedMarkets private _isolated;
    IsolatedFlashLiquidator private _isolatedLiquidator;
    SettablePrice private _price;
    bytes32 private _id;

    function setUp() external {
        _deployLending();
        (_router, _liquidator) = (new LeverageRouter(), new FlashLiquidator());
        _market = new ConstantProductPool(address(this), address(tokens[0]), address(tokens[1]));
        _isolated = new IsolatedMarkets(address(this));
        _isolatedLiquidator = new IsolatedFlashLiquidator(_isolated);
        _price = new SettablePrice();
        address[3] memory all = [_ALICE, _BOB, address(this)];
        for (uint256 k = 0; k < 3; ++k) _equip(all[k]);
        _market.addLiquidity(1e25, 1e25, 0, address(this));
        for (uint256 k = 0; k < 2; ++k) pool.supply(address(tokens[k]), 1e26, address(this));
        IIsolatedMarkets.MarketParams memory params = IIsolatedMarkets.MarketParams(
            address(tokens[0]),
            address(tokens[1]),
            _price,
            new AdaptiveRateModel(),
            0.86e18
        );
        _id = _isolated.createMarket(params);
        _isolated.supply(_id, 1e26, 0, address(this));
    }

    /// @dev A loop is opened and closed: the router keeps nothing, and no loop makes money of a market at the feeds' prices.
    function testFuzz_LeverageRouter_KeepsNothing(
        uint256 equity,
        uint256 borrow,
        uint256 repay,
        uint256 sell
    ) external {
        equity = _bound(equity, 1e6, 1e23);
        borrow = _bound(borrow, 1, 3 * equity);
        ILeverageRouter.Loop memory loop = ILeverageRouter.Loop(pool, address(tokens[1]), address(tokens[0]), _market);
        uint256 before = tokens[0].balanceOf(_ALICE);
        if (!_calls(_ALICE, address(_router), abi.encodeCall(_router.open, (loop, equity, borrow)))) return;
        _empty(address(_router));
        _equal(before - tokens[0].balanceOf(_ALICE), equity, "opening takes the equity");
        bytes memory call = abi.encodeCall(
            _router.close,
            (loop, claims[1], repay % 2 == 0 ? _NEVER : _bound(repay, 1, borrow), sell % 2 == 0 ? _NEVER : sell)
        );
        _calls(_ALICE, address(_router), call);
        _empty(address(_router));
        _atMost(tokens[0].balanceOf(_ALICE), before, "a loop at the market's price gains nothing");
        _check(pool.accountData(_ALICE).healthFactor >= 1e18, "who looped is not left unsound");
    }

    /// @dev Bob's debt goes bad: Alice liquidates with a loan, and gets all that is left of it, or pays what is short.
    function testFuzz_FlashLiquidator_KeepsNothing(uint256 debt, uint256 price, uint256 part, bool isForced) external {
        debt = _bound(debt, 1e18, 7e22);
        _VM.startPrank(_BOB);
        pool.supply(address(tokens[1]), 1e23, _BOB);
        pool.borrow(address(tokens[0]), debt, _BOB);
        _VM.stopPrank();
        feeds[1].setRound(int256(_bound(price, 1e8, 99e8)), _VM.getBlockTimestamp());
        IFlashLiquidator.Order memory order = IFlashLiquidator.Order({
            pool: pool,
            collateral: address(tokens[1]),
            debt: address(tokens[0]),
            account: _BOB,
            debtToCover: part % 2 == 0 ? debt : _bound(part, 1, debt),
            market: _market,
            minProfit: 0,
            isForced: isForced
        });
        (uint256 had, uint256 held) = (tokens[0].balanceOf(_ALICE), tokens[0].balanceOf(_BOB));
        bool isDone = _calls(_ALICE, address(_liquidator), abi.encodeCall(_liquidator.liquidate, (order)));
        _empty(address(_liquidator));
        if (!isForced || !isDone) _atMost(had, tokens[0].balanceOf(_ALICE), "who does not force it pays nothing");
        _equal(tokens[0].balanceOf(_BOB), held, "the debtor's wallet is not touched");
    }

    /// @dev The same in an isolated market.
    function testFuzz_IsolatedFlashLiquidator_KeepsNothing(
        uint256 debt,
        uint256 price,
        uint256 part,
        bool isForced
    ) external {
        debt = _bound(debt, 1e18, 8e22);
        _VM.startPrank(_BOB);
        _isolated.supplyCollateral(_id, 1e23, _BOB);
        _isolated.borrow(_id, debt, 0, _BOB, _BOB);
        _VM.stopPrank();
        _price.set(_bound(price, 1e34, 1e36));
        IIsolatedFlashLiquidator.Order memory order = IIsolatedFlashLiquidator.Order({
            id: _id,
            borrower: _BOB,
            seizedAssets: part % 2 == 0 ? _NEVER : _bound(part, 1, 1e23),
            market: _market,
            minProfit: 0,
            isForced: isForced
        });
        (uint256 had, uint256 held) = (tokens[0].balanceOf(_ALICE), tokens[0].balanceOf(_BOB));
        bytes memory call = abi.encodeCall(_isolatedLiquidator.liquidate, (order));
        bool isDone = _calls(_ALICE, address(_isolatedLiquidator), call);
        _empty(address(_isolatedLiquidator));
        if (!isForced || !isDone) _atMost(had, tokens[0].balanceOf(_ALICE), "who does not force it pays nothing");
        _equal(tokens[0].balanceOf(_BOB), held, "the debtor's wallet is not touched");
    }

    /// @dev The cases above do open, close and liquidate.
    function test_TheCasesAreMet() external {
        ILeverageRouter.Loop memory loop = ILeverageRouter.Loop(pool, address(tokens[1]), address(tokens[0]), _market);
        _VM.startPrank(_ALICE);
        _check(_router.open(loop, 1e21, 2e21) > 0, "a loop of three is opened");
        _check(_router.close(loop, claims[1], _NEVER, _NEVER) > 0, "and closed");
        _VM.stopPrank();
        _VM.startPrank(_BOB);
        pool.supply(address(tokens[1]), 1e21, _BOB);
        pool.borrow(address(tokens[0]), 7e20, _BOB);
        _isolated.supplyCollateral(_id, 1e21, _BOB);
        _isolated.borrow(_id, 8e20, 0, _BOB, _BOB);
        _VM.stopPrank();
        feeds[1].setRound(80e8, _VM.getBlockTimestamp());
        _price.set(0.9e36);
        IFlashLiquidator.Order memory order = IFlashLiquidator.Order(
            pool,
            address(tokens[1]),
            address(tokens[0]),
            _BOB,
            7e20,
            _market,
            0,
            false
        );
        IIsolatedFlashLiquidator.Order memory other = IIsolatedFlashLiquidator.Order(
            _id,
            _BOB,
            _NEVER,
            _market,
            0,
            false
        );
        _VM.startPrank(_ALICE);
        _check(_liquidator.liquidate(order) > 0, "a liquidation pays");
        _check(_isolatedLiquidator.liquidate(other) > 0, "so does one of an isolated market");
        _VM.stopPrank();
    }

    function _empty(address contract_) private view {
        for (uint256 k = 0; k < 2; ++k) {
            _equal(tokens[k].balanceOf(contract_), 0, "no token stays");
            _equal(claims[k].balanceOf(contract_), 0, "nor a claim");
        }
    }

    function _calls(address caller, address target, bytes memory call) private returns (bool isDone) {
        _VM.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
        (isDone, ) = target.call(call);
    }

    function _equip(address holder) private {
        address[6] memory spenders = [
            address(pool),
            address(_market),
            address(_router),
            address(_liquidator),
            address(_isolated),
            address(_isolatedLiquidator)
        ];
        _VM.startPrank(holder);
        for (uint256 k = 0; k < 2; ++k) {
            tokens[k].mint(holder, 1e40);
            for (uint256 i = 0; i < 6; ++i) tokens[k].approve(spenders[i], _NEVER);
            claims[k].approve(address(_router), _NEVER);
            pool.approveDelegation(address(tokens[k]), address(_router), _NEVER);
        }
        _VM.stopPrank();
    }
}
