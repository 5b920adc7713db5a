// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IService } from "./IService.sol";

/// @title IOracleNetwork
/// @notice Mock AVS: operators sign prices, the network publishes their median.
/// @dev Prices have 18 decimals and travel as `Statement.value = bytes32(price)` under {PRICE_TOPIC}.
/// @dev Faults to commit: sign a price beyond the band (PriceDeviationRule), sign two prices in one round
/// (EquivocationRule), miss heartbeats (DowntimeRule).
/// @dev Warning: `Version.StaleMedian` is a bug to inject. It publishes the median of the round before, so in a moving
/// market honest prices seem to deviate, and honest operators can be slashed for it.
/// @custom:source docs/contracts/Services.md, section "Oracle network"
interface IOracleNetwork is IService {
    /// @notice Which software the network runs: the right one, or one that publishes the previous round's median.
    enum Version {
        Correct,
        StaleMedian
    }

    /// @notice Emitted when the network's software changes.
    /// @param version Version.
    event VersionSet(Version version);

    /// @notice Emitted when a round's median is published.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param median Median [18 dp].
    /// @param answers Number of prices.
    event MedianPublished(uint32 indexed setId, uint64 indexed round, uint256 median, uint256 answers);

    /// @notice Raised when a round has too few prices for a median.
    /// @param round Round.
    /// @param answers Number of prices.
    /// @param needed Number needed.
    error OracleNetworkTooFewAnswers(uint64 round, uint256 answers, uint256 needed);

    /// @notice Raised when a round's median was published before.
    /// @param round Round.
    error OracleNetworkRoundClosed(uint64 round);

    /// @notice Changes the network's software. Only the owner.
    /// @param version Version; applies to medians published from now on.
    function setVersion(Version version) external;

    /// @notice Opens the next round. Only the owner.
    /// @param setId Operator set that is asked.
    /// @return round Round.
    function openRound(uint32 setId) external returns (uint64 round);

    /// @notice Notes the caller's signed price, one a round, until the median is published.
    /// @param setId Operator set of which the caller is a member.
    /// @param round Round.
    /// @param price Price [18 dp].
    /// @param signature Signature of the statement by a key of the caller.
    function submitPrice(uint32 setId, uint64 round, uint256 price, bytes calldata signature) external;

    /// @notice Publishes the median of a round; anybody may call.
    /// @dev With an even number of prices the mean of the middle two, rounded down.
    /// @param setId Operator set.
    /// @param round Round.
    /// @return median Median as published [18 dp].
    function publish(uint32 setId, uint64 round) external returns (uint256 median);

    /// @notice Returns the network's software.
    /// @return version Version.
    function version() external view returns (Version version);

    /// @notice Returns how many prices a median needs.
    /// @return answers Number of prices.
    function minAnswers() external view returns (uint256 answers);
}
