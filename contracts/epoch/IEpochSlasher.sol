// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title IEpochSlasher
/// @notice What slashers of an epoch vault share: how much of a past second's stake is still slashable.
/// @dev `slashable(capture) = stakeAt(capture) - min(cumulative(now) - cumulative(capture), stakeAt(capture))`, and zero
/// for captures before `now - epoch`, of now or later, and before the latest capture slashed. Evidence has to be handed
/// in oldest first.
/// @dev Warning: the amount is nominal. The vault burns what is left, which is less where others slashed the same stake;
/// the difference is the shortfall of the guarantee.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochSlasher {
    /// @notice Emitted when an operator is slashed.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param slashed Nominal slash [token wei].
    /// @param burned What the vault had left of it [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    event OperatorSlashed(
        Subnetwork indexed subnetwork,
        address indexed operator,
        uint256 slashed,
        uint256 burned,
        uint48 capturedAt
    );

    /// @notice Emitted when the burner's hook reverts or runs out of its gas; the slash stands.
    /// @param burner Burner.
    event BurnerHookFailed(address indexed burner);

    /// @notice Raised when somebody else than the network's middleware asks for a slash.
    /// @param caller Caller.
    /// @param network Network.
    error EpochSlasherOnlyMiddleware(address caller, address network);

    /// @notice Raised when a capture is too old, or not over yet.
    /// @param capturedAt Second [unix s].
    /// @param first First second that may be captured [unix s].
    /// @param end Second after the last that may [unix s].
    error EpochSlasherInvalidCapture(uint256 capturedAt, uint256 first, uint256 end);

    /// @notice Raised when nothing would be slashed.
    /// @param operator Operator.
    /// @param capturedAt Second [unix s].
    error EpochSlasherNothingToSlash(address operator, uint48 capturedAt);

    /// @notice Returns the vault.
    /// @return Vault.
    function vault() external view returns (IEpochVault);

    /// @notice Returns where networks name who may slash for them.
    /// @return Registry.
    function registry() external view returns (IEpochRegistry);

    /// @notice Returns whether the vault's burner is told of slashes, with 150,000 gas.
    /// @return Whether it is.
    function isBurnerHook() external view returns (bool);

    /// @notice Returns the latest second whose stake was slashed.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @return Second; 0 for none [unix s].
    function latestSlashedCapture(Subnetwork subnetwork, address operator) external view returns (uint48);

    /// @notice Returns all nominal slashes so far.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @return Sum [token wei].
    function cumulativeSlash(Subnetwork subnetwork, address operator) external view returns (uint256);

    /// @notice Returns all nominal slashes by the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param timestamp Second [unix s].
    /// @return Sum [token wei].
    function cumulativeSlashAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) external view returns (uint256);

    /// @notice Returns what can be slashed now for a second.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param capturedAt Second [unix s].
    /// @return Stake [token wei].
    function slashableStake(Subnetwork subnetwork, address operator, uint48 capturedAt) external view returns (uint256);
}
