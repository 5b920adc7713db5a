// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AsynchronousVaultChecks } from "./AsynchronousVaultChecks.sol";
import { VaultBehaviour } from "./VaultBehaviour.sol";

/// @title AsynchronousVaultBehaviour
/// @notice {AsynchronousVaultChecks}, each as a test of its own.
abstract contract AsynchronousVaultBehaviour is VaultBehaviour, AsynchronousVaultChecks {
    function test_InterfacesAreDeclared() external view {
        checkInterfacesAreDeclared();
    }

    function testFuzz_PreviewsOfExitRevert(uint256[4] memory seeds, uint256 amount) external {
        checkPreviewsOfExitRevert(seeds, amount);
    }

    function testFuzz_OperatorsComeAndGo(address operator, address stranger) external {
        checkOperatorsComeAndGo(operator, stranger);
    }

    function testFuzz_RequestTakesTheShares(uint256[4] memory seeds, uint256 amount, uint256 part) external {
        checkRequestTakesTheShares(seeds, amount, part);
    }

    function testFuzz_RequestNeedsTheOwnersWill(uint256[4] memory seeds, uint256 amount) external {
        checkRequestNeedsTheOwnersWill(seeds, amount);
    }

    function testFuzz_OperatorRequestsWithoutAllowance(uint256[4] memory seeds, uint256 amount) external {
        checkOperatorRequestsWithoutAllowance(seeds, amount);
    }

    function testFuzz_RequestsBecomeClaimableWhole(uint256[4] memory seeds, uint256 amount, uint256 part) external {
        checkRequestsBecomeClaimableWhole(seeds, amount, part);
    }

    function testFuzz_ClaimNeedsTheControllersWill(uint256[4] memory seeds, uint256 amount) external {
        checkClaimNeedsTheControllersWill(seeds, amount);
    }

    function testFuzz_ClaimsAddUp(uint256[4] memory seeds, uint256 amount, uint256 part, bool isByShares) external {
        checkClaimsAddUp(seeds, amount, part, isByShares);
    }

    function testFuzz_LargestWithdrawalWorks(uint256[4] memory seeds, uint256 amount) external {
        checkLargestWithdrawalWorks(seeds, amount);
    }

    function testFuzz_WhoWaitsTakesNothingFromWhoStays(uint256[4] memory seeds, uint256 amount) external {
        checkWhoWaitsTakesNothingFromWhoStays(seeds, amount);
    }

    function testFuzz_EachStepIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isByShares) external {
        checkEachStepIsAnnounced(seeds, amount, isByShares);
    }

    function testFuzz_EndlessAllowanceStays(uint256[4] memory seeds, uint256 amount) external {
        checkEndlessAllowanceStays(seeds, amount);
    }

    function testFuzz_AnyPartCanBeClaimed(
        uint256[4] memory seeds,
        uint256 amount,
        uint256 part,
        bool isByShares
    ) external {
        checkAnyPartCanBeClaimed(seeds, amount, part, isByShares);
    }
}
