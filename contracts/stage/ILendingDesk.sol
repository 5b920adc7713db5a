// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IReserveBook } from "../lending/IReserveBook.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";

/// @title ILendingDesk
/// @notice Owner of a world's lending books, rate models and insurance: its operators change one term at a time.
/// @dev A book takes all terms of an asset at once; the desk reads them first, in the same block, so that two changes in
/// one step do not undo each other. Only operators may act; everybody else gets {LendingDeskUnauthorized}. What the owned
/// contract refuses, the desk refuses with the same words.
/// @custom:source docs/contracts/Lens.md, section "Lending desk"
interface ILendingDesk {
    /// @notice Raised when somebody else than an operator acts.
    /// @param caller Who called.
    error LendingDeskUnauthorized(address caller);

    /// @notice Sets how much an asset counts as collateral outside of any e-mode.
    /// @param book Book, owned by the desk.
    /// @param asset Asset.
    /// @param risk Risk.
    function setRisk(IReserveBook book, address asset, IReserveBook.Risk calldata risk) external;

    /// @notice Sets an asset's caps.
    /// @param book Book, owned by the desk.
    /// @param asset Asset.
    /// @param supplyCap Most that may be supplied, zero for no cap [token wei].
    /// @param borrowCap Most that may be borrowed, zero for no cap [token wei].
    function setCaps(IReserveBook book, address asset, uint256 supplyCap, uint256 borrowCap) external;

    /// @notice Sets an asset's price feed.
    /// @param book Book, owned by the desk.
    /// @param asset Asset.
    /// @param feed Feed.
    function setFeed(IReserveBook book, address asset, IAggregatorV3 feed) external;

    /// @notice Makes any other call.
    /// @param target Contract, owned by the desk.
    /// @param data Call data.
    function execute(address target, bytes calldata data) external;

    /// @notice Returns whether an account may act.
    /// @param account Account.
    /// @return True when it may.
    function isOperator(address account) external view returns (bool);
}
