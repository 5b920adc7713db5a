// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRateSource } from "../libraries/IRateSource.sol";
import { IRatioFeed } from "./IRatioFeed.sol";

/// @title IExchangeRateFeed
/// @notice A feed of what a token says it is worth: its exchange rate times the price of its underlying.
/// @dev Warning: it does not see the market. A token that nobody can redeem at its rate is still priced at it.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface IExchangeRateFeed is IRatioFeed {
    /// @notice Emitted when the source of the rate changes.
    /// @param rateSource Source.
    event RateSourceSet(address indexed rateSource);

    /// @notice Sets the source of the rate. Only the owner.
    /// @param rateSource_ Source.
    function setRateSource(IRateSource rateSource_) external;

    /// @notice Returns the source of the rate.
    /// @return Source.
    function rateSource() external view returns (IRateSource);
}
