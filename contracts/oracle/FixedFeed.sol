// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRatioFeed } from "./IRatioFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";
import { RatioFeed } from "./RatioFeed.sol";

/// @title FixedFeed
/// @notice A feed that says one, always: a dollar is a dollar, an ether is an ether.
/// @dev Warning: it never falls. What its asset loses, the lender loses without a liquidation.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
contract FixedFeed is RatioFeed {
    /* CONSTRUCTOR */

    /// @notice Makes the feed.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param base_ Feed of what one is in, zero for none.
    constructor(
        address owner_,
        Settings memory settings,
        IAggregatorV3 base_
    ) PriceFeed(owner_, settings) RatioFeed(base_) {}

    /* VIEWS */

    /// @inheritdoc IRatioFeed
    function ratio() public pure override returns (uint256) {
        return 1e18;
    }
}
