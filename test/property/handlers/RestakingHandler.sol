// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAllocationManager } from "../../../contracts/restaking/IAllocationManager.sol";
import { IAVSRegistry } from "../../../contracts/restaking/IAVSRegistry.sol";
import { ICoreComponent } from "../../../contracts/restaking/ICoreComponent.sol";
import { IOperatorDelegation } from "../../../contracts/restaking/IOperatorDelegation.sol";
import { ISlasher } from "../../../contracts/restaking/ISlasher.sol";
import { IStrategy } from "../../../contracts/restaking/IStrategy.sol";
import { ISlashingHook } from "../../../contracts/slashing/ISlashingHook.sol";
import { OperatorSet } from "../../../contracts/types/OperatorSet.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title RestakingHandler
/// @notice Plays stakers, operators, an AVS and its slasher with inputs that never revert by accident, and keeps totals
/// of its own ("ghosts") to hold against the contracts.
contract RestakingHandler is PropertyTest {
    uint32 public constant SETS = 3;
    uint256 private constant _WAD = 1e18;

    ICoreComponent.Core private _core;
    FreeToken private _token;
    IStrategy private _strategy;
    IStrategy[] private _strategies;

    address[] public stakers;
    address[] public operators;
    uint256[] public openWithdrawals;

    uint256 public tokensIn;
    uint256 public tokensOut;
    uint256 public tokensBurned;
    uint256 public slashedShares;
    uint256 public clearedShares;
    uint256 public factorUpdates;
    uint256 public slashes;
    uint256 public modifications;
    mapping(address operator => uint64 maxMagnitude) public lowestMax;

    constructor(ICoreComponent.Core memory core_, FreeToken token_, IStrategy strategy_) {
        _core = core_;
        _token = token_;
        _strategy = strategy_;
        _strategies.push(strategy_);
        for (uint160 i = 0; i < 4; ++i) stakers.push(address(0xa11ce + i));
        for (uint160 i = 0; i < 2; ++i) operators.push(address(0x09e7a + i));

        _core.avsRegistry.registerAVS("property");
        for (uint32 id = 0; id < SETS; ++id) {
            _core.avsRegistry.createOperatorSet(
                IAVSRegistry.CreateSetParams({
                    id: id,
                    strategies: _strategies,
                    slasher: address(this),
                    recipient: address(0),
                    releaseDelay: 0,
                    hook: ISlashingHook(address(0))
                })
            );
        }
        for (uint256 i = 0; i < operators.length; ++i) {
            _VM.prank(operators[i]);
            _core.operatorDelegation.registerAsOperator(address(0), uint48(i), "");
            lowestMax[operators[i]] = uint64(_WAD);
            stakers.push(operators[i]);
        }
    }

    /* VERBS */

    function deposit(uint256 who, uint256 amount) external {
        address staker = stakers[who % stakers.length];
        if (_core.operatorDelegation.slashingFactorOf(staker, _strategy) == 0) return;
        amount = _bound(amount, 1, 1e27);
        _token.mint(staker, amount);
        _VM.startPrank(staker);
        _token.approve(address(_core.restakingManager), amount);
        uint256 shares = _core.restakingManager.deposit(_strategy, amount);
        _VM.stopPrank();

        _equal(shares, amount, "one share per token while nobody donates");
        tokensIn += amount;
        ++factorUpdates;
    }

    function delegate(uint256 who, uint256 to) external {
        address staker = stakers[who % stakers.length];
        address operator = operators[to % operators.length];
        if (_core.operatorDelegation.delegatedTo(staker) != address(0)) return;
        if (_core.allocationManager.maxMagnitude(operator, _strategy) == 0) return;
        _VM.prank(staker);
        _core.operatorDelegation.delegate(operator, IOperatorDelegation.Approval("", 0, 0));
        ++factorUpdates;
    }

    function undelegate(uint256 who) external {
        address staker = stakers[who % stakers.length];
        if (_core.operatorDelegation.delegatedTo(staker) == address(0)) return;
        if (_core.operatorDelegation.isOperator(staker)) return;
        _VM.prank(staker);
        uint256[] memory ids = _core.operatorDelegation.undelegate(staker);
        for (uint256 i = 0; i < ids.length; ++i) openWithdrawals.push(ids[i]);
    }

    function queueWithdrawal(uint256 who, uint256 amount) external {
        address staker = stakers[who % stakers.length];
        uint256 held = _core.restakingManager.depositSharesOf(staker, _strategy);
        if (held == 0) return;
        uint256[] memory shares = new uint256[](1);
        shares[0] = _bound(amount, 1, held);
        _VM.prank(staker);
        openWithdrawals.push(_core.operatorDelegation.queueWithdrawal(_strategies, shares));
    }

    function completeWithdrawal(uint256 which, bool asTokens) external {
        if (openWithdrawals.length == 0) return;
        uint256 place = which % openWithdrawals.length;
        uint256 id = openWithdrawals[place];
        address staker = _core.operatorDelegation.queuedWithdrawal(id).staker;
        (uint256[] memory promised, uint48 completableAt) = _core.operatorDelegation.releasableShares(id);
        if (_VM.getBlockNumber() < completableAt) return;
        if (!asTokens && _core.operatorDelegation.slashingFactorOf(staker, _strategy) == 0) return;

        uint256 before = _token.balanceOf(staker);
        _VM.prank(staker);
        uint256[] memory released = _core.operatorDelegation.completeWithdrawal(id, asTokens);
        _equal(released[0], promised[0], "a withdrawal releases what it promised");
        _equal(_token.balanceOf(staker) - before, asTokens ? released[0] : 0, "tokens move only when asked for");

        tokensOut += asTokens ? released[0] : 0;
        if (!asTokens) ++factorUpdates;
        openWithdrawals[place] = openWithdrawals[openWithdrawals.length - 1];
        openWithdrawals.pop();
    }

    function join(uint256 which, uint256 set) external {
        address operator = operators[which % operators.length];
        OperatorSet memory target = _set(set);
        if (_core.avsRegistry.isOperatorSlashable(operator, target)) return;
        uint32[] memory ids = new uint32[](1);
        ids[0] = target.id;
        _VM.prank(operator);
        _core.avsRegistry.registerForOperatorSets(address(this), ids, "");
    }

    function leaveSet(uint256 which, uint256 set) external {
        address operator = operators[which % operators.length];
        OperatorSet memory target = _set(set);
        if (!_core.avsRegistry.membership(operator, target).registered) return;
        uint32[] memory ids = new uint32[](1);
        ids[0] = target.id;
        _VM.prank(operator);
        _core.avsRegistry.deregisterFromOperatorSets(operator, address(this), ids);
    }

    function allocate(uint256 which, uint256 set, uint256 magnitude) external {
        address operator = operators[which % operators.length];
        OperatorSet memory target = _set(set);
        IAllocationManager.Allocation memory allocation = _core.allocationManager.allocationOf(
            operator,
            target,
            _strategy
        );
        uint256 highest =
            allocation.currentMagnitude + _core.allocationManager.allocatableMagnitude(operator, _strategy);
        magnitude = _bound(magnitude, 0, highest);
        if (magnitude == allocation.currentMagnitude) return;

        IAllocationManager.AllocateParams[] memory params = new IAllocationManager.AllocateParams[](1);
        params[0].set = target;
        params[0].strategies = _strategies;
        params[0].newMagnitudes = new uint64[](1);
        params[0].newMagnitudes[0] = uint64(magnitude);
        _VM.prank(operator);
        // A change that is still pending refuses another: tried all the same, for what happens where it does not.
        try _core.allocationManager.modifyAllocations(params) {
            ++modifications;
        } catch {
            _check(allocation.effectAt != 0, "only a pending change refuses another");
        }
    }

    function slash(uint256 which, uint256 set, uint256 wad) external {
        address operator = operators[which % operators.length];
        OperatorSet memory target = _set(set);
        if (!_core.avsRegistry.isOperatorSlashable(operator, target)) return;
        uint256[] memory wads = new uint256[](1);
        wads[0] = _bound(wad, 1, _WAD);
        ISlasher.SlashPreview memory preview = _core.slasher.previewSlash(target, operator, _strategies, wads);
        uint256[] memory others = _stakeOfOtherSets(operator, target.id);
        uint256 allocated = _core.allocationManager.allocationOf(operator, target, _strategy).currentMagnitude;

        (, ISlasher.StrategySlash[] memory done) = _core.slasher.slash(
            ISlasher.SlashParams(operator, target, _strategies, wads, "property")
        );

        if (allocated > 0) _check(done[0].slashedMagnitude > 0, "a slash of something takes something");
        _checkPreview(preview, done);
        _checkOtherSets(operator, target.id, others);
        slashedShares += done[0].fromOperator + done[0].fromQueue;
        ++slashes;
    }

    function clear(uint256 which) external {
        ISlasher.EscrowEntry[] memory entries = _core.slasher.escrow();
        if (entries.length == 0) return;
        ISlasher.EscrowEntry memory entry = entries[which % entries.length];
        uint256[] memory amounts = _core.slasher.clear(entry.set, entry.slashId);
        tokensBurned += amounts[0];
        clearedShares += entry.shares;
    }

    function pass(uint256 blocks) external {
        _VM.roll(_VM.getBlockNumber() + _bound(blocks, 1, 25));
        for (uint256 i = 0; i < operators.length; ++i) {
            uint64 max = _core.allocationManager.maxMagnitude(operators[i], _strategy);
            _check(max <= lowestMax[operators[i]], "a maximum magnitude never rises");
            lowestMax[operators[i]] = max;
        }
    }

    /* VIEWS */

    function stakerCount() external view returns (uint256) {
        return stakers.length;
    }

    function operatorCount() external view returns (uint256) {
        return operators.length;
    }

    function openCount() external view returns (uint256) {
        return openWithdrawals.length;
    }

    /* INTERNAL */

    function _set(uint256 seed) internal view returns (OperatorSet memory) {
        return OperatorSet(address(this), uint32(seed % SETS));
    }

    function _stakeOfOtherSets(address operator, uint32 except) internal view returns (uint256[] memory stakes) {
        stakes = new uint256[](SETS);
        for (uint32 id = 0; id < SETS; ++id) {
            if (id == except) continue;
            stakes[id] = _core.allocationManager.minSlashableStake(
                operator,
                OperatorSet(address(this), id),
                _strategy,
                uint48(_VM.getBlockNumber())
            );
        }
    }

    /// @dev Two nested floors: at most a share for each, and one more for what a wad of the operator's shares is worth.
    function _checkOtherSets(address operator, uint32 except, uint256[] memory before) internal view {
        uint256[] memory after_ = _stakeOfOtherSets(operator, except);
        uint256 dust = 2 + _core.operatorDelegation.operatorShares(operator, _strategy) / _WAD;
        uint256 max = _core.allocationManager.maxMagnitude(operator, _strategy);
        if (max > 0) dust += before[0] / max + before[1] / max + before[2] / max;
        for (uint32 id = 0; id < SETS; ++id) {
            _close(after_[id], before[id], dust, "a slash by one set leaves the others' stake alone");
        }
    }

    function _checkPreview(ISlasher.SlashPreview memory preview, ISlasher.StrategySlash[] memory done) internal view {
        _equal(preview.totals[0].fromOperator, done[0].fromOperator, "the preview knows what the operator loses");
        _equal(preview.totals[0].fromQueue, done[0].fromQueue, "the preview knows what the queue loses");
        _equal(preview.totals[0].newMax, done[0].newMax, "the preview knows the new maximum");
        for (uint256 i = 0; i < preview.stakers.length; ++i) {
            ISlasher.StakerLoss memory loss = preview.stakers[i];
            (uint256[] memory left, ) = _core.operatorDelegation.withdrawableShares(loss.staker, _strategies);
            _equal(left[0], loss.sharesAfter, "the preview knows what each staker keeps");
            _atMost(loss.sharesAfter, loss.sharesBefore, "nobody gains by a slash to themselves");
        }
        for (uint256 i = 0; i < preview.withdrawals.length; ++i) {
            ISlasher.WithdrawalLoss memory loss = preview.withdrawals[i];
            (uint256[] memory left, ) = _core.operatorDelegation.releasableShares(loss.id);
            _equal(left[0], loss.sharesAfter, "the preview knows what each withdrawal keeps");
            _atMost(loss.sharesAfter, loss.sharesBefore, "no withdrawal gains by a slash");
        }
    }
}
