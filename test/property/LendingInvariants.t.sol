// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILendingLedger } from "../../contracts/lending/ILendingLedger.sol";
import { LendingTest } from "./base/LendingTest.sol";
import { LendingHandler } from "./handlers/LendingHandler.sol";

contract LendingInvariantsTest is LendingTest {
    LendingHandler private _handler;

    function setUp() external {
        _deployLending();
        _handler = new LendingHandler(pool, tokens, feeds, claims);
        for (uint256 k = 0; k < 2; ++k) feeds[k].transferOwnership(address(_handler));
        for (uint256 k = 0; k < 2; ++k) {
            _VM.prank(address(_handler));
            feeds[k].acceptOwnership();
        }
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](10);
        verbs[0] = LendingHandler.supply.selector;
        verbs[1] = LendingHandler.withdraw.selector;
        verbs[2] = LendingHandler.borrow.selector;
        verbs[3] = LendingHandler.repay.selector;
        verbs[4] = LendingHandler.transfer.selector;
        verbs[5] = LendingHandler.eliminate.selector;
        verbs[6] = LendingHandler.mintToTreasury.selector;
        verbs[7] = LendingHandler.setPrice.selector;
        verbs[8] = LendingHandler.wait.selector;
        verbs[9] = LendingHandler.liquidate.selector;
        _only(address(_handler), verbs);
    }

    function invariant_ScaledBalancesSumUp() external view {
        for (uint256 k = 0; k < 2; ++k) {
            address asset = address(tokens[k]);
            ILendingLedger.Reserve memory books = pool.reserveOf(asset);
            uint256 supplied = pool.positionOf(asset, TREASURY).scaledSupply;
            uint256 owed = 0;
            for (uint256 j = 0; j < 4; ++j) {
                ILendingLedger.Position memory position = pool.positionOf(asset, _handler.user(j));
                supplied += position.scaledSupply;
                owed += position.scaledDebt;
            }
            _equal(supplied, books.scaledSupply, "the supply is what accounts have");
            _equal(owed, books.scaledDebt, "the debt is what accounts owe");
        }
    }

    function invariant_CashIsThere() external view {
        for (uint256 k = 0; k < 2; ++k) {
            uint256 held = tokens[k].balanceOf(address(pool));
            _equal(pool.reserveOf(address(tokens[k])).cash, held, "what is counted is what the pool holds");
        }
    }

    function invariant_ClaimsAreCovered() external view {
        for (uint256 k = 0; k < 2; ++k) {
            address asset = address(tokens[k]);
            ILendingLedger.Reserve memory books = pool.reserveOf(asset);
            uint256 backing = books.cash + pool.totalDebtOf(asset) + books.deficit;
            uint256 owed = pool.totalSupplyOf(asset) + pool.treasuryAccrualOf(asset);
            // A unit of rounding for each call of a run.
            _atMost(owed, backing + 64, "cash, debt and deficit cover supply and treasury");
        }
    }

    function invariant_LiquidationsKeepTheirTerms() external view {
        _check(!_handler.wasHealthy(), "no healthy account is liquidated");
        _atMost(_handler.greatestExcess(), 1, "what is seized is worth debt and bonus at most");
        // What a scaled unit of debt is worth, and a unit for each reserve.
        _atMost(_handler.greatestGap(), 16, "debt is repaid, written off, or still owed");
    }
}
