// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { BandedPool } from "../amm/BandedPool.sol";
import { ConstantProductPool } from "../amm/ConstantProductPool.sol";
import { IMarket } from "../amm/IMarket.sol";
import { StableSwapPool } from "../amm/StableSwapPool.sol";
import { BandMath } from "../libraries/BandMath.sol";
import { IMarketLens } from "./IMarketLens.sol";

/// @title MarketLens
/// @notice See {IMarketLens}.
/// @custom:source docs/contracts/Lens.md, section "Markets"
contract MarketLens is IMarketLens {
    /* CONSTANTS */

    uint256 private constant _WAD = 1e18;

    /// @dev Fee of a constant-product pool, 0.3 % [1e10 = 100 %].
    uint256 private constant _CONSTANT_PRODUCT_FEE = 3e7;

    /// @dev From parts of a million to parts of 1e10.
    uint256 private constant _PER_PIP = 1e4;

    /// @dev Bit that pauses swaps in every pool.
    uint8 private constant _PAUSED_SWAP = 0;

    /* VIEWS */

    /// @inheritdoc IMarketLens
    function stableSwap(StableSwapPool pool) external view returns (PoolState memory state) {
        address[] memory coins = pool.coins();
        (state.balances, state.rates) = pool.state();
        state.adminFees = pool.adminFees();
        state.supply = pool.totalSupply();
        state.amplification = pool.amp();
        state.offpegMultiplier = pool.offpegMultiplier();
        state.isPaused = pool.isPaused(_PAUSED_SWAP);
        state.fee = pool.fee();
        if (state.supply > 0) {
            try pool.virtualPrice() returns (uint256 price) {
                state.virtualPrice = price;
            } catch {
                state.virtualPrice = 0;
            }
            try pool.feeFor(coins[0], coins[1], 0) returns (uint256 rate) {
                state.fee = rate;
            } catch {
                state.fee = pool.fee();
            }
        }
        (state.spot, state.average) = _prices(pool, coins, pool.window());
    }

    /// @inheritdoc IMarketLens
    function constantProduct(ConstantProductPool pool, uint256 window) external view returns (PoolState memory state) {
        address[] memory tokens = _pair(pool.token0(), pool.token1());
        state.balances = _two(pool.reserve0(), pool.reserve1());
        state.supply = pool.totalSupply();
        state.fee = _CONSTANT_PRODUCT_FEE;
        _complete(state, pool, tokens, window);
        state.isPaused = pool.isPaused(_PAUSED_SWAP);
    }

    /// @inheritdoc IMarketLens
    function banded(BandedPool pool, uint256 window) external view returns (PoolState memory state) {
        state.balances = _bandBalances(pool);
        state.fee = pool.feePips() * _PER_PIP;
        _complete(state, pool, _pair(pool.token0(), pool.token1()), window);
        state.isPaused = pool.isPaused(_PAUSED_SWAP);
    }

    /* INTERNAL */

    function _complete(PoolState memory state, IMarket pool, address[] memory tokens, uint256 window) private view {
        state.adminFees = _two(0, 0);
        state.rates = _two(_multiplier(tokens[0]), _multiplier(tokens[1]));
        (state.spot, state.average) = _prices(pool, tokens, window);
    }

    function _prices(
        IMarket pool,
        address[] memory tokens,
        uint256 window
    ) private view returns (uint256[] memory spot, uint256[] memory average) {
        spot = new uint256[](tokens.length);
        average = new uint256[](tokens.length);
        spot[0] = _WAD;
        average[0] = _WAD;
        for (uint256 k = 1; k < tokens.length; ++k) {
            try pool.spotPrice(tokens[k], tokens[0]) returns (uint256 price) {
                spot[k] = price;
            } catch {
                spot[k] = 0;
            }
            try pool.averagePrice(tokens[k], tokens[0], window) returns (uint256 price) {
                average[k] = price;
            } catch {
                average[k] = 0;
            }
        }
    }

    /// @dev What the liquidity of all bands holds; fees that providers have not collected are left out.
    function _bandBalances(BandedPool pool) private view returns (uint256[] memory balances) {
        uint256[] memory edges = pool.edges();
        uint256 price = pool.sqrtPriceX96();
        balances = new uint256[](2);
        for (uint256 k = 0; k + 1 < edges.length; ++k) {
            uint256 liquidity = pool.bandAt(k).liquidity;
            uint256 here = Math.min(Math.max(price, edges[k]), edges[k + 1]);
            balances[0] += BandMath.amount0Down(here, edges[k + 1], liquidity);
            balances[1] += BandMath.amount1Down(edges[k], here, liquidity);
        }
    }

    function _multiplier(address token) private view returns (uint256) {
        return 10 ** (36 - IERC20Metadata(token).decimals());
    }

    function _pair(address a, address b) private pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (a, b);
    }

    function _two(uint256 a, uint256 b) private pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (a, b);
    }
}
