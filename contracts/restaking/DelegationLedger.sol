// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { Clock } from "../libraries/Clock.sol";
import { SlashingLib } from "../libraries/SlashingLib.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IOperatorDelegation } from "./IOperatorDelegation.sol";
import { IPodManager } from "./IPodManager.sol";
import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title DelegationLedger
/// @notice The share accounting of {IOperatorDelegation}: operator shares, scaling factors, and what slashes take.
abstract contract DelegationLedger is IOperatorDelegation, CoreComponent, Clock {
    using Checkpoints for Checkpoints.Trace256;
    using SlashingLib for uint256;
    using WadMath for uint256;

    /* IMMUTABLES */

    /// @inheritdoc IOperatorDelegation
    uint48 public immutable withdrawalDelay;

    /* STORAGE */

    /// @inheritdoc IOperatorDelegation
    mapping(address staker => address operator) public delegatedTo;

    /// @inheritdoc IOperatorDelegation
    mapping(address operator => mapping(IStrategy strategy => uint256 shares)) public operatorShares;

    /// @notice Deposit scaling factors [WAD]; zero stands for WAD.
    mapping(address staker => mapping(IStrategy strategy => uint256 factor)) internal _scalingFactors;

    /// @notice Scaled shares ever queued at an operator, by instant [wei].
    mapping(address operator => mapping(IStrategy strategy => Checkpoints.Trace256 history)) internal _queued;

    /* CONSTRUCTOR */

    /// @notice Fixes the withdrawal delay.
    /// @param withdrawalDelay_ Instants a withdrawal waits [clock units].
    constructor(uint48 withdrawalDelay_) {
        withdrawalDelay = withdrawalDelay_;
    }

    /* EXTERNAL */

    /// @inheritdoc IOperatorDelegation
    function increaseDelegatedShares(
        address staker,
        IStrategy strategy,
        uint256 previous,
        uint256 added
    ) external onlyFrom(address(_shareManagerOf(strategy))) {
        _addDeposit(staker, strategy, previous, added);
    }

    /// @inheritdoc IOperatorDelegation
    function decreaseDelegatedShares(
        address staker,
        uint256 depositShares,
        uint64 factorDecrease
    ) external onlyFrom(address(_core.podManager)) {
        address operator = delegatedTo[staker];
        if (operator == address(0)) return;

        IStrategy strategy = _core.podManager.beaconStrategy();
        uint256 lost = uint256(_core.allocationManager.maxMagnitude(operator, strategy)).wMulDown(factorDecrease);
        _decreaseOperatorShares(
            operator,
            staker,
            strategy,
            depositShares.withdrawable(depositScalingFactor(staker, strategy), lost)
        );
    }

    /// @inheritdoc IOperatorDelegation
    function slashOperatorShares(
        address operator,
        IStrategy strategy,
        uint64 previousMax,
        uint64 newMax
    ) external onlyFrom(address(_core.slasher)) returns (uint256 fromOperator, uint256 fromQueue) {
        (fromOperator, fromQueue) = previewSlashOperatorShares(operator, strategy, previousMax, newMax);

        operatorShares[operator][strategy] -= fromOperator;

        emit OperatorSharesSlashed(operator, strategy, fromOperator, fromQueue);
    }

    /* VIEWS */

    /// @inheritdoc IOperatorDelegation
    function slashingFactorOf(address staker, IStrategy strategy) external view returns (uint256) {
        return _slashingFactor(staker, delegatedTo[staker], strategy);
    }

    /// @inheritdoc IOperatorDelegation
    function withdrawableShares(
        address staker,
        IStrategy[] calldata strategies
    ) external view returns (uint256[] memory withdrawable, uint256[] memory depositShares) {
        withdrawable = new uint256[](strategies.length);
        depositShares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy strategy = strategies[i];
            depositShares[i] = _shareManagerOf(strategy).depositSharesOf(staker, strategy);
            withdrawable[i] = depositShares[i].withdrawable(
                depositScalingFactor(staker, strategy),
                _slashingFactor(staker, delegatedTo[staker], strategy)
            );
        }
    }

    /// @inheritdoc IOperatorDelegation
    function convertToDepositShares(
        address staker,
        IStrategy[] calldata strategies,
        uint256[] calldata withdrawable
    ) external view returns (uint256[] memory depositShares) {
        require(
            strategies.length == withdrawable.length,
            OperatorDelegationLengthMismatch(strategies.length, withdrawable.length)
        );
        depositShares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy strategy = strategies[i];
            depositShares[i] = withdrawable[i].toDepositShares(
                depositScalingFactor(staker, strategy),
                _slashingFactor(staker, delegatedTo[staker], strategy)
            );
        }
    }

    /// @inheritdoc IOperatorDelegation
    function slashableSharesInQueue(address operator, IStrategy strategy) external view returns (uint256) {
        return _sharesInQueue(operator, strategy, _core.allocationManager.maxMagnitude(operator, strategy));
    }

    /// @inheritdoc IOperatorDelegation
    function depositedShares(
        address staker
    ) public view returns (IStrategy[] memory strategies, uint256[] memory depositShares) {
        (IStrategy[] memory tokens, uint256[] memory shares) = _core.restakingManager.depositsOf(staker);
        IStrategy beacon = _core.podManager.beaconStrategy();
        uint256 ether_ = _core.podManager.depositSharesOf(staker, beacon);
        if (ether_ == 0) return (tokens, shares);

        strategies = new IStrategy[](tokens.length + 1);
        depositShares = new uint256[](tokens.length + 1);
        for (uint256 i = 0; i < tokens.length; ++i) {
            strategies[i] = tokens[i];
            depositShares[i] = shares[i];
        }
        strategies[tokens.length] = beacon;
        depositShares[tokens.length] = ether_;
    }

    /// @inheritdoc IOperatorDelegation
    function depositScalingFactor(address staker, IStrategy strategy) public view returns (uint256) {
        uint256 factor = _scalingFactors[staker][strategy];
        return factor == 0 ? WadMath.WAD : factor;
    }

    /// @inheritdoc IOperatorDelegation
    function previewSlashOperatorShares(
        address operator,
        IStrategy strategy,
        uint64 previousMax,
        uint64 newMax
    ) public view returns (uint256 fromOperator, uint256 fromQueue) {
        fromOperator = operatorShares[operator][strategy].slashedAmount(previousMax, newMax);
        fromQueue = _sharesInQueue(operator, strategy, previousMax).slashedAmount(previousMax, newMax);
    }

    /* INTERNAL */

    /// @notice Books deposit shares credited to a staker, at its present operator if it has one.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param previous Deposit shares before [wei].
    /// @param added Deposit shares added [wei].
    function _addDeposit(address staker, IStrategy strategy, uint256 previous, uint256 added) internal {
        address operator = delegatedTo[staker];
        uint256 factor = _slashingFactor(staker, operator, strategy);
        _rescale(staker, strategy, previous, added, factor);
        if (operator != address(0)) _increaseOperatorShares(operator, staker, strategy, added);
    }

    /// @notice Sets the scaling factor so that `added` shares are worth what was added.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param previous Deposit shares before [wei].
    /// @param added Deposit shares added [wei].
    /// @param slashingFactor Slashing factor [WAD].
    function _rescale(
        address staker,
        IStrategy strategy,
        uint256 previous,
        uint256 added,
        uint256 slashingFactor
    ) internal {
        require(slashingFactor != 0, OperatorDelegationFullySlashed(staker, strategy));
        if (added == 0) return;

        uint256 factor = previous.scalingFactorAfterDeposit(
            added,
            depositScalingFactor(staker, strategy),
            slashingFactor
        );
        require(factor != 0, OperatorDelegationScalingFactorZero(staker, strategy));

        _scalingFactors[staker][strategy] = factor;

        emit DepositScalingFactorSet(staker, strategy, factor);
    }

    /// @notice Raises an operator's shares.
    /// @param operator Operator.
    /// @param staker Staker behind it.
    /// @param strategy Strategy.
    /// @param shares Shares to add [wei].
    function _increaseOperatorShares(address operator, address staker, IStrategy strategy, uint256 shares) internal {
        operatorShares[operator][strategy] += shares;

        emit OperatorSharesIncreased(operator, staker, strategy, shares);
    }

    /// @notice Lowers an operator's shares.
    /// @param operator Operator.
    /// @param staker Staker behind it.
    /// @param strategy Strategy.
    /// @param shares Shares to remove [wei].
    function _decreaseOperatorShares(address operator, address staker, IStrategy strategy, uint256 shares) internal {
        operatorShares[operator][strategy] -= shares;

        emit OperatorSharesDecreased(operator, staker, strategy, shares);
    }

    /// @notice Returns what a staker's shares are multiplied by at an operator.
    /// @param staker Staker.
    /// @param operator Operator, or zero.
    /// @param strategy Strategy.
    /// @return factor Slashing factor [WAD].
    function _slashingFactor(
        address staker,
        address operator,
        IStrategy strategy
    ) internal view returns (uint256 factor) {
        factor = operator == address(0) ? WadMath.WAD : _core.allocationManager.maxMagnitude(operator, strategy);
        return _withBeaconFactor(staker, strategy, factor);
    }

    /// @notice Returns a factor times the staker's beacon factor, for the beacon strategy; unchanged for the others.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param factor Factor [WAD].
    /// @return Factor [WAD], rounded down.
    function _withBeaconFactor(address staker, IStrategy strategy, uint256 factor) internal view returns (uint256) {
        IPodManager pods = _core.podManager;
        return
            address(strategy) == address(pods.beaconStrategy()) ? factor.wMulDown(pods.beaconFactorOf(staker)) : factor;
    }

    /// @notice Returns what the slashable window of the queue is worth at a maximum magnitude.
    /// @dev Window: queued in [now - withdrawalDelay, now]. A chain younger than that has all of it in the window.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param maxMagnitude Maximum magnitude [WAD].
    /// @return Shares [wei], rounded down.
    function _sharesInQueue(address operator, IStrategy strategy, uint64 maxMagnitude) internal view returns (uint256) {
        Checkpoints.Trace256 storage history = _queued[operator][strategy];
        uint256 now_ = clock();
        uint256 before = now_ > withdrawalDelay ? history.upperLookupRecent(now_ - withdrawalDelay - 1) : 0;
        return (history.latest() - before).wMulDown(maxMagnitude);
    }

    /// @notice Returns who keeps the deposit shares of a strategy.
    /// @param strategy Strategy.
    /// @return Restaking manager, or pod manager for the beacon strategy.
    function _shareManagerOf(IStrategy strategy) internal view returns (IShareManager) {
        IPodManager pods = _core.podManager;
        return
            address(strategy) == address(pods.beaconStrategy())
                ? IShareManager(pods)
                : IShareManager(_core.restakingManager);
    }
}
