// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BandedPool } from "../amm/BandedPool.sol";
import { ConstantProductPool } from "../amm/ConstantProductPool.sol";
import { StableSwapPool } from "../amm/StableSwapPool.sol";

/// @title IMarketLens
/// @notice Shows pools at one instant, whatever their curve.
/// @dev Units: amounts in token wei, liquidity with 18 decimals, fees in 1e10 = 100 %, prices in WAD.
/// @dev What a pool cannot tell, because it is empty or far out of balance, is zero.
/// @custom:source docs/contracts/Lens.md, section "Markets"
interface IMarketLens {
    /// @notice A pool.
    /// @param balances What is traded against, the owner's fees apart [token wei].
    /// @param adminFees Fees that wait for the owner [token wei].
    /// @param rates By what each coin is scaled, `10^(36 - decimals)` times its exchange rate.
    /// @param supply Liquidity outstanding; zero for a banded pool [LP wei].
    /// @param amplification Amplification; zero where there is none [100 times A].
    /// @param fee Fee of a small swap now [1e10 = 100 %].
    /// @param offpegMultiplier Growth of the fee off balance; zero where it has none [1e10 = 1].
    /// @param virtualPrice Worth of one unit of liquidity at balance; zero where there is no such measure [WAD].
    /// @param spot Price of each token in the first one, whole for whole, without fee [WAD].
    /// @param average The same, averaged over the window [WAD].
    /// @param isPaused Whether swaps are refused.
    struct PoolState {
        uint256[] balances;
        uint256[] adminFees;
        uint256[] rates;
        uint256 supply;
        uint256 amplification;
        uint256 fee;
        uint256 offpegMultiplier;
        uint256 virtualPrice;
        uint256[] spot;
        uint256[] average;
        bool isPaused;
    }

    /// @notice Returns a StableSwap pool.
    /// @param pool Pool.
    /// @return state How it stands; its averages are over its own window.
    function stableSwap(StableSwapPool pool) external view returns (PoolState memory state);

    /// @notice Returns a constant-product pool.
    /// @param pool Pool.
    /// @param window Window of the averages [s].
    /// @return state How it stands.
    function constantProduct(ConstantProductPool pool, uint256 window) external view returns (PoolState memory state);

    /// @notice Returns a banded pool.
    /// @param pool Pool.
    /// @param window Window of the averages [s].
    /// @return state How it stands; its balances are those of all bands, rounded down.
    function banded(BandedPool pool, uint256 window) external view returns (PoolState memory state);
}
