// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { ExitLedger } from "./ExitLedger.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { IRestakingVault } from "./IRestakingVault.sol";

/// @title ExitQueue
/// @notice See {IExitQueue}.
contract ExitQueue is ExitLedger, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /// @notice How a queue is set up.
    /// @param freezePoint Where settlements are fixed.
    /// @param delay Instants a request waits at least [clock units].
    /// @param batchSize Requests of a batch, not zero with freeze point Batch.
    /// @param minShares Least shares of a request.
    struct Terms {
        FreezePoint freezePoint;
        uint48 delay;
        uint256 batchSize;
        uint256 minShares;
    }

    /* IMMUTABLES */

    /// @notice Requests of a batch.
    uint256 public immutable batchSize;

    /// @notice Least shares of a request.
    uint256 public immutable minShares;

    /* STORAGE */

    /// @inheritdoc IExitQueue
    uint256 public lastFrozenId;

    /* CONSTRUCTOR */

    /// @notice Binds the queue to its vault.
    /// @param vault_ Vault.
    /// @param terms How it is set up.
    /// @param clockMode_ Unit of its clock.
    constructor(
        IRestakingVault vault_,
        Terms memory terms,
        ClockMode clockMode_
    ) ExitLedger(vault_, terms.freezePoint, terms.delay) Clock(clockMode_) {
        require(terms.batchSize > 0 || terms.freezePoint != FreezePoint.Batch, ExitQueueEmptyBatch());

        batchSize = terms.batchSize;
        minShares = terms.minShares;
    }

    /* EXTERNAL */

    /// @inheritdoc IExitQueue
    function enqueue(
        address controller,
        uint256 shares,
        uint256 quote,
        bool isGift
    ) external onlyVault returns (uint256 id) {
        require(shares >= minShares, ExitQueueBelowMinimum(shares, minShares));

        id = _book(
            Request({
                controller: controller,
                requestedAt: clock(),
                isFrozen: false,
                shares: shares,
                quote: quote,
                fillAt: freezePoint == FreezePoint.Claim ? _setAside(quote) : 0,
                claimable: 0
            })
        );
        if (isGift) _countGift(controller, id);
    }

    /// @inheritdoc IExitQueue
    function process(uint256 maxCount) external nonReentrant returns (uint256 count) {
        require(freezePoint != FreezePoint.Claim, ExitQueueNothingToProcess());
        bool isFree = freezePoint != FreezePoint.Finalisation || msg.sender == vault.curator();
        require(isFree, ExitQueueOnlyCurator(msg.sender, vault.curator()));
        vault.checkOpen();

        if (freezePoint == FreezePoint.Batch) return _finaliseBatches(maxCount);
        return _freezeInTurn(maxCount);
    }

    /// @inheritdoc IExitQueue
    function returnSurplus() external nonReentrant returns (uint256 assets) {
        assets = surplus;
        surplus = 0;

        emit SurplusReturned(assets);

        asset.safeTransfer(address(vault), assets);
        vault.collect(assets);
    }

    /// @inheritdoc IExitQueue
    function fill() external returns (uint256 assets) {
        assets = Math.min(toFill - filled, vault.available());
        if (assets == 0) return 0;

        filled += assets;
        reserved += assets;

        emit DeficitFilled(assets, filled);
    }

    /* VIEWS */

    /// @inheritdoc IExitQueue
    function deficit() external view returns (uint256) {
        if (freezePoint == FreezePoint.Claim) return toFill - filled;
        return Math.saturatingSub(pendingQuotes, vault.available());
    }

    /* INTERNAL */

    /// @notice Sets the free buffer aside for a quote, or for the part of the deficit that it makes.
    /// @param quote Quote [wei].
    /// @return fillAt Sum that {filled} must reach, zero for none [wei].
    function _setAside(uint256 quote) private returns (uint256 fillAt) {
        uint256 available = vault.available();
        reserved += Math.min(quote, available);
        if (quote <= available) return 0;

        filled += available;
        toFill += quote;
        return toFill;
    }

    /// @notice Fixes one request after the other, until one is not due or the buffer cannot pay it.
    /// @param maxCount Most requests.
    /// @return count Requests fixed.
    function _freezeInTurn(uint256 maxCount) private returns (uint256 count) {
        uint256 available = vault.available();
        uint256 rateUp = vault.oracle().rateUp();
        uint256 shares;
        uint256 assets;
        uint256 id = lastFrozenId + 1;
        for (; count < maxCount && id <= lastRequestId && _isDue(_requests[id]); ++id) {
            Request storage request = _requests[id];
            uint256 worth =
                freezePoint == FreezePoint.Finalisation
                    ? request.shares.wMulDown(rateUp)
                    : vault.convertToAssets(request.shares);
            uint256 payout = _settlement(request.shares, request.quote, worth);
            if (payout > available - assets) break;

            shares += request.shares;
            assets += payout;
            ++count;
            _freeze(id, payout);
        }
        lastFrozenId = id - 1;
        if (count > 0) vault.settle(shares, assets);
    }

    /// @notice Finalises full batches that are due, until the buffer cannot pay one.
    /// @param maxBatches Most batches.
    /// @return count Requests finalised.
    function _finaliseBatches(uint256 maxBatches) private returns (uint256 count) {
        for (uint256 i = 0; i < maxBatches; ++i) {
            uint256 lastId = lastFrozenId + batchSize;
            if (lastId > lastRequestId || !_isDue(_requests[lastId]) || !_finaliseBatch(lastId)) break;
            count += batchSize;
        }
    }

    function _finaliseBatch(uint256 lastId) private returns (bool isDone) {
        uint256 firstId = lastFrozenId + 1;
        (uint256 shares, uint256 quotes) = _sum(firstId, lastId);
        uint256 taken = _settlement(shares, quotes, vault.convertToAssets(shares));
        if (taken > vault.available()) return false;

        uint256 paid;
        for (uint256 id = firstId; id <= lastId; ++id) {
            Request storage request = _requests[id];
            uint256 payout = _settlement(request.shares, request.quote, vault.convertToAssets(request.shares));
            paid += payout;
            _freeze(id, payout);
        }
        lastFrozenId = lastId;
        surplus += Math.saturatingSub(taken, paid);

        emit BatchFinalised(firstId, lastId, taken, Math.saturatingSub(taken, paid));

        vault.settle(shares, taken);
        return true;
    }

    function _sum(uint256 firstId, uint256 lastId) private view returns (uint256 shares, uint256 quotes) {
        for (uint256 id = firstId; id <= lastId; ++id) {
            shares += _requests[id].shares;
            quotes += _requests[id].quote;
        }
    }
}
