// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { LiquidStakingMath } from "../libraries/LiquidStakingMath.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { ILiquidStakingToken } from "./ILiquidStakingToken.sol";
import { IWithdrawalQueue } from "./IWithdrawalQueue.sol";

/// @title WithdrawalQueue
/// @notice First-in-first-out exit of a liquid staking token.
contract WithdrawalQueue is IWithdrawalQueue, PausableFlags, ReentrancyGuard {
    using EnumerableSet for EnumerableSet.UintSet;

    /// @notice How a queue of withdrawals is set up.
    /// @param owner Administrator.
    /// @param minAmount Least amount of a request [wei].
    /// @param maxAmount Highest amount of a request [wei].
    /// @param margin Least age of a request at the report that prices it [clock units].
    /// @param bunkerDelay Age at which a request is finalised even in bunker mode [clock units].
    struct Settings {
        address owner;
        uint256 minAmount;
        uint256 maxAmount;
        uint48 margin;
        uint48 bunkerDelay;
    }

    /// @dev A run of neighbours that is locked with one floor, and what was locked before it.
    struct Run {
        uint256 closed;
        uint256 amount;
        uint256 shares;
        uint256 claims;
        uint48 reportAt;
        bool isAbove;
    }

    /* CONSTANTS */

    /// @notice Bit that pauses {requestWithdrawal}.
    uint8 public constant PAUSED_REQUEST = 0;

    /// @notice Bit that pauses {finalize}.
    uint8 public constant PAUSED_FINALIZE = 1;

    /// @notice Bit that pauses {claim}.
    uint8 public constant PAUSED_CLAIM = 2;

    /* IMMUTABLES */

    /// @notice The token that is withdrawn.
    ILiquidStakingToken public immutable token;

    /// @notice Least amount of a request [wei].
    uint256 public immutable minAmount;

    /// @notice Highest amount of a request [wei].
    uint256 public immutable maxAmount;

    /// @notice Least age of a request at the report that prices it [clock units].
    uint48 public immutable margin;

    /// @notice Age at which a request is finalised even in bunker mode [clock units].
    uint48 public immutable bunkerDelay;

    /* STORAGE */

    /// @inheritdoc IWithdrawalQueue
    uint256 public lastRequestId;

    /// @inheritdoc IWithdrawalQueue
    uint256 public lastFinalizedId;

    /// @inheritdoc IWithdrawalQueue
    uint256 public unfinalizedEther;

    /// @inheritdoc IWithdrawalQueue
    uint256 public lockedEther;

    /// @inheritdoc IWithdrawalQueue
    uint256 public dust;

    mapping(uint256 id => Request request) private _requests;
    mapping(address owner => EnumerableSet.UintSet ids) private _requestsOf;

    /* CONSTRUCTOR */

    /// @notice Binds the queue to its token.
    /// @param token_ The token that is withdrawn.
    /// @param settings How the queue is set up.
    constructor(ILiquidStakingToken token_, Settings memory settings) Ownable(settings.owner) {
        bool isRange = settings.minAmount > 0 && settings.minAmount <= settings.maxAmount;
        require(isRange, WithdrawalQueueEmptyRange(settings.minAmount, settings.maxAmount));

        token = token_;
        minAmount = settings.minAmount;
        maxAmount = settings.maxAmount;
        margin = settings.margin;
        bunkerDelay = settings.bunkerDelay;
    }

    /* EXTERNAL */

    /// @inheritdoc IWithdrawalQueue
    function requestWithdrawal(
        uint256 amount,
        address owner_
    ) external whenNotPaused(PAUSED_REQUEST) nonReentrant returns (uint256 id) {
        bool isInRange = amount >= minAmount && amount <= maxAmount;
        require(isInRange, WithdrawalQueueAmountOutOfRange(amount, minAmount, maxAmount));
        require(owner_ != address(0), WithdrawalQueueZeroAddress());
        uint256 shares = token.getSharesByPooledEth(amount);
        require(shares > 0, WithdrawalQueueZeroShares(amount));

        id = ++lastRequestId;
        unfinalizedEther += amount;
        _requests[id] = Request({
            owner: owner_,
            requestedAt: token.clock(),
            reportAt: token.lastReportAt(),
            isFinalized: false,
            isClaimed: false,
            amount: amount,
            shares: shares,
            claimable: 0
        });
        _requestsOf[owner_].add(id);

        emit WithdrawalRequested(id, owner_, amount, shares);

        // The token reverts rather than return false.
        token.transferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IWithdrawalQueue
    function finalize(
        uint256 maxRequests
    ) external whenNotPaused(PAUSED_FINALIZE) nonReentrant returns (Batch memory batch) {
        uint256 firstId = lastFinalizedId + 1;
        batch = previewFinalize(maxRequests);
        if (batch.lastId < firstId) return batch;

        for (uint256 id = firstId; id <= batch.lastId; ++id) {
            Request storage request = _requests[id];
            request.isFinalized = true;
            request.claimable = LiquidStakingMath.discounted(request.amount, request.shares, batch.rate);
            unfinalizedEther -= request.amount;
        }
        lastFinalizedId = batch.lastId;
        lockedEther += batch.etherToLock;
        dust += batch.etherToLock - batch.etherToClaim;

        emit WithdrawalsFinalized(firstId, batch.lastId, batch.etherToLock, batch.shares, batch.rate);

        token.fundWithdrawals(batch.etherToLock, batch.shares);
    }

    /// @inheritdoc IWithdrawalQueue
    function claim(
        uint256 id,
        address payable recipient
    ) external whenNotPaused(PAUSED_CLAIM) nonReentrant returns (uint256 amount) {
        require(recipient != address(0), WithdrawalQueueZeroAddress());
        require(id > 0 && id <= lastRequestId, WithdrawalQueueUnknownRequest(id, lastRequestId));
        Request storage request = _requests[id];
        require(request.owner == msg.sender, WithdrawalQueueNotOwner(id, msg.sender, request.owner));
        require(request.isFinalized, WithdrawalQueueNotFinalized(id, lastFinalizedId));
        require(!request.isClaimed, WithdrawalQueueAlreadyClaimed(id));

        amount = request.claimable;
        request.isClaimed = true;
        lockedEther -= amount;
        _requestsOf[msg.sender].remove(id);

        emit WithdrawalClaimed(id, recipient, amount);

        Address.sendValue(recipient, amount);
    }

    /// @inheritdoc IWithdrawalQueue
    function receiveEther() external payable {
        // Already counted by the finalisation that asks for it.
        require(msg.sender == address(token), WithdrawalQueueOnlyToken(msg.sender, address(token)));
    }

    /* VIEWS */

    /// @inheritdoc IWithdrawalQueue
    function getRequest(uint256 id) external view returns (Request memory) {
        require(id > 0 && id <= lastRequestId, WithdrawalQueueUnknownRequest(id, lastRequestId));
        return _requests[id];
    }

    /// @inheritdoc IWithdrawalQueue
    function requestsOf(address owner_) external view returns (uint256[] memory) {
        return _requestsOf[owner_].values();
    }

    /// @inheritdoc IWithdrawalQueue
    function previewFinalize(uint256 maxRequests) public view returns (Batch memory batch) {
        batch.rate = token.shareRateRay();
        batch.lastId = lastFinalizedId;
        uint256 budget = token.bufferedEther();
        uint48 until = finalizableUntil();
        uint256 lastId = Math.min(lastRequestId, Math.saturatingAdd(lastFinalizedId, maxRequests));
        Run memory run;

        for (uint256 id = lastFinalizedId + 1; id <= lastId; ++id) {
            Request storage request = _requests[id];
            if (request.requestedAt > until) break;
            uint256 worth = LiquidStakingMath.discounted(request.amount, request.shares, batch.rate);
            if (batch.etherToClaim + worth > budget) break;

            _extend(run, request, worth, batch.rate);
            uint256 toLock = run.closed + _lockOf(run, batch.rate);
            // The run's one floor may ask for some wei more than its requests one by one.
            if (toLock > budget) break;

            batch.lastId = id;
            batch.etherToLock = toLock;
            batch.etherToClaim += worth;
            batch.shares += request.shares;
        }
    }

    /// @inheritdoc IWithdrawalQueue
    function finalizableUntil() public view returns (uint48) {
        uint48 reportedAt = token.lastReportAt();
        uint48 since = token.bunkerSince();
        if (since == 0) return _before(reportedAt, margin);
        uint48 beforeBunker = _before(since, margin);
        uint48 oldEnough = _before(reportedAt, bunkerDelay);
        return beforeBunker > oldEnough ? beforeBunker : oldEnough;
    }

    /* INTERNAL */

    /// @dev Adds a request to the run of its predecessor, or closes that run and begins the next.
    function _extend(Run memory run, Request storage request, uint256 worth, uint256 rate) private view {
        bool isAbove = LiquidStakingMath.rateRay(request.amount, request.shares) > rate;
        bool isNeighbour = run.reportAt == request.reportAt || run.isAbove == isAbove;
        if (!isNeighbour) {
            run.closed += _lockOf(run, rate);
            run.amount = 0;
            run.shares = 0;
            run.claims = 0;
        }
        run.amount += request.amount;
        run.shares += request.shares;
        run.claims += worth;
        run.reportAt = request.reportAt;
        run.isAbove = isAbove;
    }

    /// @dev At least the sum of the claims: a run that lies on both sides of the rate could fall a wei short of it.
    function _lockOf(Run memory run, uint256 rate) private pure returns (uint256) {
        if (run.shares == 0) return 0;
        return Math.max(LiquidStakingMath.discounted(run.amount, run.shares, rate), run.claims);
    }

    function _before(uint48 timepoint, uint48 delay) private pure returns (uint48) {
        return timepoint > delay ? timepoint - delay : 0;
    }
}
