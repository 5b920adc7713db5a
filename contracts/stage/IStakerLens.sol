// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { ISharesToken } from "../lst/ISharesToken.sol";
import { IStrategy } from "../restaking/IStrategy.sol";

/// @title IStakerLens
/// @notice Shows the stakers' side of the restaking core at once: wallets, stakes and open withdrawals.
/// @dev Units: shares with 18 decimals; ether in wei; tokens in their own units; factors in WAD.
/// @dev Answers stand in the order of the question.
/// @custom:source docs/contracts/Lens.md, section "Stakers"
interface IStakerLens {
    /// @notice A staker's holding in one strategy.
    /// @param tokens Tokens of the strategy's asset in the wallet; zero for native stake [token units].
    /// @param depositShares Deposit shares [shares, 18 dp].
    /// @param scalingFactor Deposit scaling factor [WAD].
    /// @param withdrawable What a withdrawal of everything would be worth now [shares, 18 dp].
    struct StakerStake {
        uint256 tokens;
        uint256 depositShares;
        uint256 scalingFactor;
        uint256 withdrawable;
    }

    /// @notice A staker.
    /// @param delegatedTo Operator; zero where undelegated.
    /// @param wallet Plain ether [wei].
    /// @param beaconFactor What beacon penalties have left of native stake [WAD].
    /// @param liquidShares Shares of the liquid staking token in the wallet: they do not rebase [LST shares, 18 dp].
    /// @param rewardTokens Reward tokens in the wallet [token units].
    /// @param stakes One per strategy asked for.
    struct StakerState {
        address delegatedTo;
        uint256 wallet;
        uint256 beaconFactor;
        uint256 liquidShares;
        uint256 rewardTokens;
        StakerStake[] stakes;
    }

    /// @notice Returns the stakers' side of the core.
    /// @param strategies Strategies of interest; the native one is recognised by its sentinel.
    /// @param stakers Stakers of interest, operators included.
    /// @param liquid Liquid staking token.
    /// @param reward Token that rewards are paid in.
    /// @param withdrawals Open withdrawals of interest, each of one strategy.
    /// @return states One per staker.
    /// @return releasable What each withdrawal would release at today's slashing factor [shares, 18 dp].
    function read(
        IStrategy[] calldata strategies,
        address[] calldata stakers,
        ISharesToken liquid,
        IERC20 reward,
        uint256[] calldata withdrawals
    ) external view returns (StakerState[] memory states, uint256[] memory releasable);
}
