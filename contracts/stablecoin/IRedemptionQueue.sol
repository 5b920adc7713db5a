// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IDollar } from "./IDollar.sol";
import { IDollarReserve } from "./IDollarReserve.sol";

/// @title IRedemptionQueue
/// @notice Dollars that wait for redemption: once an epoch everybody gets the same part, and the rest rolls over.
/// @dev Units: dollars in wei, 18 decimals; money in token wei.
///
/// | Quantity | Rounding |
/// |---|---|
/// | dollars filled | down, each request: what the gate allows * waiting / all that waits |
/// | money of a request | down: money that came * filled / all that was filled |
/// @dev What the rounding leaves of the gate is not used; what it leaves of the money stays here. The rate is that of the
/// fill, not that of the request. Dollars that wait still count as supply and bear every loss until they are filled.
/// @dev Warning: filling walks through all requests; {minRequest} keeps them few.
/// @custom:source docs/contracts/RedemptionQueue.md
interface IRedemptionQueue {
    /// @notice A request.
    /// @param owner Who may claim and cancel.
    /// @param requested Dollars asked for [wei].
    /// @param waiting Dollars not filled yet [wei].
    /// @param claimable Money to claim [token wei].
    /// @param claimed Money claimed so far [token wei].
    /// @param requestedAt When it was made [unix s].
    struct Request {
        address owner;
        uint256 requested;
        uint256 waiting;
        uint256 claimable;
        uint256 claimed;
        uint256 requestedAt;
    }

    /// @notice Emitted when dollars enter the queue.
    /// @param id Request.
    /// @param owner Who may claim.
    /// @param dollars Dollars [wei].
    event RedemptionRequested(uint256 indexed id, address indexed owner, uint256 dollars);

    /// @notice Emitted when a part of a request is filled.
    /// @param id Request.
    /// @param owner Who may claim.
    /// @param dollars Dollars filled [wei].
    /// @param assets Money to claim for it [token wei].
    event RequestFilled(uint256 indexed id, address indexed owner, uint256 dollars, uint256 assets);

    /// @notice Emitted when an epoch is filled.
    /// @param epoch Epoch.
    /// @param allowed Dollars that gate, cash and queue allowed [wei].
    /// @param filled Dollars filled [wei].
    /// @param assets Money that came [token wei].
    event EpochFilled(uint256 indexed epoch, uint256 allowed, uint256 filled, uint256 assets);

    /// @notice Emitted when money is claimed.
    /// @param id Request.
    /// @param to Who received it.
    /// @param assets Money [token wei].
    event RedemptionClaimed(uint256 indexed id, address indexed to, uint256 assets);

    /// @notice Emitted when dollars leave the queue unfilled.
    /// @param id Request.
    /// @param dollars Dollars given back [wei].
    event RequestCancelled(uint256 indexed id, uint256 dollars);

    /// @notice Raised when a request is below the minimum, or nothing.
    /// @param dollars Dollars [wei].
    /// @param minimum Least dollars [wei].
    error RedemptionQueueBelowMinimum(uint256 dollars, uint256 minimum);

    /// @notice Raised when the caller is not the owner of a request.
    /// @param caller Caller.
    /// @param owner Owner, zero when the request does not exist.
    error RedemptionQueueNotOwner(address caller, address owner);

    /// @notice Raised when there is nothing to claim, to cancel, or to fill with.
    error RedemptionQueueNothing();

    /// @notice Raised when the epoch has been filled.
    /// @param epoch Epoch.
    error RedemptionQueueEpochFilled(uint256 epoch);

    /// @notice Raised when the owner of a request is frozen.
    /// @param owner Owner.
    error RedemptionQueueFrozen(address owner);

    /// @notice Puts dollars of the caller into the queue.
    /// @dev Reverts with {RedemptionQueueBelowMinimum}.
    /// @param dollars Dollars [wei].
    /// @return id Request.
    function request(uint256 dollars) external returns (uint256 id);

    /// @notice Redeems dollars of the caller at once where gate, cash and queue allow all of it, else puts them into the
    /// queue.
    /// @dev Reverts as {request} does, or as the reserve does when redemptions are paused.
    /// @param dollars Dollars [wei].
    /// @return id Request, zero when paid at once.
    /// @return assets Money paid at once [token wei].
    function redeemOrRequest(uint256 dollars) external returns (uint256 id, uint256 assets);

    /// @notice Fills the requests of this epoch. Anybody, once an epoch, while banks are open.
    /// @dev Reverts with {RedemptionQueueEpochFilled}, or {RedemptionQueueNothing} when nobody waits or nothing can be
    /// paid.
    /// @return filled Dollars filled [wei].
    function fill() external returns (uint256 filled);

    /// @notice Pays what has been filled. Only the owner of the request, unless frozen.
    /// @param id Request.
    /// @param to Who receives the money.
    /// @return assets Money [token wei].
    function claim(uint256 id, address to) external returns (uint256 assets);

    /// @notice Takes dollars that wait out of the queue. Only the owner of the request.
    /// @param id Request.
    /// @return dollars Dollars given back [wei].
    function cancel(uint256 id) external returns (uint256 dollars);

    /// @notice Returns the reserve.
    /// @return Reserve.
    function reserve() external view returns (IDollarReserve);

    /// @notice Returns the dollar.
    /// @return Token.
    function dollar() external view returns (IDollar);

    /// @notice Returns the money.
    /// @return Token.
    function settlement() external view returns (IERC20);

    /// @notice Returns the least dollars of a request.
    /// @return Dollars [wei].
    function minRequest() external view returns (uint256);

    /// @notice Returns the dollars that wait.
    /// @return Dollars [wei].
    function totalWaiting() external view returns (uint256);

    /// @notice Returns the money that can be claimed.
    /// @return Money [token wei].
    function totalClaimable() external view returns (uint256);

    /// @notice Returns the number of requests ever made; they are numbered from 1.
    /// @return Number.
    function requestCount() external view returns (uint256);

    /// @notice Returns whether the present epoch has been filled.
    /// @return True when it has.
    function isEpochFilled() external view returns (bool);

    /// @notice Returns a request.
    /// @param id Request.
    /// @return The request.
    function requestOf(uint256 id) external view returns (Request memory);

    /// @notice Returns the requests of an owner that wait or can be claimed.
    /// @param owner Owner.
    /// @return Ids.
    function openRequestsOf(address owner) external view returns (uint256[] memory);

    /// @notice Returns the requests that wait, oldest first.
    /// @return Ids.
    function waitingIds() external view returns (uint256[] memory);
}
