// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { ConstantProductPool } from "../../../contracts/amm/ConstantProductPool.sol";
import { StableSwapPool } from "../../../contracts/amm/StableSwapPool.sol";
import { FreeToken } from "../base/CoreTest.sol";

/// @title MarketsHandler
/// @notice Trades in two pools and provides for them, never so much that they would refuse.
contract MarketsHandler {
    FreeToken public a;
    FreeToken public b;
    StableSwapPool public stable;
    ConstantProductPool public product;

    /// @notice Virtual price after the last step [WAD].
    uint256 public virtualPrice = 1e18;

    /// @notice Root of the product for one unit of liquidity after the last step [WAD].
    uint256 public productPerShare = 1e18;

    /// @notice Greatest fall of either by one step [WAD].
    uint256 public greatestFall;

    constructor(FreeToken a_, FreeToken b_, StableSwapPool stable_, ConstantProductPool product_) {
        (a, b, stable, product) = (a_, b_, stable_, product_);
        a.mint(address(this), 1e40);
        b.mint(address(this), 1e40);
        _allow(address(stable));
        _allow(address(product));
        uint256[] memory amounts = new uint256[](2);
        (amounts[0], amounts[1]) = (1e24, 1e24);
        stable.addLiquidity(amounts, 0, address(this));
        product.addLiquidity(1e24, 1e24, 0, address(this));
    }

    function swapStable(uint256 amount, bool isFirst) external {
        (uint256[] memory held, ) = stable.state();
        (address sold, address bought) = _pair(isFirst);
        // While one coin does not outweigh the other too far, the invariant settles.
        if (held[isFirst ? 0 : 1] > held[isFirst ? 1 : 0] * 100) return;
        stable.swap(sold, bought, 1e6 + (amount % held[isFirst ? 0 : 1]), 0, address(this));
        _remember();
    }

    function addStable(uint256[2] calldata amounts) external {
        (uint256[] memory held, ) = stable.state();
        uint256[] memory added = new uint256[](2);
        for (uint256 k = 0; k < 2; ++k) added[k] = 1e6 + (amounts[k] % held[k]);
        stable.addLiquidity(added, 0, address(this));
        _remember();
    }

    function removeStable(uint256 amount, bool isOne) external {
        uint256 burned = 1e6 + (amount % (stable.balanceOf(address(this)) / 4));
        if (isOne) stable.removeLiquidityOne(burned, address(a), 0, address(this));
        else stable.removeLiquidity(burned, new uint256[](2), address(this));
        _remember();
    }

    function removeStableImbalance(uint256[2] calldata amounts) external {
        (uint256[] memory held, ) = stable.state();
        uint256[] memory taken = new uint256[](2);
        for (uint256 k = 0; k < 2; ++k) taken[k] = 1e6 + (amounts[k] % (held[k] / 4));
        stable.removeLiquidityImbalance(taken, type(uint256).max, address(this));
        _remember();
    }

    function swapProduct(uint256 amount, bool isFirst) external {
        uint256 reserve = isFirst ? product.reserve0() : product.reserve1();
        if (reserve > 1e30) return;
        (address sold, address bought) = _pair(isFirst);
        if (product.quote(sold, bought, 1 + (amount % reserve)) == 0) return;
        product.swap(sold, bought, 1 + (amount % reserve), 0, address(this));
        _remember();
    }

    function provideProduct(uint256 amount, bool isAdded) external {
        if (isAdded) {
            if (product.reserve0() > 1e30) return;
            product.addLiquidity(1e9 + (amount % 1e24), 1e40, 0, address(this));
        } else {
            product.removeLiquidity(1 + (amount % (product.balanceOf(address(this)) / 2)), 0, 0, address(this));
        }
        _remember();
    }

    function donate(uint256 amount, bool isFirst) external {
        FreeToken token = isFirst ? a : b;
        token.mint(address(stable), amount % 1e24);
        token.mint(address(product), amount % 1e24);
    }

    function _remember() private {
        uint256 price = stable.virtualPrice();
        uint256 root = Math.mulDiv(Math.sqrt(product.reserve0() * product.reserve1()), 1e18, product.totalSupply());
        greatestFall = Math.max(greatestFall, Math.saturatingSub(virtualPrice, price));
        greatestFall = Math.max(greatestFall, Math.saturatingSub(productPerShare, root));
        (virtualPrice, productPerShare) = (price, root);
    }

    function _allow(address pool) private {
        a.approve(pool, type(uint256).max);
        b.approve(pool, type(uint256).max);
    }

    function _pair(bool isFirst) private view returns (address sold, address bought) {
        return isFirst ? (address(a), address(b)) : (address(b), address(a));
    }
}
