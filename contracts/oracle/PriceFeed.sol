// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IPriceFeed } from "./IPriceFeed.sol";

/// @title PriceFeed
/// @notice Base of the feeds: presents what {_observe} tells, pinned to the bounds.
/// @dev A feed that computes its price when it is read has one round, the present one; its number is the answer's time.
abstract contract PriceFeed is IPriceFeed, Ownable2Step {
    /* IMMUTABLES */

    /// @inheritdoc IAggregatorV3
    uint8 public immutable decimals;

    /* STORAGE */

    /// @inheritdoc IAggregatorV3
    string public description;

    /// @inheritdoc IPriceFeed
    int256 public minAnswer;

    /// @inheritdoc IPriceFeed
    int256 public maxAnswer;

    /// @inheritdoc IPriceFeed
    uint256 public heartbeat;

    /* CONSTRUCTOR */

    /// @notice Fixes the decimals and sets the rest.
    /// @param owner_ The scenario's feed operator.
    /// @param settings How the feed presents its price.
    constructor(address owner_, Settings memory settings) Ownable(owner_) {
        require(settings.decimals <= 18, PriceFeedTooManyDecimals(settings.decimals));

        decimals = settings.decimals;
        description = settings.description;
        _setBounds(settings.minAnswer, settings.maxAnswer);
        _setHeartbeat(settings.heartbeat);
    }

    /* EXTERNAL */

    /// @inheritdoc IPriceFeed
    function setBounds(int256 minAnswer_, int256 maxAnswer_) external onlyOwner {
        _setBounds(minAnswer_, maxAnswer_);
    }

    /// @inheritdoc IPriceFeed
    function setHeartbeat(uint256 heartbeat_) external onlyOwner {
        _setHeartbeat(heartbeat_);
    }

    /* VIEWS */

    /// @inheritdoc IPriceFeed
    function isStale() external view returns (bool) {
        (, , , uint256 updatedAt, ) = latestRoundData();
        return !FeedReader.isFresh(updatedAt, heartbeat);
    }

    /// @inheritdoc IAggregatorV3
    function getRoundData(uint80 roundId_) external view virtual returns (uint80, int256, uint256, uint256, uint80) {
        (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, ) = latestRoundData();
        require(roundId_ == roundId, PriceFeedUnknownRound(roundId_));
        return (roundId, answer, startedAt, updatedAt, roundId);
    }

    /// @inheritdoc IAggregatorV3
    function version() external pure returns (uint256) {
        return 1;
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() public view virtual returns (uint80, int256, uint256, uint256, uint80) {
        (int256 answer, uint256 updatedAt) = _observe();
        return (uint80(updatedAt), _pinned(answer), updatedAt, updatedAt, uint80(updatedAt));
    }

    /* INTERNAL */

    /// @dev The answer before the bounds [10^decimals], and when it was given [unix s].
    function _observe() internal view virtual returns (int256 answer, uint256 updatedAt);

    function _pinned(int256 answer) internal view returns (int256) {
        return SignedMath.min(SignedMath.max(answer, minAnswer), maxAnswer);
    }

    function _setBounds(int256 minAnswer_, int256 maxAnswer_) private {
        require(minAnswer_ <= maxAnswer_, PriceFeedInvalidBounds(minAnswer_, maxAnswer_));

        minAnswer = minAnswer_;
        maxAnswer = maxAnswer_;

        emit BoundsSet(minAnswer_, maxAnswer_);
    }

    function _setHeartbeat(uint256 heartbeat_) private {
        heartbeat = heartbeat_;

        emit HeartbeatSet(heartbeat_);
    }
}
