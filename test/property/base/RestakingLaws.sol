// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllocationManager } from "../../../contracts/restaking/AllocationManager.sol";
import { IAllocationManager } from "../../../contracts/restaking/IAllocationManager.sol";
import { IStrategy } from "../../../contracts/restaking/IStrategy.sol";
import { RestakingManager } from "../../../contracts/restaking/RestakingManager.sol";
import { Strategy } from "../../../contracts/restaking/Strategy.sol";
import { OperatorSet } from "../../../contracts/types/OperatorSet.sol";
import { RestakingHandler } from "../handlers/RestakingHandler.sol";
import { CoreTest, FreeToken } from "./CoreTest.sol";

/// @title RestakingLaws
/// @notice What holds after every step of a restaking history, whoever plays it.
abstract contract RestakingLaws is CoreTest {
    RestakingHandler internal _handler;
    IStrategy[] private _strategies;

    /// @notice Deploys the core around one kind of allocation manager and lets a handler loose on it.
    function _play(AllocationManager allocations) internal {
        FreeToken token_ = new FreeToken();
        RestakingManager manager = new RestakingManager(address(this));
        _deployCore(allocations, new Strategy(token_, address(manager)), token_);
        _strategies.push(strategy);
        _handler = new RestakingHandler(core, token, strategy);
    }

    function law_AllocationsStayWithinTheMaximum() public view {
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
            _equal(claimed, encumbered, "what is encumbered is what is allocated or about to be");
            _atMost(encumbered, max, "what is encumbered fits into the maximum");
            _atMost(max, 1e18, "the maximum is at most one");
        }
    }

    function law_OperatorSharesCoverWithdrawableShares() public view {
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

    function law_StrategyTokensCoverEveryClaim() public view {
        uint256 claims = core.slasher.totalEscrowedShares(strategy);
        for (uint256 i = 0; i < _handler.stakerCount(); ++i) claims += _withdrawable(_handler.stakers(i));
        for (uint256 i = 0; i < _handler.openCount(); ++i) {
            (uint256[] memory releasable, ) = core.operatorDelegation.releasableShares(_handler.openWithdrawals(i));
            claims += releasable[0];
        }
        _atMost(claims, token.balanceOf(address(strategy)), "tokens held cover stakers, queue and escrow");
    }

    function law_TokensOutAreTokensInLessWhatIsHeld() public view {
        _equal(
            _handler.tokensIn(),
            _handler.tokensOut() + _handler.tokensBurned() + token.balanceOf(address(strategy)),
            "every token deposited is held, withdrawn or burned"
        );
    }

    function law_EscrowHoldsWhatWasSlashedAndNotCleared() public view {
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
