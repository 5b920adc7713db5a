// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { SlashingLib } from "../libraries/SlashingLib.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { DelegationLedger } from "./DelegationLedger.sol";
import { IOperatorDelegation } from "./IOperatorDelegation.sol";
import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title WithdrawalRequests
/// @notice The withdrawal queue of {IOperatorDelegation}.
abstract contract WithdrawalRequests is DelegationLedger {
    using Checkpoints for Checkpoints.Trace256;
    using EnumerableSet for EnumerableSet.UintSet;
    using SlashingLib for uint256;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Pause bit of entering the queue.
    uint8 public constant PAUSE_QUEUE = 1;

    /// @notice Pause bit of completing withdrawals.
    uint8 public constant PAUSE_COMPLETE = 2;

    /* STORAGE */

    /// @inheritdoc IOperatorDelegation
    uint256 public withdrawalCount;

    mapping(uint256 id => Withdrawal withdrawal) private _withdrawals;
    mapping(address staker => EnumerableSet.UintSet ids) private _withdrawalsOf;

    /// @notice Every withdrawal ever queued at an operator, oldest first.
    mapping(address operator => uint256[] ids) private _queuedAt;

    /* EXTERNAL */

    /// @inheritdoc IOperatorDelegation
    function queueWithdrawal(
        IStrategy[] calldata strategies,
        uint256[] calldata depositShares
    ) external nonReentrant whenNotPaused(PAUSE_QUEUE) returns (uint256 id) {
        require(
            strategies.length == depositShares.length && strategies.length != 0,
            OperatorDelegationLengthMismatch(strategies.length, depositShares.length)
        );

        return _queue(msg.sender, delegatedTo[msg.sender], strategies, depositShares);
    }

    /// @inheritdoc IOperatorDelegation
    function completeWithdrawal(
        uint256 id,
        bool asTokens
    ) external nonReentrant whenNotPaused(PAUSE_COMPLETE) returns (uint256[] memory shares) {
        Withdrawal memory withdrawal = queuedWithdrawal(id);
        require(msg.sender == withdrawal.staker, OperatorDelegationUnauthorized(msg.sender, withdrawal.staker));
        uint48 completableAt = withdrawal.start + withdrawalDelay + 1;
        require(clock() >= completableAt, OperatorDelegationWithdrawalDelayNotElapsed(id, completableAt, clock()));

        shares = _releasable(withdrawal);

        delete _withdrawals[id];
        _withdrawalsOf[withdrawal.staker].remove(id);

        emit WithdrawalCompleted(id, asTokens, shares);

        for (uint256 i = 0; i < shares.length; ++i) {
            if (shares[i] != 0) _release(withdrawal.staker, withdrawal.strategies[i], shares[i], asTokens);
        }
    }

    /* VIEWS */

    /// @inheritdoc IOperatorDelegation
    function releasableShares(uint256 id) external view returns (uint256[] memory shares, uint48 completableAt) {
        Withdrawal memory withdrawal = queuedWithdrawal(id);
        return (_releasable(withdrawal), withdrawal.start + withdrawalDelay + 1);
    }

    /// @inheritdoc IOperatorDelegation
    function withdrawalsOf(address staker) external view returns (uint256[] memory) {
        return _withdrawalsOf[staker].values();
    }

    /// @inheritdoc IOperatorDelegation
    function slashableWithdrawalsOf(address operator) external view returns (uint256[] memory ids) {
        uint256[] storage queued = _queuedAt[operator];
        uint256 count = 0;
        while (count < queued.length && _isInWindow(queued[queued.length - 1 - count])) ++count;

        ids = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = queued[queued.length - 1 - i];
    }

    /// @inheritdoc IOperatorDelegation
    function queuedWithdrawal(uint256 id) public view returns (Withdrawal memory withdrawal) {
        withdrawal = _withdrawals[id];
        require(withdrawal.staker != address(0), OperatorDelegationWithdrawalNotQueued(id));
    }

    /* INTERNAL */

    /// @notice Queues deposit shares of a staker with its operator's factors.
    /// @param staker Staker.
    /// @param operator Operator, or zero.
    /// @param strategies Strategies.
    /// @param depositShares Deposit shares per strategy [wei].
    /// @return id Withdrawal.
    function _queue(
        address staker,
        address operator,
        IStrategy[] memory strategies,
        uint256[] memory depositShares
    ) internal returns (uint256 id) {
        uint256[] memory scaled = new uint256[](strategies.length);
        uint256[] memory withdrawable = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            (scaled[i], withdrawable[i]) = _takeOut(staker, operator, strategies[i], depositShares[i]);
        }

        id = withdrawalCount++;
        _withdrawals[id] = Withdrawal({
            staker: staker,
            delegatedTo: operator,
            start: clock(),
            strategies: strategies,
            scaledShares: scaled
        });
        _withdrawalsOf[staker].add(id);
        if (operator != address(0)) _queuedAt[operator].push(id);

        emit WithdrawalQueued(id, _withdrawals[id], withdrawable);
    }

    /// @notice Takes deposit shares of one strategy out of a staker's and its operator's balance.
    /// @param staker Staker.
    /// @param operator Operator, or zero.
    /// @param strategy Strategy.
    /// @param depositShares Deposit shares [wei].
    /// @return scaled Scaled shares [wei].
    /// @return withdrawable Shares after slashing [wei].
    function _takeOut(
        address staker,
        address operator,
        IStrategy strategy,
        uint256 depositShares
    ) internal returns (uint256 scaled, uint256 withdrawable) {
        scaled = depositShares.scale(depositScalingFactor(staker, strategy));
        withdrawable = scaled.wMulDown(_slashingFactor(staker, operator, strategy));

        uint256 remaining = _shareManagerOf(strategy).removeDepositShares(staker, strategy, depositShares);
        if (remaining == 0) delete _scalingFactors[staker][strategy];

        if (operator != address(0)) {
            _decreaseOperatorShares(operator, staker, strategy, withdrawable);
            Checkpoints.Trace256 storage history = _queued[operator][strategy];
            history.push(clock(), history.latest() + scaled);
        }
    }

    /// @notice Gives shares that left the queue to their staker.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param shares Shares, not zero [wei].
    /// @param asTokens True for tokens, false to deposit again.
    function _release(address staker, IStrategy strategy, uint256 shares, bool asTokens) internal {
        IShareManager manager = _shareManagerOf(strategy);
        if (asTokens) {
            manager.withdrawSharesAsTokens(staker, strategy, shares);
        } else {
            (uint256 previous, uint256 added) = manager.addShares(staker, strategy, shares);
            _addDeposit(staker, strategy, previous, added);
        }
    }

    /// @notice Returns what a withdrawal is worth: at the old operator's magnitude when the window closed, or now.
    /// @param withdrawal Withdrawal.
    /// @return shares Shares per strategy [wei], rounded down.
    function _releasable(Withdrawal memory withdrawal) internal view returns (uint256[] memory shares) {
        shares = new uint256[](withdrawal.strategies.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            IStrategy strategy = withdrawal.strategies[i];
            uint256 factor =
                withdrawal.delegatedTo == address(0)
                    ? WadMath.WAD
                    : _core.allocationManager.maxMagnitudeAt(
                        withdrawal.delegatedTo,
                        strategy,
                        withdrawal.start + withdrawalDelay
                    );
            shares[i] = withdrawal.scaledShares[i].wMulDown(_withBeaconFactor(withdrawal.staker, strategy, factor));
        }
    }

    /// @notice Returns whether a withdrawal is in the slashable window; what is in it cannot have been completed.
    /// @param id Withdrawal.
    /// @return True through `start + withdrawalDelay`, inclusive.
    function _isInWindow(uint256 id) internal view returns (bool) {
        Withdrawal storage withdrawal = _withdrawals[id];
        return withdrawal.staker != address(0) && clock() <= withdrawal.start + withdrawalDelay;
    }
}
