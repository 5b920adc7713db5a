// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { IExchangeRateFeed } from "./IExchangeRateFeed.sol";
import { IRatioFeed } from "./IRatioFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";
import { RatioFeed } from "./RatioFeed.sol";

/// @title ExchangeRateFeed
/// @notice A feed of what a token says it is worth: its exchange rate times the price of its underlying.
contract ExchangeRateFeed is IExchangeRateFeed, RatioFeed {
    /* STORAGE */

    /// @inheritdoc IExchangeRateFeed
    IRateSource public rateSource;

    /* CONSTRUCTOR */

    /// @notice Makes the feed.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param rateSource_ Source of the rate.
    /// @param base_ Feed of the underlying, zero for none.
    constructor(
        address owner_,
        Settings memory settings,
        IRateSource rateSource_,
        IAggregatorV3 base_
    ) PriceFeed(owner_, settings) RatioFeed(base_) {
        _setRateSource(rateSource_);
    }

    /* EXTERNAL */

    /// @inheritdoc IExchangeRateFeed
    function setRateSource(IRateSource rateSource_) external onlyOwner {
        _setRateSource(rateSource_);
    }

    /* VIEWS */

    /// @inheritdoc IRatioFeed
    function ratio() public view virtual override(IRatioFeed, RatioFeed) returns (uint256) {
        return rateSource.rate();
    }

    /* INTERNAL */

    function _setRateSource(IRateSource rateSource_) private {
        rateSource = rateSource_;

        emit RateSourceSet(address(rateSource_));
    }
}
