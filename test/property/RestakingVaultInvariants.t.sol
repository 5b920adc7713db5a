// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IExitQueue } from "../../contracts/lrt/IExitQueue.sol";
import { IRestakingVault } from "../../contracts/lrt/IRestakingVault.sol";
import { VaultDelegator } from "../../contracts/lrt/VaultDelegator.sol";
import { RestakingVaultTest } from "./base/RestakingVaultTest.sol";
import { RestakingVaultHandler } from "./handlers/RestakingVaultHandler.sol";

/// @notice What holds after every step of a restaking vault's history, over the real core and its slashes.
abstract contract RestakingVaultLaws is RestakingVaultTest {
    function _play(IExitQueue.FreezePoint freezePoint) internal {
        _deployVault(freezePoint);
        _vault.setFeeCurve(IRestakingVault.FeeCurve(1e22, 1e12, 5, 100, address(0x7ea5)));
        _target(address(_handler));
        _chooseVerbs();
    }

    function _chooseVerbs() private {
        bytes4[] memory verbs = new bytes4[](13);
        verbs[0] = RestakingVaultHandler.deposit.selector;
        verbs[1] = RestakingVaultHandler.mint.selector;
        verbs[2] = RestakingVaultHandler.reward.selector;
        verbs[3] = RestakingVaultHandler.request.selector;
        verbs[4] = RestakingVaultHandler.claim.selector;
        verbs[5] = RestakingVaultHandler.process.selector;
        verbs[6] = RestakingVaultHandler.returnSurplus.selector;
        verbs[7] = RestakingVaultHandler.exitInstantly.selector;
        verbs[8] = RestakingVaultHandler.allocate.selector;
        verbs[9] = RestakingVaultHandler.unstake.selector;
        verbs[10] = RestakingVaultHandler.bringHome.selector;
        verbs[11] = RestakingVaultHandler.slash.selector;
        verbs[12] = RestakingVaultHandler.pass.selector;
        _only(address(_handler), verbs);
    }

    function invariant_SharesAreWorthAtMostTheAssets() external view {
        _atMost(_vault.convertToAssets(_vault.totalSupply()), _vault.totalAssets(), "all shares together are covered");
    }

    function invariant_ClaimableIsLocked() external view {
        uint256 owed;
        uint256 shares;
        for (uint256 id = 1; id <= _queue.lastRequestId(); ++id) {
            IExitQueue.Request memory request = _queue.getRequest(id);
            owed += request.claimable;
            if (!request.isFrozen) shares += request.shares;
        }
        _equal(owed, _queue.locked(), "what is fixed is locked");
        _equal(token.balanceOf(address(_queue)), _queue.locked() + _queue.surplus(), "what is locked is there");
        _equal(_vault.balanceOf(address(_queue)), shares, "shares of requests wait in the queue");
    }

    function invariant_TheBufferIsThereAndCoversWhatIsSetAside() external view {
        _atMost(_vault.buffer(), token.balanceOf(address(_vault)), "the buffer is really there");
        _atMost(_queue.reserved(), _vault.buffer(), "what is set aside is in the buffer");
        _atMost(_queue.filled(), _queue.toFill(), "no more is filled than is lacking");
        for (uint256 i = 0; i < 2; ++i) {
            VaultDelegator delegator = VaultDelegator(address(_vault.delegators().delegatorOf(_handler.operators(i))));
            _equal(token.balanceOf(address(delegator)), 0, "no delegator keeps assets to itself");
        }
    }

    function invariant_SharesAreConserved() external view {
        uint256 held = _vault.balanceOf(address(_queue)) + _vault.balanceOf(address(0xdead));
        for (uint256 i = 0; i < _handler.holderCount(); ++i) held += _vault.balanceOf(_handler.holders(i));
        _equal(held, _vault.totalSupply(), "every share has a holder");
    }

    function invariant_AssetsInAreOutHeldOrBurned() external view {
        _equal(
            _handler.assetsIn(),
            _handler.assetsOut() +
                _handler.assetsBurned() +
                token.balanceOf(address(_vault)) +
                token.balanceOf(address(_queue)) +
                token.balanceOf(address(strategy)),
            "every asset is held, paid out or burned"
        );
    }
}

contract RestakingVaultAtClaimTest is RestakingVaultLaws {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Claim);
    }
}

contract RestakingVaultAtUnlockTest is RestakingVaultLaws {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Unlock);
    }
}

contract RestakingVaultInBatchesTest is RestakingVaultLaws {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Batch);
    }
}

contract RestakingVaultAtFinalisationTest is RestakingVaultLaws {
    function setUp() external {
        _play(IExitQueue.FreezePoint.Finalisation);
    }
}
