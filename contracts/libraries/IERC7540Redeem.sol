// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC7540Redeem
/// @notice Asynchronous redemption of a vault's shares: requested, pending, claimable, claimed (ERC-7540; ERC-165 id
/// 0x620ee8e4).
/// @dev Claims go through `redeem` and `withdraw` of ERC-4626, whose last argument then names the controller;
/// `previewRedeem` and `previewWithdraw` revert.
/// @custom:source https://eips.ethereum.org/EIPS/eip-7540
interface IERC7540Redeem {
    /// @notice Emitted when a redemption is requested.
    /// @param controller Who may claim.
    /// @param owner Whose shares were taken.
    /// @param requestId Request.
    /// @param sender Who asked.
    /// @param shares Shares taken.
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );

    /// @notice Takes shares of `owner` and requests their redemption.
    /// @param shares Shares.
    /// @param controller Who may claim.
    /// @param owner Whose shares are taken: the caller, who made the caller its operator, or who allowed it the shares.
    /// @return requestId Request.
    function requestRedeem(uint256 shares, address controller, address owner) external returns (uint256 requestId);

    /// @notice Returns the shares of a request that cannot be claimed yet.
    /// @param requestId Request.
    /// @param controller Who may claim.
    /// @return pendingShares Shares, zero for a request that is none of the controller's.
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256 pendingShares);

    /// @notice Returns the shares of a request that can be claimed.
    /// @param requestId Request.
    /// @param controller Who may claim.
    /// @return claimableShares Shares, zero for a request that is none of the controller's.
    function claimableRedeemRequest(
        uint256 requestId,
        address controller
    ) external view returns (uint256 claimableShares);
}
