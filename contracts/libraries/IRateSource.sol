// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IRateSource
/// @notice What knows the value of one whole token in its underlying asset: a wrapped staking token, a vault.
/// @custom:source docs/contracts/ExchangeRateFeed.md
interface IRateSource {
    /// @notice Returns what one whole token is worth, rounded down.
    /// @return Underlying for one token [WAD].
    function rate() external view returns (uint256);
}
