// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IReportChecker
/// @notice Sanity bounds on what a report may claim: how fast stake may grow, how much it may lose in a window.
/// @dev Units: ether in wei; times and windows in units of the token's clock (blocks or seconds); fractions in bps.
/// @dev Gain bound: `gain <= floor(principal * annualGainBps * elapsed / (10000 * yearLength))`, inclusive.
/// @dev Loss bound, inclusive: the losses of all reports in `(now - lossWindow, now]`, the present one included, are at
/// most `initialPenalty * (deposited - exited at now - lossWindow) + inactivityPenalty * (deposited - exited at
/// now - inactivityWindow)`. `exited at t` is what the last report at or before `t` said; zero before the first one and
/// before the clock's beginning. A loss beyond the bound needs the second opinion: its holder confirms the very report.
/// @custom:source docs/contracts/LiquidStakingToken.md, section "Sanity"
interface IReportChecker {
    /// @notice Bounds of a report.
    /// @param annualGainBps Highest gain a year, of the principal [bps].
    /// @param yearLength A year [clock units].
    /// @param initialPenalty Loss expected of one slashed validator at once [wei].
    /// @param inactivityPenalty Further loss expected of one validator [wei].
    /// @param lossWindow Window over which losses are summed [clock units].
    /// @param inactivityWindow Window of the inactivity penalty [clock units].
    struct Limits {
        uint256 annualGainBps;
        uint256 yearLength;
        uint256 initialPenalty;
        uint256 inactivityPenalty;
        uint256 lossWindow;
        uint256 inactivityWindow;
    }

    /// @notice What is checked of a report.
    /// @param principal Beacon balance of the last report and what was staked since [wei].
    /// @param balance Beacon balance and withdrawals vault now [wei].
    /// @param elapsed Time since the last report [clock units].
    /// @param timepoint Now [clock units].
    /// @param depositedValidators Validators ever started.
    /// @param exitedValidators Validators ever exited, as reported.
    /// @param reportHash Hash that the second opinion confirms.
    struct Claim {
        uint256 principal;
        uint256 balance;
        uint256 elapsed;
        uint48 timepoint;
        uint256 depositedValidators;
        uint256 exitedValidators;
        bytes32 reportHash;
    }

    /// @notice Emitted when the bounds change.
    /// @param limits New bounds.
    event LimitsSet(Limits limits);

    /// @notice Emitted when the holder of the second opinion changes.
    /// @param secondOpinion New holder, zero for none.
    event SecondOpinionSet(address indexed secondOpinion);

    /// @notice Emitted when a report is confirmed.
    /// @param reportHash Hash of the report.
    event ReportConfirmed(bytes32 indexed reportHash);

    /// @notice Raised when anyone but the token asks for a check.
    /// @param caller Who called.
    /// @param token Who may.
    error ReportCheckerOnlyToken(address caller, address token);

    /// @notice Raised when anyone but the holder of the second opinion confirms.
    /// @param caller Who called.
    /// @param secondOpinion Who may.
    error ReportCheckerOnlySecondOpinion(address caller, address secondOpinion);

    /// @notice Raised when the length of a year is zero.
    error ReportCheckerZeroYear();

    /// @notice Raised when a report gains more than a year's bound allows for the time since the last one.
    /// @param gain Gain reported [wei].
    /// @param maxGain Highest gain allowed [wei].
    error ReportCheckerGainTooHigh(uint256 gain, uint256 maxGain);

    /// @notice Raised when the losses in the window pass the bound and no second opinion confirms the report.
    /// @param loss Losses in the window, this report's included [wei].
    /// @param maxLoss Highest loss allowed [wei].
    error ReportCheckerLossTooHigh(uint256 loss, uint256 maxLoss);

    /// @notice Raised when more validators are reported as exited than were ever started.
    /// @param exited Validators reported as exited.
    /// @param deposited Validators ever started.
    error ReportCheckerExitedTooHigh(uint256 exited, uint256 deposited);

    /// @notice Raised when fewer validators are reported as exited than before.
    /// @param exited Validators reported as exited.
    /// @param before Validators exited at the last report.
    error ReportCheckerExitedDecreased(uint256 exited, uint256 before);

    /// @notice Checks a report and records its loss and its exits. Only the token.
    /// @param claim What the report says.
    function check(Claim calldata claim) external;

    /// @notice Confirms a report whose loss passes the bound. Only the holder of the second opinion.
    /// @param reportHash Hash of the report, see {ILiquidStakingToken-hashReport}.
    function confirm(bytes32 reportHash) external;

    /// @notice Sets the bounds. Only the owner.
    /// @param limits_ New bounds.
    function setLimits(Limits calldata limits_) external;

    /// @notice Sets the holder of the second opinion. Only the owner.
    /// @param secondOpinion_ New holder, zero for none.
    function setSecondOpinion(address secondOpinion_) external;

    /// @notice Returns the highest gain a report may claim.
    /// @param principal Stake that earned it [wei].
    /// @param elapsed Time since the last report [clock units].
    /// @return Gain, rounded down [wei].
    function maxGain(uint256 principal, uint256 elapsed) external view returns (uint256);

    /// @notice Returns the highest sum of losses that the reports of the last window may claim.
    /// @param timepoint Now [clock units].
    /// @param depositedValidators Validators ever started.
    /// @return Loss [wei].
    function maxLoss(uint48 timepoint, uint256 depositedValidators) external view returns (uint256);

    /// @notice Returns the losses recorded in the window that ends at `timepoint`.
    /// @param timepoint Now [clock units].
    /// @return Losses of all reports in `(timepoint - lossWindow, timepoint]` [wei].
    function recentLoss(uint48 timepoint) external view returns (uint256);

    /// @notice Returns whether the second opinion confirmed a report.
    /// @param reportHash Hash of the report.
    /// @return True when confirmed.
    function isConfirmed(bytes32 reportHash) external view returns (bool);
}
