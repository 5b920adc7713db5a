// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IPriceFeed } from "./IPriceFeed.sol";

/// @title IRatioFeed
/// @notice A feed that multiplies a ratio by the price of what the ratio is in.
/// @dev `answer = floor(ratio * base * 10^decimals / (1e18 * 10^baseDecimals))`, the ratio in WAD, one division.
/// @dev The base's age is the answer's; without a base the ratio itself is the price, given now. A base that is zero or
/// below makes the answer zero.
/// @dev Warning: leaving the base out prices ether in dollars at one: a token worth 1.12 ETH then costs 1.12 USD.
/// @custom:source docs/contracts/PriceFeeds.md, section "Concepts"
interface IRatioFeed is IPriceFeed {
    /// @notice Emitted when the base changes.
    /// @param base Feed of the asset that the ratio is in, zero for none.
    event BaseSet(address indexed base);

    /// @notice Sets the base. Only the owner.
    /// @param base_ Feed of the asset that the ratio is in, zero for none.
    function setBase(IAggregatorV3 base_) external;

    /// @notice Returns the base.
    /// @return Feed of the asset that the ratio is in, zero for none.
    function base() external view returns (IAggregatorV3);

    /// @notice Returns the ratio now.
    /// @return Ratio [WAD].
    function ratio() external view returns (uint256);
}
