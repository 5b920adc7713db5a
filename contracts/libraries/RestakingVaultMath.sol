// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Nav } from "../types/Nav.sol";
import { WadMath } from "./WadMath.sol";

/// @title RestakingVaultMath
/// @notice The arithmetic of a restaking vault: shares and assets, fees on growth, the fee of an instant exit.
/// @dev Symbols: `T` assets, `S` shares, `V` virtual shares. Two prices of a share stand side by side: `T / S`, which is
/// exact, and `(T + V) / (S + V)`, which takes the profit out of inflating an almost empty vault. Whoever comes in pays
/// the dearer of the two and whoever goes out gets the cheaper, so `S` times the price paid out never exceeds `T`. With
/// `V = 0` they are one. While there are no shares, one share costs one asset.
/// @custom:source docs/contracts/RestakingVault.md, section "Concepts"
library RestakingVaultMath {
    /// @notice One hundred percent [bps].
    uint256 internal constant BPS = 10_000;

    /// @notice Returns the shares that assets buy, `floor(assets / dearer price)`; zero where the shares are worthless.
    /// @param assets Assets [wei].
    /// @param nav What the shares are worth.
    /// @return Shares, rounded down.
    function toShares(uint256 assets, Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0) return assets;
        if (nav.assets == 0) return 0;
        (uint256 dear, uint256 shares) = _price(nav, nav.assets < nav.shares);
        return Math.mulDiv(assets, shares, dear);
    }

    /// @notice Returns as {toShares} does, but the greatest number where there are more shares than it.
    /// @param assets Assets [wei].
    /// @param nav What the shares are worth.
    /// @return Shares, rounded down.
    function toSharesCapped(uint256 assets, Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0 || nav.assets == 0) return toShares(assets, nav);
        (uint256 dear, uint256 shares) = _price(nav, nav.assets < nav.shares);
        (uint256 high, ) = Math.mul512(assets, shares);
        // A quotient that does not fit into 256 bits has a high word at least as great as the divisor.
        return high >= dear ? type(uint256).max : Math.mulDiv(assets, shares, dear);
    }

    /// @notice Returns the assets that buy shares, `ceil(shares * dearer price)`.
    /// @param shares Shares.
    /// @param nav What the shares are worth.
    /// @return Assets, rounded up [wei].
    function toAssetsUp(uint256 shares, Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0) return shares;
        (uint256 dear, uint256 all) = _price(nav, nav.assets < nav.shares);
        return Math.mulDiv(shares, dear, all, Math.Rounding.Ceil);
    }

    /// @notice Returns the assets that shares pay, `floor(shares * cheaper price)`.
    /// @param shares Shares.
    /// @param nav What the shares are worth.
    /// @return Assets, rounded down [wei].
    function toAssets(uint256 shares, Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0) return shares;
        (uint256 cheap, uint256 all) = _price(nav, nav.assets >= nav.shares);
        return Math.mulDiv(shares, cheap, all);
    }

    /// @notice Returns the shares that pay assets, `ceil(assets / cheaper price)`; zero where the shares are worthless.
    /// @param assets Assets [wei].
    /// @param nav What the shares are worth.
    /// @return Shares, rounded up.
    function toSharesUp(uint256 assets, Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0) return assets;
        if (nav.assets == 0) return 0;
        (uint256 cheap, uint256 all) = _price(nav, nav.assets >= nav.shares);
        return Math.mulDiv(assets, all, cheap, Math.Rounding.Ceil);
    }

    /// @notice Returns what one whole share pays, rounded down.
    /// @param nav What the shares are worth.
    /// @return Rate [WAD].
    function rate(Nav memory nav) internal pure returns (uint256) {
        return toAssets(WadMath.WAD, nav);
    }

    /// @notice Returns what one whole share pays, rounded up.
    /// @param nav What the shares are worth.
    /// @return Rate [WAD].
    function rateUp(Nav memory nav) internal pure returns (uint256) {
        if (nav.shares == 0) return WadMath.WAD;
        (uint256 cheap, uint256 all) = _price(nav, nav.assets >= nav.shares);
        return Math.mulDiv(WadMath.WAD, cheap, all, Math.Rounding.Ceil);
    }

    /// @notice Returns the fee on growth, `floor((T - S * old price) * feeBps / 10000)`; zero without growth.
    /// @dev The growth is exact: `S * old price` is not rounded before the fee is taken.
    /// @param assets Assets now `T`, below 2^128 [wei].
    /// @param shares Shares now `S`, below 2^128.
    /// @param old What the shares were worth at the last fee, both below 2^128.
    /// @param feeBps Fee [bps].
    /// @return Fee in assets, rounded down [wei].
    function growthFee(uint256 assets, uint256 shares, Nav memory old, uint256 feeBps) internal pure returns (uint256) {
        uint256 growth = Math.saturatingSub(assets * old.shares, shares * old.assets);
        return Math.mulDiv(growth, feeBps, BPS * old.shares);
    }

    /// @notice Returns the fee on the growth of a WAD price, `floor(floor((p - old p) * S) * feeBps / 10000)`; zero without
    /// growth.
    /// @dev The growth is that of prices as they are published, each rounded down to a WAD: what is below the last digit of
    /// `p` pays no fee before it shows.
    /// @param price Price now `p` [WAD].
    /// @param old Price at the last fee [WAD].
    /// @param shares Shares now `S`, below 2^128.
    /// @param feeBps Fee [bps].
    /// @return Fee in assets, rounded down [wei].
    function priceGrowthFee(
        uint256 price,
        uint256 old,
        uint256 shares,
        uint256 feeBps
    ) internal pure returns (uint256) {
        uint256 growth = Math.mulDiv(Math.saturatingSub(price, old), shares, WadMath.WAD);
        return Math.mulDiv(growth, feeBps, BPS);
    }

    /// @notice Returns the fee rate of an instant exit: `min + floor((max - min) * (10000 - rem) / 10000)`, with
    /// `rem = floor(10000 * (left - floor) / (capacity - floor))` kept within [0, 10000].
    /// @param left What the exit leaves in the buffer [wei].
    /// @param capacity Buffer from which on the fee is least [wei].
    /// @param floor_ Buffer from which down the fee is highest, below `capacity` unless both are zero [wei].
    /// @param minBps Least fee [bps].
    /// @param maxBps Highest fee, not below the least [bps].
    /// @return Fee rate, rounded down [bps].
    function exitFeeBps(
        uint256 left,
        uint256 capacity,
        uint256 floor_,
        uint256 minBps,
        uint256 maxBps
    ) internal pure returns (uint256) {
        if (left >= capacity) return minBps;
        if (left <= floor_) return maxBps;
        uint256 remaining = Math.mulDiv(BPS, left - floor_, capacity - floor_);
        return minBps + ((maxBps - minBps) * (BPS - remaining)) / BPS;
    }

    /// @notice Returns the fee of an instant exit, `ceil(assets * feeBps / 10000)`.
    /// @param assets Assets before the fee [wei].
    /// @param feeBps Fee rate [bps].
    /// @return Fee, rounded up [wei].
    function exitFee(uint256 assets, uint256 feeBps) internal pure returns (uint256) {
        return Math.mulDiv(assets, feeBps, BPS, Math.Rounding.Ceil);
    }

    /// @dev The virtual price is the cheaper one while a share is worth more than one asset, and the dearer below.
    function _price(Nav memory nav, bool isVirtual) private pure returns (uint256 assets, uint256 shares) {
        uint256 added = isVirtual ? nav.virtualShares : 0;
        return (nav.assets + added, nav.shares + added);
    }
}
