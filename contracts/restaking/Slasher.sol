// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IAllocationManager } from "./IAllocationManager.sol";
import { ISlasher } from "./ISlasher.sol";
import { IStrategy } from "./IStrategy.sol";
import { SlashPreviews } from "./SlashPreviews.sol";

/// @title Slasher
/// @notice See {ISlasher}. Here: the slash itself and its hooks. {SlashEscrow} holds what it took, {SlashPreviews} says
/// beforehand what it would take.
contract Slasher is SlashPreviews {
    /* CONSTANTS */

    /// @notice Gas each call to a hook gets.
    uint256 public constant HOOK_GAS = 250_000;

    /// @notice Gas set aside for making that call.
    uint256 public constant HOOK_RESERVE = 20_000;

    /* STORAGE */

    mapping(bytes32 setKey => uint256 count) private _slashCounts;

    /* CONSTRUCTOR */

    /// @notice Fixes the unit of time.
    /// @param owner_ First owner.
    /// @param clockMode_ Unit of time.
    constructor(address owner_, ClockMode clockMode_) CoreComponent(owner_) Clock(clockMode_) {}

    /* EXTERNAL */

    /// @inheritdoc ISlasher
    function slash(
        SlashParams calldata params
    ) external nonReentrant whenNotPaused(PAUSE_SLASH) returns (uint256 slashId, StrategySlash[] memory slashes) {
        _requireValid(params.set, params.operator, params.strategies, params.wads);
        address slasher = _core.avsRegistry.slasherOf(params.set);
        require(msg.sender == slasher, SlasherUnauthorized(msg.sender, slasher));

        slashId = ++_slashCounts[params.set.key()];
        ISlashingHook hook = _core.avsRegistry.hookOf(params.set);
        _callBefore(hook, params, slashId);

        _openEscrow(params.set, slashId);
        slashes = new StrategySlash[](params.strategies.length);
        uint256[] memory shares = new uint256[](slashes.length);
        for (uint256 i = 0; i < slashes.length; ++i) {
            slashes[i] = _slash(params, slashId, i);
            shares[i] = slashes[i].fromOperator + slashes[i].fromQueue;
        }

        emit OperatorSlashed(params.operator, params.set, slashId, slashes, params.description);

        _callAfter(hook, params, slashId, shares);
    }

    /* VIEWS */

    /// @inheritdoc ISlasher
    function slashCount(OperatorSet calldata set) external view returns (uint256) {
        return _slashCounts[set.key()];
    }

    /// @inheritdoc ISlasher
    function hookGas() external pure returns (uint256) {
        return HOOK_GAS;
    }

    /* INTERNAL */

    /// @notice Slashes one strategy: magnitude, operator's shares, queue; then holds what was taken.
    /// @param params What to slash.
    /// @param slashId Number of the slash.
    /// @param index Strategy, as an index.
    /// @return slashed What it took.
    function _slash(
        SlashParams calldata params,
        uint256 slashId,
        uint256 index
    ) internal returns (StrategySlash memory slashed) {
        IStrategy strategy = params.strategies[index];
        IAllocationManager.MagnitudeSlash memory magnitude = _core.allocationManager.slashMagnitude(
            params.operator,
            params.set,
            strategy,
            params.wads[index]
        );
        slashed = _describe(strategy, magnitude);
        if (slashed.slashedMagnitude == 0) return slashed;

        (slashed.fromOperator, slashed.fromQueue) = _core.operatorDelegation.slashOperatorShares(
            params.operator,
            strategy,
            magnitude.previousMax,
            magnitude.newMax
        );
        _hold(params.set, slashId, strategy, slashed.fromOperator + slashed.fromQueue);
    }

    /// @notice Tells the hook that a slash is about to happen.
    /// @param hook Hook, or zero.
    /// @param params What to slash.
    /// @param slashId Number of the slash.
    function _callBefore(ISlashingHook hook, SlashParams calldata params, uint256 slashId) internal {
        if (!_prepareHook(hook, params.set, slashId, false)) return;

        try
            hook.beforeSlash{ gas: HOOK_GAS }(
                params.operator,
                params.set,
                slashId,
                _asAddresses(params.strategies),
                params.wads
            )
        {
            return;
        } catch {
            emit HookFailed(params.set, slashId, address(hook), false);
        }
    }

    /// @notice Tells the hook what a slash took.
    /// @param hook Hook, or zero.
    /// @param params What was slashed.
    /// @param slashId Number of the slash.
    /// @param shares Shares taken per strategy [wei].
    function _callAfter(
        ISlashingHook hook,
        SlashParams calldata params,
        uint256 slashId,
        uint256[] memory shares
    ) internal {
        if (!_prepareHook(hook, params.set, slashId, true)) return;

        try
            hook.afterSlash{ gas: HOOK_GAS }(
                params.operator,
                params.set,
                slashId,
                _asAddresses(params.strategies),
                shares
            )
        {
            return;
        } catch {
            emit HookFailed(params.set, slashId, address(hook), true);
        }
    }

    /// @notice Makes sure that a hook can be called and would get all its gas.
    /// @dev A call forwards at most 63/64 of what is left, so an under-gassed slash would starve the hook silently.
    /// @param hook Hook, or zero.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    /// @param afterSlash Which of the two calls.
    /// @return True when there is code to call.
    function _prepareHook(
        ISlashingHook hook,
        OperatorSet calldata set,
        uint256 slashId,
        bool afterSlash
    ) internal returns (bool) {
        if (address(hook) == address(0)) return false;
        if (address(hook).code.length == 0) {
            emit HookFailed(set, slashId, address(hook), afterSlash);
            return false;
        }

        uint256 required = WadMath.mulDivUp(HOOK_GAS + HOOK_RESERVE, 64, 63);
        uint256 available = gasleft();
        require(available >= required, SlasherInsufficientGas(available, required));
        return true;
    }

    /// @notice Returns strategies as addresses.
    /// @param strategies Strategies.
    /// @return values The same, untyped.
    function _asAddresses(IStrategy[] calldata strategies) internal pure returns (address[] memory values) {
        values = new address[](strategies.length);
        for (uint256 i = 0; i < values.length; ++i) values[i] = address(strategies[i]);
    }
}
