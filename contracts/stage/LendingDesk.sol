// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Address } from "@openzeppelin/contracts/utils/Address.sol";

import { IReserveBook } from "../lending/IReserveBook.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { ILendingDesk } from "./ILendingDesk.sol";

/// @title LendingDesk
/// @notice See {ILendingDesk}.
/// @custom:source docs/contracts/Lens.md, section "Lending desk"
contract LendingDesk is ILendingDesk {
    /* STORAGE */

    /// @inheritdoc ILendingDesk
    mapping(address account => bool isOperator) public isOperator;

    /* MODIFIERS */

    modifier onlyOperator() {
        require(isOperator[msg.sender], LendingDeskUnauthorized(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Opens the desk.
    /// @param operators Who may act.
    constructor(address[] memory operators) {
        for (uint256 k = 0; k < operators.length; ++k) isOperator[operators[k]] = true;
    }

    /* EXTERNAL */

    /// @inheritdoc ILendingDesk
    function setRisk(IReserveBook book, address asset, IReserveBook.Risk calldata risk) external onlyOperator {
        IReserveBook.Listing memory listing = book.termsOf(asset).listing;
        listing.risk = risk;
        book.setTerms(asset, listing);
    }

    /// @inheritdoc ILendingDesk
    function setCaps(IReserveBook book, address asset, uint256 supplyCap, uint256 borrowCap) external onlyOperator {
        IReserveBook.Listing memory listing = book.termsOf(asset).listing;
        (listing.supplyCap, listing.borrowCap) = (supplyCap, borrowCap);
        book.setTerms(asset, listing);
    }

    /// @inheritdoc ILendingDesk
    function setFeed(IReserveBook book, address asset, IAggregatorV3 feed) external onlyOperator {
        IReserveBook.Listing memory listing = book.termsOf(asset).listing;
        listing.feed = feed;
        book.setTerms(asset, listing);
    }

    /// @inheritdoc ILendingDesk
    function execute(address target, bytes calldata data) external onlyOperator {
        Address.functionCall(target, data);
    }
}
