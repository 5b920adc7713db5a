// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRestakingVault } from "./IRestakingVault.sol";

/// @title IExitQueue
/// @notice Where redemptions of a restaking vault wait, first in, first out: each pays the lesser of its quote and its
/// settlement, and what is queued earns no growth.
/// @dev Units: assets in wei of the vault's asset; shares with 18 decimals; times in clock units.
///
/// | Quantity | Rounding |
/// |---|---|
/// | quote and settlement of a request, `floor(shares * price)` | down |
/// | settlement at a finalised rate, `floor(shares * R / 1e18)`, where `R` itself is rounded up | down |
/// | assets for part of a request | down |
/// | shares for assets of a request | up |
/// | what is left of a quote after a part is claimed | down |
/// @dev Freeze points, where a request's settlement is fixed. *Claim*: nowhere before it is paid; the buffer is set aside
/// for it in the order of arrival. *Unlock*: by {process}, one request after the other, stopping at the first that the
/// buffer cannot pay. *Batch*: by {process}, so many requests at a time and only a full batch; the lesser of the batch's
/// quotes together and its shares' worth is taken out, and what its requests do not get of it goes back. *Finalisation*:
/// by {process}, which only the curator may call, at one rate for all, rounded up.
/// @dev Deficit, with freeze point Claim. A request that the free buffer covers is set aside at once. Another adds its
/// quote to {toFill} and waits until {filled} has reached that sum; the free buffer, and then every asset that comes
/// into it, fills the deficit before anything else.
/// @dev The shares wait here and are burned when the settlement is fixed; the assets of a fixed settlement wait here too,
/// so that no later slash reaches them.
/// @custom:source docs/contracts/ExitQueue.md
interface IExitQueue {
    /// @notice Where the settlement of a request is fixed.
    enum FreezePoint {
        Claim,
        Unlock,
        Batch,
        Finalisation
    }

    /// @notice A request.
    /// @param controller Who may claim.
    /// @param requestedAt When it was made [clock].
    /// @param isFrozen True once its settlement is fixed.
    /// @param shares Shares not claimed yet.
    /// @param quote What was asked for: what the shares were worth then, or a wei or so more [wei].
    /// @param fillAt Sum that {filled} must reach, zero when the buffer covered it at once [wei].
    /// @param claimable Settlement not claimed yet, zero before it is fixed [wei].
    struct Request {
        address controller;
        uint48 requestedAt;
        bool isFrozen;
        uint256 shares;
        uint256 quote;
        uint256 fillAt;
        uint256 claimable;
    }

    /// @notice Emitted when a request joins the queue.
    /// @param id Request, from 1 on without gaps.
    /// @param controller Who may claim.
    /// @param shares Shares.
    /// @param quote What they are worth now [wei].
    /// @param fillAt Sum that {filled} must reach, zero for none [wei].
    event RedemptionQueued(
        uint256 indexed id,
        address indexed controller,
        uint256 shares,
        uint256 quote,
        uint256 fillAt
    );

    /// @notice Emitted when the settlement of a request is fixed.
    /// @param id Request.
    /// @param quote What it was quoted [wei].
    /// @param assets What it will be paid [wei].
    event RedemptionFrozen(uint256 indexed id, uint256 quote, uint256 assets);

    /// @notice Emitted when a request, or part of it, is paid.
    /// @param id Request.
    /// @param receiver Who was paid.
    /// @param shares Shares redeemed.
    /// @param assets Assets paid [wei].
    event RedemptionClaimed(uint256 indexed id, address indexed receiver, uint256 shares, uint256 assets);

    /// @notice Emitted when a batch is finalised.
    /// @param firstId First of its requests.
    /// @param lastId Last of its requests.
    /// @param taken Assets taken out of the buffer [wei].
    /// @param surplus What its requests do not get of them [wei].
    event BatchFinalised(uint256 indexed firstId, uint256 indexed lastId, uint256 taken, uint256 surplus);

