// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { ISharesToken } from "../lst/ISharesToken.sol";
import { ICoreComponent } from "../restaking/ICoreComponent.sol";
import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";
import { IPodManager } from "../restaking/IPodManager.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { IStakerLens } from "./IStakerLens.sol";

/// @title StakerLens
/// @notice See {IStakerLens}.
/// @custom:source docs/contracts/Lens.md, section "Stakers"
contract StakerLens is IStakerLens {
    /* IMMUTABLES */

    IOperatorDelegation private immutable _delegation;
    IPodManager private immutable _pods;
    IStrategy private immutable _beacon;

    /* CONSTRUCTOR */

    /// @notice Points the lens at a deployed core.
    /// @param core Contracts of the core.
    constructor(ICoreComponent.Core memory core) {
        _delegation = core.operatorDelegation;
        _pods = core.podManager;
        _beacon = core.podManager.beaconStrategy();
    }

    /* VIEWS */

    /// @inheritdoc IStakerLens
    function read(
        IStrategy[] calldata strategies,
        address[] calldata stakers,
        ISharesToken liquid,
        IERC20 reward,
        uint256[] calldata withdrawals
    ) external view returns (StakerState[] memory states, uint256[] memory releasable) {
        IERC20[] memory assets = new IERC20[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            if (address(strategies[i]) != address(_beacon)) assets[i] = strategies[i].token();
        }

        states = new StakerState[](stakers.length);
        for (uint256 i = 0; i < stakers.length; ++i) {
            states[i] = _staker(stakers[i], strategies, assets);
            states[i].liquidShares = liquid.sharesOf(stakers[i]);
            states[i].rewardTokens = reward.balanceOf(stakers[i]);
        }

        releasable = new uint256[](withdrawals.length);
        for (uint256 i = 0; i < withdrawals.length; ++i) {
            (uint256[] memory shares, ) = _delegation.releasableShares(withdrawals[i]);
            releasable[i] = shares[0];
        }
    }

    /* INTERNAL */

    function _staker(
        address staker,
        IStrategy[] calldata strategies,
        IERC20[] memory assets
    ) private view returns (StakerState memory state) {
        state.delegatedTo = _delegation.delegatedTo(staker);
        state.wallet = staker.balance;
        state.beaconFactor = _pods.beaconFactorOf(staker);

        (uint256[] memory withdrawable, uint256[] memory deposited) = _delegation.withdrawableShares(
            staker,
            strategies
        );
        state.stakes = new StakerStake[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            state.stakes[i] = StakerStake({
                tokens: address(assets[i]) == address(0) ? 0 : assets[i].balanceOf(staker),
                depositShares: deposited[i],
                scalingFactor: _delegation.depositScalingFactor(staker, strategies[i]),
                withdrawable: withdrawable[i]
            });
        }
    }
}
