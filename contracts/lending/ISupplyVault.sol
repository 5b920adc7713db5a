// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { IRateSource } from "../libraries/IRateSource.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";

/// @title ISupplyVault
/// @notice Supply claims whose balance stands still and whose worth grows: an ERC-4626 vault of a pool's asset.
/// @dev A share is one scaled unit of supply, for good, so nothing but interest changes its worth: what is sent to the
/// vault without a deposit gives nobody anything.
///
/// | Quantity | Rounding |
/// |---|---|
/// | shares of a deposit, assets of a redemption | down, against the caller |
/// | assets of a mint, shares of a withdrawal | up, against the caller |
/// | claims of shares, shares of claims | down, against the caller |
/// | rate | down |
/// @dev What can be deposited is bounded by the pool's cap and restrictions, what can be withdrawn by its cash: a vault
/// over a dry reserve is a claim on a queue. Claims themselves can always be taken while the pool is not paused.
/// @custom:source docs/contracts/SupplyVault.md
interface ISupplyVault is IERC4626, IRateSource {
    /// @notice Deposits claims of the caller.
    /// @dev Needs the caller's allowance of the claim.
    /// @param amount Claims [token wei].
    /// @param receiver Who gets the shares.
    /// @return shares Shares, rounded down.
    function depositClaims(uint256 amount, address receiver) external returns (uint256 shares);

    /// @notice Redeems shares of the caller for claims, without any cash.
    /// @param shares Shares.
    /// @param receiver Who gets the claims.
    /// @return amount Claims, rounded down [token wei].
    function redeemClaims(uint256 shares, address receiver) external returns (uint256 amount);

    /// @notice Returns the claim that the vault holds.
    /// @return Claim.
    function claim() external view returns (ISupplyClaim);
}
