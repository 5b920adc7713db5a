// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ConstantProductPool } from "../../contracts/amm/ConstantProductPool.sol";
import { IStableSwapPool } from "../../contracts/amm/IStableSwapPool.sol";
import { StableSwapPool } from "../../contracts/amm/StableSwapPool.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { MarketsHandler } from "./handlers/MarketsHandler.sol";

contract MarketsInvariantsTest is PropertyTest {
    FreeToken private _a;
    FreeToken private _b;
    StableSwapPool private _stable;
    ConstantProductPool private _product;
    MarketsHandler private _handler;

    function setUp() external {
        (_a, _b) = (new FreeToken(), new FreeToken());
        address[] memory coins = new address[](2);
        (coins[0], coins[1]) = (address(_a), address(_b));
        _stable = new StableSwapPool(
            address(this),
            IStableSwapPool.Terms(coins, new address[](2), 20_000, 4e6, 2e10, 600)
        );
        _product = new ConstantProductPool(address(this), address(_a), address(_b));
        _handler = new MarketsHandler(_a, _b, _stable, _product);
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](7);
        verbs[0] = MarketsHandler.swapStable.selector;
        verbs[1] = MarketsHandler.addStable.selector;
        verbs[2] = MarketsHandler.removeStable.selector;
        verbs[3] = MarketsHandler.swapProduct.selector;
        verbs[4] = MarketsHandler.provideProduct.selector;
        verbs[5] = MarketsHandler.donate.selector;
        verbs[6] = MarketsHandler.removeStableImbalance.selector;
        _only(address(_handler), verbs);
    }

    function invariant_TokensCoverBalancesAndFees() external view {
        (uint256[] memory held, ) = _stable.state();
        uint256[] memory fees = _stable.adminFees();
        _atMost(held[0] + fees[0], _a.balanceOf(address(_stable)), "the first coin is all there");
        _atMost(held[1] + fees[1], _b.balanceOf(address(_stable)), "the second coin is all there");
        _atMost(_product.reserve0(), _a.balanceOf(address(_product)), "token0 is all there");
        _atMost(_product.reserve1(), _b.balanceOf(address(_product)), "token1 is all there");
    }

    function invariant_LiquidityNeverLosesItsWorth() external view {
        // One unit in 1e18: the invariant is exact to one unit only.
        _atMost(_handler.greatestFall(), 1, "no step lowers what a unit of liquidity stands for");
    }
}
