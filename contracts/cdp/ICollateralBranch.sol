// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { TroveMath } from "../libraries/TroveMath.sol";
import { IStabilityPool } from "./IStabilityPool.sol";

/// @title ICollateralBranch
/// @notice Collateralised debt of one collateral: troves whose owners set their own interest, their liquidation into the
/// stability pool or onto each other, and their redemption, lowest interest first.
/// @dev Units: debt and collateral in wei with 18 decimals; prices in WAD dollars per collateral; ratios, fractions and
/// yearly rates in WAD; times in unix seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | interest of the branch | up |
/// | interest of a trove | down |
/// | upfront fee, average rate | down |
/// | collateral ratio | down |
/// | stability pool's part of the interest | down, the rest is the treasury's |
/// | liquidation: each part of the collateral | down, the rest is the owner's surplus |
/// | stake; debt and collateral per stake | down, with the remainder carried to the next redistribution |
/// | a trove's part of a redistribution | down |
/// | redemption: collateral, fee | down |
/// | urgent redemption: collateral; debt when the collateral does not reach | down |
/// @dev The branch's debt is therefore never below the sum of its troves', and above it by dust.
/// @custom:source docs/contracts/CollateralBranch.md
interface ICollateralBranch {
    /// @notice What has become of a trove.
    enum Status {
        None,
        Active,
        Zombie,
        Closed,
        Liquidated
    }

    /// @notice How a branch is set up, for good.
    /// @param collateral Collateral, with 18 decimals.
    /// @param feed Dollars per collateral.
    /// @param maxAge Greatest age of an answer [s].
    /// @param registry Registry of the branches.
    /// @param treasury Who gets the interest that is not the stability pool's.
    /// @param gasToken Token of the gas reserve, zero for none.
    /// @param gasReserve What an owner leaves for its liquidator [wei of the gas token].
    /// @param minDebt Least debt of a trove [wei].
    /// @param minRatio Ratio below which a trove is liquidated [WAD].
    /// @param criticalRatio Ratio of the branch below which nobody may add risk [WAD].
    /// @param shutdownRatio Ratio of the branch below which it is shut down [WAD].
    /// @param poolPenalty What the stability pool gets on top of the debt it pays [WAD].
    /// @param redistributionPenalty What the troves get on top of the debt they take over [WAD].
    struct Terms {
        address collateral;
        IAggregatorV3 feed;
        uint256 maxAge;
        address registry;
        address treasury;
        address gasToken;
        uint256 gasReserve;
        uint256 minDebt;
        uint256 minRatio;
        uint256 criticalRatio;
        uint256 shutdownRatio;
        uint256 poolPenalty;
        uint256 redistributionPenalty;
    }

    /// @notice A trove as last written.
    /// @param owner Owner.
    /// @param status What has become of it.
    /// @param debt Debt [wei].
    /// @param collateral Collateral [wei].
    /// @param stake Its part of redistributions.
    /// @param rate Yearly interest rate [WAD].
    /// @param lastUpdate When it was written [unix s].
    /// @param lastRateUpdate When its rate was set [unix s].
    /// @param debtPerStake Redistributed debt per stake then [WAD].
    /// @param collateralPerStake Redistributed collateral per stake then [WAD].
    struct Trove {
        address owner;
        Status status;
        uint256 debt;
        uint256 collateral;
        uint256 stake;
        uint256 rate;
        uint256 lastUpdate;
        uint256 lastRateUpdate;
        uint256 debtPerStake;
        uint256 collateralPerStake;
    }

    /// @notice A trove as it is now.
    /// @param debt Debt with interest and redistributions [wei].
    /// @param collateral Collateral with redistributions [wei].
    /// @param interest Interest since it was last written [wei].
    /// @param debtGain Redistributed debt since [wei].
    /// @param collateralGain Redistributed collateral since [wei].
    struct Latest {
        uint256 debt;
        uint256 collateral;
        uint256 interest;
        uint256 debtGain;
        uint256 collateralGain;
    }

