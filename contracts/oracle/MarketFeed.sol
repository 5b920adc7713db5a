// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../amm/IMarket.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IMarketFeed } from "./IMarketFeed.sol";
import { IRatioFeed } from "./IRatioFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";
import { RatioFeed } from "./RatioFeed.sol";

/// @title MarketFeed
/// @notice A feed of what a pool pays: its spot price, or its average over a window.
contract MarketFeed is IMarketFeed, RatioFeed {
    /* STORAGE */

    /// @notice What is read where.
    Source public source;

    /* CONSTRUCTOR */

    /// @notice Makes the feed.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param source_ What is read where.
    /// @param base_ Feed of the token that the pool quotes in, zero for none.
    constructor(
        address owner_,
        Settings memory settings,
        Source memory source_,
        IAggregatorV3 base_
    ) PriceFeed(owner_, settings) RatioFeed(base_) {
        _setSource(source_);
    }

    /* EXTERNAL */

    /// @inheritdoc IMarketFeed
    function setSource(Source calldata source_) external onlyOwner {
        _setSource(source_);
    }

    /* VIEWS */

    /// @inheritdoc IRatioFeed
    function ratio() public view override(IRatioFeed, RatioFeed) returns (uint256) {
        IMarket market = IMarket(source.market);
        if (source.window == 0) return market.spotPrice(source.token, source.quoteToken);
        return market.averagePrice(source.token, source.quoteToken, source.window);
    }

    /* INTERNAL */

    function _setSource(Source memory source_) private {
        source = source_;

        emit SourceSet(source_);
    }
}
