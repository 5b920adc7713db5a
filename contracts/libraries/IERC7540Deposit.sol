// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IERC7540Deposit
/// @notice Asynchronous deposits into a vault: requested, pending, claimable, claimed (ERC-7540; ERC-165 id 0xce3bbe50).
/// @dev `deposit` and `mint` of ERC-4626 claim, too, for a caller who is the controller; `previewDeposit` and
/// `previewMint` revert.
/// @custom:source https://eips.ethereum.org/EIPS/eip-7540
interface IERC7540Deposit {
    /// @notice Emitted when a deposit is requested.
    /// @param controller Who may claim.
    /// @param owner Whose assets were taken.
    /// @param requestId Request.
    /// @param sender Who asked.
    /// @param assets Assets taken [wei].
    event DepositRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 assets
    );

    /// @notice Takes assets of `owner` and requests shares for them.
    /// @param assets Assets [wei].
    /// @param controller Who may claim.
    /// @param owner Whose assets are taken: the caller, or who made the caller its operator.
    /// @return requestId Request.
    function requestDeposit(uint256 assets, address controller, address owner) external returns (uint256 requestId);

    /// @notice Claims the shares of requested assets.
    /// @param assets Assets whose shares are claimed [wei].
    /// @param receiver Who receives the shares.
    /// @param controller Who may claim: the caller, or who made the caller its operator.
    /// @return shares Shares.
    function deposit(uint256 assets, address receiver, address controller) external returns (uint256 shares);

    /// @notice Claims shares of requested assets.
    /// @param shares Shares.
    /// @param receiver Who receives the shares.
    /// @param controller Who may claim: the caller, or who made the caller its operator.
    /// @return assets Assets that were requested for them [wei].
    function mint(uint256 shares, address receiver, address controller) external returns (uint256 assets);

    /// @notice Returns the assets of a request that cannot be claimed yet.
    /// @param requestId Request.
    /// @param controller Who may claim.
    /// @return pendingAssets Assets, zero for a request that is none of the controller's [wei].
    function pendingDepositRequest(uint256 requestId, address controller) external view returns (uint256 pendingAssets);

    /// @notice Returns the assets of a request that can be claimed.
    /// @param requestId Request.
    /// @param controller Who may claim.
    /// @return claimableAssets Assets, zero for a request that is none of the controller's [wei].
    function claimableDepositRequest(
        uint256 requestId,
        address controller
    ) external view returns (uint256 claimableAssets);
}
