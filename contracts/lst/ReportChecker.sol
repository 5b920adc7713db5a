// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { IReportChecker } from "./IReportChecker.sol";

/// @title ReportChecker
/// @notice Sanity bounds on the reports of one liquid staking token.
contract ReportChecker is IReportChecker, Ownable2Step {
    using Checkpoints for Checkpoints.Trace208;

    /* IMMUTABLES */

    /// @notice The token whose reports are checked.
    address public immutable token;

    /* STORAGE */

    /// @notice Who may confirm a loss beyond the bound; zero when nobody may.
    address public secondOpinion;

    /// @notice The bounds in force.
    Limits public limits;

    /// @inheritdoc IReportChecker
    mapping(bytes32 reportHash => bool confirmed) public isConfirmed;

    /// @dev Losses ever reported [wei] by clock: a window's sum is one subtraction.
    Checkpoints.Trace208 private _lossEver;

    Checkpoints.Trace208 private _exited;

    /* CONSTRUCTOR */

    /// @notice Sets the bounds.
    /// @param token_ The token whose reports are checked.
    /// @param owner_ Who may change the bounds.
    /// @param limits_ Bounds.
    constructor(address token_, address owner_, Limits memory limits_) Ownable(owner_) {
        token = token_;
        _setLimits(limits_);
    }

    /* EXTERNAL */

    /// @inheritdoc IReportChecker
    function check(Claim calldata claim) external {
        require(msg.sender == token, ReportCheckerOnlyToken(msg.sender, token));
        _recordExits(claim);

        if (claim.balance >= claim.principal) {
            uint256 gain = claim.balance - claim.principal;
            uint256 most = maxGain(claim.principal, claim.elapsed);
            require(gain <= most, ReportCheckerGainTooHigh(gain, most));
        } else {
            _recordLoss(claim);
        }
    }

    /// @inheritdoc IReportChecker
    function confirm(bytes32 reportHash) external {
        require(msg.sender == secondOpinion, ReportCheckerOnlySecondOpinion(msg.sender, secondOpinion));

        isConfirmed[reportHash] = true;

        emit ReportConfirmed(reportHash);
    }

    /// @inheritdoc IReportChecker
    function setLimits(Limits calldata limits_) external onlyOwner {
        _setLimits(limits_);
    }

    /// @inheritdoc IReportChecker
    function setSecondOpinion(address secondOpinion_) external onlyOwner {
        secondOpinion = secondOpinion_;

        emit SecondOpinionSet(secondOpinion_);
    }

    /* VIEWS */

    /// @inheritdoc IReportChecker
    function maxGain(uint256 principal, uint256 elapsed) public view returns (uint256) {
        return Math.mulDiv(principal, limits.annualGainBps * elapsed, 10_000 * limits.yearLength);
    }

    /// @inheritdoc IReportChecker
    function maxLoss(uint48 timepoint, uint256 depositedValidators) public view returns (uint256) {
        uint256 exitedBeforeLoss = _at(_exited, timepoint, limits.lossWindow);
        uint256 exitedBeforeInactivity = _at(_exited, timepoint, limits.inactivityWindow);
        return
            limits.initialPenalty * Math.saturatingSub(depositedValidators, exitedBeforeLoss) +
            limits.inactivityPenalty * Math.saturatingSub(depositedValidators, exitedBeforeInactivity);
    }

    /// @inheritdoc IReportChecker
    function recentLoss(uint48 timepoint) public view returns (uint256) {
        return _at(_lossEver, timepoint, 0) - _at(_lossEver, timepoint, limits.lossWindow);
    }

    /* INTERNAL */

    function _recordExits(Claim calldata claim) private {
        uint256 before = _exited.latest();
        uint256 exited = claim.exitedValidators;
        require(exited <= claim.depositedValidators, ReportCheckerExitedTooHigh(exited, claim.depositedValidators));
        require(exited >= before, ReportCheckerExitedDecreased(exited, before));

        _exited.push(claim.timepoint, SafeCast.toUint208(exited));
    }

    function _recordLoss(Claim calldata claim) private {
        uint256 lossEver = _lossEver.latest() + (claim.principal - claim.balance);
        _lossEver.push(claim.timepoint, SafeCast.toUint208(lossEver));

        uint256 loss = recentLoss(claim.timepoint);
        uint256 most = maxLoss(claim.timepoint, claim.depositedValidators);
        require(loss <= most || isConfirmed[claim.reportHash], ReportCheckerLossTooHigh(loss, most));
    }

    function _setLimits(Limits memory limits_) private {
        require(limits_.yearLength > 0, ReportCheckerZeroYear());

        limits = limits_;

        emit LimitsSet(limits_);
    }

    /// @dev Before the clock's beginning there is nothing: the value is zero, and the subtraction never underflows.
    function _at(Checkpoints.Trace208 storage trace, uint48 timepoint, uint256 window) private view returns (uint256) {
        if (window > timepoint) return 0;
        // The window is at most the timepoint, so the cast cannot truncate.
        return trace.upperLookupRecent(timepoint - uint48(window));
    }
}
