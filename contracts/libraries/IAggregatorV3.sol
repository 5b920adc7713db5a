// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IAggregatorV3
/// @notice A price feed in the shape that lending markets read.
/// @dev Answers have {decimals} decimals and may be zero or negative when the feed is broken: the reader checks.
/// @custom:source docs/contracts/PriceFeeds.md
interface IAggregatorV3 {
    /// @notice Returns the decimals of an answer.
    /// @return Decimals.
    function decimals() external view returns (uint8);

    /// @notice Returns what is priced in what.
    /// @return Text.
    function description() external view returns (string memory);

    /// @notice Returns the version of the feed's code.
    /// @return Version.
    function version() external view returns (uint256);

    /// @notice Returns one round.
    /// @param roundId_ Round.
    /// @return roundId Round.
    /// @return answer Price [10^decimals].
    /// @return startedAt When the round began [unix s].
    /// @return updatedAt When the answer was given [unix s].
    /// @return answeredInRound Round, once more.
    function getRoundData(
        uint80 roundId_
    )
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);

    /// @notice Returns the last round.
    /// @return roundId Round.
    /// @return answer Price [10^decimals].
    /// @return startedAt When the round began [unix s].
    /// @return updatedAt When the answer was given [unix s].
    /// @return answeredInRound Round, once more.
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
