// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAllocationManager } from "../../contracts/restaking/IAllocationManager.sol";
import { IStrategy } from "../../contracts/restaking/IStrategy.sol";
import { OperatorSet } from "../../contracts/types/OperatorSet.sol";
import { CoreTest } from "./base/CoreTest.sol";
import { RestakingHandler } from "./handlers/RestakingHandler.sol";

contract RestakingInvariantsTest is CoreTest {
    RestakingHandler private _handler;
    IStrategy[] private _strategies;

    function setUp() external {
        _deployCore();
        _strategies.push(strategy);
        _handler = new RestakingHandler(core, token, strategy);
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](11);
        verbs[0] = RestakingHandler.deposit.selector;
        verbs[1] = RestakingHandler.delegate.selector;
        verbs[2] = RestakingHandler.undelegate.selector;
        verbs[3] = RestakingHandler.queueWithdrawal.selector;
        verbs[4] = RestakingHandler.completeWithdrawal.selector;
        verbs[5] = RestakingHandler.join.selector;
        verbs[6] = RestakingHandler.leave.selector;
        verbs[7] = RestakingHandler.allocate.selector;
        verbs[8] = RestakingHandler.slash.selector;
        verbs[9] = RestakingHandler.clear.selector;
        verbs[10] = RestakingHandler.pass.selector;
        _only(address(_handler), verbs);
    }

    function invariant_AllocationsStayWithinTheMaximum() external view {
        for (uint256 i = 0; i < _handler.operatorCount(); ++i) {
            address operator = _handler.operators(i);
            uint256 claimed;
            for (uint32 id = 0; id < _handler.SETS(); ++id) {
                IAllocationManager.Allocation memory allocation = core.allocationManager.allocationOf(
                    operator,
                    OperatorSet(address(_handler), id),
                    strategy
                );
                claimed += allocation.currentMagnitude;
                if (allocation.pendingDiff > 0) claimed += uint128(allocation.pendingDiff);
            }
            uint256 encumbered = core.allocationManager.encumberedMagnitude(operator, strategy);
            uint256 max = core.allocationManager.maxMagnitude(operator, strategy);
            _atMost(claimed, encumbered, "allocations fit into what is encumbered");
            _atMost(encumbered, max, "what is encumbered fits into the maximum");
            _atMost(max, 1e18, "the maximum is at most one");
        }
    }

    function invariant_OperatorSharesCoverWithdrawableShares() external view {
        for (uint256 i = 0; i < _handler.operatorCount(); ++i) {
            address operator = _handler.operators(i);
            uint256 withdrawable;
            for (uint256 j = 0; j < _handler.stakerCount(); ++j) {
                address staker = _handler.stakers(j);
                if (core.operatorDelegation.delegatedTo(staker) == operator) withdrawable += _withdrawable(staker);
            }
            _atMost(
                withdrawable,
                core.operatorDelegation.operatorShares(operator, strategy),
                "an operator's shares cover what its stakers can withdraw"
            );
        }
    }

    function invariant_StrategyTokensCoverEveryClaim() external view {
        uint256 claims = core.slasher.totalEscrowedShares(strategy);
        for (uint256 i = 0; i < _handler.stakerCount(); ++i) claims += _withdrawable(_handler.stakers(i));
        for (uint256 i = 0; i < _handler.openCount(); ++i) {
            (uint256[] memory releasable, ) = core.operatorDelegation.releasableShares(_handler.openWithdrawals(i));
            claims += releasable[0];
        }
        _atMost(claims, token.balanceOf(address(strategy)), "tokens held cover stakers, queue and escrow");
    }

    function invariant_TokensOutAreTokensInLessWhatIsHeld() external view {
        _equal(
            _handler.tokensIn(),
            _handler.tokensOut() + _handler.tokensBurned() + token.balanceOf(address(strategy)),
            "every token deposited is held, withdrawn or burned"
        );
    }

    function invariant_EscrowHoldsWhatWasSlashedAndNotCleared() external view {
        _equal(
            core.slasher.totalEscrowedShares(strategy),
            _handler.slashedShares() - _handler.clearedShares(),
            "escrow is slashed less cleared"
        );
    }

    function _withdrawable(address staker) internal view returns (uint256) {
        (uint256[] memory shares, ) = core.operatorDelegation.withdrawableShares(staker, _strategies);
        return shares[0];
    }
}
