// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IExchangeRateFeed } from "./IExchangeRateFeed.sol";

/// @title ICappedRateFeed
/// @notice An exchange-rate feed whose rate may not grow faster than a yearly bound from a snapshot.
/// @dev Units: rates in WAD; growth in bps a year of 31536000 s; growth a second in WAD times 1e6; times in unix s.
///
/// | Quantity | Rounding |
/// |---|---|
/// | growth a second, `ratio * growthBps * 1e6 / 10000 / 31536000` | down, in each division |
/// | cap, `ratio + perSecond * elapsed / 1e6` | down |
/// | ratio, the lesser of rate and cap | none |
/// | answer | down |
/// | underpricing, `rate * 1e18 / ratio` | down |
/// @dev Warning: the cap is itself a price. Set below the live rate it prices honest collateral down: accounts whose
/// health factor lies below the underpricing are liquidated though nothing fell.
/// @dev Warning: with a step bound a new snapshot's ratio is cut to it while its time is taken as given, so the cap of
/// an old moment starts to grow from a late one.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface ICappedRateFeed is IExchangeRateFeed {
    /// @notice From where and how fast the cap grows.
    /// @param ratio Rate at the snapshot, not zero [WAD].
    /// @param takenAt When it was taken [unix s].
    /// @param growthBps Growth a year [bps].
    struct Snapshot {
        uint256 ratio;
        uint256 takenAt;
        uint256 growthBps;
    }

    /// @notice What a snapshot must keep to.
    /// @param minDelay Least age of a snapshot when it is set, inclusive [s].
    /// @param maxAge Greatest age of a snapshot when it is set, inclusive [s].
    /// @param maxStepBps Most by which its ratio may differ from the last one's; zero for no bound [bps].
    struct Limits {
        uint256 minDelay;
        uint256 maxAge;
        uint256 maxStepBps;
    }

    /// @notice Emitted when a snapshot is set.
    /// @param snapshot Snapshot as set.
    /// @param asked Ratio asked for; another one when the step bound cut it [WAD].
    event SnapshotSet(Snapshot snapshot, uint256 asked);

    /// @notice Raised when a snapshot is too young, too old, or not newer than the last one.
    /// @param takenAt When it was taken [unix s].
    /// @param earliest Earliest time allowed [unix s].
    /// @param latest Latest time allowed [unix s].
    error CappedRateFeedWrongTime(uint256 takenAt, uint256 earliest, uint256 latest);

    /// @notice Raised when a snapshot's ratio is zero.
    error CappedRateFeedZeroRatio();

    /// @notice Sets a snapshot. Only the owner.
    /// @dev The ratio is cut to the step bound: at most `floor(last * (10000 + step) / 10000)`, at least
    /// `ceil(last * (10000 - step) / 10000)`. Reverts with {CappedRateFeedWrongTime} or {CappedRateFeedZeroRatio}.
    /// @param snapshot_ From where and how fast the cap grows.
    function setSnapshot(Snapshot calldata snapshot_) external;

    /// @notice Returns the snapshot.
    /// @return The snapshot in force.
    function snapshot() external view returns (Snapshot memory);

    /// @notice Returns the growth of the cap.
    /// @return Growth a second [WAD times 1e6].
    function growthPerSecond() external view returns (uint256);

    /// @notice Returns the cap now.
    /// @return Greatest ratio [WAD].
    function maxRatio() external view returns (uint256);

    /// @notice Returns whether the cap is below the rate.
    /// @return True when it is.
    function isCapped() external view returns (bool);

    /// @notice Returns by how much the cap prices the token down: accounts with a health factor below it, true to the
    /// rate, are liquidatable.
    /// @return `floor(rate * 1e18 / ratio)`, one when nothing is capped [WAD].
    function underpricing() external view returns (uint256);
}
