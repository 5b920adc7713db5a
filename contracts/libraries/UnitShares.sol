// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "./WadMath.sol";

/// @title UnitShares
/// @notice Converts between assets and shares of a pool that always counts one share and one asset more than it has.
/// @dev The virtual pair makes an empty pool's first share cost something; a result above 2^256-1 reverts.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
library UnitShares {
    using WadMath for uint256;

    /// @notice Returns the shares of `assets`, rounded down.
    /// @param assets Amount [token wei].
    /// @param totalAssets Assets of the pool [token wei].
    /// @param totalShares Shares of the pool.
    /// @return Shares, rounded down.
    function toSharesDown(uint256 assets, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return assets.mulDivDown(totalShares + 1, totalAssets + 1);
    }

    /// @notice Returns the shares of `assets`, rounded up.
    /// @param assets Amount [token wei].
    /// @param totalAssets Assets of the pool [token wei].
    /// @param totalShares Shares of the pool.
    /// @return Shares, rounded up.
    function toSharesUp(uint256 assets, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return assets.mulDivUp(totalShares + 1, totalAssets + 1);
    }

    /// @notice Returns the assets of `shares`, rounded down.
    /// @param shares Shares.
    /// @param totalAssets Assets of the pool [token wei].
    /// @param totalShares Shares of the pool.
    /// @return Assets, rounded down [token wei].
    function toAssetsDown(uint256 shares, uint256 totalAssets, uint256 totalShares) internal pure returns (uint256) {
        return shares.mulDivDown(totalAssets + 1, totalShares + 1);
    }
}
