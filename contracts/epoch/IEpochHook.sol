// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Subnetwork } from "../types/Subnetwork.sol";

/// @title IEpochHook
/// @notice Is told of a slash: by the delegator before the vault burns, or by the slasher, as burner, after it.
/// @dev Warning: `amount` is what the slasher reports; the vault may have less left to burn.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochHook {
    /// @notice Takes note of a slash.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param amount Nominal slash [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    function onSlash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) external;
}
