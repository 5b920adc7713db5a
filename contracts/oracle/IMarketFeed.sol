// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRatioFeed } from "./IRatioFeed.sol";

/// @title IMarketFeed
/// @notice A feed of what a pool pays: its spot price, or its average over a window.
/// @dev The ratio is the pool's price, rounded as the pool rounds it: down. A constant product and a banded pool average
/// over any window; a StableSwap pool keeps an exponential average and knows its own window only.
/// @dev Warning: a spot price is whatever the last trade left; it can be moved and moved back within one transaction.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface IMarketFeed is IRatioFeed {
    /// @notice What is read where.
    /// @param market Pool.
    /// @param token Token that is priced.
    /// @param quoteToken Token it is priced in.
    /// @param window Window of the average [s]; zero for the spot price.
    struct Source {
        address market;
        address token;
        address quoteToken;
        uint256 window;
    }

    /// @notice Emitted when the source changes.
    /// @param source What is read where.
    event SourceSet(Source source);

    /// @notice Sets the source. Only the owner.
    /// @param source_ What is read where.
    function setSource(Source calldata source_) external;
}
