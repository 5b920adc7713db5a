// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SlashingLib } from "../libraries/SlashingLib.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IAllocationManager } from "./IAllocationManager.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IOperatorDelegation } from "./IOperatorDelegation.sol";
import { IPodManager } from "./IPodManager.sol";
import { ISlasher } from "./ISlasher.sol";
import { IStrategy } from "./IStrategy.sol";
import { SlashEscrow } from "./SlashEscrow.sol";

/// @title SlashPreviews
/// @notice The part of {ISlasher} that checks a slash and says beforehand who would lose how much.
abstract contract SlashPreviews is SlashEscrow {
    using SlashingLib for uint256;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Pause bit of slashing.
    uint8 public constant PAUSE_SLASH = 0;

    /* VIEWS */

    /// @inheritdoc ISlasher
    function previewSlash(
        OperatorSet calldata set,
        address operator,
        IStrategy[] calldata strategies,
        uint256[] calldata wads
    ) external view whenNotPaused(PAUSE_SLASH) returns (SlashPreview memory preview) {
        _requireValid(set, operator, strategies, wads);

        preview.totals = new StrategySlash[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            preview.totals[i] = _previewTotal(set, operator, strategies[i], wads[i]);
        }
        preview.stakers = _previewStakers(operator, preview.totals);
        preview.withdrawals = _previewWithdrawals(operator, preview.totals);
    }

    /* INTERNAL */

    /// @notice Reverts unless a slash may happen, whoever asks for it.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param strategies Strategies.
    /// @param wads Fractions [WAD].
    function _requireValid(
        OperatorSet calldata set,
        address operator,
        IStrategy[] calldata strategies,
        uint256[] calldata wads
    ) internal view {
        IAVSRegistry registry = _core.avsRegistry;
        require(strategies.length == wads.length, SlasherLengthMismatch(strategies.length, wads.length));
        require(registry.isOperatorSet(set), SlasherUnknownOperatorSet(set.avs, set.id));
        require(
            registry.isOperatorSlashable(operator, set),
            SlasherOperatorNotSlashable(operator, set.avs, set.id, registry.membership(operator, set).slashableUntil)
        );

        for (uint256 i = 0; i < strategies.length; ++i) {
            require(
                i == 0 || address(strategies[i - 1]) < address(strategies[i]),
                SlasherStrategiesNotAscending(i == 0 ? strategies[0] : strategies[i - 1], strategies[i])
            );
            require(wads[i] != 0 && wads[i] <= WadMath.WAD, SlasherInvalidWad(wads[i]));
            require(registry.isStrategyInSet(set, strategies[i]), SlasherStrategyNotInSet(strategies[i]));
        }
    }

    /// @notice Returns what a slash would take in one strategy.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param wad Fraction [WAD].
    /// @return total What it would take.
    function _previewTotal(
        OperatorSet calldata set,
        address operator,
        IStrategy strategy,
        uint256 wad
    ) internal view returns (StrategySlash memory total) {
        IAllocationManager.MagnitudeSlash memory magnitude = _core.allocationManager.previewSlashMagnitude(
            operator,
            set,
            strategy,
            wad
        );
        total = _describe(strategy, magnitude);
        if (total.slashedMagnitude == 0) return total;

        (total.fromOperator, total.fromQueue) = _core.operatorDelegation.previewSlashOperatorShares(
            operator,
            strategy,
            magnitude.previousMax,
            magnitude.newMax
        );
    }

    /// @notice Returns what a slash would change for every staker of an operator.
    /// @param operator Operator.
    /// @param totals What it would take per strategy.
    /// @return losses One row per staker and strategy it holds.
    function _previewStakers(
        address operator,
        StrategySlash[] memory totals
    ) internal view returns (StakerLoss[] memory losses) {
        address[] memory stakers = _core.operatorDelegation.stakersOf(operator);
        StakerLoss[] memory rows = new StakerLoss[](stakers.length * totals.length);
        uint256 count = 0;
        for (uint256 i = 0; i < stakers.length; ++i) {
            for (uint256 j = 0; j < totals.length; ++j) {
                uint256 scaled = _scaledDeposit(stakers[i], totals[j].strategy);
                if (scaled == 0) continue;
                rows[count++] = StakerLoss({
                    staker: stakers[i],
                    strategy: totals[j].strategy,
                    sharesBefore: _worth(scaled, stakers[i], totals[j].strategy, totals[j].previousMax),
                    sharesAfter: _worth(scaled, stakers[i], totals[j].strategy, totals[j].newMax)
                });
            }
        }

        losses = new StakerLoss[](count);
        for (uint256 i = 0; i < count; ++i) losses[i] = rows[i];
    }

    /// @notice Returns what a slash would change for every withdrawal in the slashable window.
    /// @param operator Operator.
    /// @param totals What it would take per strategy.
    /// @return losses One row per withdrawal and strategy in it.
    function _previewWithdrawals(
        address operator,
        StrategySlash[] memory totals
    ) internal view returns (WithdrawalLoss[] memory losses) {
        uint256[] memory ids = _core.operatorDelegation.slashableWithdrawalsOf(operator);
        uint256 size = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            size += _core.operatorDelegation.queuedWithdrawal(ids[i]).strategies.length;
        }
        WithdrawalLoss[] memory rows = new WithdrawalLoss[](size);
        uint256 count = 0;
        for (uint256 i = 0; i < ids.length; ++i) count = _previewWithdrawal(ids[i], totals, rows, count);

        losses = new WithdrawalLoss[](count);
        for (uint256 i = 0; i < count; ++i) losses[i] = rows[i];
    }

    /// @notice Adds what a slash would change for one withdrawal to a list.
    /// @param id Withdrawal.
    /// @param totals What it would take per strategy.
    /// @param rows List.
    /// @param count Rows in the list before.
    /// @return newCount Rows in the list after.
    function _previewWithdrawal(
        uint256 id,
        StrategySlash[] memory totals,
        WithdrawalLoss[] memory rows,
        uint256 count
    ) internal view returns (uint256 newCount) {
        IOperatorDelegation.Withdrawal memory withdrawal = _core.operatorDelegation.queuedWithdrawal(id);
        newCount = count;
        for (uint256 i = 0; i < withdrawal.strategies.length; ++i) {
            for (uint256 j = 0; j < totals.length; ++j) {
                if (address(withdrawal.strategies[i]) != address(totals[j].strategy)) continue;
                uint256 scaled = withdrawal.scaledShares[i];
                rows[newCount++] = WithdrawalLoss({
                    id: id,
                    staker: withdrawal.staker,
                    strategy: totals[j].strategy,
                    sharesBefore: _worth(scaled, withdrawal.staker, totals[j].strategy, totals[j].previousMax),
                    sharesAfter: _worth(scaled, withdrawal.staker, totals[j].strategy, totals[j].newMax)
                });
            }
        }
    }

    /// @notice Returns a staker's scaled deposit shares.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @return Scaled shares [wei].
    function _scaledDeposit(address staker, IStrategy strategy) internal view returns (uint256) {
        IPodManager pods = _core.podManager;
        uint256 shares =
            address(strategy) == address(pods.beaconStrategy())
                ? pods.depositSharesOf(staker, strategy)
                : _core.restakingManager.depositSharesOf(staker, strategy);
        return shares.scale(_core.operatorDelegation.depositScalingFactor(staker, strategy));
    }

    /// @notice Returns what scaled shares are worth at a maximum magnitude.
    /// @param scaled Scaled shares [wei].
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param maxMagnitude Maximum magnitude [WAD].
    /// @return Shares [wei], rounded down.
    function _worth(
        uint256 scaled,
        address staker,
        IStrategy strategy,
        uint256 maxMagnitude
    ) internal view returns (uint256) {
        IPodManager pods = _core.podManager;
        if (address(strategy) != address(pods.beaconStrategy())) return scaled.wMulDown(maxMagnitude);
        return scaled.wMulDown(maxMagnitude.wMulDown(pods.beaconFactorOf(staker)));
    }

    /// @notice Returns what happens to a magnitude, in the words of a slash.
    /// @param strategy Strategy.
    /// @param magnitude What happens to the magnitude.
    /// @return What is known of the slash so far.
    function _describe(
        IStrategy strategy,
        IAllocationManager.MagnitudeSlash memory magnitude
    ) internal pure returns (StrategySlash memory) {
        return
            StrategySlash({
                strategy: strategy,
                slashedMagnitude: magnitude.slashedMagnitude,
                previousMax: magnitude.previousMax,
                newMax: magnitude.newMax,
                wadSlashed: magnitude.wadSlashed,
                fromOperator: 0,
                fromQueue: 0
            });
    }
}
