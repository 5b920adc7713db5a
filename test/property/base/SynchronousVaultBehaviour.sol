// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SynchronousVaultChecks } from "./SynchronousVaultChecks.sol";
import { VaultBehaviour } from "./VaultBehaviour.sol";

/// @title SynchronousVaultBehaviour
/// @notice {SynchronousVaultChecks}, each as a test of its own.
abstract contract SynchronousVaultBehaviour is VaultBehaviour, SynchronousVaultChecks {
    function testFuzz_WithdrawalIsAtMostItsPreview(uint256[4] memory seeds, uint256 amount) external {
        checkWithdrawalIsAtMostItsPreview(seeds, amount);
    }

    function testFuzz_RedemptionIsAtLeastItsPreview(uint256[4] memory seeds, uint256 amount) external {
        checkRedemptionIsAtLeastItsPreview(seeds, amount);
    }

    function testFuzz_LimitsOfExitAreKept(uint256[4] memory seeds, uint256 amount, bool isByShares) external {
        checkLimitsOfExitAreKept(seeds, amount, isByShares);
    }

    function testFuzz_OthersNeedAnAllowance(uint256[4] memory seeds, uint256 amount) external {
        checkOthersNeedAnAllowance(seeds, amount);
    }

    function testFuzz_OutAndInGainsNoShare(uint256[4] memory seeds, uint256 amount, bool isByShares) external {
        checkOutAndInGainsNoShare(seeds, amount, isByShares);
    }

    function testFuzz_MintAndWithdrawGainsNothing(uint256[4] memory seeds, uint256 amount) external {
        checkMintAndWithdrawGainsNothing(seeds, amount);
    }

    function testFuzz_ExitDilutesNobody(uint256[4] memory seeds, uint256 amount) external {
        checkExitDilutesNobody(seeds, amount);
    }

    function testFuzz_ExitIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isByShares) external {
        checkExitIsAnnounced(seeds, amount, isByShares);
    }

    function testFuzz_NoMoreSharesCouldBePaid(uint256[4] memory seeds, uint256 amount) external {
        checkNoMoreSharesCouldBePaid(seeds, amount);
    }
}