    /// @notice Emitted when assets are set aside for the deficit.
    /// @param assets Assets [wei].
    /// @param filled Sum set aside so far [wei].
    event DeficitFilled(uint256 assets, uint256 filled);

    /// @notice Emitted when a surplus goes back to the buffer.
    /// @param assets Assets [wei].
    event SurplusReturned(uint256 assets);

    /// @notice Raised when anyone but the vault calls.
    /// @param caller Who called.
    /// @param vault Who may.
    error ExitQueueOnlyVault(address caller, address vault);

    /// @notice Raised when anyone but the curator finalises.
    /// @param caller Who called.
    /// @param curator Who may.
    error ExitQueueOnlyCurator(address caller, address curator);

    /// @notice Raised when there is nothing to process in this mode: with freeze point Claim.
    error ExitQueueNothingToProcess();

    /// @notice Raised when a request is too small.
    /// @param shares Shares asked for.
    /// @param minimum Least shares of a request.
    error ExitQueueBelowMinimum(uint256 shares, uint256 minimum);

    /// @notice Raised when a controller claims more shares than it can.
    /// @param controller Controller.
    /// @param requested Shares asked for.
    /// @param available Shares it can claim.
    error ExitQueueInsufficientShares(address controller, uint256 requested, uint256 available);

    /// @notice Raised when a controller claims more assets than it can.
    /// @param controller Controller.
    /// @param requested Assets asked for [wei].
    /// @param available Assets it can claim [wei].
    error ExitQueueInsufficientAssets(address controller, uint256 requested, uint256 available);

    /// @notice Raised when a request cannot be claimed now.
    /// @param id Request.
    error ExitQueueNotClaimable(uint256 id);

    /// @notice Raised when there is no such request.
    /// @param id Request asked for.
    /// @param lastId Last request there is.
    error ExitQueueUnknownRequest(uint256 id, uint256 lastId);

    /// @notice Raised when a controller has as many open requests from others as it may have.
    /// @param controller Controller.
    /// @param maximum Most of them.
    error ExitQueueTooManyGifts(address controller, uint256 maximum);

    /// @notice Raised when batches would have no request.
    error ExitQueueEmptyBatch();

    /// @notice Takes a request whose shares were sent here before. Only the vault.
    /// @dev Reverts with {ExitQueueBelowMinimum} or {ExitQueueTooManyGifts}.
    /// @param controller Who may claim.
    /// @param shares Shares.
    /// @param quote What they are worth now [wei].
    /// @param isGift Whether neither the controller nor its operator asked, nor were the shares the controller's.
    /// @return id Request.
    function enqueue(address controller, uint256 shares, uint256 quote, bool isGift) external returns (uint256 id);

    /// @notice Pays the oldest claimable requests of a controller. Only the vault.
    /// @dev Reverts with {ExitQueueInsufficientShares}.
    /// @param controller Controller.
    /// @param shares Shares to redeem.
    /// @param receiver Who is paid.
    /// @return assets Assets paid [wei].
    function claimShares(address controller, uint256 shares, address receiver) external returns (uint256 assets);

    /// @notice Pays the oldest claimable requests of a controller. Only the vault.
    /// @dev Reverts with {ExitQueueInsufficientAssets}.
    /// @param controller Controller.
    /// @param assets Assets to pay [wei].
    /// @param receiver Who is paid.
    /// @return shares Shares redeemed.
    function claimAssets(address controller, uint256 assets, address receiver) external returns (uint256 shares);

    /// @notice Pays one request whole. Only the vault.
    /// @dev Reverts with {ExitQueueNotClaimable}.
    /// @param id Request.
    /// @param receiver Who is paid.
    /// @return assets Assets paid [wei].
    function claimRequest(uint256 id, address receiver) external returns (uint256 assets);

