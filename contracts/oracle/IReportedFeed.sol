// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IPriceFeed } from "./IPriceFeed.sol";

/// @title IReportedFeed
/// @notice A feed of rounds that its operator reports: by its own word, or from a source once that has moved enough.
/// @dev A report follows the source when `|answer - last| * 10000 >= deviationBps * |last|`, inclusive, or when the last
/// one is as old as the heartbeat, inclusive, or when there is none. Otherwise nothing changes: that gap is the lag
/// between a market and its oracle.
/// @dev Bounds pin an answer when it is reported, so that moving them does not rewrite the past.
/// @dev Warning: {setRound} takes anything, an old time, zero, a negative price, a wrong unit: those are the faults to
/// play.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface IReportedFeed is IPriceFeed {
    /// @notice Emitted when a round is reported.
    /// @param answer Answer after the bounds [10^decimals].
    /// @param roundId Round.
    /// @param updatedAt When it was given [unix s].
    event AnswerUpdated(int256 indexed answer, uint80 indexed roundId, uint256 updatedAt);

    /// @notice Emitted when the source or the threshold changes.
    /// @param source Feed that is followed, zero for none.
    /// @param deviationBps Move that calls for a report [bps].
    event SourceSet(address indexed source, uint256 deviationBps);

    /// @notice Raised when a feed without a source is asked to follow it.
    error ReportedFeedNoSource();

    /// @notice Raised when no round was reported yet.
    error ReportedFeedNoRound();

    /// @notice Reports a round. Only the owner.
    /// @param answer Answer [10^decimals].
    /// @param updatedAt When it was given [unix s].
    /// @return roundId Round, counted from one.
    function setRound(int256 answer, uint256 updatedAt) external returns (uint80 roundId);

    /// @notice Reports the source's answer when it moved enough or the last report is old. Only the owner.
    /// @dev Reverts with {ReportedFeedNoSource} without a source.
    /// @return isReported True when a round was reported.
    function follow() external returns (bool isReported);

    /// @notice Sets the source and the threshold. Only the owner.
    /// @param source_ Feed that is followed, zero for none.
    /// @param deviationBps_ Move that calls for a report [bps].
    function setSource(IAggregatorV3 source_, uint256 deviationBps_) external;

    /// @notice Returns the feed that is followed.
    /// @return Feed, zero for none.
    function source() external view returns (IAggregatorV3);
}
