// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "./WadMath.sol";

/// @title SlashingLib
/// @notice The arithmetic of slashing as a history of multipliers.
/// @dev Idea: a slash multiplies everything an operator holds by `newMax / previousMax`. Stakers are not touched one by
/// one; they are read through the factor instead.
///
/// Symbols: `s` deposit shares, `k` deposit scaling factor [WAD], `f` slashing factor [WAD], `m` maximum magnitude [WAD].
///
/// 1. withdrawable(s) = floor(floor(s * k) * f): what the staker has, rounded down.
/// 2. A deposit of `d` must be worth `d`, whatever was slashed before: (s + d) * k' * f = withdrawable(s) + d, hence
///    k' = floor(floor((withdrawable + d) / (s + d)) / f); for s = 0, k' = floor(k / f).
/// 3. A slash takes amount - ceil(amount * newMax / previousMax): what remains rounds up, so the pool of an operator
///    never falls below what its stakers can withdraw.
/// 4. Shares in the queue are stored times `k` ("scaled"), so that times `f` they are shares.
///
/// Precision: every intermediate product has 512 bits. `k` is bounded by about 1e74 (f = 1, smallest deposits).
/// @custom:source docs/contracts/OperatorDelegation.md, "Slashing as a factor"
library SlashingLib {
    using WadMath for uint256;

    /// @notice Returns deposit shares as stored in the queue: floor(s * k).
    /// @param shares Deposit shares [wei].
    /// @param scalingFactor Deposit scaling factor [WAD].
    /// @return Scaled shares [wei].
    function scale(uint256 shares, uint256 scalingFactor) internal pure returns (uint256) {
        return shares.wMulDown(scalingFactor);
    }

    /// @notice Returns what deposit shares can be withdrawn for: floor(floor(s * k) * f).
    /// @param shares Deposit shares [wei].
    /// @param scalingFactor Deposit scaling factor [WAD].
    /// @param slashingFactor Slashing factor [WAD].
    /// @return Shares after slashing [wei].
    function withdrawable(
        uint256 shares,
        uint256 scalingFactor,
        uint256 slashingFactor
    ) internal pure returns (uint256) {
        return shares.wMulDown(scalingFactor).wMulDown(slashingFactor);
    }

    /// @notice Returns the deposit shares behind withdrawable shares: floor(floor(w / k) / f); zero when `f` is zero.
    /// @param withdrawable_ Shares after slashing [wei].
    /// @param scalingFactor Deposit scaling factor [WAD], not zero.
    /// @param slashingFactor Slashing factor [WAD].
    /// @return Deposit shares [wei].
    function toDepositShares(
        uint256 withdrawable_,
        uint256 scalingFactor,
        uint256 slashingFactor
    ) internal pure returns (uint256) {
        if (slashingFactor == 0) return 0;
        return withdrawable_.wDivDown(scalingFactor).wDivDown(slashingFactor);
    }

    /// @notice Returns the deposit scaling factor after a deposit.
    /// @param previous Deposit shares before [wei].
    /// @param added Deposit shares added, not zero [wei].
    /// @param scalingFactor Deposit scaling factor before [WAD].
    /// @param slashingFactor Slashing factor [WAD], not zero.
    /// @return Deposit scaling factor from now on [WAD], rounded down.
    function scalingFactorAfterDeposit(
        uint256 previous,
        uint256 added,
        uint256 scalingFactor,
        uint256 slashingFactor
    ) internal pure returns (uint256) {
        if (previous == 0) return scalingFactor.wDivDown(slashingFactor);

        uint256 total = withdrawable(previous, scalingFactor, slashingFactor) + added;
        return total.wDivDown(previous + added).wDivDown(slashingFactor);
    }

    /// @notice Returns what a slash takes from an amount: amount - ceil(amount * newMax / previousMax).
    /// @param amount Shares [wei].
    /// @param previousMax Maximum magnitude before [WAD], not zero.
    /// @param newMax Maximum magnitude after, at most `previousMax` [WAD].
    /// @return Shares slashed [wei], rounded down.
    function slashedAmount(uint256 amount, uint256 previousMax, uint256 newMax) internal pure returns (uint256) {
        return amount - amount.mulDivUp(newMax, previousMax);
    }
}
