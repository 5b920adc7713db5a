// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ICollateralBranch } from "./ICollateralBranch.sol";
import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title IBranchRegistry
/// @notice Knows the branches of one synthetic dollar, and redeems dollars for collateral across them.
/// @dev A redemption is spread over the branches by their unbacked debt: debt minus the deposits of the stability pool.
/// Its rate is a base rate plus half a percent; every redemption raises the base rate by the part of the supply redeemed,
/// and six hours halve it.
/// @dev Units: dollars and collateral in wei; rates in WAD.
///
/// | Quantity | Rounding |
/// |---|---|
/// | decay: each product | to the nearest, halves up |
/// | decayed base rate, part of the supply | down |
/// | a branch's part of a redemption | down |
/// | the rest | as {ICollateralBranch} |
/// @custom:source docs/contracts/BranchRegistry.md
interface IBranchRegistry {
    /// @notice Emitted when a branch is added.
    /// @param branch Branch.
    event BranchAdded(address indexed branch);

    /// @notice Emitted when dollars are redeemed.
    /// @param redeemer Who paid them.
    /// @param requested Dollars offered [wei].
    /// @param redeemed Dollars burned [wei].
    /// @param rate Redemption rate [WAD].
    /// @param baseRate Base rate from now on [WAD].
    event Redeemed(address indexed redeemer, uint256 requested, uint256 redeemed, uint256 rate, uint256 baseRate);

    /// @notice Raised when a branch is there already, or does not belong here.
    /// @param branch Branch.
    error BranchRegistryInvalidBranch(address branch);

    /// @notice Raised when the redemption rate is more than the redeemer accepts.
    /// @param rate Redemption rate [WAD].
    /// @param most Most that is accepted [WAD].
    error BranchRegistryRateTooHigh(uint256 rate, uint256 most);

    /// @notice Raised when no debt could be redeemed.
    /// @param requested Dollars offered [wei].
    error BranchRegistryNothingRedeemed(uint256 requested);

    /// @notice Adds a branch to redemptions, for good. Only the owner.
    /// @param branch Branch that names this registry, and that the dollar lets mint.
    function addBranch(ICollateralBranch branch) external;

    /// @notice Redeems dollars of the caller for collateral.
    /// @dev The amount is cut to the unbacked debt of all branches that take part; where nothing is unbacked, it is spread
    /// by debt, uncut. The rate is that of the amount so cut; the base rate rises by what was really redeemed.
    /// @param amount Dollars [wei].
    /// @param maxTroves Most troves to look at in each branch; zero for all.
    /// @param maxRate Highest redemption rate accepted [WAD].
    /// @return redeemed Dollars burned [wei].
    function redeem(uint256 amount, uint256 maxTroves, uint256 maxRate) external returns (uint256 redeemed);

    /// @notice Returns the synthetic dollar.
    /// @return Dollar.
    function dollar() external view returns (ISyntheticDollar);

    /// @notice Returns the branches.
    /// @return Branches, in the order in which they were added.
    function branches() external view returns (ICollateralBranch[] memory);

    /// @notice Returns the base rate as last changed.
    /// @return Base rate [WAD].
    function baseRate() external view returns (uint256);

    /// @notice Returns when the base rate was last changed, to the minute.
    /// @return Time [unix s].
    function lastBaseRateUpdate() external view returns (uint256);

    /// @notice Returns the base rate now.
    /// @return Base rate, decayed by whole minutes [WAD].
    function decayedBaseRate() external view returns (uint256);

    /// @notice Returns the rate of a redemption now.
    /// @param amount Dollars that are redeemed [wei].
    /// @return Redemption rate [WAD].
    function redemptionRateFor(uint256 amount) external view returns (uint256);

    /// @notice Returns what becomes of a base rate: the rule itself.
    /// @param baseRate_ Base rate before [WAD].
    /// @param minutesPassed Whole minutes.
    /// @param redeemed Dollars redeemed [wei].
    /// @param supply Dollars there were, not zero [wei].
    /// @return decayFactor What is left of one after these minutes [WAD].
    /// @return baseRateAfter Base rate after the redemption [WAD].
    /// @return redemptionRate Redemption rate then [WAD].
    function previewBaseRate(
        uint256 baseRate_,
        uint256 minutesPassed,
        uint256 redeemed,
        uint256 supply
    ) external pure returns (uint256 decayFactor, uint256 baseRateAfter, uint256 redemptionRate);
}
