// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IWithdrawalQueue
/// @notice Turns liquid staking tokens into ether, first in, first out: a request pays the lesser of what it was worth
/// when made and what it is worth when finalised.
/// @dev Units: ether in wei; shares with 18 decimals; rates in RAY (1e27); times in units of the token's clock.
/// @dev Which requests may be finalised: those made at or before {finalizableUntil}. Outside bunker mode that is
/// `last report - margin`; in bunker mode `max(bunker since - margin, last report - bunkerDelay)`, where `bunker since`
/// is the report before the loss. Differences saturate at zero. A request is thus priced by a report made no earlier
/// than itself, and whoever saw a loss coming waits until it is in the rate, or for `bunkerDelay`.
/// @dev What a request pays: with `r = floor(amount * 1e27 / shares)` and `R` the token's share rate at finalisation,
/// `floor(shares * R / 1e27)` when `r > R`, `amount` otherwise. Shares are floored at the request, so `r` usually lies
/// just above the pool's rate then: at an unchanged rate a request pays up to 1 wei less than asked.
/// @dev What is locked: requests are weighed one by one against the pool's buffer, then locked in runs: neighbours on
/// the same side of `R`, or made after the same report, are one run with one floor on their sums. The ether locked may
/// exceed the sum of the claims by some wei; they stay here as {dust}.
/// @custom:source docs/contracts/WithdrawalQueue.md
interface IWithdrawalQueue {
    /// @notice A request.
    /// @param owner Who may claim.
    /// @param requestedAt Time of the request [clock].
    /// @param reportAt Time of the last report before it [clock].
    /// @param isFinalized True once its payment is fixed.
    /// @param isClaimed True once it was paid.
    /// @param amount Tokens given [wei].
    /// @param shares Shares locked.
    /// @param claimable Ether to claim, zero before finalisation [wei].
    struct Request {
        address owner;
        uint48 requestedAt;
        uint48 reportAt;
        bool isFinalized;
        bool isClaimed;
        uint256 amount;
        uint256 shares;
        uint256 claimable;
    }

    /// @notice A prefix of the queue that can be finalised.
    /// @param lastId Last request of it; the last finalised one when there is none.
    /// @param etherToLock Ether the pool pays [wei].
    /// @param etherToClaim Sum of what its requests pay [wei].
    /// @param shares Shares to burn.
    /// @param rate Share rate of the finalisation [RAY].
    struct Batch {
        uint256 lastId;
        uint256 etherToLock;
        uint256 etherToClaim;
        uint256 shares;
        uint256 rate;
    }

    /// @notice Emitted when a withdrawal is requested.
    /// @param id Request, from 1 on without gaps.
    /// @param owner Who may claim.
    /// @param amount Tokens given [wei].
    /// @param shares Shares locked.
    event WithdrawalRequested(uint256 indexed id, address indexed owner, uint256 amount, uint256 shares);

    /// @notice Emitted when requests are finalised.
    /// @param firstId First of them.
    /// @param lastId Last of them.
    /// @param etherLocked Ether received for them [wei].
    /// @param sharesBurned Shares burned.
    /// @param rate Share rate of the finalisation [RAY].
    event WithdrawalsFinalized(
        uint256 indexed firstId,
        uint256 indexed lastId,
        uint256 etherLocked,
        uint256 sharesBurned,
        uint256 rate
    );

    /// @notice Emitted when a withdrawal is claimed.
    /// @param id Request.
    /// @param recipient Who was paid.
    /// @param amount Ether [wei].
    event WithdrawalClaimed(uint256 indexed id, address indexed recipient, uint256 amount);

    /// @notice Raised when the amount of a request is out of range.
    /// @param amount Amount asked for [wei].
    /// @param minimum Least amount [wei].
    /// @param maximum Highest amount [wei].
    error WithdrawalQueueAmountOutOfRange(uint256 amount, uint256 minimum, uint256 maximum);

    /// @notice Raised when the range of amounts is empty.
    /// @param minimum Least amount [wei].
    /// @param maximum Highest amount [wei].
    error WithdrawalQueueEmptyRange(uint256 minimum, uint256 maximum);

