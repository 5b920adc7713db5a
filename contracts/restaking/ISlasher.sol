// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title ISlasher
/// @notice Takes stake from faulty operators, holds it until it may leave, and sends it to where it goes.
/// @dev Slashed shares stay in their strategy as an entry of (set, slash id, strategy) until anyone clears it, at the price
/// of that moment. Shares in wei, fractions in WAD, instants in clock units. Pause bits: 0 = slash, 1 = clear.
/// @dev A set's hook is told before and after with {hookGas} each; what it does is ignored.
/// @custom:source docs/contracts/Slasher.md
interface ISlasher {
    /// @notice What to slash.
    /// @dev `wads`: fraction of the current allocation, per strategy, above zero and at most 1e18 [WAD].
    struct SlashParams {
        address operator;
        OperatorSet set;
        IStrategy[] strategies;
        uint256[] wads;
        string description;
    }

    /// @notice What a slash takes in one strategy.
    /// @dev `wadSlashed`: share of the operator's whole stake [WAD]; shares in wei.
    struct StrategySlash {
        IStrategy strategy;
        uint64 slashedMagnitude;
        uint64 previousMax;
        uint64 newMax;
        uint256 wadSlashed;
        uint256 fromOperator;
        uint256 fromQueue;
    }

    /// @notice What a slash changes for one staker: withdrawable shares before and after [wei].
    struct StakerLoss {
        address staker;
        IStrategy strategy;
        uint256 sharesBefore;
        uint256 sharesAfter;
    }

    /// @notice What a slash changes for one queued withdrawal: releasable shares before and after [wei].
    struct WithdrawalLoss {
        uint256 id;
        address staker;
        IStrategy strategy;
        uint256 sharesBefore;
        uint256 sharesAfter;
    }

    /// @notice Everything a slash would do.
    struct SlashPreview {
        StrategySlash[] totals;
        StakerLoss[] stakers;
        WithdrawalLoss[] withdrawals;
    }

    /// @notice One entry that waits to be cleared.
    /// @dev `releasableAt`: first instant at which it can be cleared [clock].
    struct EscrowEntry {
        OperatorSet set;
        uint256 slashId;
        IStrategy strategy;
        uint256 shares;
        uint48 releasableAt;
    }

    /// @notice Emitted when an operator is slashed.
    /// @param operator Operator.
    /// @param set Operator set that slashed.
    /// @param slashId Number of this slash within the set, from 1.
    /// @param slashes What it took, per strategy.
    /// @param description Reason given.
    event OperatorSlashed(
        address indexed operator,
        OperatorSet set,
        uint256 indexed slashId,
        StrategySlash[] slashes,
        string description
    );

    /// @notice Emitted when slashed shares leave.
    /// @param set Operator set that slashed.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    /// @param recipient Account that received the tokens.
    /// @param shares Shares cleared [wei].
    /// @param amount Tokens sent [token wei].
    event SlashCleared(
        OperatorSet set,
        uint256 indexed slashId,
        IStrategy indexed strategy,
        address indexed recipient,
        uint256 shares,
        uint256 amount
    );

    /// @notice Emitted when a hook failed and was ignored.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    /// @param hook Hook.
    /// @param afterSlash False for the call before the slash, true for the one after.
    event HookFailed(OperatorSet set, uint256 indexed slashId, address indexed hook, bool afterSlash);

    /// @notice Raised when the operator set does not exist.
    /// @param avs AVS named.
    /// @param id Number named.
    error SlasherUnknownOperatorSet(address avs, uint32 id);

    /// @notice Raised when the set cannot slash the operator, any more or yet.
    /// @param operator Operator.
    /// @param avs AVS.
    /// @param id Number.
    /// @param slashableUntil Last instant at which it could [clock].
    error SlasherOperatorNotSlashable(address operator, address avs, uint32 id, uint48 slashableUntil);

    /// @notice Raised when the caller is not the set's slasher.
    /// @param caller Caller.
    /// @param expected Slasher in effect.
    error SlasherUnauthorized(address caller, address expected);

    /// @notice Raised when a fraction is zero or above 100 %.
    /// @param wad Fraction given [WAD].
    error SlasherInvalidWad(uint256 wad);

    /// @notice Raised when lists differ in length.
    /// @param strategies Length of the list of strategies.
    /// @param wads Length of the list of fractions.
    error SlasherLengthMismatch(uint256 strategies, uint256 wads);

    /// @notice Raised when strategies do not strictly ascend.
    /// @param previous Strategy before.
    /// @param current Strategy that does not come after it.
    error SlasherStrategiesNotAscending(IStrategy previous, IStrategy current);

