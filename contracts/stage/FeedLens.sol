// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPriceFeed } from "../oracle/IPriceFeed.sol";
import { IFeedLens } from "./IFeedLens.sol";

/// @title FeedLens
/// @notice See {IFeedLens}.
/// @custom:source docs/contracts/Lens.md, section "Feeds"
contract FeedLens is IFeedLens {
    /* VIEWS */

    /// @inheritdoc IFeedLens
    function read(
        IPriceFeed[] calldata feeds
    ) external view returns (FeedState[] memory states, uint256 timestamp, uint256 number) {
        states = new FeedState[](feeds.length);
        for (uint256 k = 0; k < feeds.length; ++k) states[k] = _stateOf(feeds[k]);
        return (states, block.timestamp, block.number);
    }

    /* INTERNAL */

    function _stateOf(IPriceFeed feed) private view returns (FeedState memory state) {
        state.decimals = feed.decimals();
        try feed.latestRoundData() returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80) {
            state.answer = answer;
            state.updatedAt = updatedAt;
            state.isStale = feed.isStale();
        } catch (bytes memory reason) {
            state.failure = reason;
            state.isStale = true;
        }
    }
}
