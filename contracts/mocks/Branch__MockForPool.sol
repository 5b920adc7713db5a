// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IStabilityPool } from "../cdp/IStabilityPool.sol";
import { Token__MockForMarkets } from "./Token__MockForMarkets.sol";

/// @title Branch__MockForPool
/// @notice Stands for a branch: tells a stability pool what a test says.
contract Branch__MockForPool {
    /// @notice Offsets debt for collateral, which is minted.
    function offset(IStabilityPool pool, Token__MockForMarkets collateral, uint256 debt, uint256 amount) external {
        collateral.mint(address(pool), amount);
        pool.offset(debt, amount);
    }

    /// @notice Hands over interest, which is minted.
    function giveYield(IStabilityPool pool, Token__MockForMarkets dollar, uint256 amount) external {
        dollar.mint(address(pool), amount);
        pool.receiveYield(amount);
    }

    /// @notice Has no interest to mint.
    function accrue() external {}
}
