// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IRateModel
/// @notice Sets what borrowers of an isolated market pay.
/// @custom:source docs/contracts/AdaptiveRateModel.md
interface IRateModel {
    /// @notice What a rate depends on.
    /// @param supplyAssets Assets supplied, lent or not [token wei].
    /// @param borrowAssets Assets lent [token wei].
    /// @param lastUpdate When interest was last added [unix s].
    struct Use {
        uint256 supplyAssets;
        uint256 borrowAssets;
        uint256 lastUpdate;
    }

    /// @notice Returns the mean rate since the last update, and takes note of it for the calling contract's market.
    /// @param id Market of the caller.
    /// @param use How much of it is lent, and since when.
    /// @return rate Mean borrow rate, truncated [WAD per second].
    function borrowRate(bytes32 id, Use calldata use) external returns (uint256 rate);

    /// @notice Returns what {borrowRate} would return to `markets` now, and notes nothing.
    /// @param markets Contract that keeps the market.
    /// @param id Market.
    /// @param use How much of it is lent, and since when.
    /// @return rate Mean borrow rate, truncated [WAD per second].
    function previewBorrowRate(address markets, bytes32 id, Use calldata use) external view returns (uint256 rate);
}
