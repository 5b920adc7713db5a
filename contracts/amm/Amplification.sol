// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";

import { StableSwapMath } from "../libraries/StableSwapMath.sol";
import { IAmplification } from "./IAmplification.sol";

/// @title Amplification
/// @notice Amplification that ramps slowly from one value to another.
abstract contract Amplification is IAmplification, Ownable2Step {
    /* CONSTANTS */

    /// @notice Highest amplification: A = 1e6 [100 times A].
    uint256 public constant MAX_AMP = 1e6 * StableSwapMath.A_PRECISION;

    /// @notice Largest factor of one ramp.
    uint256 public constant MAX_AMP_CHANGE = 10;

    /// @notice Shortest ramp, and shortest time between the beginnings of two [s].
    uint256 public constant MIN_RAMP_TIME = 1 days;

    /* STORAGE */

    /// @notice The last ramp.
    Ramp public ramp;

    /* CONSTRUCTOR */

    /// @notice Starts with a constant amplification.
    /// @param amp_ Amplification [100 times A].
    constructor(uint256 amp_) {
        _requireInRange(amp_);
        ramp.from = amp_;
        ramp.to = amp_;
    }

    /* EXTERNAL */

    /// @inheritdoc IAmplification
    function rampAmp(uint256 to, uint256 endAt) external onlyOwner {
        uint256 from = amp();
        uint256 earliest = ramp.startAt + MIN_RAMP_TIME;
        _requireInRange(to);
        require(block.timestamp >= earliest, AmplificationTooSoon(earliest));
        earliest = block.timestamp + MIN_RAMP_TIME;
        require(endAt >= earliest, AmplificationTooFast(endAt, earliest));
        bool isNear = to <= from * MAX_AMP_CHANGE && from <= to * MAX_AMP_CHANGE;
        require(isNear, AmplificationTooFar(from, to));

        _setRamp(Ramp(from, to, block.timestamp, endAt));
    }

    /// @inheritdoc IAmplification
    function stopRamp() external onlyOwner {
        uint256 now_ = amp();
        _setRamp(Ramp(now_, now_, block.timestamp, block.timestamp));
    }

    /* VIEWS */

    /// @inheritdoc IAmplification
    function amp() public view returns (uint256) {
        uint256 elapsed = block.timestamp - ramp.startAt;
        return StableSwapMath.rampedAmp(ramp.from, ramp.to, elapsed, ramp.endAt - ramp.startAt);
    }

    /* INTERNAL */

    function _setRamp(Ramp memory ramp_) private {
        ramp = ramp_;

        emit RampSet(ramp_);
    }

    function _requireInRange(uint256 amp_) private pure {
        require(amp_ >= StableSwapMath.A_PRECISION && amp_ <= MAX_AMP, AmplificationOutOfRange(amp_));
    }
}
