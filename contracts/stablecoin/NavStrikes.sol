// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { PausableFlags } from "../libraries/PausableFlags.sol";
import { INavStrikes } from "./INavStrikes.sol";

/// @title NavStrikes
/// @notice See {INavStrikes}.
abstract contract NavStrikes is INavStrikes, PausableFlags {
    /* CONSTANTS */

    /// @notice Greatest value of a share [1e6].
    uint256 public constant MAX_NAV = 1e18;

    /* IMMUTABLES */

    /// @inheritdoc INavStrikes
    uint256 public immutable cutoff;

    /* STORAGE */

    /// @inheritdoc INavStrikes
    address public reporter;

    Strike[] private _strikes;

    /* CONSTRUCTOR */

    /// @notice Strikes the first value, for the day of deployment.
    /// @param cutoff_ Second of the day from which the next day's value applies, at most 86,400: never.
    /// @param firstNav First value of a share [1e6].
    constructor(uint256 cutoff_, uint256 firstNav) {
        require(cutoff_ <= 1 days, NavStrikesInvalidCutoff(cutoff_));

        cutoff = cutoff_;
        _strike(firstNav);
    }

    /* EXTERNAL */

    /// @inheritdoc INavStrikes
    function strike(uint256 nav_) external {
        require(msg.sender == reporter, NavStrikesUnauthorized(msg.sender, reporter));
        uint256 day = block.timestamp / 1 days;
        require(day > lastStrike().day, NavStrikesAlreadyStruck(day));

        _strike(nav_);
    }

    /// @inheritdoc INavStrikes
    function setReporter(address reporter_) external onlyOwner {
        _setReporter(reporter_);
    }

    /* VIEWS */

    /// @inheritdoc INavStrikes
    function nav() public view returns (uint256) {
        return lastStrike().nav;
    }

    /// @inheritdoc INavStrikes
    function lastStrike() public view returns (Strike memory) {
        return _strikes[_strikes.length - 1];
    }

    /// @inheritdoc INavStrikes
    function strikeFor(uint256 day) public view returns (bool isStruck, Strike memory found) {
        if (lastStrike().day < day) return (false, found);
        (uint256 low, uint256 high) = (0, _strikes.length - 1);
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_strikes[middle].day < day) low = middle + 1;
            else high = middle;
        }
        return (true, _strikes[low]);
    }

    /// @inheritdoc INavStrikes
    function pricingDay(uint256 time) public view returns (uint256) {
        uint256 day = time / 1 days;
        return time % 1 days < cutoff ? day : day + 1;
    }

    /* INTERNAL */

    function _setReporter(address reporter_) internal {
        reporter = reporter_;

        emit ReporterSet(reporter_);
    }

    function _strike(uint256 nav_) private {
        require(nav_ != 0 && nav_ <= MAX_NAV, NavStrikesInvalidNav(nav_));
        uint256 day = block.timestamp / 1 days;

        uint256 before = _strikes.length == 0 ? 0 : nav();
        _strikes.push(Strike(day, block.timestamp, nav_));

        emit NavStruck(day, before, nav_);
    }
}
