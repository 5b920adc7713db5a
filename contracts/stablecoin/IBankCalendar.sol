// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IBankCalendar
/// @notice When banks are open: a closed window every week, and holidays.
/// @dev Units: times in unix seconds; seconds of the week count from Monday 00:00 UTC. A window is closed from its first
/// second, inclusive, to its last, exclusive.
///
/// | Quantity | Rounding |
/// |---|---|
/// | second of the week | exact |
/// @custom:source docs/contracts/BankCalendar.md
interface IBankCalendar {
    /// @notice A time in which banks are closed.
    /// @param from First second [unix s, or s of the week].
    /// @param until Last second, exclusive [unix s, or s of the week].
    struct Window {
        uint256 from;
        uint256 until;
    }

    /// @notice Emitted when the weekly window changes.
    /// @param from First second of the week [s].
    /// @param until Last second of the week, exclusive [s].
    event WeekendSet(uint256 from, uint256 until);

    /// @notice Emitted when a holiday is added.
    /// @param from First second [unix s].
    /// @param until Last second, exclusive [unix s].
    event HolidayAdded(uint256 from, uint256 until);

    /// @notice Emitted when banks close until further notice, or no longer.
    /// @param isClosed Whether they are closed.
    event ClosedSet(bool isClosed);

    /// @notice Raised when a window leaves the week, leaves no second of it open, or ends before it begins.
    /// @param from First second.
    /// @param until Last second, exclusive.
    error BankCalendarInvalidWindow(uint256 from, uint256 until);

    /// @notice Raised when there are too many holidays.
    /// @param maximum Most holidays.
    error BankCalendarTooManyHolidays(uint256 maximum);

    /// @notice Sets the weekly window; one that ends before it begins wraps around Monday 00:00; equal ends close
    /// nothing. Only the owner.
    /// @param from First second of the week, below 604,800 [s].
    /// @param until Last second of the week, exclusive, below 604,800 [s].
    function setWeekend(uint256 from, uint256 until) external;

    /// @notice Adds a holiday. Only the owner.
    /// @dev Reverts with {BankCalendarInvalidWindow} when it is empty, {BankCalendarTooManyHolidays} beyond 64.
    /// @param from First second [unix s].
    /// @param until Last second, exclusive [unix s].
    function addHoliday(uint256 from, uint256 until) external;

    /// @notice Closes banks until further notice, or ends that. Only the owner.
    /// @param isClosed_ Whether they are closed.
    function setClosed(bool isClosed_) external;

    /// @notice Returns whether banks are closed until further notice.
    /// @return True when closed.
    function isClosed() external view returns (bool);

    /// @notice Returns whether banks are open.
    /// @param time Time [unix s].
    /// @return True when open.
    function isOpen(uint256 time) external view returns (bool);

    /// @notice Returns the first second at or after a time at which banks are open; the greatest number while they are
    /// closed until further notice.
    /// @param time Time [unix s].
    /// @return Second [unix s].
    function nextOpening(uint256 time) external view returns (uint256);

    /// @notice Returns the weekly window.
    /// @return Window in seconds of the week.
    function weekend() external view returns (Window memory);

    /// @notice Returns the holidays.
    /// @return Windows in unix seconds.
    function holidays() external view returns (Window[] memory);
}