    /// @notice Sets the free buffer aside for the deficit; anybody may call, the vault does whenever assets come in.
    /// @return assets Assets set aside [wei].
    function fill() external returns (uint256 assets);

    /// @notice Fixes the settlement of the oldest requests that are due and that the buffer can pay. Anybody may call, with
    /// freeze point Finalisation only the curator.
    /// @dev Reverts with {ExitQueueNothingToProcess}, {ExitQueueOnlyCurator}, or as {INavOracle-checkOpen} does.
    /// @param maxCount Most requests, or batches, to process.
    /// @return count Requests processed.
    function process(uint256 maxCount) external returns (uint256 count);

    /// @notice Sends back to the buffer what finalised batches did not pay out; anybody may call.
    /// @return assets Assets sent [wei].
    function returnSurplus() external returns (uint256 assets);

    /// @notice Returns a request.
    /// @dev Reverts with {ExitQueueUnknownRequest}.
    /// @param id Request.
    /// @return The request.
    function getRequest(uint256 id) external view returns (Request memory);

    /// @notice Returns the requests of a controller that are not claimed whole.
    /// @param controller Controller.
    /// @return Ids, oldest first.
    function requestsOf(address controller) external view returns (uint256[] memory);

    /// @notice Returns whether a request can be claimed now.
    /// @param id Request.
    /// @return True when it can.
    function isClaimable(uint256 id) external view returns (bool);

    /// @notice Returns what a request would pay, were it settled now; what it will pay once that is fixed.
    /// @param id Request.
    /// @return Assets [wei].
    function worthOf(uint256 id) external view returns (uint256);

    /// @notice Returns what a request settles at: the lesser of its quote and what its shares are worth.
    /// @param shares Shares.
    /// @param quote Quote [wei].
    /// @param worth Worth of the shares at the settlement [wei].
    /// @return Assets [wei].
    function settlementOf(uint256 shares, uint256 quote, uint256 worth) external view returns (uint256);

    /// @notice Returns what a controller can claim.
    /// @param controller Controller.
    /// @return shares Shares.
    /// @return assets Assets [wei].
    function claimableOf(address controller) external view returns (uint256 shares, uint256 assets);

    /// @notice Returns where settlements are fixed.
    /// @return Freeze point.
    function freezePoint() external view returns (FreezePoint);

    /// @notice Returns the vault.
    /// @return Vault.
    function vault() external view returns (IRestakingVault);

    /// @notice Returns the last request.
    /// @return Id, zero when there is none.
    function lastRequestId() external view returns (uint256);

    /// @notice Returns the last request whose settlement is fixed; zero with freeze point Claim.
    /// @return Id, zero when there is none.
    function lastFrozenId() external view returns (uint256);

    /// @notice Returns the instants a request waits at least.
    /// @return Delay [clock units].
    function delay() external view returns (uint48);

    /// @notice Returns the sum that was set aside for requests the buffer did not cover at once.
    /// @return Assets [wei].
    function filled() external view returns (uint256);

    /// @notice Returns the sum of the quotes of all requests that the buffer did not cover at once.
    /// @return Assets [wei].
    function toFill() external view returns (uint256);

    /// @notice Returns the part of the vault's buffer that is set aside for requests; with freeze point Claim only.
    /// @return Assets [wei].
    function reserved() external view returns (uint256);

    /// @notice Returns what the buffer lacks to pay every quote.
    /// @return Assets [wei].
    function deficit() external view returns (uint256);

    /// @notice Returns the sum of the quotes of all requests whose settlement is not fixed.
    /// @return Assets [wei].
    function pendingQuotes() external view returns (uint256);

    /// @notice Returns the assets held here for fixed settlements.
    /// @return Assets [wei].
    function locked() external view returns (uint256);

    /// @notice Returns the assets held here that no request gets: part of the vault's assets.
    /// @return Assets [wei].
    function surplus() external view returns (uint256);
}
