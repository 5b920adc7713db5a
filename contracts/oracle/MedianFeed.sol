// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Arrays } from "@openzeppelin/contracts/utils/Arrays.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IMedianFeed } from "./IMedianFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";

/// @title MedianFeed
/// @notice The median of several feeds.
contract MedianFeed is IMedianFeed, PriceFeed {
    /* STORAGE */

    /// @notice Least number of answers.
    uint256 public quorum;

    /// @notice Greatest age of an answer that counts, inclusive [s].
    uint256 public maxAge;

    IAggregatorV3[] private _feeds;

    /* CONSTRUCTOR */

    /// @notice Makes the feed.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param feeds_ Feeds.
    /// @param quorum_ Least number of answers.
    /// @param maxAge_ Greatest age of an answer that counts [s].
    constructor(
        address owner_,
        Settings memory settings,
        IAggregatorV3[] memory feeds_,
        uint256 quorum_,
        uint256 maxAge_
    ) PriceFeed(owner_, settings) {
        _setFeeds(feeds_, quorum_, maxAge_);
    }

    /* EXTERNAL */

    /// @inheritdoc IMedianFeed
    function setFeeds(IAggregatorV3[] calldata feeds_, uint256 quorum_, uint256 maxAge_) external onlyOwner {
        _setFeeds(feeds_, quorum_, maxAge_);
    }

    /* VIEWS */

    /// @inheritdoc IMedianFeed
    function feeds() external view returns (IAggregatorV3[] memory) {
        return _feeds;
    }

    /* INTERNAL */

    function _observe() internal view override returns (int256 answer, uint256 updatedAt) {
        uint256[] memory answers = new uint256[](_feeds.length);
        uint256 count;
        updatedAt = type(uint256).max;
        for (uint256 k = 0; k < answers.length; ++k) {
            (uint256 price, uint256 time) = _read(_feeds[k]);
            if (price == 0) continue;
            answers[count++] = price;
            updatedAt = Math.min(updatedAt, time);
        }
        require(count >= quorum, MedianFeedNoQuorum(count, quorum));

        // What does not count is zero and sorts before the rest.
        Arrays.sort(answers);
        uint256 first = answers.length - count;
        uint256 middle = first + count / 2;
        uint256 median = count % 2 == 1 ? answers[middle] : (answers[middle - 1] + answers[middle]) / 2;
        answer = SafeCast.toInt256(median);
    }

    function _setFeeds(IAggregatorV3[] memory feeds_, uint256 quorum_, uint256 maxAge_) private {
        bool fits = quorum_ > 0 && quorum_ <= feeds_.length;
        require(fits, MedianFeedInvalidQuorum(quorum_, feeds_.length));

        _feeds = feeds_;
        quorum = quorum_;
        maxAge = maxAge_;

        emit FeedsSet(feeds_, quorum_, maxAge_);
    }

    /// @dev Zero when the feed does not count.
    function _read(IAggregatorV3 feed) private view returns (uint256 price, uint256 time) {
        try feed.latestRoundData() returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80) {
            if (answer <= 0 || !FeedReader.isFresh(updatedAt, maxAge)) return (0, 0);
            return (Math.mulDiv(uint256(answer), 10 ** decimals, 10 ** feed.decimals()), updatedAt);
        } catch {
            return (0, 0);
        }
    }
}
