// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC7540Operator
/// @notice Who may act for whom in an asynchronous vault (ERC-7540; ERC-165 id 0xe3bc4e65).
/// @custom:source https://eips.ethereum.org/EIPS/eip-7540
interface IERC7540Operator {
    /// @notice Emitted when a controller lets an account act for it, or no longer.
    /// @param controller Who is acted for.
    /// @param operator Who acts.
    /// @param approved True when it may.
    event OperatorSet(address indexed controller, address indexed operator, bool approved);

    /// @notice Lets an account act for the caller, or no longer.
    /// @param operator Who acts.
    /// @param approved True when it may.
    /// @return Always true.
    function setOperator(address operator, bool approved) external returns (bool);

    /// @notice Returns whether an account may act for another.
    /// @param controller Who is acted for.
    /// @param operator Who acts.
    /// @return True when it may.
    function isOperator(address controller, address operator) external view returns (bool);
}
