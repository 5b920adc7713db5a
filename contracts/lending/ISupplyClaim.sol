// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { ILendingPool } from "./ILendingPool.sol";

/// @title ISupplyClaim
/// @notice The claims of an asset's suppliers as a token: a balance is what the pool owes, and grows with interest.
/// @dev Units: token wei of the asset. The pool keeps the books; this token shows them and lets holders move them.
///
/// | Quantity | Rounding |
/// |---|---|
/// | balance and supply | down |
/// | claims moved, scaled | up: the receiver gets the amount, the sender may lose a unit more |
/// @dev A holder's claims that back a debt move only as far as its health allows.
/// @custom:source docs/contracts/SupplyClaim.md
interface ISupplyClaim is IERC20 {
    /// @notice Raised when another than the pool calls.
    /// @param account Who called.
    error SupplyClaimUnauthorized(address account);

    /// @notice Tells of claims that the pool minted, burned or moved. Only the pool.
    /// @param from Owner, zero when minted.
    /// @param to New owner, zero when burned.
    /// @param amount Amount [token wei].
    function announce(address from, address to, uint256 amount) external;

    /// @notice Returns the asset that is owed.
    /// @return Asset.
    function asset() external view returns (address);

    /// @notice Returns the pool that owes it.
    /// @return Pool.
    function pool() external view returns (ILendingPool);

    /// @notice Returns a balance at an index of one.
    /// @param account Account.
    /// @return Scaled balance.
    function scaledBalanceOf(address account) external view returns (uint256);
}
