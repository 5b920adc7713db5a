// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IMarketOracle } from "../libraries/IMarketOracle.sol";

/// @title MarketOracle
/// @notice Prices collateral in loan tokens out of one feed, or of two that answer in the same unit.
/// @dev `price = floor(10^e * collateralAnswer / loanAnswer)`, `e = 36 + loanDecimals + loanFeedDecimals -
/// collateralDecimals - collateralFeedDecimals`; without a loan feed the collateral feed already answers in loan tokens.
///
/// | Quantity | Rounding |
/// |---|---|
/// | price | down, once |
/// @dev Reverts as {FeedReader} does when an answer is not positive or too old, so a broken feed stops borrowing,
/// withdrawing of collateral and liquidation alike, and nothing else.
/// @custom:source docs/contracts/MarketOracle.md
contract MarketOracle is IMarketOracle {
    /* TYPES */

    /// @notice What is priced, and by whom.
    /// @param collateralToken Collateral.
    /// @param loanToken What is lent.
    /// @param collateralFeed Price of one collateral token.
    /// @param loanFeed Price of one loan token in the same unit; zero when `collateralFeed` answers in loan tokens.
    /// @param collateralMaxAge Greatest age of the collateral's price [s].
    /// @param loanMaxAge Greatest age of the loan token's price [s].
    struct Terms {
        IERC20Metadata collateralToken;
        IERC20Metadata loanToken;
        IAggregatorV3 collateralFeed;
        IAggregatorV3 loanFeed;
        uint256 collateralMaxAge;
        uint256 loanMaxAge;
    }

    /* IMMUTABLES */

    /// @notice Price of one collateral token.
    IAggregatorV3 public immutable collateralFeed;

    /// @notice Price of one loan token, zero for none.
    IAggregatorV3 public immutable loanFeed;

    /// @notice Greatest age of the collateral's price [s].
    uint256 public immutable collateralMaxAge;

    /// @notice Greatest age of the loan token's price [s].
    uint256 public immutable loanMaxAge;

    uint256 private immutable _numerator;
    uint256 private immutable _denominator;

    /* CONSTRUCTOR */

    /// @notice Fixes the feeds and the scale.
    /// @param terms What is priced, and by whom.
    constructor(Terms memory terms) {
        collateralFeed = terms.collateralFeed;
        loanFeed = terms.loanFeed;
        collateralMaxAge = terms.collateralMaxAge;
        loanMaxAge = terms.loanMaxAge;
        bool hasLoanFeed = address(terms.loanFeed) != address(0);
        _numerator = 10 ** (36 + terms.loanToken.decimals() + (hasLoanFeed ? terms.loanFeed.decimals() : 0));
        _denominator = 10 ** (terms.collateralToken.decimals() + terms.collateralFeed.decimals());
    }

    /* VIEWS */

    /// @inheritdoc IMarketOracle
    function price() external view returns (uint256) {
        uint256 collateral = FeedReader.read(collateralFeed, collateralMaxAge);
        uint256 loan = address(loanFeed) == address(0) ? 1 : FeedReader.read(loanFeed, loanMaxAge);
        return Math.mulDiv(collateral, _numerator, loan * _denominator);
    }
}