    /// @notice Raised when an amount is worth no share.
    /// @param amount Amount asked for [wei].
    error WithdrawalQueueZeroShares(uint256 amount);

    /// @notice Raised when the owner or the recipient is zero.
    error WithdrawalQueueZeroAddress();

    /// @notice Raised when there is no such request.
    /// @param id Request asked for.
    /// @param lastId Last request there is.
    error WithdrawalQueueUnknownRequest(uint256 id, uint256 lastId);

    /// @notice Raised when anyone but its owner claims a request.
    /// @param id Request.
    /// @param caller Who called.
    /// @param owner Who may.
    error WithdrawalQueueNotOwner(uint256 id, address caller, address owner);

    /// @notice Raised when a request is claimed before it is finalised.
    /// @param id Request.
    /// @param lastFinalizedId Last request finalised.
    error WithdrawalQueueNotFinalized(uint256 id, uint256 lastFinalizedId);

    /// @notice Raised when a request is claimed twice.
    /// @param id Request.
    error WithdrawalQueueAlreadyClaimed(uint256 id);

    /// @notice Raised when anyone but the token sends ether.
    /// @param caller Who called.
    /// @param token Who may.
    error WithdrawalQueueOnlyToken(address caller, address token);

    /// @notice Takes tokens of the caller and queues them.
    /// @dev Needs the caller's allowance of `amount`. The shares locked are those of `amount`, rounded down; they keep
    /// bearing losses until they are finalised.
    /// @dev Reverts with {WithdrawalQueueAmountOutOfRange}, {WithdrawalQueueZeroShares}, {WithdrawalQueueZeroAddress}.
    /// @param amount Tokens [wei].
    /// @param owner Who may claim, not zero.
    /// @return id Request.
    function requestWithdrawal(uint256 amount, address owner) external returns (uint256 id);

    /// @notice Finalises the longest prefix that the time, the pool's buffer and `maxRequests` allow. Anyone.
    /// @dev Does nothing when that prefix is empty.
    /// @param maxRequests Most requests to finalise.
    /// @return batch What was finalised.
    function finalize(uint256 maxRequests) external returns (Batch memory batch);

    /// @notice Pays a finalised request once. Only its owner.
    /// @dev Reverts with {WithdrawalQueueUnknownRequest}, {WithdrawalQueueNotOwner}, {WithdrawalQueueNotFinalized},
    /// {WithdrawalQueueAlreadyClaimed}.
    /// @param id Request.
    /// @param recipient Who is paid, not zero.
    /// @return amount Ether paid [wei].
    function claim(uint256 id, address payable recipient) external returns (uint256 amount);

    /// @notice Takes the ether of a finalisation. Only the token.
    function receiveEther() external payable;

    /// @notice Returns what {finalize} would do now.
    /// @param maxRequests Most requests to finalise.
    /// @return batch The prefix.
    function previewFinalize(uint256 maxRequests) external view returns (Batch memory batch);

    /// @notice Returns the last time at which a request may have been made to be finalised now, inclusive.
    /// @return Time [clock].
    function finalizableUntil() external view returns (uint48);

    /// @notice Returns a request.
    /// @dev Reverts with {WithdrawalQueueUnknownRequest}.
    /// @param id Request.
    /// @return The request.
    function getRequest(uint256 id) external view returns (Request memory);

    /// @notice Returns the unclaimed requests of an account.
    /// @param owner Account.
    /// @return Ids, in no order.
    function requestsOf(address owner) external view returns (uint256[] memory);

    /// @notice Returns the last request.
    /// @return Id, zero when there is none.
    function lastRequestId() external view returns (uint256);

    /// @notice Returns the last request that is finalised.
    /// @return Id, zero when there is none.
    function lastFinalizedId() external view returns (uint256);

    /// @notice Returns the tokens asked for by all requests that are not finalised.
    /// @return Sum of their amounts [wei].
    function unfinalizedEther() external view returns (uint256);

    /// @notice Returns the ether locked here and not claimed yet, dust included.
    /// @return Ether [wei].
    function lockedEther() external view returns (uint256);

    /// @notice Returns the ether locked here that no request will claim.
    /// @return Ether [wei].
    function dust() external view returns (uint256);
}
