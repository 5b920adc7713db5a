// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BandedPool } from "../../contracts/amm/BandedPool.sol";
import { ConstantProductPool } from "../../contracts/amm/ConstantProductPool.sol";
import { IMarket } from "../../contracts/amm/IMarket.sol";
import { IStableSwapPool } from "../../contracts/amm/IStableSwapPool.sol";
import { StableSwapPool } from "../../contracts/amm/StableSwapPool.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice What no trade and no liquidity may do to a pool, whatever the amounts.
contract MarketsTest is PropertyTest {
    uint256 private constant _Q96 = 2 ** 96;

    FreeToken private _a;
    FreeToken private _b;
    StableSwapPool private _stable;
    ConstantProductPool private _product;
    BandedPool private _banded;

    /// @notice Deploys the three pools around one pair.
    function setUp() public {
        _a = new FreeToken();
        _b = new FreeToken();
        _a.mint(address(this), 1e40);
        _b.mint(address(this), 1e40);
        _product = new ConstantProductPool(address(this), address(_a), address(_b));
        uint256[] memory edges = new uint256[](4);
        edges[0] = (_Q96 * 9) / 10;
        edges[1] = (_Q96 * 995) / 1000;
        edges[2] = (_Q96 * 1005) / 1000;
        edges[3] = (_Q96 * 11) / 10;
        _banded = new BandedPool(address(this), [address(_a), address(_b)], 500, edges, _Q96);
        _allow(address(_product));
        _allow(address(_banded));
        for (uint256 k = 0; k < 3; ++k) _banded.addLiquidity(k, 1e24, type(uint256).max, type(uint256).max);
    }

    function testFuzz_StableSwap_VirtualPriceNeverFallsByASwap(
        uint256[2] memory balances,
        uint256 amp,
        uint256 sold,
        bool isFirst
    ) external {
        _newStable(balances, amp);
        uint256 before = _stable.virtualPrice();
        _trade(_stable, sold, isFirst);
        _atMost(before, _stable.virtualPrice(), "a swap never lowers the virtual price");
    }

    function testFuzz_StableSwap_SwapAndBackGivesNoProfit(
        uint256[2] memory balances,
        uint256 amp,
        uint256 sold,
        bool isFirst
    ) external {
        _newStable(balances, amp);
        _roundTrip(_stable, _bound(sold, 1e6, type(uint256).max), isFirst, 0);
    }

    /// @notice Both iterations end within a wei of their root (spec: Curve's own arithmetic, to the wei), and in a pool of
    /// a thousand to one a wei of the invariant is up to 32, the root of a thousand, of the fuller coin: twice that.
    function testFuzz_StableSwap_SwapAndBackWithoutAFeeGivesDustAtMost(
        uint256[2] memory balances,
        uint256 amp,
        uint256 sold,
        bool isFirst
    ) external {
        _newStable(balances, amp);
        _stable.setFee(0, 0);
        _roundTrip(_stable, sold, isFirst, 64);
    }

    function testFuzz_StableSwap_AddAndRemoveGivesNoProfit(
        uint256[2] memory balances,
        uint256 amp,
        uint256[2] memory added
    ) external {
        _newStable(balances, amp);
        uint256[] memory amounts = new uint256[](2);
        (uint256[] memory held, ) = _stable.state();
        for (uint256 k = 0; k < 2; ++k) amounts[k] = _bound(added[k], held[k] / 10, held[k] * 10);
        (uint256 a, uint256 b) = (_a.balanceOf(address(this)), _b.balanceOf(address(this)));
        uint256 price = _stable.virtualPrice();
        uint256 minted = _stable.addLiquidity(amounts, 0, address(this));
        _atMost(price, _stable.virtualPrice(), "adding liquidity never lowers the virtual price");
        _stable.removeLiquidity(minted, new uint256[](2), address(this));

        // One coin may come back fuller, the other emptier: what counts is what both are worth to the pool.
        bool isRicher = _a.balanceOf(address(this)) > a && _b.balanceOf(address(this)) > b;
        _check(!isRicher, "liquidity that comes and goes takes nothing from both coins");
    }

    function testFuzz_StableSwap_SameAmountsOutBurnAtLeastWhatTheyMinted(
        uint256[2] memory balances,
        uint256 amp,
        uint256[2] memory added
    ) external {
        _newStable(balances, amp);
        uint256[] memory amounts = new uint256[](2);
        (uint256[] memory held, ) = _stable.state();
        for (uint256 k = 0; k < 2; ++k) amounts[k] = _bound(added[k], held[k] / 10, held[k] * 10);
        uint256 minted = _stable.addLiquidity(amounts, 0, address(this));
        uint256 price = _stable.virtualPrice();
        uint256 burned = _stable.removeLiquidityImbalance(amounts, type(uint256).max, address(this));
        _atMost(minted, burned, "what comes and goes leaves no liquidity behind for free");
        _atMost(price, _stable.virtualPrice() + 1, "an imbalanced withdrawal never lowers the virtual price");
    }

    function testFuzz_ConstantProduct_KNeverFalls(uint256[2] memory amounts, uint256 sold, bool isFirst) external {
        _fillProduct(amounts);
        uint256 before = _product.reserve0() * _product.reserve1();
        _trade(_product, sold, isFirst);
        _atMost(before, _product.reserve0() * _product.reserve1(), "a swap never lowers the product");
    }

    function testFuzz_ConstantProduct_SwapAndBackGivesNoProfit(
        uint256[2] memory amounts,
        uint256 sold,
        bool isFirst
    ) external {
        _fillProduct(amounts);
        _roundTrip(_product, sold, isFirst, 0);
    }

    function testFuzz_ConstantProduct_QuoteInBuysWhatWasAsked(uint256[2] memory amounts, uint256 bought) external {
        _fillProduct(amounts);
        bought = _bound(bought, 1, _product.reserve1() / 2);
        uint256 sold = _product.quoteIn(address(_a), address(_b), bought);
        _atMost(bought, _product.quote(address(_a), address(_b), sold), "the price asked buys the amount");
        _product.swapExactly(address(_a), address(_b), sold, bought, address(this));
    }

    function testFuzz_ConstantProduct_AddAndRemoveGivesNoProfit(
        uint256[2] memory amounts,
        uint256[2] memory added
    ) external {
        _fillProduct(amounts);
        (uint256 a, uint256 b) = (_a.balanceOf(address(this)), _b.balanceOf(address(this)));
        try _product.addLiquidity(_bound(added[0], 1, 1e27), _bound(added[1], 1, 1e27), 0, address(this)) returns (
            uint256 minted
        ) {
            _product.removeLiquidity(minted, 0, 0, address(this));
        } catch {
            return;
        }
        _atMost(_a.balanceOf(address(this)), a, "no token0 is won");
        _atMost(_b.balanceOf(address(this)), b, "no token1 is won");
    }

    function testFuzz_Banded_SwapAndBackGivesNoProfit(uint256 sold, bool isFirst) external {
        sold = _bound(sold, 1, 1e23);
        _roundTrip(_banded, sold, isFirst, 0);
    }

    function testFuzz_Banded_LiquidityAndFeesAreBacked(uint256 sold, uint256 liquidity, bool isFirst) external {
        uint256 most = type(uint256).max;
        for (uint256 k = 0; k < 3; ++k) _banded.addLiquidity(k, _bound(liquidity, 1, 1e30), most, most);
        _trade(_banded, _bound(sold, 1, 1e22), isFirst);
        for (uint256 k = 0; k < 3; ++k) {
            uint256 all = _banded.positionOf(address(this), k).liquidity;
            _banded.removeLiquidity(k, all, address(this));
        }
        _atMost(_a.balanceOf(address(_banded)), 20, "only dust of token0 stays");
        _atMost(_b.balanceOf(address(_banded)), 20, "only dust of token1 stays");
    }

    function _newStable(uint256[2] memory balances, uint256 amp) private {
        address[] memory coins = new address[](2);
        (coins[0], coins[1]) = (address(_a), address(_b));
        uint256[] memory amounts = new uint256[](2);
        amounts[0] = _bound(balances[0], 1e18, 1e26);
        // Up to a thousand to one: beyond it a pool trades dust.
        amounts[1] = _bound(balances[1], amounts[0] / 1000 + 1, amounts[0] * 1000);
        _stable = new StableSwapPool(
            address(this),
            IStableSwapPool.Terms(coins, new address[](2), _bound(amp, 1000, 1e6), 4e6, 2e10, 600)
        );
        _allow(address(_stable));
        _stable.addLiquidity(amounts, 0, address(this));
    }

    function _fillProduct(uint256[2] memory amounts) private {
        _product.addLiquidity(_bound(amounts[0], 1e6, 1e30), _bound(amounts[1], 1e6, 1e30), 0, address(this));
    }

    function _allow(address pool) private {
        _a.approve(pool, type(uint256).max);
        _b.approve(pool, type(uint256).max);
    }

    /// @dev Sells what the pool will buy; dust that buys nothing is no trade.
    function _trade(IMarket pool, uint256 sold, bool isFirst) private returns (uint256 bought) {
        (address tokenIn, address tokenOut) = isFirst ? (address(_a), address(_b)) : (address(_b), address(_a));
        // Up to as much again as the pool holds: far beyond, the invariant of a StableSwap pool no longer settles.
        sold = _bound(sold, 1, isFirst ? _a.balanceOf(address(pool)) : _b.balanceOf(address(pool)));
        if (pool.quote(tokenIn, tokenOut, sold) == 0) return 0;
        return pool.swap(tokenIn, tokenOut, sold, 0, address(this));
    }

    /// @dev Sells and sells back; `dust` is what may be won [wei].
    function _roundTrip(IMarket pool, uint256 sold, bool isFirst, uint256 dust) private {
        (uint256 a, uint256 b) = (_a.balanceOf(address(this)), _b.balanceOf(address(this)));
        uint256 bought = _trade(pool, sold, isFirst);
        if (bought == 0) return;
        (address tokenIn, address tokenOut) = isFirst ? (address(_b), address(_a)) : (address(_a), address(_b));
        // Dust that buys nothing back is lost, and no round trip.
        if (pool.quote(tokenIn, tokenOut, bought) == 0) return;
        pool.swap(tokenIn, tokenOut, bought, 0, address(this));
        _atMost(_a.balanceOf(address(this)), a + dust, "no token0 is won");
        _atMost(_b.balanceOf(address(this)), b + dust, "no token1 is won");
    }
}
