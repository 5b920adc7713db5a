// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { VaultLedger } from "./VaultLedger.sol";

/// @title VaultRedemptions
/// @notice The way out through the queue: ERC-7540 requests and claims.
abstract contract VaultRedemptions is VaultLedger {
    using RestakingVaultMath for uint256;

    /* CONSTANTS */

    /// @notice Pause bit of requests.
    uint8 public constant PAUSED_REQUEST = 1;

    /// @notice Pause bit of claims.
    uint8 public constant PAUSED_CLAIM = 2;

    /* EXTERNAL */

    /// @inheritdoc IERC7540Redeem
    function requestRedeem(
        uint256 shares,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_REQUEST) returns (uint256) {
        return _request(shares, convertToAssets(shares), controller, owner_);
    }

    /// @inheritdoc IRestakingVault
    function requestWithdraw(
        uint256 assets,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_REQUEST) returns (uint256 requestId, uint256 shares) {
        shares = convertToShares(assets);
        requestId = _request(shares, assets, controller, owner_);
    }

    /// @notice Claims shares of the controller's oldest claimable requests.
    /// @dev Reverts with {RestakingVaultNotOperator}, {RestakingVaultZeroAmount}, {IExitQueue-ExitQueueInsufficientShares}.
    /// @param shares Shares to redeem.
    /// @param receiver Who is paid.
    /// @param controller Who may claim.
    /// @return assets Assets paid [wei].
    function redeem(
        uint256 shares,
        address receiver,
        address controller
    ) external nonReentrant whenWired whenNotPaused(PAUSED_CLAIM) returns (uint256 assets) {
        _checkController(controller);
        require(shares > 0, RestakingVaultZeroAmount(0, shares));
        assets = queue.claimShares(controller, shares, receiver);
        queue.fill();

        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    /// @notice Claims assets of the controller's oldest claimable requests.
    /// @dev Reverts with {RestakingVaultNotOperator}, {RestakingVaultZeroAmount}, {IExitQueue-ExitQueueInsufficientAssets}.
    /// @param assets Assets to be paid [wei].
    /// @param receiver Who is paid.
    /// @param controller Who may claim.
    /// @return shares Shares redeemed.
    function withdraw(
        uint256 assets,
        address receiver,
        address controller
    ) external nonReentrant whenWired whenNotPaused(PAUSED_CLAIM) returns (uint256 shares) {
        _checkController(controller);
        require(assets > 0, RestakingVaultZeroAmount(assets, 0));
        shares = queue.claimAssets(controller, assets, receiver);
        queue.fill();

        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    /// @inheritdoc IRestakingVault
    function claim(
        uint256 requestId,
        address receiver
    ) external nonReentrant whenWired whenNotPaused(PAUSED_CLAIM) returns (uint256 assets) {
        IExitQueue.Request memory request = queue.getRequest(requestId);
        _checkController(request.controller);
        assets = queue.claimRequest(requestId, receiver);
        queue.fill();

        emit Withdraw(msg.sender, receiver, request.controller, assets, request.shares);
    }

    /* VIEWS */

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _sharesOf(requestId, controller, false);
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _sharesOf(requestId, controller, true);
    }

    /// @notice Returns the shares that a controller can claim.
    /// @param controller Controller.
    /// @return shares Shares; zero while claims are paused.
    function maxRedeem(address controller) external view returns (uint256 shares) {
        if (_isWired() && !isPaused(PAUSED_CLAIM)) (shares, ) = queue.claimableOf(controller);
    }

    /// @notice Returns the assets that a controller can claim.
    /// @param controller Controller.
    /// @return assets Assets; zero while claims are paused [wei].
    function maxWithdraw(address controller) external view returns (uint256 assets) {
        if (_isWired() && !isPaused(PAUSED_CLAIM)) (, assets) = queue.claimableOf(controller);
    }

    /// @notice Always reverts with {RestakingVaultAsynchronous}.
    /// @return Nothing.
    function previewRedeem(uint256) external pure returns (uint256) {
        revert RestakingVaultAsynchronous();
    }

    /// @notice Always reverts with {RestakingVaultAsynchronous}.
    /// @return Nothing.
    function previewWithdraw(uint256) external pure returns (uint256) {
        revert RestakingVaultAsynchronous();
    }

    /* INTERNAL */

    function _request(
        uint256 shares,
        uint256 quote,
        address controller,
        address owner_
    ) private returns (uint256 requestId) {
        require(controller != address(0), RestakingVaultZeroAddress());
        require(quote > 0 && shares > 0, RestakingVaultZeroAmount(quote, shares));
        _checkOpen();

        _authorise(owner_, shares);
        _transfer(owner_, address(queue), shares);
        bool isGift = owner_ != controller && msg.sender != controller && !isOperator[controller][msg.sender];
        requestId = queue.enqueue(controller, shares, quote, isGift);

        emit RedeemRequest(controller, owner_, requestId, msg.sender, shares);
    }

    /// @dev Number 0 stands for all of a controller's requests.
    function _sharesOf(uint256 requestId, address controller, bool isReady) private view returns (uint256 shares) {
        if (!_isWired()) return 0;
        if (requestId != 0) return _sharesIn(requestId, controller, isReady);
        uint256[] memory ids = queue.requestsOf(controller);
        for (uint256 i = 0; i < ids.length; ++i) shares += _sharesIn(ids[i], controller, isReady);
    }

    /// @dev A request is claimable as a whole or not at all.
    function _sharesIn(uint256 requestId, address controller, bool isReady) private view returns (uint256) {
        if (requestId > queue.lastRequestId()) return 0;
        IExitQueue.Request memory request = queue.getRequest(requestId);
        return request.controller == controller && queue.isClaimable(requestId) == isReady ? request.shares : 0;
    }
}
