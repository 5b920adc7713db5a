// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title INavStrikes
/// @notice Net asset value of a fund share, struck at most once a day, and the day whose value an order gets.
/// @dev Units: NAV in 1e6 = one unit of money for one share; days are unix seconds / 86,400, rounded down, so a day
/// begins at 00:00 UTC; the cut-off in seconds of the day.
///
/// | Quantity | Rounding |
/// |---|---|
/// | day of a time | down |
/// @dev An order before the cut-off gets the value of its day, an order at or after it that of the next day. Where no
/// value is struck on a day, the next one that is struck applies.
/// @custom:source docs/contracts/FundTeller.md, section "Concepts"
interface INavStrikes {
    /// @notice A value as it was struck.
    /// @param day Day [days since 1970].
    /// @param struckAt When [unix s].
    /// @param nav Value of a share [1e6].
    struct Strike {
        uint256 day;
        uint256 struckAt;
        uint256 nav;
    }

    /// @notice Emitted when a value is struck.
    /// @param day Day [days since 1970].
    /// @param before Value before, zero for none [1e6].
    /// @param nav Value of a share [1e6].
    event NavStruck(uint256 indexed day, uint256 before, uint256 nav);

    /// @notice Emitted when the reporter changes.
    /// @param reporter Who strikes values.
    event ReporterSet(address indexed reporter);

    /// @notice Raised when someone else than the reporter strikes.
    /// @param caller Caller.
    /// @param expected Reporter.
    error NavStrikesUnauthorized(address caller, address expected);

    /// @notice Raised when a day already has its value.
    /// @param day Day [days since 1970].
    error NavStrikesAlreadyStruck(uint256 day);

    /// @notice Raised when a value is zero or above 1e18 (a million million).
    /// @param nav Value [1e6].
    error NavStrikesInvalidNav(uint256 nav);

    /// @notice Raised when the cut-off lies beyond the day.
    /// @param cutoff Cut-off [s of the day].
    error NavStrikesInvalidCutoff(uint256 cutoff);

    /// @notice Strikes the value of today. Only the reporter.
    /// @dev Reverts with {NavStrikesUnauthorized}, {NavStrikesAlreadyStruck} or {NavStrikesInvalidNav}.
    /// @param nav_ Value of a share [1e6].
    function strike(uint256 nav_) external;

    /// @notice Sets who strikes values. Only the owner.
    /// @param reporter_ Reporter.
    function setReporter(address reporter_) external;

    /// @notice Returns the value struck last.
    /// @return Value of a share [1e6].
    function nav() external view returns (uint256);

    /// @notice Returns the value struck last, with its day and time.
    /// @return The strike.
    function lastStrike() external view returns (Strike memory);

    /// @notice Returns the first value struck on a day or after it.
    /// @param day Day [days since 1970].
    /// @return isStruck Whether there is one yet.
    /// @return found The strike.
    function strikeFor(uint256 day) external view returns (bool isStruck, Strike memory found);

    /// @notice Returns the day whose value an order gets.
    /// @param time When it is placed [unix s].
    /// @return Day [days since 1970].
    function pricingDay(uint256 time) external view returns (uint256);

    /// @notice Returns the second of the day from which the next day's value applies.
    /// @return Cut-off [s of the day].
    function cutoff() external view returns (uint256);

    /// @notice Returns who strikes values.
    /// @return Reporter.
    function reporter() external view returns (address);
}
