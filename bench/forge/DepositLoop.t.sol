// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOperatorDelegation } from "../../contracts/restaking/IOperatorDelegation.sol";
import { RestakingManager } from "../../contracts/restaking/RestakingManager.sol";
import { Strategy } from "../../contracts/restaking/Strategy.sol";
import { CoreTest, FreeToken } from "../../test/property/base/CoreTest.sol";

/// @title DepositLoopTest
/// @notice The ceiling of the bench: deposits of delegated stakers in a bare loop, two hundred stakers in turn.
contract DepositLoopTest is CoreTest {
    uint256 private constant _STAKERS = 200;

    /// @notice Sets everything up; no part of what is timed.
    function setUp() external {
        FreeToken token_ = new FreeToken();
        RestakingManager manager = new RestakingManager(address(this));
        _deployCore(_newAllocations(), new Strategy(token_, address(manager)), token_);
        address operator = address(0x09e7a);
        _VM.prank(operator);
        core.operatorDelegation.registerAsOperator(address(0), 0, "");
        for (uint256 k = 0; k < _STAKERS; ++k) {
            address staker = _staker(k);
            token.mint(staker, 1e24);
            _VM.startPrank(staker);
            token.approve(address(manager), type(uint256).max);
            core.restakingManager.deposit(strategy, 1e18);
            core.operatorDelegation.delegate(operator, IOperatorDelegation.Approval("", 0, 0));
            _VM.stopPrank();
        }
    }

    /// @notice Ten steps.
    function testShort() external {
        _deposit(10);
    }

    /// @notice A hundred steps more: what they take is what a hundred steps take.
    function testLong() external {
        _deposit(110);
    }

    function _deposit(uint256 steps) private {
        for (uint256 step = 0; step < steps; ++step) {
            for (uint256 k = 0; k < _STAKERS; ++k) {
                _VM.prank(_staker(k));
                core.restakingManager.deposit(strategy, 1e15);
            }
        }
    }

    function _staker(uint256 k) private pure returns (address) {
        return address(uint160(0xa11ce000 + k));
    }
}
