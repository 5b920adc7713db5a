// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { ILendingPool } from "./ILendingPool.sol";

/// @title IInsuranceModule
/// @notice Stakers who bear a reserve's bad debt: their stake is slashed for the deficit, and claims bought with it
/// cover it.
/// @dev Units: stake in wei of the underlying; deficits in wei of the reserve; prices in the base currency with eight
/// decimals; times in clock units.
///
/// | Quantity | Rounding |
/// |---|---|
/// | shares of a deposit, stake of a redemption | down, against the caller |
/// | stake of a mint, shares of a withdrawal | up, against the caller |
/// | deficit with the fee | down |
/// | stake to slash for it | down |
/// | deficit covered when the stake is short | down |
/// @dev Slashable is `deficit - (offset + pending)`: the offset is the treasury's own loss, pending is what was slashed
/// for and not yet covered. A slash leaves {MIN_ASSETS} of stake.
/// @dev Exit: {cooldown}, then redeem within the window after it. Whoever waits can still be slashed. Shares moved away
/// meanwhile lower what the cooldown covers to what is left; shares that arrive do not raise it.
/// @dev Warning: while bit {PAUSED_EXIT} is set nobody leaves and nobody is slashed.
/// @dev Warning: stake held as vault shares or claims is itself a claim on the pool that it insures.
/// @custom:source docs/contracts/InsuranceModule.md
interface IInsuranceModule is IERC4626 {
    /// @notice What a module insures, and how.
    /// @param owner Who sets offset, fee and receiver, and lifts a pause.
    /// @param pool Pool.
    /// @param reserve Asset whose deficit is insured.
    /// @param underlying What is staked: a vault's shares, or a token.
    /// @param underlyingFeed Its price in the base currency, any decimals.
    /// @param maxAge Greatest age of that price [s].
    /// @param receiver Who gets what is slashed, to buy claims and cover the deficit.
    /// @param offset Deficit that is not insured [reserve wei].
    /// @param feeBps Slashed beyond the deficit [bps].
    /// @param cooldown Time from {cooldown} to the window [clock units].
    /// @param window Length of the window [clock units].
    struct Terms {
        address owner;
        ILendingPool pool;
        address reserve;
        address underlying;
        IAggregatorV3 underlyingFeed;
        uint256 maxAge;
        address receiver;
        uint256 offset;
        uint256 feeBps;
        uint48 cooldown;
        uint48 window;
    }

    /// @notice What a slash does.
    /// @param slashable Deficit that it is for [reserve wei].
    /// @param asked Stake that would cover it with the fee [underlying wei].
    /// @param slashed Stake that is taken [underlying wei].
    /// @param covered Deficit that becomes pending [reserve wei].
    struct Slash {
        uint256 slashable;
        uint256 asked;
        uint256 slashed;
        uint256 covered;
    }

    /// @notice Emitted when a staker begins to leave.
    /// @param account Staker.
    /// @param shares Shares the cooldown covers.
    /// @param endsAt First moment of the window [clock units].
    event CooldownStarted(address indexed account, uint256 shares, uint48 endsAt);

    /// @notice Emitted when what a cooldown covers falls.
    /// @param account Staker.
    /// @param shares Shares it covers now.
    event CooldownReduced(address indexed account, uint256 shares);

    /// @notice Emitted when stake is slashed.
    /// @param receiver Who got it.
    /// @param outcome What the slash did.
    event StakeSlashed(address indexed receiver, Slash outcome);

    /// @notice Emitted when a pending deficit is covered.
    /// @param payer Who gave up claims.
    /// @param amount Deficit [reserve wei].
    event PendingCovered(address indexed payer, uint256 amount);

    /// @notice Emitted when a deficit is covered out of the offset.
    /// @param payer Who gave up claims.
    /// @param amount Deficit [reserve wei].
    event OffsetCovered(address indexed payer, uint256 amount);

    /// @notice Emitted when the conditions change.
    /// @param offset Deficit that is not insured [reserve wei].
    /// @param feeBps Slashed beyond the deficit [bps].
    /// @param receiver Who gets what is slashed.
    event ConditionsSet(uint256 offset, uint256 feeBps, address receiver);

    /// @notice Raised when there is nothing to slash: no deficit beyond offset and pending, or no stake beyond
    /// {MIN_ASSETS}.
    /// @param slashable Deficit [reserve wei].
    /// @param available Stake [underlying wei].
    error InsuranceModuleNothingToSlash(uint256 slashable, uint256 available);

    /// @notice Raised when more is to be covered than is pending, or than the offset allows.
    /// @param amount Amount.
    /// @param most Most that can be covered.
    error InsuranceModuleCoversTooMuch(uint256 amount, uint256 most);

    /// @notice Raised when an account without shares begins to leave.
    /// @param account Account.
    error InsuranceModuleNoShares(address account);

    /// @notice Raised when terms are void: a zero address, a fee above 100 %, no window.
    error InsuranceModuleInvalidTerms();

    /// @notice Begins to leave with all shares of the caller; a second call begins anew.
    /// @dev Reverts with {InsuranceModuleNoShares}; while {PAUSED_EXIT} is set.
    function cooldown() external;

    /// @notice Slashes stake for the deficit that is neither offset nor pending. Anyone.
    /// @dev Reverts with {InsuranceModuleNothingToSlash}; while {PAUSED_EXIT} is set.
    /// @return outcome What the slash did.
    function slash() external returns (Slash memory outcome);

    /// @notice Covers a pending deficit with supply claims of the caller. Anyone.
    /// @dev Needs the caller's allowance of the claim. Reverts with {InsuranceModuleCoversTooMuch}.
    /// @param amount Deficit [reserve wei].
    function coverPending(uint256 amount) external;

    /// @notice Covers a deficit out of the offset, which falls by as much, with claims of the owner. Only the owner.
    /// @dev Needs the owner's allowance of the claim. Reverts with {InsuranceModuleCoversTooMuch}.
    /// @param amount Deficit [reserve wei].
    function coverOffset(uint256 amount) external;

    /// @notice Sets offset, fee and receiver. Only the owner.
    /// @dev Reverts with {InsuranceModuleInvalidTerms}.
    /// @param offset_ Deficit that is not insured [reserve wei].
    /// @param feeBps_ Slashed beyond the deficit [bps].
    /// @param receiver_ Who gets what is slashed.
    function setConditions(uint256 offset_, uint256 feeBps_, address receiver_) external;

    /// @notice Returns what {slash} would do now, whatever is paused; nothing when there is nothing to slash.
    /// @return outcome What it would do.
    function previewSlash() external view returns (Slash memory outcome);

    /// @notice Returns an account's cooldown.
    /// @param account Account.
    /// @return shares Shares it covers, zero for none.
    /// @return endsAt First moment of the window [clock units].
    function cooldownOf(address account) external view returns (uint256 shares, uint48 endsAt);

    /// @notice Returns the asset whose deficit is insured.
    /// @return Asset.
    function reserve() external view returns (address);

    /// @notice Returns the deficit that is not insured.
    /// @return Amount [reserve wei].
    function offset() external view returns (uint256);

    /// @notice Returns the deficit that was slashed for and is not yet covered.
    /// @return Amount [reserve wei].
    function pending() external view returns (uint256);
}
