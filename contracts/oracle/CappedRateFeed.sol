// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { ExchangeRateFeed } from "./ExchangeRateFeed.sol";
import { ICappedRateFeed } from "./ICappedRateFeed.sol";
import { IRatioFeed } from "./IRatioFeed.sol";

/// @title CappedRateFeed
/// @notice An exchange-rate feed whose rate may not grow faster than a yearly bound from a snapshot.
contract CappedRateFeed is ICappedRateFeed, ExchangeRateFeed {
    /* CONSTANTS */

    uint256 private constant _BPS = 10_000;
    uint256 private constant _YEAR = 31_536_000;
    uint256 private constant _GROWTH_SCALE = 1e6;

    /* STORAGE */

    /// @notice What a snapshot must keep to; fixed at deployment.
    Limits public limits;

    Snapshot private _snapshot;

    /* CONSTRUCTOR */

    /// @notice Makes the feed.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param sources Source of the rate, and feed of the underlying, zero for none.
    /// @param limits_ What a snapshot must keep to.
    /// @param snapshot_ First snapshot.
    constructor(
        address owner_,
        Settings memory settings,
        address[2] memory sources,
        Limits memory limits_,
        Snapshot memory snapshot_
    ) ExchangeRateFeed(owner_, settings, IRateSource(sources[0]), IAggregatorV3(sources[1])) {
        limits = limits_;
        _setSnapshot(snapshot_);
    }

    /* EXTERNAL */

    /// @inheritdoc ICappedRateFeed
    function setSnapshot(Snapshot calldata snapshot_) external onlyOwner {
        _setSnapshot(snapshot_);
    }

    /* VIEWS */

    /// @inheritdoc ICappedRateFeed
    function snapshot() external view returns (Snapshot memory) {
        return _snapshot;
    }

    /// @inheritdoc ICappedRateFeed
    function isCapped() external view returns (bool) {
        return rateSource.rate() > maxRatio();
    }

    /// @inheritdoc ICappedRateFeed
    function underpricing() external view returns (uint256) {
        uint256 rate = rateSource.rate();
        uint256 cap = maxRatio();
        return rate > cap ? Math.mulDiv(rate, 1e18, cap) : 1e18;
    }

    /// @inheritdoc ICappedRateFeed
    function growthPerSecond() public view returns (uint256) {
        return (_snapshot.ratio * _snapshot.growthBps * _GROWTH_SCALE) / _BPS / _YEAR;
    }

    /// @inheritdoc ICappedRateFeed
    function maxRatio() public view returns (uint256) {
        return _snapshot.ratio + (growthPerSecond() * (block.timestamp - _snapshot.takenAt)) / _GROWTH_SCALE;
    }

    /// @inheritdoc IRatioFeed
    function ratio() public view override(IRatioFeed, ExchangeRateFeed) returns (uint256) {
        return Math.min(rateSource.rate(), maxRatio());
    }

    /* INTERNAL */

    function _setSnapshot(Snapshot memory snapshot_) private {
        uint256 asked = snapshot_.ratio;
        require(asked > 0, CappedRateFeedZeroRatio());
        // Before the chain's beginning there is nothing to compare with: both bounds stop at zero.
        uint256 earliest = Math.saturatingSub(block.timestamp, limits.maxAge);
        if (_snapshot.ratio > 0) earliest = Math.max(earliest, _snapshot.takenAt + 1);
        uint256 latest = Math.saturatingSub(block.timestamp, limits.minDelay);
        bool isTimely = earliest <= snapshot_.takenAt && snapshot_.takenAt <= latest;
        require(isTimely, CappedRateFeedWrongTime(snapshot_.takenAt, earliest, latest));

        if (_snapshot.ratio > 0 && limits.maxStepBps > 0) snapshot_.ratio = _withinStep(asked);
        _snapshot = snapshot_;

        emit SnapshotSet(snapshot_, asked);
    }

    function _withinStep(uint256 asked) private view returns (uint256) {
        uint256 step = limits.maxStepBps;
        uint256 most = Math.mulDiv(_snapshot.ratio, _BPS + step, _BPS);
        uint256 least = Math.mulDiv(_snapshot.ratio, Math.saturatingSub(_BPS, step), _BPS, Math.Rounding.Ceil);
        return Math.min(Math.max(asked, least), most);
    }
}
