// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IBankCalendar } from "./IBankCalendar.sol";

/// @title IRedemptionGate
/// @notice How much may leave: a cap for an epoch, a limit for a block, and the hours of banks.
/// @dev Units: dollars in wei at par, 18 decimals; times in unix seconds. An epoch is the unix time divided by its
/// length. What an epoch does not use is lost.
///
/// | Quantity | Rounding |
/// |---|---|
/// | epoch of a time | down |
/// | what is left | exact |
/// @custom:source docs/contracts/DollarReserve.md
interface IRedemptionGate {
    /// @notice Terms of the gate.
    /// @param epochLength Length of an epoch, not zero [s].
    /// @param epochCap Most dollars redeemed in an epoch [wei].
    /// @param blockLimit Most dollars redeemed in a block [wei].
    /// @param calendar When banks are open, zero for always.
    struct Gate {
        uint256 epochLength;
        uint256 epochCap;
        uint256 blockLimit;
        IBankCalendar calendar;
    }

    /// @notice Emitted when the gate changes.
    /// @param gate Terms.
    event GateSet(Gate gate);

    /// @notice Raised when an epoch has no length.
    error RedemptionGateInvalidEpoch();

    /// @notice Raised when banks are closed.
    /// @param opensAt First second at which they are open [unix s].
    error RedemptionGateClosed(uint256 opensAt);

    /// @notice Raised when more is redeemed than the epoch still allows.
    /// @param requested Dollars [wei].
    /// @param available Dollars left in the epoch [wei].
    error RedemptionGateEpochCap(uint256 requested, uint256 available);

    /// @notice Raised when more is redeemed than the block still allows.
    /// @param requested Dollars [wei].
    /// @param available Dollars left in the block [wei].
    error RedemptionGateBlockLimit(uint256 requested, uint256 available);

    /// @notice Sets the gate; what the present epoch and block have used stays used. Only the owner.
    /// @param gate_ Terms.
    function setGate(Gate calldata gate_) external;

    /// @notice Returns the terms of the gate.
    /// @return Terms.
    function gate() external view returns (Gate memory);

    /// @notice Returns the number of the present epoch.
    /// @return Number.
    function currentEpoch() external view returns (uint256);

    /// @notice Returns the dollars that the present epoch still allows.
    /// @return Dollars [wei].
    function epochLeft() external view returns (uint256);

    /// @notice Returns the dollars that the present block still allows.
    /// @return Dollars [wei].
    function blockLeft() external view returns (uint256);

    /// @notice Returns whether banks are open now.
    /// @return True when open.
    function isOpen() external view returns (bool);
}
