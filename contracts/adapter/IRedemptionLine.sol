// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAdapterVault } from "./IAdapterVault.sol";

/// @title IRedemptionLine
/// @notice Where shares of a vault wait, first in, first out, until free assets redeem them at the rate of that moment.
/// @dev Requests are stretches of one line of shares. A fill redeems the next stretch and notes how many shares are filled
/// and what all of them were paid; between two fills what was paid is interpolated, rounded down:
/// `paid(x) = a0 + floor((x - s0) * (a1 - a0) / (s1 - s0))`. A claim pays `paid(end) - paid(start)` of what is filled of a
/// request, so that all claims together pay just what was filled.
/// @dev Warning: shares that wait bear every slash until they are filled.
/// @custom:source docs/contracts/RedemptionLine.md, section "Concepts"
interface IRedemptionLine {
    /// @notice A request.
    /// @param owner Whose it is.
    /// @param next First share of it that is not claimed, on the line.
    /// @param end Share after its last, on the line.
    struct Request {
        address owner;
        uint256 next;
        uint256 end;
    }

    /// @notice Emitted when shares begin to wait.
    /// @param id Number of the request, from 0.
    /// @param owner Whose it is.
    /// @param shares Shares.
    event RedemptionRequested(uint256 indexed id, address indexed owner, uint256 shares);

    /// @notice Emitted when shares are redeemed.
    /// @param shares Shares.
    /// @param assets Assets [token wei].
    event Filled(uint256 shares, uint256 assets);

    /// @notice Emitted when assets are paid.
    /// @param id Number of the request.
    /// @param receiver Receiver.
    /// @param assets Assets [token wei].
    event Claimed(uint256 indexed id, address indexed receiver, uint256 assets);

    /// @notice Raised when a request is of no shares.
    error RedemptionLineZeroShares();

    /// @notice Raised when nothing waits, or nothing is free for it.
    error RedemptionLineNothingToFill();

    /// @notice Raised when somebody else than its owner claims a request.
    /// @param id Number of the request.
    /// @param caller Caller.
    error RedemptionLineNotOwner(uint256 id, address caller);

    /// @notice Raised when nothing of a request is filled and not claimed.
    /// @param id Number of the request.
    error RedemptionLineNothingToClaim(uint256 id);

    /// @notice Takes shares of the caller, which wait from now on.
    /// @dev Reverts with {RedemptionLineZeroShares}.
    /// @param shares Shares.
    /// @param owner Whose the request is.
    /// @return id Its number, from 0.
    function requestRedeem(uint256 shares, address owner) external returns (uint256 id);

    /// @notice Redeems the shares that wait longest, as many as free assets allow; anybody may.
    /// @dev Reverts with {RedemptionLineNothingToFill}.
    /// @param maxShares Most shares.
    /// @return shares Shares redeemed.
    /// @return assets Assets they gave [token wei].
    function fill(uint256 maxShares) external returns (uint256 shares, uint256 assets);

    /// @notice Pays what is filled of a request and not claimed yet; only its owner.
    /// @dev Reverts with {RedemptionLineNotOwner} and {RedemptionLineNothingToClaim}.
    /// @param id Its number.
    /// @param receiver Receiver.
    /// @return assets Assets paid [token wei].
    function claim(uint256 id, address receiver) external returns (uint256 assets);

    /// @notice Returns the vault.
    /// @return Vault.
    function vault() external view returns (IAdapterVault);

    /// @notice Returns the length of the line so far.
    /// @return Shares ever requested.
    function totalShares() external view returns (uint256);

    /// @notice Returns how much of the line is filled.
    /// @return Shares.
    function filledShares() external view returns (uint256);

    /// @notice Returns a request.
    /// @param id Its number.
    /// @return Request; without owner where there is none.
    function requestOf(uint256 id) external view returns (Request memory);

    /// @notice Returns what a claim would pay now.
    /// @param id Number of the request.
    /// @return Assets [token wei].
    function claimable(uint256 id) external view returns (uint256);
}