    /// @notice Totals of a branch as last written.
    /// @param activeDebt Debt of the troves, with the interest minted for it [wei].
    /// @param weightedDebt Sum of each trove's written debt times its rate [wei * WAD].
    /// @param activeCollateral Collateral of the troves [wei].
    /// @param redistributedDebt Debt redistributed that no trove has taken note of [wei].
    /// @param redistributedCollateral Collateral of the same kind [wei].
    /// @param lastAccrual When interest was last minted [unix s].
    struct Totals {
        uint256 activeDebt;
        uint256 weightedDebt;
        uint256 activeCollateral;
        uint256 redistributedDebt;
        uint256 redistributedCollateral;
        uint256 lastAccrual;
    }

    /// @notice How redistributions reach the troves.
    /// @param total Sum of all stakes.
    /// @param totalSnapshot That sum after the last liquidation.
    /// @param collateralSnapshot Collateral of the branch after the last liquidation [wei].
    /// @param debtPerStake Redistributed debt per stake [WAD].
    /// @param collateralPerStake Redistributed collateral per stake [WAD].
    /// @param debtError Remainder of the last division for debt.
    /// @param collateralError Remainder of the last division for collateral.
    struct Stakes {
        uint256 total;
        uint256 totalSnapshot;
        uint256 collateralSnapshot;
        uint256 debtPerStake;
        uint256 collateralPerStake;
        uint256 debtError;
        uint256 collateralError;
    }

    /// @notice Emitted when a trove is written.
    /// @param id Trove.
    /// @param owner Owner.
    /// @param status What has become of it.
    /// @param debt Debt [wei].
    /// @param collateral Collateral [wei].
    /// @param rate Yearly interest rate [WAD].
    event TroveUpdated(
        uint256 indexed id,
        address indexed owner,
        Status status,
        uint256 debt,
        uint256 collateral,
        uint256 rate
    );

    /// @notice Emitted when debt is charged a week's interest at once.
    /// @param id Trove.
    /// @param fee Fee [wei].
    event UpfrontFeeCharged(uint256 indexed id, uint256 fee);

    /// @notice Emitted when interest is minted.
    /// @param poolYield Interest for the stability pool [wei].
    /// @param treasuryYield Interest for the treasury [wei].
    event InterestMinted(uint256 poolYield, uint256 treasuryYield);

    /// @notice Emitted when a trove is liquidated.
    /// @param id Trove.
    /// @param owner Owner.
    /// @param liquidator Who did it.
    /// @param price Price used [WAD].
    /// @param split What went where.
    event TroveLiquidated(
        uint256 indexed id,
        address indexed owner,
        address indexed liquidator,
        uint256 price,
        TroveMath.Liquidation split
    );

    /// @notice Emitted when debt of a trove is redeemed.
    /// @param id Trove.
    /// @param redeemer Who paid it.
    /// @param debt Debt redeemed [wei].
    /// @param collateral Collateral paid out [wei].
    /// @param fee Collateral that stayed as the fee, zero for an urgent redemption [wei].
    /// @param isUrgent Whether the branch was shut down.
    event TroveRedeemed(
        uint256 indexed id,
        address indexed redeemer,
        uint256 debt,
        uint256 collateral,
        uint256 fee,
        bool isUrgent
    );

    /// @notice Emitted when an owner takes what a liquidation left.
    /// @param owner Owner.
    /// @param collateral Collateral [wei].
    event SurplusClaimed(address indexed owner, uint256 collateral);

    /// @notice Emitted when the branch is shut down, for good.
    /// @param collateralRatio Its ratio then [WAD].
    /// @param price Price then [WAD].
    event BranchShutDown(uint256 collateralRatio, uint256 price);

    /// @notice Emitted when the branch learns its stability pool.
    /// @param pool Stability pool.
    event StabilityPoolSet(address indexed pool);

    /// @notice Raised when the branch is set up in a way that cannot work.
    /// @param reason What is wrong.
    error CollateralBranchInvalidTerms(bytes32 reason);

    /// @notice Raised when the caller is not who may call.
    /// @param caller Caller.
    /// @param expected Who may.
    error CollateralBranchUnauthorized(address caller, address expected);

