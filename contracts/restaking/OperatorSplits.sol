// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Clock } from "../libraries/Clock.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IOperatorSplits } from "./IOperatorSplits.sol";

/// @title OperatorSplits
/// @notice Splits of operators with delayed changes, at three levels.
abstract contract OperatorSplits is IOperatorSplits, Clock {
    /* CONSTANTS */

    /// @notice One hundred percent [bips].
    uint16 public constant MAX_SPLIT_BIPS = 10_000;

    /* IMMUTABLES */

    /// @notice Split of an operator that never set one [bips].
    uint16 public immutable defaultSplitBips;

    /// @notice Time between a change of a split, or the submission of a root, and its force [clock units].
    uint48 public immutable activationDelay;

    /* STORAGE */

    mapping(address operator => Split split) private _ofOperator;
    mapping(address operator => mapping(address avs => Split split)) private _ofAVS;
    mapping(address operator => mapping(bytes32 setKey => Split split)) private _ofSet;

    /* CONSTRUCTOR */

    /// @notice Fixes the default and the delay.
    /// @param defaultSplitBips_ Split of an operator that never set one [bips].
    /// @param activationDelay_ Delay of a change [clock units].
    constructor(uint16 defaultSplitBips_, uint48 activationDelay_) {
        require(defaultSplitBips_ <= MAX_SPLIT_BIPS, OperatorSplitsTooHigh(defaultSplitBips_, MAX_SPLIT_BIPS));

        defaultSplitBips = defaultSplitBips_;
        activationDelay = activationDelay_;
    }

    /* EXTERNAL */

    /// @inheritdoc IOperatorSplits
    function setOperatorSplit(uint16 bips) external {
        uint48 activatedAt = _change(_ofOperator[msg.sender], bips);

        emit OperatorSplitSet(msg.sender, activatedAt, bips);
    }

    /// @inheritdoc IOperatorSplits
    function setOperatorAVSSplit(address avs, uint16 bips) external {
        uint48 activatedAt = _change(_ofAVS[msg.sender][avs], bips);

        emit OperatorAVSSplitSet(msg.sender, avs, activatedAt, bips);
    }

    /// @inheritdoc IOperatorSplits
    function setOperatorSetSplit(OperatorSet calldata set, uint16 bips) external {
        uint48 activatedAt = _change(_ofSet[msg.sender][set.key()], bips);

        emit OperatorSetSplitSet(msg.sender, set, activatedAt, bips);
    }

    /* VIEWS */

    /// @inheritdoc IOperatorSplits
    function operatorSplitOf(address operator) external view returns (Split memory) {
        return _ofOperator[operator];
    }

    /// @inheritdoc IOperatorSplits
    function getOperatorSetSplit(address operator, OperatorSet calldata set) external view returns (uint16) {
        return _inForce(_ofSet[operator][set.key()], getOperatorAVSSplit(operator, set.avs));
    }

    /// @inheritdoc IOperatorSplits
    function getOperatorSplit(address operator) public view returns (uint16) {
        return _inForce(_ofOperator[operator], defaultSplitBips);
    }

    /// @inheritdoc IOperatorSplits
    function getOperatorAVSSplit(address operator, address avs) public view returns (uint16) {
        return _inForce(_ofAVS[operator][avs], getOperatorSplit(operator));
    }

    /* INTERNAL */

    function _change(Split storage split, uint16 bips) private returns (uint48 activatedAt) {
        require(bips <= MAX_SPLIT_BIPS, OperatorSplitsTooHigh(bips, MAX_SPLIT_BIPS));
        require(clock() > split.activatedAt, OperatorSplitsPreviousSplitPending(msg.sender, split.activatedAt));

        activatedAt = clock() + activationDelay;
        split.isSet = split.activatedAt != 0;
        split.before = split.next;
        split.next = bips;
        split.activatedAt = activatedAt;
    }

    function _inForce(Split storage split, uint16 wider) private view returns (uint16) {
        if (split.activatedAt != 0 && clock() >= split.activatedAt) return split.next;
        return split.isSet ? split.before : wider;
    }
}
