// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC7575Vault } from "./IERC7575Vault.sol";

/// @title IERC7575
/// @notice A vault of ERC-4626 whose shares are a token of their own (ERC-7575; ERC-165 id 0x2f0a18c5).
/// @dev What a function rounds, and what it does in an asynchronous vault, its contract says.
/// @custom:source https://eips.ethereum.org/EIPS/eip-7575
interface IERC7575 is IERC7575Vault {
    /// @notice Emitted when shares are given out.
    /// @param sender Who brought the assets; in an asynchronous vault the controller of the request.
    /// @param owner Who received the shares.
    /// @param assets Assets [wei].
    /// @param shares Shares.
    event Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares);

    /// @notice Emitted when assets are paid out.
    /// @param sender Who called.
    /// @param receiver Who received the assets.
    /// @param owner Whose shares they were; in an asynchronous vault the controller of the request.
    /// @param assets Assets [wei].
    /// @param shares Shares.
    event Withdraw(
        address indexed sender,
        address indexed receiver,
        address indexed owner,
        uint256 assets,
        uint256 shares
    );

    /// @notice Gives shares for assets.
    /// @param assets Assets [wei].
    /// @param receiver Who receives the shares.
    /// @return shares Shares.
    function deposit(uint256 assets, address receiver) external returns (uint256 shares);

    /// @notice Gives shares for assets, by their number.
    /// @param shares Shares.
    /// @param receiver Who receives the shares.
    /// @return assets Assets [wei].
    function mint(uint256 shares, address receiver) external returns (uint256 assets);

    /// @notice Pays assets for shares, by the assets.
    /// @param assets Assets [wei].
    /// @param receiver Who is paid.
    /// @param owner Whose shares.
    /// @return shares Shares.
    function withdraw(uint256 assets, address receiver, address owner) external returns (uint256 shares);

    /// @notice Pays assets for shares.
    /// @param shares Shares.
    /// @param receiver Who is paid.
    /// @param owner Whose shares.
    /// @return assets Assets [wei].
    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets);

    /// @notice Returns the asset.
    /// @return Token.
    function asset() external view returns (address);

    /// @notice Returns the assets that all shares stand for.
    /// @return Assets [wei].
    function totalAssets() external view returns (uint256);

    /// @notice Returns the shares that assets are worth, no fee taken off.
    /// @param assets Assets [wei].
    /// @return Shares, rounded down.
    function convertToShares(uint256 assets) external view returns (uint256);

    /// @notice Returns the assets that shares are worth, no fee taken off.
    /// @param shares Shares.
    /// @return Assets, rounded down [wei].
    function convertToAssets(uint256 shares) external view returns (uint256);

    /// @notice Returns the most that `deposit` takes.
    /// @param receiver For whom.
    /// @return Assets [wei].
    function maxDeposit(address receiver) external view returns (uint256);

    /// @notice Returns the most that `mint` gives.
    /// @param receiver For whom.
    /// @return Shares.
    function maxMint(address receiver) external view returns (uint256);

    /// @notice Returns the most that `withdraw` pays.
    /// @param owner For whom.
    /// @return Assets [wei].
    function maxWithdraw(address owner) external view returns (uint256);

    /// @notice Returns the most that `redeem` takes.
    /// @param owner For whom.
    /// @return Shares.
    function maxRedeem(address owner) external view returns (uint256);

    /// @notice Returns the shares that `deposit` would give.
    /// @param assets Assets [wei].
    /// @return Shares.
    function previewDeposit(uint256 assets) external view returns (uint256);

    /// @notice Returns the assets that `mint` would take.
    /// @param shares Shares.
    /// @return Assets [wei].
    function previewMint(uint256 shares) external view returns (uint256);

    /// @notice Returns the shares that `withdraw` would take.
    /// @param assets Assets [wei].
    /// @return Shares.
    function previewWithdraw(uint256 assets) external view returns (uint256);

    /// @notice Returns the assets that `redeem` would pay.
    /// @param shares Shares.
    /// @return Assets [wei].
    function previewRedeem(uint256 shares) external view returns (uint256);
}
