// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILiquidStakingToken } from "../../contracts/lst/ILiquidStakingToken.sol";
import { IReportChecker } from "../../contracts/lst/IReportChecker.sol";
import { LiquidStakingToken } from "../../contracts/lst/LiquidStakingToken.sol";
import { ReportChecker } from "../../contracts/lst/ReportChecker.sol";
import { Validators } from "../../contracts/lst/Validators.sol";
import { WithdrawalQueue } from "../../contracts/lst/WithdrawalQueue.sol";
import { WrappedLiquidStakingToken } from "../../contracts/lst/WrappedLiquidStakingToken.sol";
import { ClockMode } from "../../contracts/types/ClockMode.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { LiquidStakingHandler } from "./handlers/LiquidStakingHandler.sol";

contract LiquidStakingInvariantsTest is PropertyTest {
    uint256 private constant _SEED = 1 ether;

    LiquidStakingToken private _token;
    WithdrawalQueue private _queue;
    Validators private _validators;
    WrappedLiquidStakingToken private _wrapped;
    LiquidStakingHandler private _handler;

    function setUp() external {
        _VM.deal(address(this), _SEED);
        _token = new LiquidStakingToken{ value: _SEED }(
            ILiquidStakingToken.Terms({
                owner: address(this),
                reporter: address(this),
                treasury: address(0x7ea5),
                feeBps: 1000,
                rebaseLimit: 7_500_000
            }),
            ClockMode.BlockNumber
        );
        _validators = new Validators(_token, address(this));
        _queue = new WithdrawalQueue(
            _token,
            WithdrawalQueue.Settings({
                owner: address(this),
                minAmount: 1000,
                maxAmount: 1e21,
                margin: 1,
                bunkerDelay: 100
            })
        );
        ReportChecker checker = new ReportChecker(
            address(_token),
            address(this),
            IReportChecker.Limits({
                annualGainBps: 10_000,
                yearLength: 2_628_000,
                initialPenalty: 1 ether,
                inactivityPenalty: 1 ether,
                lossWindow: 100,
                inactivityWindow: 100
            })
        );
        _token.wire(_validators, _queue, checker);
        _wrapped = new WrappedLiquidStakingToken(_token);
        _handler = new LiquidStakingHandler(_token, _queue, _validators, _wrapped);
        _token.setReporter(address(_handler));
        _validators.transferOwnership(address(_handler));
        _VM.prank(address(_handler));
        _validators.acceptOwnership();
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
