// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IPriceFeed } from "./IPriceFeed.sol";

/// @title IMedianFeed
/// @notice The median of several feeds.
/// @dev Only fresh answers above zero count: at most `maxAge` old, inclusive. A feed that reverts does not count. With an
/// even number the mean of the middle two, rounded down. The answer's time is that of the oldest answer counted.
/// @dev Answers of other decimals are scaled first, each rounded down.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface IMedianFeed is IPriceFeed {
    /// @notice Emitted when the feeds change.
    /// @param feeds Feeds.
    /// @param quorum Least number of answers.
    /// @param maxAge Greatest age of an answer [s].
    event FeedsSet(IAggregatorV3[] feeds, uint256 quorum, uint256 maxAge);

    /// @notice Raised when the quorum is zero or exceeds the number of feeds.
    /// @param quorum Least number of answers.
    /// @param feeds Number of feeds.
    error MedianFeedInvalidQuorum(uint256 quorum, uint256 feeds);

    /// @notice Raised when too few feeds answer.
    /// @param answers Number of answers that count.
    /// @param quorum Least number of answers.
    error MedianFeedNoQuorum(uint256 answers, uint256 quorum);

    /// @notice Sets the feeds. Only the owner.
    /// @param feeds_ Feeds.
    /// @param quorum_ Least number of answers, from one to the number of feeds.
    /// @param maxAge_ Greatest age of an answer [s].
    function setFeeds(IAggregatorV3[] calldata feeds_, uint256 quorum_, uint256 maxAge_) external;

    /// @notice Returns the feeds.
    /// @return Feeds.
    function feeds() external view returns (IAggregatorV3[] memory);
}
