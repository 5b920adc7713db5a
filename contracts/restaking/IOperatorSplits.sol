// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";

/// @title IOperatorSplits
/// @notice Which share of the rewards that its stake earns an operator keeps before its stakers.
/// @dev Units: splits in bips (10000 = 100 %); instants and delays in clock units.
/// @dev An operator sets a split at three levels: for everything, for one AVS, for one operator set. A change made at
/// `t` is in force from `t + activationDelay`, inclusive; until then the split before it is. While the first change of
/// a level is pending, and when a level was never set, the next wider level answers; the widest falls back on the
/// default. A second change of a level while one is pending is refused, up to and including the instant it takes force.
/// @custom:source docs/contracts/RewardsCoordinator.md, section "Splits"
interface IOperatorSplits {
    /// @notice A level's split and the change to it.
    /// @param before Split until `activatedAt` [bips]; without meaning unless `isSet`.
    /// @param next Split from `activatedAt` on [bips].
    /// @param activatedAt First instant of `next` [clock]; zero when the level was never set.
    /// @param isSet True when `before` was set by the operator, false when the wider level answers in its place.
    struct Split {
        uint16 before;
        uint16 next;
        uint48 activatedAt;
        bool isSet;
    }

    /// @notice Emitted when an operator changes its split for everything.
    /// @param operator Operator.
    /// @param activatedAt First instant of the new split [clock].
    /// @param bips New split [bips].
    event OperatorSplitSet(address indexed operator, uint48 activatedAt, uint16 bips);

    /// @notice Emitted when an operator changes its split for an AVS.
    /// @param operator Operator.
    /// @param avs AVS.
    /// @param activatedAt First instant of the new split [clock].
    /// @param bips New split [bips].
    event OperatorAVSSplitSet(address indexed operator, address indexed avs, uint48 activatedAt, uint16 bips);

    /// @notice Emitted when an operator changes its split for an operator set.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param activatedAt First instant of the new split [clock].
    /// @param bips New split [bips].
    event OperatorSetSplitSet(address indexed operator, OperatorSet set, uint48 activatedAt, uint16 bips);

    /// @notice Raised when a split is above 100 %.
    /// @param bips Split asked for [bips].
    /// @param maximum 10000 [bips].
    error OperatorSplitsTooHigh(uint16 bips, uint16 maximum);

    /// @notice Raised when a split is changed while a change is pending.
    /// @param operator Operator.
    /// @param activatedAt First instant of the pending split [clock]; changes are taken after it.
    error OperatorSplitsPreviousSplitPending(address operator, uint48 activatedAt);

    /// @notice Changes the caller's split for everything.
    /// @dev Reverts with {OperatorSplitsTooHigh} or {OperatorSplitsPreviousSplitPending}.
    /// @param bips New split [bips].
    function setOperatorSplit(uint16 bips) external;

    /// @notice Changes the caller's split for an AVS.
    /// @dev Reverts with {OperatorSplitsTooHigh} or {OperatorSplitsPreviousSplitPending}.
    /// @param avs AVS.
    /// @param bips New split [bips].
    function setOperatorAVSSplit(address avs, uint16 bips) external;

    /// @notice Changes the caller's split for an operator set.
    /// @dev Reverts with {OperatorSplitsTooHigh} or {OperatorSplitsPreviousSplitPending}.
    /// @param set Operator set.
    /// @param bips New split [bips].
    function setOperatorSetSplit(OperatorSet calldata set, uint16 bips) external;

    /// @notice Returns an operator's split for everything, as in force now.
    /// @param operator Operator.
    /// @return Split [bips].
    function getOperatorSplit(address operator) external view returns (uint16);

    /// @notice Returns an operator's split for an AVS, as in force now.
    /// @param operator Operator.
    /// @param avs AVS.
    /// @return Split [bips].
    function getOperatorAVSSplit(address operator, address avs) external view returns (uint16);

    /// @notice Returns an operator's split for an operator set, as in force now: the one that rewards use.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @return Split [bips].
    function getOperatorSetSplit(address operator, OperatorSet calldata set) external view returns (uint16);

    /// @notice Returns the change of an operator's split for everything.
    /// @param operator Operator.
    /// @return The level as stored.
    function operatorSplitOf(address operator) external view returns (Split memory);
}
