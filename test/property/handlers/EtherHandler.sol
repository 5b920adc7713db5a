// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMockPod } from "../../../contracts/restaking/IMockPod.sol";
import { IStrategy } from "../../../contracts/restaking/IStrategy.sol";
import { RestakingManager } from "../../../contracts/restaking/RestakingManager.sol";
import { Strategy } from "../../../contracts/restaking/Strategy.sol";
import { Call } from "../../../contracts/stage/IActor.sol";
import { StageAction } from "../../../contracts/stage/IStage.sol";
import { Stage } from "../../../contracts/stage/Stage.sol";
import { WrappedEther } from "../../../contracts/tokens/WrappedEther.sol";
import { CoreTest, FreeToken } from "../base/CoreTest.sol";

/// @title EtherHandler
/// @notice Plays actors on a stage who wrap and unwrap ether, send it to their pods, and withdraw what their pods have.
contract EtherHandler is CoreTest {
    Stage public immutable stage;
    WrappedEther public immutable weth = new WrappedEther();
    address[] public actors;
    uint256 public brought;

    constructor() {
        FreeToken token_ = new FreeToken();
        RestakingManager manager = new RestakingManager(address(this));
        _deployCore(_newAllocations(), new Strategy(token_, address(manager)), token_);
        stage = new Stage(address(this));
        actors = stage.createActors(3);
        for (uint256 k = 0; k < 3; ++k)
            _perform(k, address(core.podManager), 0, abi.encodeCall(core.podManager.createPod, ()));
    }

    /* VERBS */

    function fund(uint256 which, uint256 amount) external {
        amount = _bound(amount, 1, 1e21);
        (address payable[] memory to, uint256[] memory amounts) = (new address payable[](1), new uint256[](1));
        (to[0], amounts[0]) = (payable(actors[which % 3]), amount);
        _VM.deal(address(this), amount);
        stage.fund{ value: amount }(to, amounts);
        brought += amount;
    }

    function wrap(uint256 which, uint256 amount, bool isSent) external {
        amount = _bound(amount, 0, actors[which % 3].balance);
        _perform(which, address(weth), amount, isSent ? bytes("") : abi.encodeCall(weth.wrap, ()));
    }

    /// @notice Unwraps, now and then more than is held, which changes nothing.
    function unwrap(uint256 which, uint256 amount) external {
        amount = _bound(amount, 0, weth.balanceOf(actors[which % 3]) + 1);
        _perform(which, address(weth), 0, abi.encodeCall(weth.unwrap, (amount)));
    }

    function sendToPod(uint256 which, uint256 amount) external {
        _perform(which, address(pod(which)), _bound(amount, 0, actors[which % 3].balance), "");
    }

    function validate(uint256 which, uint256 balanceGwei) external {
        pod(which).reportValidator(1, uint64(_bound(balanceGwei, 0, 64e9)), false);
        _perform(which, address(pod(which)), 0, abi.encodeCall(IMockPod.verifyValidator, (1)));
    }

    function count(uint256 which) external {
        _perform(which, address(pod(which)), 0, abi.encodeCall(IMockPod.checkpoint, ()));
    }

    /// @notice Asks for some of what a pod is worth, waits, and takes it, as far as the pod has it.
    function withdraw(uint256 which, uint256 shares) external {
        (IStrategy[] memory strategies, uint256[] memory amounts) = (new IStrategy[](1), new uint256[](1));
        strategies[0] = core.podManager.beaconStrategy();
        uint256 most = core.podManager.depositSharesOf(actors[which % 3], strategies[0]);
        if (most == 0) return;
        amounts[0] = _bound(shares, 1, most);
        address delegation = address(core.operatorDelegation);
        _perform(which, delegation, 0, abi.encodeCall(core.operatorDelegation.queueWithdrawal, (strategies, amounts)));
        _VM.roll(_VM.getBlockNumber() + DELAY + 1);
        uint256[] memory ids = core.operatorDelegation.withdrawalsOf(actors[which % 3]);
        for (uint256 k = 0; k < ids.length; ++k) {
            bytes memory data = abi.encodeCall(core.operatorDelegation.completeWithdrawal, (ids[k], true));
            _perform(which, delegation, 0, data);
        }
    }

    /* VIEWS */

    function pod(uint256 which) public view returns (IMockPod) {
        return core.podManager.podOf(actors[which % 3]);
    }

    /* INTERNAL */

    function _perform(uint256 which, address target, uint256 value, bytes memory data) private {
        StageAction[] memory actions = new StageAction[](1);
        actions[0].actor = actors[which % 3];
        actions[0].gasLimit = 3_000_000;
        actions[0].calls = new Call[](1);
        actions[0].calls[0] = Call(target, value, data);
        stage.perform(actions);
    }
}
