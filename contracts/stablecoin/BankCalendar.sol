// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";

import { IBankCalendar } from "./IBankCalendar.sol";

/// @title BankCalendar
/// @notice See {IBankCalendar}.
contract BankCalendar is IBankCalendar, Ownable2Step {
    /* CONSTANTS */

    /// @notice Most holidays.
    uint256 public constant MAX_HOLIDAYS = 64;

    /// @dev 1 January 1970 was a Thursday, three days after Monday.
    uint256 private constant _MONDAY_OFFSET = 3 days;

    /* STORAGE */

    /// @inheritdoc IBankCalendar
    bool public isClosed;

    Window private _weekend;
    Window[] private _holidays;

    /* CONSTRUCTOR */

    /// @notice Sets the weekly window.
    /// @param owner_ Who may change it and add holidays.
    /// @param from First second of the week that is closed [s].
    /// @param until Last second of the week that is closed, exclusive; equal ends close nothing [s].
    constructor(address owner_, uint256 from, uint256 until) Ownable(owner_) {
        _setWeekend(from, until);
    }

    /* EXTERNAL */

    /// @inheritdoc IBankCalendar
    function setWeekend(uint256 from, uint256 until) external onlyOwner {
        _setWeekend(from, until);
    }

    /// @inheritdoc IBankCalendar
    function addHoliday(uint256 from, uint256 until) external onlyOwner {
        require(from < until, BankCalendarInvalidWindow(from, until));
        require(_holidays.length < MAX_HOLIDAYS, BankCalendarTooManyHolidays(MAX_HOLIDAYS));

        _holidays.push(Window(from, until));

        emit HolidayAdded(from, until);
    }

    /// @inheritdoc IBankCalendar
    function setClosed(bool isClosed_) external onlyOwner {
        isClosed = isClosed_;

        emit ClosedSet(isClosed_);
    }

    /* VIEWS */

    /// @inheritdoc IBankCalendar
    function isOpen(uint256 time) external view returns (bool) {
        return !isClosed && _closedUntil(time) == time;
    }

    /// @inheritdoc IBankCalendar
    function nextOpening(uint256 time) external view returns (uint256) {
        if (isClosed) return type(uint256).max;
        uint256 until = _closedUntil(time);
        while (until > time) {
            time = until;
            until = _closedUntil(time);
        }
        return time;
    }

    /// @inheritdoc IBankCalendar
    function weekend() external view returns (Window memory) {
        return _weekend;
    }

    /// @inheritdoc IBankCalendar
    function holidays() external view returns (Window[] memory) {
        return _holidays;
    }

    /* INTERNAL */

    function _setWeekend(uint256 from, uint256 until) private {
        require(from < 7 days && until < 7 days, BankCalendarInvalidWindow(from, until));

        _weekend = Window(from, until);

        emit WeekendSet(from, until);
    }

    /// @dev The end of a window that holds `time`, or `time` itself when none does.
    function _closedUntil(uint256 time) private view returns (uint256) {
        (uint256 from, uint256 until) = (_weekend.from, _weekend.until);
        uint256 second = (time + _MONDAY_OFFSET) % 7 days;
        if (from < until && second >= from && second < until) return time + until - second;
        if (from > until && second >= from) return time + 7 days + until - second;
        if (from > until && second < until) return time + until - second;

        uint256 count = _holidays.length;
        for (uint256 k = 0; k < count; ++k) {
            Window memory holiday = _holidays[k];
            if (time >= holiday.from && time < holiday.until) return holiday.until;
        }
        return time;
    }
}
