// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IAVSRegistrar
/// @notice An AVS's say in who joins and leaves its operator sets.
/// @dev A revert refuses: joining AND leaving. An operator whose leaving is refused is not locked in: it can still
/// deallocate, and once the deallocation has taken effect that set can take nothing from it.
interface IAVSRegistrar {
    /// @notice Called when an operator joins; a revert refuses it.
    /// @param operator Operator.
    /// @param avs AVS that owns the sets.
    /// @param ids Operator sets it joins.
    /// @param data What the operator passes on to the AVS.
    function registerOperator(address operator, address avs, uint32[] calldata ids, bytes calldata data) external;

    /// @notice Called when an operator leaves; a revert refuses it.
    /// @param operator Operator.
    /// @param avs AVS that owns the sets.
    /// @param ids Operator sets it leaves.
    function deregisterOperator(address operator, address avs, uint32[] calldata ids) external;

    /// @notice Returns whether this registrar serves an AVS.
    /// @param avs AVS asked about.
    /// @return True when it does.
    function supportsAVS(address avs) external view returns (bool);
}
