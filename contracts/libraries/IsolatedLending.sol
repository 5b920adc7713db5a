// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { VirtualShares } from "./VirtualShares.sol";
import { WadMath } from "./WadMath.sol";

/// @title IsolatedLending
/// @notice The sums of an isolated market: interest, health, and what a liquidation exchanges.
/// @custom:source docs/contracts/IsolatedMarkets.md, section "Concepts"
library IsolatedLending {
    using VirtualShares for uint256;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Scale of a price.
    uint256 internal constant PRICE_SCALE = 1e36;

    /// @notice Greatest liquidation incentive [WAD].
    uint256 internal constant MAX_INCENTIVE = 1.15e18;

    /// @notice How far the incentive leaves the borrower's buffer to the liquidator [WAD].
    uint256 internal constant CURSOR = 0.3e18;

    uint256 private constant _WAD = 1e18;

    /* INTERNAL */

    /// @notice Returns `e^(rate * elapsed) - 1` to the third term of its series.
    /// @param rate Rate [WAD per second].
    /// @param elapsed Time [s].
    /// @return Growth, each term rounded down [WAD].
    function growth(uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        uint256 first = rate * elapsed;
        uint256 second = first.mulDivDown(first, 2 * _WAD);
        return first + second + second.mulDivDown(first, 3 * _WAD);
    }

    /// @notice Returns the liquidation incentive, `min(1.15, 1 / (1 - 0.3 * (1 - lltv)))`.
    /// @param lltv LLTV, at most 100 % [WAD].
    /// @return Factor, rounded down [WAD].
    function incentive(uint256 lltv) internal pure returns (uint256) {
        return Math.min(MAX_INCENTIVE, _WAD.wDivDown(_WAD - CURSOR.wMulDown(_WAD - lltv)));
    }

    /// @notice Returns the most that collateral may secure.
    /// @param collateral Collateral [token wei].
    /// @param price Price [1e36].
    /// @param lltv LLTV [WAD].
    /// @return Debt, rounded down twice [token wei].
    function maxBorrow(uint256 collateral, uint256 price, uint256 lltv) internal pure returns (uint256) {
        return collateral.mulDivDown(price, PRICE_SCALE).wMulDown(lltv);
    }

    /// @notice Returns the assets that a liquidator owes for collateral.
    /// @param seized Collateral [token wei].
    /// @param price Price [1e36].
    /// @param factor Liquidation incentive [WAD].
    /// @return Assets, rounded up twice [token wei].
    function paymentFor(uint256 seized, uint256 price, uint256 factor) internal pure returns (uint256) {
        return seized.mulDivUp(price, PRICE_SCALE).mulDivUp(_WAD, factor);
    }

    /// @notice Returns the collateral that a liquidator gets for repaid debt.
    /// @param repaid Debt, rounded down [token wei].
    /// @param price Price [1e36].
    /// @param factor Liquidation incentive [WAD].
    /// @return Collateral, rounded down twice [token wei].
    function collateralFor(uint256 repaid, uint256 price, uint256 factor) internal pure returns (uint256) {
        return repaid.wMulDown(factor).mulDivDown(PRICE_SCALE, price);
    }
}