    /// @notice Raised when a trove is not open.
    /// @param id Trove.
    /// @param status What has become of it.
    error CollateralBranchNotOpen(uint256 id, Status status);

    /// @notice Raised when a trove would owe less than it must.
    /// @param debt Debt [wei].
    /// @param least Least debt [wei].
    error CollateralBranchDebtTooLow(uint256 debt, uint256 least);

    /// @notice Raised when a rate is out of bounds.
    /// @param rate Rate [WAD].
    error CollateralBranchInvalidRate(uint256 rate);

    /// @notice Raised when the upfront fee is more than the owner accepts.
    /// @param fee Fee [wei].
    /// @param most Most that is accepted [wei].
    error CollateralBranchFeeTooHigh(uint256 fee, uint256 most);

    /// @notice Raised when a trove would have too little collateral.
    /// @param collateralRatio Its ratio [WAD].
    /// @param least Least ratio [WAD].
    error CollateralBranchRatioTooLow(uint256 collateralRatio, uint256 least);

    /// @notice Raised when the branch would have too little collateral for more risk.
    /// @param collateralRatio Its ratio [WAD].
    /// @param least Critical ratio [WAD].
    error CollateralBranchCritical(uint256 collateralRatio, uint256 least);

    /// @notice Raised when a change takes more than there is, or changes nothing.
    /// @param available What there is [wei].
    /// @param change Change asked [wei].
    error CollateralBranchInvalidChange(uint256 available, int256 change);

    /// @notice Raised when the last trove of a living branch is to be closed or redistributed: nobody could take over.
    /// @param id Trove.
    error CollateralBranchLastTrove(uint256 id);

    /// @notice Raised when a trove is not to be liquidated.
    /// @param id Trove.
    /// @param collateralRatio Its ratio [WAD].
    /// @param least Ratio below which it would be [WAD].
    error CollateralBranchNotLiquidatable(uint256 id, uint256 collateralRatio, uint256 least);

    /// @notice Raised when the branch is shut down, or must be and is not.
    /// @param isShutDown Whether it is.
    error CollateralBranchShutDown(bool isShutDown);

    /// @notice Raised when nothing calls for a shutdown.
    /// @param collateralRatio Ratio of the branch [WAD].
    /// @param least Ratio below which it is shut down [WAD].
    error CollateralBranchStillSound(uint256 collateralRatio, uint256 least);

    /// @notice Raised when an urgent redemption finds less collateral than asked for.
    /// @param collateral Collateral found [wei].
    /// @param least Least collateral [wei].
    error CollateralBranchTooLittleCollateral(uint256 collateral, uint256 least);

    /// @notice Raised when there is nothing to claim.
    /// @param owner Owner.
    error CollateralBranchNoSurplus(address owner);

    /// @notice Raised when the feed has failed; the branch can then be shut down at its last good price.
    error CollateralBranchBrokenFeed();

    /// @notice Opens a trove of the caller: takes collateral and the gas reserve, mints dollars.
    /// @dev The debt is the dollars minted plus the upfront fee; the branch's average rate counts the new trove.
    /// @dev Reverts with {CollateralBranchDebtTooLow}, {CollateralBranchInvalidRate}, {CollateralBranchFeeTooHigh},
    /// {CollateralBranchRatioTooLow} or {CollateralBranchCritical}.
    /// @param collateralAmount Collateral [wei].
    /// @param dollars Dollars to mint [wei].
    /// @param rate Yearly interest rate, from 0.5 % to 250 % [WAD].
    /// @param maxFee Most upfront fee accepted [wei].
    /// @return id Trove.
    function openTrove(
        uint256 collateralAmount,
        uint256 dollars,
        uint256 rate,
        uint256 maxFee
    ) external returns (uint256 id);

