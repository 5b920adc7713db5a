// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IAmplification } from "../amm/IAmplification.sol";
import { ICappedRateFeed } from "../oracle/ICappedRateFeed.sol";
import { IReportedFeed } from "../oracle/IReportedFeed.sol";
import { IMarketDesk } from "./IMarketDesk.sol";

/// @title MarketDesk
/// @notice See {IMarketDesk}.
/// @custom:source docs/contracts/Lens.md, section "Market desk"
contract MarketDesk is IMarketDesk {
    /* IMMUTABLES */

    /// @notice Who may act.
    address public immutable operator;

    /* MODIFIERS */

    modifier onlyOperator() {
        require(msg.sender == operator, MarketDeskUnauthorized(msg.sender, operator));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Opens the desk.
    /// @param operator_ Who may act.
    constructor(address operator_) {
        operator = operator_;
    }

    /* EXTERNAL */

    /// @inheritdoc IMarketDesk
    function setAnswer(IReportedFeed feed, int256 answer, uint256 age) external onlyOperator {
        feed.setRound(answer, Math.saturatingSub(block.timestamp, age));
    }

    /// @inheritdoc IMarketDesk
    function setSnapshot(ICappedRateFeed feed, uint256 ratio, uint256 age) external onlyOperator {
        ICappedRateFeed.Snapshot memory snapshot = feed.snapshot();
        snapshot.ratio = ratio == 0 ? feed.rateSource().rate() : ratio;
        snapshot.takenAt = Math.saturatingSub(block.timestamp, age);
        feed.setSnapshot(snapshot);
    }

    /// @inheritdoc IMarketDesk
    function ramp(IAmplification pool, uint256 target, uint256 duration) external onlyOperator {
        pool.rampAmp(target, block.timestamp + duration);
    }

    /// @inheritdoc IMarketDesk
    function execute(address target, bytes calldata data) external onlyOperator {
        Address.functionCall(target, data);
    }
}
