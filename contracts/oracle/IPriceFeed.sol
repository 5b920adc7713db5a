// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";

/// @title IPriceFeed
/// @notice What every feed of the simulator has beside its price: bounds, a heartbeat, and an operator who sets them.
/// @dev Units: answers in `10^decimals`; times in unix seconds. The owner is the scenario's feed operator: nobody else
/// can change anything.
///
/// | Quantity | Rounding |
/// |---|---|
/// | answer | down, once, after all factors |
/// | age | none |
/// @dev An answer outside of the bounds is pinned to the nearer one, as real aggregators did: the reader sees a price
/// that looks alive. A broken source, zero or below, is passed on where the lower bound allows it.
/// @custom:source docs/contracts/PriceFeeds.md
interface IPriceFeed is IAggregatorV3 {
    /// @notice How a feed presents its price.
    /// @param description What is priced in what.
    /// @param decimals Decimals of an answer, at most 18.
    /// @param minAnswer Least answer [10^decimals].
    /// @param maxAnswer Greatest answer, not below the least [10^decimals].
    /// @param heartbeat Age at which an answer is stale, exclusive [s].
    struct Settings {
        string description;
        uint8 decimals;
        int256 minAnswer;
        int256 maxAnswer;
        uint256 heartbeat;
    }

    /// @notice Emitted when the bounds change.
    /// @param minAnswer Least answer [10^decimals].
    /// @param maxAnswer Greatest answer [10^decimals].
    event BoundsSet(int256 minAnswer, int256 maxAnswer);

    /// @notice Emitted when the heartbeat changes.
    /// @param heartbeat Age at which an answer is stale, exclusive [s].
    event HeartbeatSet(uint256 heartbeat);

    /// @notice Raised when the least answer exceeds the greatest.
    /// @param minAnswer Least answer.
    /// @param maxAnswer Greatest answer.
    error PriceFeedInvalidBounds(int256 minAnswer, int256 maxAnswer);

    /// @notice Raised when a feed would have more than 18 decimals.
    /// @param decimals Decimals.
    error PriceFeedTooManyDecimals(uint8 decimals);

    /// @notice Raised when a round is not known.
    /// @param roundId Round.
    error PriceFeedUnknownRound(uint80 roundId);

    /// @notice Sets the bounds. Only the owner.
    /// @param minAnswer_ Least answer [10^decimals].
    /// @param maxAnswer_ Greatest answer [10^decimals].
    function setBounds(int256 minAnswer_, int256 maxAnswer_) external;

    /// @notice Sets the heartbeat. Only the owner.
    /// @param heartbeat_ Age at which an answer is stale, exclusive [s].
    function setHeartbeat(uint256 heartbeat_) external;

    /// @notice Returns the least answer.
    /// @return Answer [10^decimals].
    function minAnswer() external view returns (int256);

    /// @notice Returns the greatest answer.
    /// @return Answer [10^decimals].
    function maxAnswer() external view returns (int256);

    /// @notice Returns the age at which an answer is stale, exclusive.
    /// @return Age [s].
    function heartbeat() external view returns (uint256);

    /// @notice Returns whether the last answer is older than the heartbeat.
    /// @return True when it is.
    function isStale() external view returns (bool);
}
