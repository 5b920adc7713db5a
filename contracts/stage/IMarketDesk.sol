// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAmplification } from "../amm/IAmplification.sol";
import { ICappedRateFeed } from "../oracle/ICappedRateFeed.sol";
import { IReportedFeed } from "../oracle/IReportedFeed.sol";

/// @title IMarketDesk
/// @notice Owner of a world's pools and price feeds: what its operator asks for is said in seconds from the very block.
/// @dev Reports and snapshots carry a time that no participant can know when a step is planned.
/// @dev Only the operator may act; everybody else gets {MarketDeskUnauthorized}. What the owned contract refuses, the
/// desk refuses with the same words.
/// @custom:source docs/contracts/Lens.md, section "Market desk"
interface IMarketDesk {
    /// @notice Raised when somebody else than the operator acts.
    /// @param caller Who called.
    /// @param operator Who may.
    error MarketDeskUnauthorized(address caller, address operator);

    /// @notice Reports a round.
    /// @param feed Feed, owned by the desk.
    /// @param answer Answer [10^decimals].
    /// @param age How old it says it is; at most the time since 1970 [s].
    function setAnswer(IReportedFeed feed, int256 answer, uint256 age) external;

    /// @notice Sets a snapshot; the growth stays.
    /// @param feed Feed, owned by the desk.
    /// @param ratio Rate at the snapshot; zero for the rate of this very block [WAD].
    /// @param age How old it says it is; at most the time since 1970 [s].
    function setSnapshot(ICappedRateFeed feed, uint256 ratio, uint256 age) external;

    /// @notice Ramps an amplification.
    /// @param pool Pool, owned by the desk.
    /// @param target Amplification at the end [100 times A].
    /// @param duration Time until then [s].
    function ramp(IAmplification pool, uint256 target, uint256 duration) external;

    /// @notice Makes any other call.
    /// @param target Contract, owned by the desk.
    /// @param data Call data.
    function execute(address target, bytes calldata data) external;
}
