// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LiquidStakingTest } from "./base/LiquidStakingTest.sol";

contract LiquidStakingInvariantsTest is LiquidStakingTest {
    function setUp() external {
        _deployLiquidStaking();
        _target(address(_handler));
    }

    function invariant_SharesAreConserved() external view {
        uint256 held =
            _token.sharesOf(address(0xdead)) +
                _token.sharesOf(address(_queue)) +
                _token.sharesOf(address(_wrapped)) +
                _token.sharesOf(address(0x7ea5));
        for (uint256 i = 0; i < _handler.holderCount(); ++i) held += _token.sharesOf(_handler.holders(i));
        _equal(held, _token.totalShares(), "every share has a holder");
    }

    function invariant_EtherIsHeldPaidOrLost() external view {
        _equal(
            _SEED + _handler.etherIn(),
            address(_token).balance +
                address(_queue).balance +
                address(_validators).balance +
                _handler.etherOut() +
                _handler.etherLost(),
            "every ether that came in is held, paid out or lost"
        );
    }

    function invariant_TheBufferIsBackedByEther() external view {
        _atMost(_token.bufferedEther(), address(_token).balance, "the buffer is really there");
    }

    function invariant_FinalizedClaimsAreFunded() external view {
        uint256 owed;
        for (uint256 id = 1; id <= _queue.lastFinalizedId(); ++id) {
            if (!_queue.getRequest(id).isClaimed) owed += _queue.getRequest(id).claimable;
        }
        _atMost(owed, address(_queue).balance, "finalised claims are funded");
        _equal(owed + _queue.dust(), address(_queue).balance, "what the queue holds is owed or named dust");
    }

    function invariant_WrappedTokensAreBackedOneToOneByShares() external view {
        _atMost(_wrapped.totalSupply(), _token.sharesOf(address(_wrapped)), "each wrapped token has its share");
    }
}
