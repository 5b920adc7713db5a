// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IPausableFlags
/// @notice Pausing per function: each pausable function owns one bit of a 256-bit word; a set bit refuses its calls.
/// @dev The pauser may only set bits; only the owner may clear them, so a guardian can stop a protocol but not start it.
/// @custom:source docs/contracts/PausableFlags.md
interface IPausableFlags {
    /// @notice Emitted when the paused bits change.
    /// @param account Who changed them.
    /// @param flags Bits now set.
    event PausedFlagsSet(address indexed account, uint256 flags);

    /// @notice Emitted when the pauser changes.
    /// @param pauser New pauser, zero for none.
    event PauserSet(address indexed pauser);

    /// @notice Raised when a paused function is called.
    /// @param flag Index of its bit.
    error PausableFlagsPaused(uint8 flag);

    /// @notice Raised when an account that is neither owner nor pauser pauses.
    /// @param account Who called.
    error PausableFlagsUnauthorized(address account);

    /// @notice Sets bits and keeps those already set. Only the owner or the pauser.
    /// @dev Reverts with {PausableFlagsUnauthorized} for anyone else.
    /// @param flags Bits to set.
    function pause(uint256 flags) external;

    /// @notice Clears bits. Only the owner.
    /// @param flags Bits to clear.
    function unpause(uint256 flags) external;

    /// @notice Sets who may pause. Only the owner.
    /// @param pauser_ New pauser, zero for none.
    function setPauser(address pauser_) external;

    /// @notice Returns the bits set.
    /// @return Bits.
    function pausedFlags() external view returns (uint256);

    /// @notice Returns whether a function is paused.
    /// @param flag Index of its bit.
    /// @return True when paused.
    function isPaused(uint8 flag) external view returns (bool);
}
