// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMockPod } from "../../contracts/restaking/IMockPod.sol";
import { MockPod } from "../../contracts/restaking/MockPod.sol";
import { Actor } from "../../contracts/stage/Actor.sol";
import { Stage } from "../../contracts/stage/Stage.sol";
import { WrappedEther } from "../../contracts/tokens/WrappedEther.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { EtherHandler } from "./handlers/EtherHandler.sol";

/// @notice Laws of what holds ether: stage and actors, its wrapper, and pods, after any history.
contract EtherInvariantsTest is PropertyTest {
    EtherHandler private _handler;
    WrappedEther private _weth;
    Stage private _stage;

    function setUp() external {
        _handler = new EtherHandler();
        (_weth, _stage) = (_handler.weth(), _handler.stage());
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](7);
        verbs[0] = EtherHandler.fund.selector;
        verbs[1] = EtherHandler.wrap.selector;
        verbs[2] = EtherHandler.unwrap.selector;
        verbs[3] = EtherHandler.sendToPod.selector;
        verbs[4] = EtherHandler.validate.selector;
        verbs[5] = EtherHandler.count.selector;
        verbs[6] = EtherHandler.withdraw.selector;
        _only(address(_handler), verbs);
    }

    function invariant_EtherIsWhereItWentAndWrappedOneToOne() external view {
        uint256 held = address(_weth).balance;
        for (uint256 k = 0; k < 3; ++k) held += _handler.actors(k).balance + address(_handler.pod(k)).balance;
        _equal(held, _handler.brought(), "ether is with actors, in pods, or wrapped");
        _equal(address(_weth).balance, _weth.totalSupply(), "each wrapped ether is one");
        _equal(address(_stage).balance, 0, "and the stage keeps none");
    }

    function invariant_PodsHaveWhatTheyCount() external view {
        for (uint256 k = 0; k < 3; ++k) {
            IMockPod pod = _handler.pod(k);
            uint256 counted = uint256(pod.restakedExecutionGwei()) * MockPod(payable(address(pod))).GWEI();
            _atMost(counted, address(pod).balance, "what a pod counts is there");
        }
    }

    /// @dev The verbs do what they are called.
    function test_ItsHistoryWrapsRestakesAndWithdraws() external {
        _handler.fund(0, 10e18);
        _handler.wrap(0, 4e18, true);
        _handler.wrap(0, 1e18, false);
        _handler.unwrap(0, 2e18);
        address actor = _handler.actors(0);
        _equal(_weth.balanceOf(actor), 3e18, "three of ten are wrapped");
        _handler.sendToPod(0, 5e18);
        _handler.count(0);
        _equal(actor.balance, 2e18, "five are in the pod");
        _handler.withdraw(0, 5e18);
        _equal(actor.balance, 7e18, "and come back");
        _equal(Actor(payable(actor)).stage() == address(_stage) ? 1 : 0, 1, "to whom the stage drives");
    }

    /// @dev Only the stage drives an actor, and only its owner the stage.
    function testFuzz_NobodyElseMovesAnActorsEther(address stranger, uint256 amount) external {
        _handler.fund(0, amount);
        address actor = _handler.actors(0);
        if (stranger == address(_stage) || stranger == address(_handler)) return;
        bytes[2] memory calls;
        calls[0] = abi.encodeWithSignature("perform((address,uint256,bytes)[])", new bytes[](0));
        calls[1] = abi.encodeWithSignature("createActors(uint256)", 1);
        for (uint256 k = 0; k < 2; ++k) {
            _VM.prank(stranger);
            // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
            (bool isTaken, ) = (k == 0 ? actor : address(_stage)).call(calls[k]);
            _check(!isTaken, "a stranger is refused");
        }
    }
}
