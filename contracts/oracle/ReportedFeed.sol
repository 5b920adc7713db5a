// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IReportedFeed } from "./IReportedFeed.sol";
import { PriceFeed } from "./PriceFeed.sol";

/// @title ReportedFeed
/// @notice A feed of rounds that its operator reports: by its own word, or from a source once that has moved enough.
contract ReportedFeed is IReportedFeed, PriceFeed {
    /* TYPES */

    struct Round {
        int256 answer;
        uint256 updatedAt;
    }

    /* STORAGE */

    /// @inheritdoc IReportedFeed
    IAggregatorV3 public source;

    /// @notice Move that calls for a report [bps].
    uint256 public deviationBps;

    Round[] private _rounds;

    /* CONSTRUCTOR */

    /// @notice Makes the feed, without any round.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    /// @param source_ Feed that is followed, zero for none.
    /// @param deviationBps_ Move that calls for a report [bps].
    constructor(
        address owner_,
        Settings memory settings,
        IAggregatorV3 source_,
        uint256 deviationBps_
    ) PriceFeed(owner_, settings) {
        _setSource(source_, deviationBps_);
    }

    /* EXTERNAL */

    /// @inheritdoc IReportedFeed
    function setRound(int256 answer, uint256 updatedAt) external onlyOwner returns (uint80 roundId) {
        return _report(answer, updatedAt);
    }

    /// @inheritdoc IReportedFeed
    function follow() external onlyOwner returns (bool isReported) {
        require(address(source) != address(0), ReportedFeedNoSource());
        (, int256 answer, , , ) = source.latestRoundData();
        answer = _scaled(answer, source.decimals());
        isReported = _isDue(_pinned(answer));
        if (isReported) _report(answer, block.timestamp);
    }

    /// @inheritdoc IReportedFeed
    function setSource(IAggregatorV3 source_, uint256 deviationBps_) external onlyOwner {
        _setSource(source_, deviationBps_);
    }

    /* VIEWS */

    /// @inheritdoc IAggregatorV3
    function getRoundData(
        uint80 roundId_
    ) external view override(IAggregatorV3, PriceFeed) returns (uint80, int256, uint256, uint256, uint80) {
        require(roundId_ > 0 && roundId_ <= _rounds.length, PriceFeedUnknownRound(roundId_));
        return _roundData(roundId_);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData()
        public
        view
        override(IAggregatorV3, PriceFeed)
        returns (uint80, int256, uint256, uint256, uint80)
    {
        require(_rounds.length > 0, ReportedFeedNoRound());
        return _roundData(uint80(_rounds.length));
    }

    /* INTERNAL */

    function _observe() internal view override returns (int256 answer, uint256 updatedAt) {
        Round storage round = _rounds[_rounds.length - 1];
        return (round.answer, round.updatedAt);
    }

    function _report(int256 answer, uint256 updatedAt) private returns (uint80 roundId) {
        int256 pinned = _pinned(answer);
        _rounds.push(Round(pinned, updatedAt));
        roundId = uint80(_rounds.length);

        emit AnswerUpdated(pinned, roundId, updatedAt);
    }

    function _setSource(IAggregatorV3 source_, uint256 deviationBps_) private {
        source = source_;
        deviationBps = deviationBps_;

        emit SourceSet(address(source_), deviationBps_);
    }

    function _isDue(int256 answer) private view returns (bool) {
        if (_rounds.length == 0) return true;
        (int256 last, uint256 updatedAt) = _observe();
        if (block.timestamp >= Math.saturatingAdd(updatedAt, heartbeat)) return true;
        return
            Math.saturatingMul(_distance(answer, last), 10_000) >=
            Math.saturatingMul(deviationBps, SignedMath.abs(last));
    }

    function _scaled(int256 answer, uint8 from) private view returns (int256) {
        if (answer <= 0) return answer;
        return SafeCast.toInt256(Math.mulDiv(uint256(answer), 10 ** decimals, 10 ** from));
    }

    function _roundData(uint80 roundId) private view returns (uint80, int256, uint256, uint256, uint80) {
        Round storage round = _rounds[roundId - 1];
        return (roundId, round.answer, round.updatedAt, round.updatedAt, roundId);
    }

    /// @dev The distance of two signed numbers fits into 256 bits, though their difference may not fit into 255.
    function _distance(int256 a, int256 b) private pure returns (uint256) {
        (int256 high, int256 low) = a > b ? (a, b) : (b, a);
        if (low >= 0 || high < 0) return uint256(high - low);
        return uint256(high) + SignedMath.abs(low);
    }
}
