// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title LiquidStakingMath
/// @notice Shares, fee and rebase limit of a share-based liquid staking token.
/// @dev Symbols: `E` pooled ether [wei], `S` total shares, rate `E * 1e27 / S` [RAY]. All products are computed in
/// 512 bits. Unless a name says `Up`, every quotient is rounded down.
/// @custom:source docs/contracts/LiquidStakingToken.md, section "Formulas"
library LiquidStakingMath {
    /// @notice Scale of a share rate.
    uint256 internal constant RAY = 1e27;

    /// @notice Scale of the rebase limit: 750000 is 0.075 %.
    uint256 internal constant LIMIT_PRECISION = 1e9;

    /// @notice One hundred percent in basis points.
    uint256 internal constant BPS = 10_000;

    /// @notice Returns the shares that `ether_` buys, `floor(ether_ * S / E)`.
    /// @param ether_ Amount [wei].
    /// @param totalShares Total shares `S`.
    /// @param pooledEther Pooled ether `E`, not zero [wei].
    /// @return Shares, rounded down.
    function toSharesDown(uint256 ether_, uint256 totalShares, uint256 pooledEther) internal pure returns (uint256) {
        return Math.mulDiv(ether_, totalShares, pooledEther);
    }

    /// @notice Returns the ether that `shares` stand for, `floor(shares * E / S)`.
    /// @param shares Shares.
    /// @param totalShares Total shares `S`, not zero.
    /// @param pooledEther Pooled ether `E` [wei].
    /// @return Ether, rounded down [wei].
    function toEtherDown(uint256 shares, uint256 totalShares, uint256 pooledEther) internal pure returns (uint256) {
        return Math.mulDiv(shares, pooledEther, totalShares);
    }

    /// @notice Returns the ether that `shares` stand for, `ceil(shares * E / S)`.
    /// @param shares Shares.
    /// @param totalShares Total shares `S`, not zero.
    /// @param pooledEther Pooled ether `E` [wei].
    /// @return Ether, rounded up [wei].
    function toEtherUp(uint256 shares, uint256 totalShares, uint256 pooledEther) internal pure returns (uint256) {
        return Math.mulDiv(shares, pooledEther, totalShares, Math.Rounding.Ceil);
    }

    /// @notice Returns the share rate `floor(pooledEther * 1e27 / shares)`.
    /// @param ether_ Ether [wei].
    /// @param shares Shares, not zero.
    /// @return Rate, rounded down [RAY].
    function rateRay(uint256 ether_, uint256 shares) internal pure returns (uint256) {
        return Math.mulDiv(ether_, RAY, shares);
    }

    /// @notice Returns what `shares` are worth at a rate, `floor(shares * rate / 1e27)`.
    /// @param shares Shares.
    /// @param rate Share rate [RAY].
    /// @return Ether, rounded down [wei].
    function atRate(uint256 shares, uint256 rate) internal pure returns (uint256) {
        return Math.mulDiv(shares, rate, RAY);
    }

    /// @notice Returns what a request is worth at finalisation: shares at the finalisation rate when the rate at the
    /// request, `floor(ether_ * 1e27 / shares)`, was above it, the ether asked for otherwise.
    /// @param ether_ Ether asked for [wei].
    /// @param shares Shares locked for it, not zero.
    /// @param rate Share rate at finalisation [RAY].
    /// @return Ether to pay [wei].
    function discounted(uint256 ether_, uint256 shares, uint256 rate) internal pure returns (uint256) {
        return rateRay(ether_, shares) > rate ? atRate(shares, rate) : ether_;
    }

    /// @notice Returns the shares that pay a fee: `fee = floor(rewards * feeBps / 10000)`,
    /// `feeShares = floor(fee * S / (E - fee))`.
    /// @dev `E` is the pooled ether with the rewards in it, `S` the shares before the fee; after minting, the fee's
    /// shares are worth the fee, rounded down.
    /// @param rewards Ether earned [wei].
    /// @param feeBps Fee [bps], below 10000.
    /// @param totalShares Shares before the fee `S`.
    /// @param pooledEther Pooled ether after the rewards `E`, above the fee [wei].
    /// @return Shares to mint, rounded down.
    function feeShares(
        uint256 rewards,
        uint256 feeBps,
        uint256 totalShares,
        uint256 pooledEther
    ) internal pure returns (uint256) {
        uint256 fee = Math.mulDiv(rewards, feeBps, BPS);
        return Math.mulDiv(fee, totalShares, pooledEther - fee);
    }

    /// @notice Returns the highest pooled ether a report may reach, `E + floor(limit * E / 1e9)`.
    /// @param pooledEther Pooled ether before the report [wei].
    /// @param limit Highest growth of the share rate by one report [1e9 = 100 %].
    /// @return Ceiling [wei].
    function maxPooledEther(uint256 pooledEther, uint256 limit) internal pure returns (uint256) {
        return pooledEther + Math.mulDiv(limit, pooledEther, LIMIT_PRECISION);
    }

    /// @notice Returns how many shares a report may burn before the rate grows beyond the limit:
    /// `floor(S * (1e9 + limit - r) / (1e9 + limit))` with `r = floor(after * 1e9 / before)`; zero at the ceiling.
    /// @param totalShares Shares before the report `S`.
    /// @param before Pooled ether before the report, not zero [wei].
    /// @param afterwards Pooled ether after the report's ether came in [wei].
    /// @param limit Highest growth of the share rate by one report [1e9 = 100 %].
    /// @return Shares, rounded down.
    function burnableShares(
        uint256 totalShares,
        uint256 before,
        uint256 afterwards,
        uint256 limit
    ) internal pure returns (uint256) {
        if (afterwards >= maxPooledEther(before, limit)) return 0;
        uint256 ceiling = LIMIT_PRECISION + limit;
        uint256 rate = Math.mulDiv(afterwards, LIMIT_PRECISION, before);
        return Math.mulDiv(totalShares, ceiling - rate, ceiling);
    }
}
