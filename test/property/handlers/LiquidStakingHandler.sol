// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILiquidStakingToken } from "../../../contracts/lst/ILiquidStakingToken.sol";
import { IValidators } from "../../../contracts/lst/IValidators.sol";
import { IWithdrawalQueue } from "../../../contracts/lst/IWithdrawalQueue.sol";
import { IWrappedLiquidStakingToken } from "../../../contracts/lst/IWrappedLiquidStakingToken.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title LiquidStakingHandler
/// @notice Plays holders, validators and the reporter of the liquid staking token, and keeps the ether it saw move.
contract LiquidStakingHandler is PropertyTest {
    ILiquidStakingToken private _token;
    IWithdrawalQueue private _queue;
    IValidators private _validators;
    IWrappedLiquidStakingToken private _wrapped;

    address[] public holders;
    uint256 public etherIn;
    uint256 public etherOut;
    uint256 public etherLost;
    uint256 public claims;

    constructor(
        ILiquidStakingToken token_,
        IWithdrawalQueue queue_,
        IValidators validators_,
        IWrappedLiquidStakingToken wrapped_
    ) {
        _token = token_;
        _queue = queue_;
        _validators = validators_;
        _wrapped = wrapped_;
        for (uint160 i = 0; i < 4; ++i) holders.push(address(0xbee5 + i));
    }

    /* VERBS */

    function submit(uint256 who, uint256 amount) external {
        address holder = _holder(who);
        amount = _bound(amount, 1e9, 1e24);
        _VM.deal(holder, amount);
        uint256 rateBefore = _token.shareRateRay();
        _VM.prank(holder);
        _token.submit{ value: amount }();

        _check(_token.balanceOf(holder) > 0, "a deposit is worth something");
        _check(_token.shareRateRay() >= rateBefore, "a deposit never lowers the rate");
        etherIn += amount;
    }

    function stake(uint256 amount) external {
        uint256 available = _token.stakeableEther();
        if (available == 0) return;
        _token.stake(_bound(amount, 1, available));
    }

    function reward(uint256 amount) external {
        uint256 balance = _validators.beaconBalance();
        if (balance < 1e12) return;
        amount = _bound(amount, 1, balance / 1e6);
        _VM.deal(address(this), amount);
        _validators.reward{ value: amount }();
        etherIn += amount;
        _report();
    }

    function penalize(uint256 amount) external {
        uint256 balance = _validators.beaconBalance();
        if (balance < 1e12) return;
        amount = _bound(amount, 1, balance / 1000);
        _validators.penalize(amount);
        etherLost += amount;
        _report();
    }

    function exitValidators(uint256 amount) external {
        uint256 balance = _validators.beaconBalance();
        if (balance == 0) return;
        _validators.exit(_bound(amount, 1, balance));
        _report();
    }

    function request(uint256 who, uint256 amount) external {
        address holder = _holder(who);
        uint256 balance = _token.balanceOf(holder);
        if (balance < 1000) return;
        amount = _bound(amount, 1000, balance > 1e21 ? 1e21 : balance);
        _VM.startPrank(holder);
        _token.approve(address(_queue), amount);
        _queue.requestWithdrawal(amount, holder);
        _VM.stopPrank();
    }

    function finalize(uint256 count) external {
        _queue.finalize(_bound(count, 1, 20));
    }

    function claim(uint256 who) external {
        address holder = _holder(who);
        uint256[] memory ids = _queue.requestsOf(holder);
        for (uint256 i = 0; i < ids.length; ++i) {
            IWithdrawalQueue.Request memory wanted = _queue.getRequest(ids[i]);
            if (!wanted.isFinalized) continue;
            _VM.prank(holder);
            uint256 paid = _queue.claim(ids[i], payable(holder));
            _atMost(paid, wanted.amount, "a claim pays at most what was asked for");
            etherOut += paid;
            ++claims;
            return;
        }
    }

    function wrap(uint256 who, uint256 amount) external {
        address holder = _holder(who);
        uint256 balance = _token.balanceOf(holder);
        if (balance < 1000) return;
        amount = _bound(amount, 1000, balance);
        _VM.startPrank(holder);
        _token.approve(address(_wrapped), amount);
        _wrapped.wrap(amount);
        _VM.stopPrank();
    }

    function unwrap(uint256 who, uint256 amount) external {
        address holder = _holder(who);
        uint256 balance = _wrapped.balanceOf(holder);
        if (balance < 1000) return;
        _VM.prank(holder);
        _wrapped.unwrap(_bound(amount, 1000, balance));
    }

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        address holder = _holder(who);
        uint256 balance = _token.balanceOf(holder);
        if (balance == 0) return;
        _VM.prank(holder);
        _token.transfer(_holder(to), _bound(amount, 0, balance));
    }

    /* VIEWS */

    function holderCount() external view returns (uint256) {
        return holders.length;
    }

    /* INTERNAL */

    function _report() internal {
        _VM.roll(_VM.getBlockNumber() + 7200);
        _token.report(
            ILiquidStakingToken.Report({
                beaconBalance: _validators.beaconBalance(),
                withdrawals: _validators.withdrawals(),
                tips: _validators.tips(),
                exitedValidators: _validators.exitedValidators(),
                bunker: false
            })
        );
    }

    function _holder(uint256 seed) internal view returns (address) {
        return holders[seed % holders.length];
    }
}
