// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Nav
/// @notice What all shares of a vault are worth, as a fraction.
/// @dev Virtual shares and as many virtual assets are added to both sides where that favours the vault; see
/// {RestakingVaultMath}.
/// @param assets Assets that the shares stand for [wei of the asset].
/// @param shares Shares; zero while nobody holds any [shares, 18 dp].
/// @param virtualShares Shares, and assets, that exist in the price only.
struct Nav {
    uint256 assets;
    uint256 shares;
    uint256 virtualShares;
}
