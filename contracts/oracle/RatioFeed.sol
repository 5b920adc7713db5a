// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRatioFeed } from "./IRatioFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";

/// @title RatioFeed
/// @notice A feed that multiplies a ratio by the price of what the ratio is in.
abstract contract RatioFeed is IRatioFeed, PriceFeed {
    /* STORAGE */

    /// @inheritdoc IRatioFeed
    IAggregatorV3 public base;

    /* CONSTRUCTOR */

    /// @notice Sets the base.
    /// @param base_ Feed of the asset that the ratio is in, zero for none.
    constructor(IAggregatorV3 base_) {
        _setBase(base_);
    }

    /* EXTERNAL */

    /// @inheritdoc IRatioFeed
    function setBase(IAggregatorV3 base_) external onlyOwner {
        _setBase(base_);
    }

    /* VIEWS */

    /// @inheritdoc IRatioFeed
    function ratio() public view virtual returns (uint256);

    /* INTERNAL */

    function _observe() internal view override returns (int256 answer, uint256 updatedAt) {
        uint256 unit = 10 ** decimals;
        if (address(base) == address(0)) {
            return (SafeCast.toInt256(Math.mulDiv(ratio(), unit, 1e18)), block.timestamp);
        }
        int256 price;
        (, price, , updatedAt, ) = base.latestRoundData();
        if (price <= 0) return (0, updatedAt);
        answer = SafeCast.toInt256(Math.mulDiv(ratio(), uint256(price) * unit, 1e18 * 10 ** base.decimals()));
    }

    function _setBase(IAggregatorV3 base_) private {
        base = base_;

        emit BaseSet(address(base_));
    }
}