    /// @notice Changes collateral and debt of a trove of the caller; a zombie becomes active again.
    /// @dev More debt is charged the upfront fee. Below the critical ratio nobody may take debt or, unless debt of at
    /// least the same value is repaid, collateral.
    /// @param id Trove.
    /// @param collateralChange Collateral added, or taken when negative [wei].
    /// @param debtChange Dollars taken, or repaid when negative [wei].
    /// @param maxFee Most upfront fee accepted [wei].
    function adjustTrove(uint256 id, int256 collateralChange, int256 debtChange, uint256 maxFee) external;

    /// @notice Sets the interest rate of a trove of the caller.
    /// @dev Within a week of the last change the upfront fee on the whole debt is due.
    /// @param id Trove.
    /// @param rate Yearly interest rate, from 0.5 % to 250 % [WAD].
    /// @param maxFee Most upfront fee accepted [wei].
    function setRate(uint256 id, uint256 rate, uint256 maxFee) external;

    /// @notice Repays all debt of a trove of the caller, and gives back its collateral and gas reserve.
    /// @dev The last trove of a branch that is not shut down stays.
    /// @param id Trove.
    function closeTrove(uint256 id) external;

    /// @notice Writes what a trove has accrued. Anybody may.
    /// @param id Trove.
    function settleTrove(uint256 id) external;

    /// @notice Liquidates a trove below the minimum ratio, whole. Anybody may, also its owner.
    /// @dev Pays the caller the gas reserve and its part of the collateral.
    /// @dev Reverts with {CollateralBranchLastTrove} when debt is left that no other trove could take over.
    /// @param id Trove.
    /// @return split What went where.
    function liquidate(uint256 id) external returns (TroveMath.Liquidation memory split);

    /// @notice Pays the caller the collateral that liquidations left it.
    function claimSurplus() external;

    /// @notice Redeems debt of troves, first that of the zombie that the last redemption left, then lowest interest first.
    /// @dev Only the registry, which has chosen the amount and the rate; skips troves that are worth less than their debt.
    /// @param redeemer Who pays and receives.
    /// @param amount Debt to redeem at most [wei].
    /// @param rate Redemption rate [WAD].
    /// @param maxTroves Most troves to look at; zero for all.
    /// @return redeemed Debt redeemed [wei].
    function redeem(
        address redeemer,
        uint256 amount,
        uint256 rate,
        uint256 maxTroves
    ) external returns (uint256 redeemed);

    /// @notice Redeems debt of the named troves of a branch that is shut down, with a bonus of 2 % and without a fee.
    /// @param amount Debt to redeem at most [wei].
    /// @param ids Troves in any order.
    /// @param minCollateral Least collateral [wei].
    /// @return redeemed Debt redeemed [wei].
    /// @return collateralOut Collateral paid out [wei].
    function redeemUrgently(
        uint256 amount,
        uint256[] calldata ids,
        uint256 minCollateral
    ) external returns (uint256 redeemed, uint256 collateralOut);

    /// @notice Shuts the branch down, for good, when its ratio is below the shutdown ratio or its feed has failed.
    /// @dev No interest accrues from then on. Anybody may.
    function shutDown() external;

    /// @notice Mints the interest until now.
    function accrue() external;

    /// @notice Tells the branch its stability pool, once. Only the owner.
    /// @param pool Stability pool.
    function setStabilityPool(IStabilityPool pool) external;

    /// @notice Returns how the branch is set up.
    /// @return Terms.
    function terms() external view returns (Terms memory);

    /// @notice Returns the stability pool.
    /// @return Stability pool.
    function stabilityPool() external view returns (IStabilityPool);

    /// @notice Returns a trove as last written.
    /// @param id Trove.
    /// @return Trove.
    function troveOf(uint256 id) external view returns (Trove memory);

    /// @notice Returns a trove as it is now.
    /// @param id Trove.
    /// @return Its debt and collateral, and where they come from.
    function latestOf(uint256 id) external view returns (Latest memory);

    /// @notice Returns the collateral ratio of a trove now, at the last good price.
    /// @param id Trove.
    /// @return Ratio, rounded down [WAD].
    function ratioOf(uint256 id) external view returns (uint256);

    /// @notice Returns the totals as last written.
    /// @return Totals.
    function totals() external view returns (Totals memory);

