// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IDollar } from "./IDollar.sol";
import { IDollarReserve } from "./IDollarReserve.sol";
import { IRedemptionQueue } from "./IRedemptionQueue.sol";

/// @title RedemptionQueue
/// @notice See {IRedemptionQueue}.
contract RedemptionQueue is IRedemptionQueue, ReentrancyGuard {
    using SafeERC20 for IDollar;
    using SafeERC20 for IERC20;
    using WadMath for uint256;
    using EnumerableSet for EnumerableSet.UintSet;

    /* IMMUTABLES */

    /// @inheritdoc IRedemptionQueue
    IDollarReserve public immutable reserve;

    /// @inheritdoc IRedemptionQueue
    IDollar public immutable dollar;

    /// @inheritdoc IRedemptionQueue
    IERC20 public immutable settlement;

    /// @inheritdoc IRedemptionQueue
    uint256 public immutable minRequest;

    /* STORAGE */

    /// @inheritdoc IRedemptionQueue
    uint256 public totalWaiting;

    /// @inheritdoc IRedemptionQueue
    uint256 public totalClaimable;

    /// @inheritdoc IRedemptionQueue
    uint256 public requestCount;

    /// @dev The last epoch filled, plus one; zero for none.
    uint256 private _nextEpoch;
    uint256[] private _waiting;
    mapping(uint256 id => Request found) private _requests;
    mapping(address owner => EnumerableSet.UintSet ids) private _open;

    /* CONSTRUCTOR */

    /// @notice Binds the queue to its reserve, which has to be wired to it.
    /// @param reserve_ Reserve.
    /// @param minRequest_ Least dollars of a request [wei].
    constructor(IDollarReserve reserve_, uint256 minRequest_) {
        reserve = reserve_;
        dollar = reserve_.dollar();
        settlement = reserve_.settlement();
        minRequest = minRequest_;
    }

    /* EXTERNAL */

    /// @inheritdoc IRedemptionQueue
    function request(uint256 dollars) external nonReentrant returns (uint256 id) {
        return _request(dollars);
    }

    /// @inheritdoc IRedemptionQueue
    function redeemOrRequest(uint256 dollars) external nonReentrant returns (uint256 id, uint256 assets) {
        if (totalWaiting > 0 || dollars > reserve.redeemableNow()) return (_request(dollars), 0);

        dollar.safeTransferFrom(msg.sender, address(this), dollars);
        assets = reserve.redeem(dollars, 0, msg.sender);
    }

    /// @inheritdoc IRedemptionQueue
    function fill() external nonReentrant returns (uint256 filled) {
        uint256 epoch = reserve.currentEpoch();
        require(epoch >= _nextEpoch, RedemptionQueueEpochFilled(epoch));
        uint256 allowed = Math.min(reserve.redeemableNow(), totalWaiting);
        require(allowed > 0, RedemptionQueueNothing());

        _nextEpoch = epoch + 1;
        uint256[] memory parts;
        (parts, filled) = _share(allowed);
        uint256 assets = reserve.redeemQueued(filled);
        _credit(parts, filled, assets);

        emit EpochFilled(epoch, allowed, filled, assets);
    }

    /// @inheritdoc IRedemptionQueue
    function claim(uint256 id, address to) external nonReentrant returns (uint256 assets) {
        Request storage found = _owned(id);
        require(!dollar.isFrozen(msg.sender), RedemptionQueueFrozen(msg.sender));
        assets = found.claimable;
        require(assets > 0, RedemptionQueueNothing());

        found.claimable = 0;
        found.claimed += assets;
        totalClaimable -= assets;
        if (found.waiting == 0) _open[msg.sender].remove(id);

        emit RedemptionClaimed(id, to, assets);

        settlement.safeTransfer(to, assets);
    }

    /// @inheritdoc IRedemptionQueue
    function cancel(uint256 id) external nonReentrant returns (uint256 dollars) {
        Request storage found = _owned(id);
        dollars = found.waiting;
        require(dollars > 0, RedemptionQueueNothing());

        found.waiting = 0;
        totalWaiting -= dollars;
        _dropFilled();

        emit RequestCancelled(id, dollars);

        dollar.safeTransfer(msg.sender, dollars);
    }

    /* VIEWS */

    /// @inheritdoc IRedemptionQueue
    function isEpochFilled() external view returns (bool) {
        return reserve.currentEpoch() < _nextEpoch;
    }

    /// @inheritdoc IRedemptionQueue
    function requestOf(uint256 id) external view returns (Request memory) {
        return _requests[id];
    }

    /// @inheritdoc IRedemptionQueue
    function openRequestsOf(address owner) external view returns (uint256[] memory) {
        return _open[owner].values();
    }

    /// @inheritdoc IRedemptionQueue
    function waitingIds() external view returns (uint256[] memory) {
        return _waiting;
    }

    /* INTERNAL */

    function _request(uint256 dollars) private returns (uint256 id) {
        require(dollars != 0 && dollars >= minRequest, RedemptionQueueBelowMinimum(dollars, minRequest));

        id = ++requestCount;
        _requests[id] = Request(msg.sender, dollars, dollars, 0, 0, block.timestamp);
        _waiting.push(id);
        _open[msg.sender].add(id);
        totalWaiting += dollars;

        emit RedemptionRequested(id, msg.sender, dollars);

        dollar.safeTransferFrom(msg.sender, address(this), dollars);
    }

    /// @dev Gives each request its money, takes it off what waits, and drops those that wait no more.
    function _credit(uint256[] memory parts, uint256 filled, uint256 assets) private {
        uint256 credited;
        for (uint256 k = 0; k < parts.length; ++k) {
            uint256 id = _waiting[k];
            uint256 money = filled == 0 ? 0 : assets.mulDivDown(parts[k], filled);
            _requests[id].waiting -= parts[k];
            _requests[id].claimable += money;
            credited += money;

            emit RequestFilled(id, _requests[id].owner, parts[k], money);
        }
        totalWaiting -= filled;
        totalClaimable += credited;
        _dropFilled();
    }

    /// @dev Closes the gaps in the list and keeps its order; a request that is filled with nothing is over.
    function _dropFilled() private {
        uint256 kept;
        uint256 count = _waiting.length;
        for (uint256 k = 0; k < count; ++k) {
            uint256 id = _waiting[k];
            Request storage found = _requests[id];
            if (found.waiting == 0) {
                if (found.claimable == 0) _open[found.owner].remove(id);
                continue;
            }
            if (kept != k) _waiting[kept] = id;
            ++kept;
        }
        for (; count > kept; --count) _waiting.pop();
    }

    /// @dev Each request's part of what is allowed, rounded down, and their sum.
    function _share(uint256 allowed) private view returns (uint256[] memory parts, uint256 filled) {
        uint256 count = _waiting.length;
        uint256 total = totalWaiting;
        parts = new uint256[](count);
        for (uint256 k = 0; k < count; ++k) {
            parts[k] = _requests[_waiting[k]].waiting.mulDivDown(allowed, total);
            filled += parts[k];
        }
    }

    function _owned(uint256 id) private view returns (Request storage found) {
        found = _requests[id];
        require(found.owner == msg.sender, RedemptionQueueNotOwner(msg.sender, found.owner));
    }
}
