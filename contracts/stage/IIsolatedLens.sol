// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IIsolatedMarkets } from "../lending/IIsolatedMarkets.sol";

/// @title IIsolatedLens
/// @notice Reads isolated markets and accounts in them in one call.
/// @dev Amounts carry interest until now; rounding is that of {IIsolatedMarkets}. Nothing reverts for a price that cannot
/// be read: it is zero then, and positions count as healthy, for nobody can liquidate them.
/// @custom:source docs/contracts/IsolatedLens.md
interface IIsolatedLens {
    /// @notice An account in a market.
    /// @param supplyShares Shares of what it supplied.
    /// @param supplied What these are worth, rounded down [token wei].
    /// @param borrowShares Shares of its debt.
    /// @param borrowed What these are worth, rounded up [token wei].
    /// @param collateral Collateral [token wei].
    /// @param maxBorrow Most it may owe [token wei].
    /// @param isHealthy Whether it owes no more.
    struct PositionState {
        uint256 supplyShares;
        uint256 supplied;
        uint256 borrowShares;
        uint256 borrowed;
        uint256 collateral;
        uint256 maxBorrow;
        bool isHealthy;
    }

    /// @notice A market.
    /// @param totals Totals with the interest until now.
    /// @param price Price, zero when it cannot be read [1e36].
    /// @param borrowRate What borrowers pay now [WAD per second].
    /// @param incentive Liquidation incentive [WAD].
    /// @param feeShares Shares of the fee's recipient, without what is still to be minted.
    /// @param positions One per account asked for.
    struct MarketState {
        IIsolatedMarkets.Totals totals;
        uint256 price;
        uint256 borrowRate;
        uint256 incentive;
        uint256 feeShares;
        PositionState[] positions;
    }

    /// @notice Returns markets, each with all accounts asked for.
    /// @param markets Contract that keeps them.
    /// @param ids Markets.
    /// @param accounts Accounts.
    /// @return states One per market.
    function read(
        IIsolatedMarkets markets,
        bytes32[] calldata ids,
        address[] calldata accounts
    ) external view returns (MarketState[] memory states);
}
