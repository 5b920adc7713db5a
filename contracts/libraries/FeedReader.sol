// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "./IAggregatorV3.sol";

/// @title FeedReader
/// @notice Reads a price feed as a careful market does: the answer must be above zero, and not too old.
/// @custom:source docs/contracts/PriceFeeds.md
library FeedReader {
    /* ERRORS */

    /// @notice Raised when an answer is zero or below.
    /// @param feed Feed.
    /// @param answer Answer.
    error FeedReaderNotPositive(address feed, int256 answer);

    /// @notice Raised when an answer is too old.
    /// @param feed Feed.
    /// @param updatedAt When it was given [unix s].
    /// @param maxAge Greatest age [s].
    error FeedReaderStale(address feed, uint256 updatedAt, uint256 maxAge);

    /* INTERNAL */

    /// @notice Returns the price.
    /// @dev An age of exactly `maxAge` is fresh; an answer from the future has no age.
    /// @param feed Feed.
    /// @param maxAge Greatest age [s].
    /// @return price Price [10^decimals of the feed].
    function read(IAggregatorV3 feed, uint256 maxAge) internal view returns (uint256 price) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        require(answer > 0, FeedReaderNotPositive(address(feed), answer));
        require(isFresh(updatedAt, maxAge), FeedReaderStale(address(feed), updatedAt, maxAge));
        return uint256(answer);
    }

    /// @notice Returns whether an answer is at most `maxAge` old.
    /// @param updatedAt When it was given [unix s].
    /// @param maxAge Greatest age [s].
    /// @return True when it is.
    function isFresh(uint256 updatedAt, uint256 maxAge) internal view returns (bool) {
        return updatedAt >= block.timestamp || block.timestamp - updatedAt <= maxAge;
    }
}
