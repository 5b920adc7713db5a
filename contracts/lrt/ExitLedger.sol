// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { IRestakingVault } from "./IRestakingVault.sol";

/// @title ExitLedger
/// @notice The requests of an exit queue, and their claims.
abstract contract ExitLedger is IExitQueue, Clock {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /// @dev What a claim takes out of one controller's requests. `left` is shares or assets, as asked for.
    struct Claim {
        uint256 left;
        uint256 shares;
        uint256 assets;
        uint256 released;
    }

    /* CONSTANTS */

    /// @notice Most open requests of a controller that others gave it: views and claims go through all of them.
    uint256 public constant MAX_OPEN_GIFTS = 64;

    /* IMMUTABLES */

    /// @inheritdoc IExitQueue
    IRestakingVault public immutable vault;

    /// @inheritdoc IExitQueue
    FreezePoint public immutable freezePoint;

    /// @inheritdoc IExitQueue
    uint48 public immutable delay;

    /// @notice The vault's asset.
    IERC20 public immutable asset;

    /* STORAGE */

    /// @inheritdoc IExitQueue
    uint256 public lastRequestId;

    /// @inheritdoc IExitQueue
    uint256 public filled;

    /// @inheritdoc IExitQueue
    uint256 public toFill;

    /// @inheritdoc IExitQueue
    uint256 public reserved;

    /// @inheritdoc IExitQueue
    uint256 public pendingQuotes;

    /// @inheritdoc IExitQueue
    uint256 public locked;

    /// @inheritdoc IExitQueue
    uint256 public surplus;

    /// @notice Open requests of a controller that others gave it.
    mapping(address controller => uint256 count) public openGifts;

    mapping(uint256 id => Request request) internal _requests;

    /// @notice Every request a controller ever made, and how many of the oldest are claimed whole.
    mapping(address controller => uint256[] ids) private _requestsOf;
    mapping(address controller => uint256 count) private _done;
    mapping(uint256 id => bool isGift) private _isGift;

    /* MODIFIERS */

    modifier onlyVault() {
        require(msg.sender == address(vault), ExitQueueOnlyVault(msg.sender, address(vault)));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the queue to its vault.
    /// @param vault_ Vault.
    /// @param freezePoint_ Where settlements are fixed.
    /// @param delay_ Instants a request waits at least [clock units].
    constructor(IRestakingVault vault_, FreezePoint freezePoint_, uint48 delay_) {
        vault = vault_;
        freezePoint = freezePoint_;
        delay = delay_;
        asset = IERC20(vault_.asset());
    }

    /* EXTERNAL */

    /// @inheritdoc IExitQueue
    function claimShares(address controller, uint256 shares, address receiver) external onlyVault returns (uint256) {
        Claim memory claim = Claim(shares, 0, 0, 0);
        uint256 id = _headOf(controller);
        for (; claim.left > 0 && id != 0; id = _headOf(controller)) {
            Request storage request = _requests[id];
            uint256 part = Math.min(claim.left, request.shares);
            claim.left -= part;
            _pay(id, part, worthOf(id).mulDivDown(part, request.shares), receiver, claim);
        }
        require(claim.left == 0, ExitQueueInsufficientShares(controller, shares, shares - claim.left));

        _settle(claim, receiver);
        return claim.assets;
    }

    /// @inheritdoc IExitQueue
    function claimAssets(address controller, uint256 assets, address receiver) external onlyVault returns (uint256) {
        Claim memory claim = Claim(assets, 0, 0, 0);
        uint256 id = _headOf(controller);
        for (; claim.left > 0 && id != 0; id = _headOf(controller)) {
            uint256 worth = worthOf(id);
            uint256 held = _requests[id].shares;
            uint256 part = Math.min(claim.left, worth);
            claim.left -= part;
            _pay(id, part == worth ? held : held.mulDivUp(part, worth), part, receiver, claim);
        }
        require(claim.left == 0, ExitQueueInsufficientAssets(controller, assets, assets - claim.left));

        _settle(claim, receiver);
        return claim.shares;
    }

    /// @inheritdoc IExitQueue
    function claimRequest(uint256 id, address receiver) external onlyVault returns (uint256) {
        require(isClaimable(id), ExitQueueNotClaimable(id));
        Claim memory claim = Claim(0, 0, 0, 0);
        _pay(id, _requests[id].shares, worthOf(id), receiver, claim);

        _settle(claim, receiver);
        return claim.assets;
    }

    /* VIEWS */

    /// @inheritdoc IExitQueue
    function getRequest(uint256 id) external view returns (Request memory) {
        require(id > 0 && id <= lastRequestId, ExitQueueUnknownRequest(id, lastRequestId));
        return _requests[id];
    }

    /// @inheritdoc IExitQueue
    function requestsOf(address controller) external view returns (uint256[] memory ids) {
        uint256[] storage all = _requestsOf[controller];
        uint256 count;
        for (uint256 i = _done[controller]; i < all.length; ++i) if (_requests[all[i]].shares > 0) ++count;
        ids = new uint256[](count);
        for (uint256 i = all.length; count > 0; --i) if (_requests[all[i - 1]].shares > 0) ids[--count] = all[i - 1];
    }

    /// @inheritdoc IExitQueue
    function claimableOf(address controller) external view returns (uint256 shares, uint256 assets) {
        uint256[] storage all = _requestsOf[controller];
        for (uint256 i = _done[controller]; i < all.length; ++i) {
            if (_requests[all[i]].shares == 0) continue;
            if (!isClaimable(all[i])) break;
            shares += _requests[all[i]].shares;
            assets += worthOf(all[i]);
        }
    }

    /// @inheritdoc IExitQueue
    function settlementOf(uint256 shares, uint256 quote, uint256 worth) external view returns (uint256) {
        return _settlement(shares, quote, worth);
    }

    /// @inheritdoc IExitQueue
    function isClaimable(uint256 id) public view returns (bool) {
        Request storage request = _requests[id];
        if (request.shares == 0) return false;
        if (freezePoint != FreezePoint.Claim) return request.isFrozen;
        return request.fillAt <= filled && _isDue(request) && vault.isOpen();
    }

    /// @inheritdoc IExitQueue
    function worthOf(uint256 id) public view returns (uint256) {
        Request storage request = _requests[id];
        return
            request.isFrozen
                ? request.claimable
                : _settlement(request.shares, request.quote, vault.convertToAssets(request.shares));
    }

    /* INTERNAL */

    /// @notice Books a new request.
    /// @param request The request.
    /// @return id Its number.
    function _book(Request memory request) internal returns (uint256 id) {
        id = ++lastRequestId;
        _requests[id] = request;
        _requestsOf[request.controller].push(id);
        pendingQuotes += request.quote;

        emit RedemptionQueued(id, request.controller, request.shares, request.quote, request.fillAt);
    }

    /// @notice Counts a new request as one that others gave its controller.
    /// @param controller Controller.
    /// @param id Request.
    function _countGift(address controller, uint256 id) internal {
        require(openGifts[controller] < MAX_OPEN_GIFTS, ExitQueueTooManyGifts(controller, MAX_OPEN_GIFTS));

        ++openGifts[controller];
        _isGift[id] = true;
    }

    /// @notice Fixes the settlement of a request.
    /// @param id Request.
    /// @param assets Settlement [wei].
    function _freeze(uint256 id, uint256 assets) internal {
        Request storage request = _requests[id];
        request.isFrozen = true;
        request.claimable = assets;
        pendingQuotes -= request.quote;
        locked += assets;

        emit RedemptionFrozen(id, request.quote, assets);
    }

    /// @notice Returns what a request pays: the lesser of its quote and what its shares are worth.
    /// @param quote Quote [wei].
    /// @param worth Worth at the settlement [wei].
    /// @return Assets [wei].
    function _settlement(uint256, uint256 quote, uint256 worth) internal view virtual returns (uint256) {
        return Math.min(quote, worth);
    }

    /// @notice Returns whether a request has waited long enough.
    /// @param request Request.
    /// @return True when it has.
    function _isDue(Request storage request) internal view returns (bool) {
        return clock() >= uint256(request.requestedAt) + delay;
    }

    /// @dev Takes shares and assets out of a request: a fixed settlement is here, another is still in the vault.
    function _pay(uint256 id, uint256 shares, uint256 assets, address receiver, Claim memory claim) private {
        Request storage request = _requests[id];
        uint256 quote = request.quote.mulDivUp(shares, request.shares);
        claim.shares += shares;
        claim.assets += assets;
        request.quote -= quote;
        request.shares -= shares;
        if (request.isFrozen) {
            request.claimable -= assets;
            locked -= assets;
        } else {
            claim.released += quote;
            pendingQuotes -= quote;
        }
        if (request.shares == 0) _close(id);

        emit RedemptionClaimed(id, receiver, shares, assets);
    }

    /// @dev What rounding left of a request whose shares are gone belongs to the vault.
    function _close(uint256 id) private {
        Request storage request = _requests[id];
        if (_isGift[id]) --openGifts[request.controller];
        uint256 rest = request.claimable;
        request.claimable = 0;
        locked -= rest;
        surplus += rest;
    }

    function _settle(Claim memory claim, address receiver) private {
        if (freezePoint == FreezePoint.Claim) {
            reserved -= claim.released;
            vault.settle(claim.shares, claim.assets);
        }
        asset.safeTransfer(receiver, claim.assets);
    }

    /// @dev The oldest open request of a controller, if it can be claimed; zero else.
    function _headOf(address controller) private returns (uint256) {
        uint256[] storage all = _requestsOf[controller];
        uint256 done = _done[controller];
        while (done < all.length && _requests[all[done]].shares == 0) ++done;
        _done[controller] = done;
        return done < all.length && isClaimable(all[done]) ? all[done] : 0;
    }
}
