// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IExitQueue } from "../../contracts/lrt/IExitQueue.sol";
import { AsynchronousVaultBehaviour } from "./base/AsynchronousVaultBehaviour.sol";
import { RestakingVaultTest } from "./base/RestakingVaultTest.sol";

/// @notice A liquid restaking token as anybody may test it by ERC-4626 and ERC-7540, restaked and slashed for real.
abstract contract RestakingVaultBehaviour is RestakingVaultTest, AsynchronousVaultBehaviour {
    function _play(IExitQueue.FreezePoint freezePoint) internal {
        _deployVault(freezePoint);
        _adopt(_vault, token);
    }

    /// @dev Part of it is restaked, an operator slashed, a reward paid, and part of the stake called home.
    function _happen(uint256[4] memory seeds) internal override {
        _handler.allocate(seeds[1]);
        if (seeds[2] % 4 > 0) _handler.slash(seeds[2], seeds[2] >> 2);
        if (seeds[3] % 4 > 0) _handler.reward(seeds[3] >> 2);
        _handler.unstake(seeds[0], seeds[3]);
        _handler.pass(15);
        _handler.bringHome();
    }

    function test_ItsHistoryIsSlashed() external {
        _live([uint256(1e24), 1e24, (1e17 << 2) + 1, 0]);
        _check(_handler.slashes() == 1 && subject.totalAssets() < 1e24, "a slash has taken of the assets");
    }

    /// @dev Where anybody may have settlements fixed, the asset's callback is a place to have it done.
    function test_WhatIsSettledInTheMidstOfADeposit_IsPaidInFull() external {
        _enter(BOB, BOB, 1e24);
        for (uint256 i = 0; i < 2; ++i) _request(BOB, BOB, BOB, 1e23);
        _handler.pass(15);
        _intrude(address(_queue), abi.encodeCall(_queue.process, (5)));
        money.setWatcher(this);
        _enter(ALICE, ALICE, 1e24);
        bool isFree =
            _queue.freezePoint() == IExitQueue.FreezePoint.Unlock ||
                _queue.freezePoint() == IExitQueue.FreezePoint.Batch;
        _check((intruded == 1) == isFree, "the settlement is fixed in the midst where anybody may");
        _settle();
        _equal(subject.maxWithdraw(BOB), 2e23, "and nothing is lost by it");
    }

    function _leaveRoom(uint256 room) internal override returns (bool) {
        _vault.setDepositLimit(_vault.totalAssets() + room);
        return true;
    }

    /// @dev What anybody may call of the vault and of its parts.
    function _intrusionOf(
        uint256 which,
        uint256 assets,
        uint256 shares
    ) internal override returns (address target, bytes memory call) {
        if (which % 8 < 4) return super._intrusionOf(which, assets, shares);
        if (which % 8 == 4) return (address(_vault), abi.encodeCall(_vault.requestRedeem, (shares, ALICE, ALICE)));
        if (which % 8 == 5) return (address(_vault), abi.encodeCall(_vault.redeemInstant, (shares, ALICE, ALICE, 0)));
        if (which % 8 == 6) return (address(_queue), abi.encodeCall(_queue.process, (5)));
        return (address(_queue), abi.encodeCall(_queue.returnSurplus, ()));
    }

    /// @dev Everything is called home first: by then it has waited long enough, too.
    function _settle() internal override {
        _handler.unstake(0, type(uint256).max);
        _handler.unstake(1, type(uint256).max);
        _handler.pass(15);
        _handler.bringHome();
        _queue.fill();
        if (_queue.freezePoint() == IExitQueue.FreezePoint.Claim) return;
        _VM.prank(address(_handler));
        _queue.process(5);
    }
}

contract RestakingVaultBehaviourAtClaimTest is RestakingVaultBehaviour {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Claim);
    }
}

contract RestakingVaultBehaviourAtUnlockTest is RestakingVaultBehaviour {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Unlock);
    }
}

contract RestakingVaultBehaviourInBatchesTest is RestakingVaultBehaviour {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Batch);
    }
}

contract RestakingVaultBehaviourAtFinalisationTest is RestakingVaultBehaviour {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Finalisation);
    }
}