    /// @notice Raised when a strategy does not secure the set.
    /// @param strategy Strategy.
    error SlasherStrategyNotInSet(IStrategy strategy);

    /// @notice Raised when the caller brings too little gas to give a hook its share.
    /// @param available Gas left [gas].
    /// @param required Gas needed at this point [gas].
    error SlasherInsufficientGas(uint256 available, uint256 required);

    /// @notice Raised when an entry is cleared that is not there.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    error SlasherNothingToClear(uint256 slashId, IStrategy strategy);

    /// @notice Raised when an entry is cleared before its release delay has passed.
    /// @param releasableAt First instant at which it can be cleared [clock].
    /// @param now_ Present instant [clock].
    error SlasherNotReleasable(uint48 releasableAt, uint48 now_);

    /// @notice Slashes an operator.
    /// @dev The caller must be the set's slasher in effect. A strategy without allocation in effect is skipped; the slash id
    /// is consumed all the same. Reverts with {SlasherLengthMismatch}, {SlasherUnknownOperatorSet},
    /// {SlasherOperatorNotSlashable}, {SlasherUnauthorized}, {SlasherStrategiesNotAscending}, {SlasherInvalidWad},
    /// {SlasherStrategyNotInSet} or {SlasherInsufficientGas}.
    /// @param params What to slash.
    /// @return slashId Number of this slash within the set, from 1.
    /// @return slashes What it took, per strategy, in the order given.
    function slash(SlashParams calldata params) external returns (uint256 slashId, StrategySlash[] memory slashes);

    /// @notice Clears every entry of a slash.
    /// @dev Anyone. Reverts with {SlasherNotReleasable}; does nothing when nothing is left.
    /// @param set Operator set that slashed.
    /// @param slashId Number of the slash.
    /// @return amounts Tokens sent, one per entry cleared [token wei].
    function clear(OperatorSet calldata set, uint256 slashId) external returns (uint256[] memory amounts);

    /// @notice Clears one entry of a slash, so that one token that refuses to move does not hold up the others.
    /// @dev Anyone. An entry of zero shares is removed without a transfer. Reverts with {SlasherNothingToClear} or
    /// {SlasherNotReleasable}.
    /// @param set Operator set that slashed.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    /// @return amount Tokens sent [token wei].
    function clearStrategy(
        OperatorSet calldata set,
        uint256 slashId,
        IStrategy strategy
    ) external returns (uint256 amount);

    /// @notice Returns who would lose how much: exactly what {slash} would do now, apart from what hooks change.
    /// @dev Reverts as {slash} does, except for caller and gas. Meant to be called off-chain: it walks all stakers.
    /// @param set Operator set.
    /// @param operator Operator.
    /// @param strategies Strategies, strictly ascending.
    /// @param wads Fraction of the current allocation, per strategy [WAD].
    /// @return Totals per strategy; every delegated staker with shares in it; every withdrawal in the slashable window.
    function previewSlash(
        OperatorSet calldata set,
        address operator,
        IStrategy[] calldata strategies,
        uint256[] calldata wads
    ) external view returns (SlashPreview memory);

    /// @notice Returns the number of slashes of a set; also the latest slash id.
    /// @param set Operator set asked about.
    /// @return Number.
    function slashCount(OperatorSet calldata set) external view returns (uint256);

    /// @notice Returns the first instant at which a slash can be cleared.
    /// @param set Operator set asked about.
    /// @param slashId Number of the slash.
    /// @return Instant [clock]; zero when there was no such slash.
    function releasableAt(OperatorSet calldata set, uint256 slashId) external view returns (uint48);

    /// @notice Returns what waits in one entry.
    /// @param set Operator set asked about.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy asked about.
    /// @return Shares [wei].
    function escrowedShares(
        OperatorSet calldata set,
        uint256 slashId,
        IStrategy strategy
    ) external view returns (uint256);

    /// @notice Returns every entry that waits to be cleared.
    /// @return Entries, in no particular order.
    function escrow() external view returns (EscrowEntry[] memory);

    /// @notice Returns what waits in a strategy, all entries together.
    /// @param strategy Strategy asked about.
    /// @return Shares [wei].
    function totalEscrowedShares(IStrategy strategy) external view returns (uint256);

    /// @notice Returns the beacon ether slashed so far: it is counted here and stays locked in the pods.
    /// @return Shares [wei].
    function slashedBeaconShares() external view returns (uint256);

    /// @notice Returns the gas each call to a hook gets.
    /// @return Gas.
    function hookGas() external pure returns (uint256);
}
