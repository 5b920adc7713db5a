// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllocationManager__FloorsForSlashing } from "../../contracts/mocks/AllocationManager__FloorsForSlashing.sol";
import { AllocationManager__ForgetsForQueue } from "../../contracts/mocks/AllocationManager__ForgetsForQueue.sol";
import { Strategy__NoOffsetForInflation } from "../../contracts/mocks/Strategy__NoOffsetForInflation.sol";
import { IStrategy } from "../../contracts/restaking/IStrategy.sol";
import { Strategy } from "../../contracts/restaking/Strategy.sol";
import { ClockMode } from "../../contracts/types/ClockMode.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { RestakingLaws } from "./base/RestakingLaws.sol";

/// @notice Each faulty variant breaks a law that the real contract keeps in the same history.
contract FaultyVariantsTest is RestakingLaws {
    /* FAILURE PATH 1: a slash that rounds to zero */

    function test_SlashOfATinyAllocation_TakesItWhole() external {
        _play(_newAllocations());
        _slashTinyAllocation();
        _equal(_handler.slashes(), 1, "the slash went through");
    }

    function test_FlooredSlash_BreaksTheLawThatASlashTakesSomething() external {
        _play(new AllocationManager__FloorsForSlashing(address(this), ClockMode.BlockNumber, DELAY, DELAY + 5));
        try this.slashTinyAllocation() {
            revert AssertionFailed("the floored slash passed");
        } catch (bytes memory reason) {
            _check(bytes4(reason) == AssertionFailed.selector, "the handler names the broken law");
        }
    }

    function slashTinyAllocation() external {
        _slashTinyAllocation();
    }

    /* FAILURE PATH 8: a pending deallocation slashed to zero, then modified */

    function test_PendingSlashedToZero_KeepsTheQueueInOrder() external {
        _play(_newAllocations());
        _modifyAfterPendingWasSlashedAway();
        law_AllocationsStayWithinTheMaximum();
    }

    function test_ForgottenQueueEntry_BreaksTheLawOfEncumbrance() external {
        _play(new AllocationManager__ForgetsForQueue(address(this), ClockMode.BlockNumber, DELAY, DELAY + 5));
        _modifyAfterPendingWasSlashedAway();
        try this.law_AllocationsStayWithinTheMaximum() {
            revert AssertionFailed("the misordered queue passed");
        } catch (bytes memory reason) {
            _check(bytes4(reason) == NotEqual.selector, "what is encumbered is not what is allocated");
        }
    }

    /* FAILURE PATH 12: inflation by donation */

    function testFuzz_Donation_NeverPaysForTheAttacker(uint256 donation, uint256 brought) external {
        FreeToken asset = new FreeToken();
        (uint256 spent, uint256 got) = _attack(asset, new Strategy(asset, address(this)), donation, brought);
        _atMost(got, spent, "an attacker gets back at most what it put in");
    }

    function test_NoOffset_LetsTheAttackerTakeTheNextDeposit() external {
        FreeToken asset = new FreeToken();
        IStrategy faulty = new Strategy__NoOffsetForInflation(asset, address(this));
        (uint256 spent, uint256 got) = _attack(asset, faulty, 1e18, 1e18);
        _check(got > spent, "without an offset the donation pays");
    }

    /* INTERNAL */

    function _slashTinyAllocation() internal {
        _handler.deposit(4, 1e18);
        _handler.join(0, 0);
        _handler.allocate(0, 0, 1);
        _handler.slash(0, 0, 1);
    }

    function _modifyAfterPendingWasSlashedAway() internal {
        _handler.join(0, 0);
        _handler.join(0, 1);
        _handler.allocate(0, 0, 501);
        _handler.allocate(0, 1, 1000);
        _handler.pass(1);
        _handler.allocate(0, 0, 500);
        _handler.slash(0, 0, 5e17);
        _handler.allocate(0, 1, 400);
        _handler.pass(5);
        _handler.allocate(0, 0, 100);
        _handler.pass(6);
    }

    function _attack(
        FreeToken asset,
        IStrategy target,
        uint256 donation,
        uint256 brought
    ) internal returns (uint256 spent, uint256 got) {
        donation = _bound(donation, 1, 1e30);
        brought = _bound(brought, 1, 1e30);
        asset.mint(address(target), 1);
        uint256 shares = target.deposit(1);
        asset.mint(address(target), donation);
        spent = 1 + donation;

        asset.mint(address(target), brought);
        try target.deposit(brought) {
            // The victim is in, whatever for.
        } catch {
            // A refused deposit leaves the tokens with the victim.
            _VM.prank(address(target));
            asset.transfer(address(0x71c), brought);
        }
        uint256 payout = target.sharesToUnderlying(shares);
        got = payout > asset.balanceOf(address(target)) ? 0 : target.withdraw(address(0xbad), shares);
    }
}
