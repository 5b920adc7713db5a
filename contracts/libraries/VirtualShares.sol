// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "./WadMath.sol";

/// @title VirtualShares
/// @notice Converts between assets and shares of a market that always counts 1e6 shares and one asset more than it has.
/// @dev The virtual part makes the first share cost something, so that nobody can inflate its price for those who follow.
/// @custom:source docs/contracts/IsolatedMarkets.md, section "Concepts"
library VirtualShares {
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Shares that exist in the price only.
    uint256 internal constant SHARES = 1e6;

    /// @notice Assets that exist in the price only [token wei].
    uint256 internal constant ASSETS = 1;

    /* INTERNAL */

    /// @notice Returns the shares of `assets`, rounded down.
    /// @param assets Amount [token wei].
    /// @param totalAssets Assets of the market [token wei].
    /// @param totalShares Shares of the market.
    /// @return Shares, rounded down.
    function toSharesDown(uint256 assets, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return assets.mulDivDown(totalShares + SHARES, totalAssets + ASSETS);
    }

    /// @notice Returns the shares of `assets`, rounded up.
    /// @param assets Amount [token wei].
    /// @param totalAssets Assets of the market [token wei].
    /// @param totalShares Shares of the market.
    /// @return Shares, rounded up.
    function toSharesUp(uint256 assets, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return assets.mulDivUp(totalShares + SHARES, totalAssets + ASSETS);
    }

    /// @notice Returns the assets of `shares`, rounded down.
    /// @param shares Shares.
    /// @param totalAssets Assets of the market [token wei].
    /// @param totalShares Shares of the market.
    /// @return Assets, rounded down [token wei].
    function toAssetsDown(uint256 shares, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return shares.mulDivDown(totalAssets + ASSETS, totalShares + SHARES);
    }

    /// @notice Returns the assets of `shares`, rounded up.
    /// @param shares Shares.
    /// @param totalAssets Assets of the market [token wei].
    /// @param totalShares Shares of the market.
    /// @return Assets, rounded up [token wei].
    function toAssetsUp(uint256 shares, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return shares.mulDivUp(totalAssets + ASSETS, totalShares + SHARES);
    }
}
