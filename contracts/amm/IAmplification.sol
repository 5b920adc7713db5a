// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IAmplification
/// @notice Amplification that ramps slowly from one value to another.
/// @dev Units: amplification in 100 times A (A = 200 is 20000); times in unix seconds. Linear, rounded towards the
/// value at the beginning.
/// @custom:source docs/contracts/StableSwapPool.md, section "Concepts"
interface IAmplification {
    /// @notice A ramp.
    /// @param from Amplification at the beginning [100 times A].
    /// @param to Amplification at the end [100 times A].
    /// @param startAt Beginning [unix s].
    /// @param endAt End [unix s].
    struct Ramp {
        uint256 from;
        uint256 to;
        uint256 startAt;
        uint256 endAt;
    }

    /// @notice Emitted when a ramp starts, or is stopped where it is.
    /// @param ramp The ramp; a stopped one has equal ends.
    event RampSet(Ramp ramp);

    /// @notice Raised when an amplification lies outside [100, 1e8].
    /// @param amp Amplification [100 times A].
    error AmplificationOutOfRange(uint256 amp);

    /// @notice Raised when a ramp would change the amplification by more than ten times.
    /// @param from Amplification now [100 times A].
    /// @param to Amplification asked for [100 times A].
    error AmplificationTooFar(uint256 from, uint256 to);

    /// @notice Raised when a ramp would end too soon.
    /// @param endAt End asked for [unix s].
    /// @param earliest Earliest end [unix s].
    error AmplificationTooFast(uint256 endAt, uint256 earliest);

    /// @notice Raised when a ramp follows the last change too soon.
    /// @param earliest First second at which it may start [unix s].
    error AmplificationTooSoon(uint256 earliest);

    /// @notice Starts a ramp from the present amplification. Only the owner.
    /// @dev At most ten times up or down, both inclusive; at least a day long, and a day after the last one began.
    /// @dev Reverts with {AmplificationOutOfRange}, {AmplificationTooFar}, {AmplificationTooFast} or
    /// {AmplificationTooSoon}.
    /// @param to Amplification at the end [100 times A].
    /// @param endAt End [unix s].
    function rampAmp(uint256 to, uint256 endAt) external;

    /// @notice Stops the ramp where it is. Only the owner.
    function stopRamp() external;

    /// @notice Returns the amplification now.
    /// @return Amplification [100 times A].
    function amp() external view returns (uint256);
}
