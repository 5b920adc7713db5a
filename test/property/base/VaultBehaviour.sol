// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { VaultChecks } from "./VaultChecks.sol";

/// @title VaultBehaviour
/// @notice {VaultChecks}, each as a test of its own.
abstract contract VaultBehaviour is VaultChecks {
    function testFuzz_ViewsAnswer(uint256[4] memory seeds, uint256 amount, address anybody) external {
        checkViewsAnswer(seeds, amount, anybody);
    }

    function testFuzz_ConversionsRoundDownForAllAlike(uint256[4] memory seeds, uint256 amount, uint256 more) external {
        checkConversionsRoundDownForAllAlike(seeds, amount, more);
    }

    function testFuzz_DepositIsAtLeastItsPreview(uint256[4] memory seeds, uint256 amount) external {
        checkDepositIsAtLeastItsPreview(seeds, amount);
    }

    function testFuzz_MintIsAtMostItsPreview(uint256[4] memory seeds, uint256 amount) external {
        checkMintIsAtMostItsPreview(seeds, amount);
    }

    function testFuzz_LimitsOfEntryAreKept(uint256[4] memory seeds, uint256 amount) external {
        checkLimitsOfEntryAreKept(seeds, amount);
    }

    function testFuzz_EntryDilutesNobody(uint256[4] memory seeds, uint256 amount, bool isMint) external {
        checkEntryDilutesNobody(seeds, amount, isMint);
    }

    function testFuzz_EntryNeedsTheCallersMoney(uint256[4] memory seeds, uint256 amount) external {
        checkEntryNeedsTheCallersMoney(seeds, amount);
    }

    function testFuzz_EverybodysSharesAreCovered(uint256[4] memory seeds, uint256 amount) external {
        checkEverybodysSharesAreCovered(seeds, amount);
    }

    function testFuzz_InAndOutGainsNothing(uint256[4] memory seeds, uint256 amount) external {
        checkInAndOutGainsNothing(seeds, amount);
    }

    function testFuzz_InflationDoesNotPay(uint256 first, uint256 gift, uint256 brought) external {
        checkInflationDoesNotPay(first, gift, brought);
    }

    function testFuzz_RoomIsToldExactly(uint256[4] memory seeds, uint256 room, bool isMint) external {
        checkRoomIsToldExactly(seeds, room, isMint);
    }

    function testFuzz_EntryIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isMint) external {
        checkEntryIsAnnounced(seeds, amount, isMint);
    }

    function testFuzz_CallbacksSeeNoOtherPrice(uint256[4] memory seeds, uint256 amount) external {
        checkCallbacksSeeNoOtherPrice(seeds, amount);
    }

    function testFuzz_CallbacksGainNothing(uint256[4] memory seeds, uint256 amount, uint256 which) external {
        checkCallbacksGainNothing(seeds, amount, which);
    }
}
