// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RestakingLaws } from "./base/RestakingLaws.sol";
import { RestakingHandler } from "./handlers/RestakingHandler.sol";

contract RestakingInvariantsTest is RestakingLaws {
    function setUp() external {
        _play(_newAllocations());
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](11);
        verbs[0] = RestakingHandler.deposit.selector;
        verbs[1] = RestakingHandler.delegate.selector;
        verbs[2] = RestakingHandler.undelegate.selector;
        verbs[3] = RestakingHandler.queueWithdrawal.selector;
        verbs[4] = RestakingHandler.completeWithdrawal.selector;
        verbs[5] = RestakingHandler.join.selector;
        verbs[6] = RestakingHandler.leaveSet.selector;
        verbs[7] = RestakingHandler.allocate.selector;
        verbs[8] = RestakingHandler.slash.selector;
        verbs[9] = RestakingHandler.clear.selector;
        verbs[10] = RestakingHandler.pass.selector;
        _only(address(_handler), verbs);
    }

    function invariant_AllocationsStayWithinTheMaximum() external view {
        law_AllocationsStayWithinTheMaximum();
    }

    function invariant_OperatorSharesCoverWithdrawableShares() external view {
        law_OperatorSharesCoverWithdrawableShares();
    }

    function invariant_StrategyTokensCoverEveryClaim() external view {
        law_StrategyTokensCoverEveryClaim();
    }

    function invariant_TokensOutAreTokensInLessWhatIsHeld() external view {
        law_TokensOutAreTokensInLessWhatIsHeld();
    }

    function invariant_EscrowHoldsWhatWasSlashedAndNotCleared() external view {
        law_EscrowHoldsWhatWasSlashedAndNotCleared();
    }
}
