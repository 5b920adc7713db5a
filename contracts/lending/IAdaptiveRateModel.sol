// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRateModel } from "./IRateModel.sol";

/// @title IAdaptiveRateModel
/// @notice Rate that steers utilization to 90 %: too much lent, and it rises by itself until somebody repays.
/// @dev Units: rates in WAD per second, utilization and error in WAD.
///
/// | Quantity | Rounding |
/// |---|---|
/// | utilization | down |
/// | error, speed, exponential, curve, mean | towards zero, each quotient |
/// @dev A market's first look is at 4 % a year; afterwards the rate at target drifts with the error, by at most
/// 50 a year, between 0.1 % and 200 %.
/// @custom:source docs/contracts/AdaptiveRateModel.md, section "Concepts"
interface IAdaptiveRateModel is IRateModel {
    /// @notice Emitted when a market's rate is computed.
    /// @param markets Contract that keeps the market.
    /// @param id Market.
    /// @param rate Mean borrow rate since the last update [WAD per second].
    /// @param rateAtTarget Rate at target from now on [WAD per second].
    event RateUpdated(address indexed markets, bytes32 indexed id, uint256 rate, uint256 rateAtTarget);

    /// @notice Returns the rate at target as last noted.
    /// @param markets Contract that keeps the market.
    /// @param id Market.
    /// @return Rate at target, zero before the first look [WAD per second].
    function rateAtTarget(address markets, bytes32 id) external view returns (uint256);

    /// @notice Returns the rates of any span: the rule itself.
    /// @param utilization Lent part of the assets [WAD].
    /// @param startRateAtTarget Rate at target at its beginning, zero in a new market [WAD per second].
    /// @param elapsed Length of the span [s].
    /// @return err Distance from the target [WAD, signed].
    /// @return meanRate Mean borrow rate [WAD per second].
    /// @return endRateAtTarget Rate at target at the end [WAD per second].
    function ratesOver(
        uint256 utilization,
        uint256 startRateAtTarget,
        uint256 elapsed
    ) external pure returns (int256 err, uint256 meanRate, uint256 endRateAtTarget);
}
