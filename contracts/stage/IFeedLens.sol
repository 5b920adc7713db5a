// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPriceFeed } from "../oracle/IPriceFeed.sol";

/// @title IFeedLens
/// @notice Shows price feeds at one instant, those included that do not answer.
/// @custom:source docs/contracts/Lens.md, section "Feeds"
interface IFeedLens {
    /// @notice A feed.
    /// @param decimals Decimals of the answer.
    /// @param answer Answer; zero where there is none [10^decimals].
    /// @param updatedAt When it was given; zero where there is none [unix s].
    /// @param isStale Whether it is older than the heartbeat, or missing.
    /// @param failure Revert data where the feed does not answer; empty where it does.
    struct FeedState {
        uint8 decimals;
        int256 answer;
        uint256 updatedAt;
        bool isStale;
        bytes failure;
    }

    /// @notice Returns how feeds stand.
    /// @param feeds Feeds.
    /// @return states One per feed, in their order.
    /// @return timestamp Time of the block [unix s].
    /// @return number Number of the block.
    function read(
        IPriceFeed[] calldata feeds
    ) external view returns (FeedState[] memory states, uint256 timestamp, uint256 number);
}
