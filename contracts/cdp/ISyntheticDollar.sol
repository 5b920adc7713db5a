// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title ISyntheticDollar
/// @notice A dollar that exists only as debt: branches mint it to borrowers, and burn it when debt is paid.
/// @dev Its supply is the sum of the branches' debts as last written; amounts in wei, nothing is rounded.
/// @custom:source docs/contracts/SyntheticDollar.md
interface ISyntheticDollar is IERC20 {
    /// @notice Emitted when a branch may mint and burn from now on.
    /// @param branch Branch.
    event BranchAuthorized(address indexed branch);

    /// @notice Raised when the caller is not a branch.
    /// @param caller Caller.
    error SyntheticDollarNotBranch(address caller);

    /// @notice Lets a branch mint and burn, for good. Only the owner.
    /// @param branch Branch.
    function authorize(address branch) external;

    /// @notice Mints. Only a branch.
    /// @param to Receiver.
    /// @param amount Amount [wei].
    function mint(address to, uint256 amount) external;

    /// @notice Burns anybody's. Only a branch.
    /// @dev Reverts as the token does when there are too few.
    /// @param from Holder.
    /// @param amount Amount [wei].
    function burn(address from, uint256 amount) external;

    /// @notice Returns whether an account is a branch.
    /// @param account Account.
    /// @return True when it may mint and burn.
    function isBranch(address account) external view returns (bool);
}
