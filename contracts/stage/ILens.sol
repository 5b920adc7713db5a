// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One question to a lens.
/// @param target Lens, or any contract.
/// @param data Selector and arguments of a view.
struct Question {
    address target;
    bytes data;
}

/// @title ILens
/// @notice Asks many views in one call, so that a step of a simulation is read at one instant with one request.
/// @custom:source docs/contracts/Lens.md
interface ILens {
    /// @notice Returns the answer to every question, in their order.
    /// @dev Reverts with the revert data of the first question that cannot be answered.
    /// @param questions Questions.
    /// @return answers Return data, still encoded.
    function ask(Question[] calldata questions) external view returns (bytes[] memory answers);
}