    /// @notice Returns how redistributions reach the troves.
    /// @return Stakes.
    function stakes() external view returns (Stakes memory);

    /// @notice Returns all debt of the branch, with interest that is still to be minted.
    /// @return Debt [wei].
    function entireDebt() external view returns (uint256);

    /// @notice Returns all collateral of the branch, without surplus.
    /// @return Collateral [wei].
    function entireCollateral() external view returns (uint256);

    /// @notice Returns interest that is still to be minted.
    /// @return Interest, rounded up [wei].
    function pendingInterest() external view returns (uint256);

    /// @notice Returns the price now, or the last good one.
    /// @return price Price, rounded down [WAD].
    /// @return isGood Whether it is of now.
    function priceNow() external view returns (uint256 price, bool isGood);

    /// @notice Returns the debt that the stability pool could not pay, and whether the branch takes part in redemptions.
    /// @return debt All debt of the branch [wei].
    /// @return unbacked Debt minus the pool's deposits [wei].
    /// @return isRedeemable Whether it is not shut down, its ratio not below the shutdown ratio and its feed sound.
    function redeemability() external view returns (uint256 debt, uint256 unbacked, bool isRedeemable);

    /// @notice Returns what is claimable by an owner.
    /// @param owner_ Owner.
    /// @return Collateral [wei].
    function surplusOf(address owner_) external view returns (uint256);

    /// @notice Returns the number of troves ever opened; ids count from one.
    /// @return Number.
    function troveCount() external view returns (uint256);

    /// @notice Returns the trove that an owner opened last.
    /// @param owner_ Owner.
    /// @return Trove; zero when it never opened one.
    function lastTroveOf(address owner_) external view returns (uint256);

    /// @notice Returns the number of troves that are open.
    /// @return Number.
    function openTroveCount() external view returns (uint256);

    /// @notice Returns the active trove with the next higher rate.
    /// @param id Trove; zero for the lowest.
    /// @return Trove; zero at the end.
    function nextByRate(uint256 id) external view returns (uint256);

    /// @notice Returns the zombie with debt that the next redemption hits first.
    /// @return Trove; zero for none.
    function lastZombie() external view returns (uint256);

    /// @notice Returns when the branch was shut down.
    /// @return Time; zero while it lives [unix s].
    function shutdownTime() external view returns (uint256);

    /// @notice Returns what a liquidation of such a trove would split into: the rule itself, with this branch's penalties.
    /// @param debt Debt [wei].
    /// @param collateralAmount Collateral [wei].
    /// @param available What the stability pool can pay [wei].
    /// @param price Price [WAD].
    /// @return What would go where.
    function previewLiquidation(
        uint256 debt,
        uint256 collateralAmount,
        uint256 available,
        uint256 price
    ) external view returns (TroveMath.Liquidation memory);

    /// @notice Returns what a redemption of such debt takes.
    /// @param debt Debt [wei].
    /// @param price Price [WAD].
    /// @param rate Redemption rate [WAD].
    /// @return collateralAmount Collateral worth the debt [wei].
    /// @return fee The part of it that stays in the trove [wei].
    function previewRedemption(
        uint256 debt,
        uint256 price,
        uint256 rate
    ) external pure returns (uint256 collateralAmount, uint256 fee);

    /// @notice Returns what an urgent redemption from such a trove takes.
    /// @param debt Debt to redeem at most [wei].
    /// @param collateralAmount Collateral of the trove [wei].
    /// @param price Price [WAD].
    /// @return redeemed Debt redeemed [wei].
    /// @return taken Collateral taken [wei].
    function previewUrgentRedemption(
        uint256 debt,
        uint256 collateralAmount,
        uint256 price
    ) external pure returns (uint256 redeemed, uint256 taken);

    /// @notice Returns the upfront fee on debt at an average rate.
    /// @param debt Debt [wei].
    /// @param averageRate Average yearly rate of the branch [WAD].
    /// @return Fee [wei].
    function previewUpfrontFee(uint256 debt, uint256 averageRate) external pure returns (uint256);
}
