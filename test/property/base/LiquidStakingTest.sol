// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILiquidStakingToken } from "../../../contracts/lst/ILiquidStakingToken.sol";
import { IReportChecker } from "../../../contracts/lst/IReportChecker.sol";
import { LiquidStakingToken } from "../../../contracts/lst/LiquidStakingToken.sol";
import { ReportChecker } from "../../../contracts/lst/ReportChecker.sol";
import { Validators } from "../../../contracts/lst/Validators.sol";
import { WithdrawalQueue } from "../../../contracts/lst/WithdrawalQueue.sol";
import { WrappedLiquidStakingToken } from "../../../contracts/lst/WrappedLiquidStakingToken.sol";
import { ClockMode } from "../../../contracts/types/ClockMode.sol";
import { LiquidStakingHandler } from "../handlers/LiquidStakingHandler.sol";
import { PropertyTest } from "./PropertyTest.sol";

/// @title LiquidStakingTest
/// @notice Deploys the liquid staking token with all its parts, driven by its handler.
abstract contract LiquidStakingTest is PropertyTest {
    uint256 internal constant _SEED = 1 ether;

    LiquidStakingToken internal _token;
    WithdrawalQueue internal _queue;
    Validators internal _validators;
    WrappedLiquidStakingToken internal _wrapped;
    LiquidStakingHandler internal _handler;

    function _deployLiquidStaking() internal {
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
    }
}
