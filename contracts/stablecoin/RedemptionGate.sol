// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { PausableFlags } from "../libraries/PausableFlags.sol";
import { IRedemptionGate } from "./IRedemptionGate.sol";

/// @title RedemptionGate
/// @notice See {IRedemptionGate}.
abstract contract RedemptionGate is IRedemptionGate, PausableFlags {
    /* STORAGE */

    Gate private _gate;

    /// @dev Start of the epoch in which dollars were last redeemed [unix s], and how many.
    uint256 private _epochStart;
    uint256 private _spentInEpoch;

    /// @dev Block in which dollars were last redeemed, and how many.
    uint256 private _spentBlock;
    uint256 private _spentInBlock;

    /* EXTERNAL */

    /// @inheritdoc IRedemptionGate
    function setGate(Gate calldata gate_) external onlyOwner {
        _setGate(gate_);
    }

    /* VIEWS */

    /// @inheritdoc IRedemptionGate
    function gate() external view returns (Gate memory) {
        return _gate;
    }

    /// @inheritdoc IRedemptionGate
    function currentEpoch() public view returns (uint256) {
        return block.timestamp / _gate.epochLength;
    }

    /// @inheritdoc IRedemptionGate
    function epochLeft() public view returns (uint256) {
        return Math.saturatingSub(_gate.epochCap, _isSameEpoch() ? _spentInEpoch : 0);
    }

    /// @inheritdoc IRedemptionGate
    function blockLeft() public view returns (uint256) {
        return Math.saturatingSub(_gate.blockLimit, _spentBlock == block.number ? _spentInBlock : 0);
    }

    /// @inheritdoc IRedemptionGate
    function isOpen() public view returns (bool) {
        return address(_gate.calendar) == address(0) || _gate.calendar.isOpen(block.timestamp);
    }

    /* INTERNAL */

    function _setGate(Gate memory gate_) internal {
        require(gate_.epochLength != 0, RedemptionGateInvalidEpoch());

        _gate = gate_;

        emit GateSet(gate_);
    }

    /// @dev Counts dollars against the epoch and the block; reverts when either does not allow them.
    function _useGate(uint256 dollars) internal {
        uint256 left = epochLeft();
        require(dollars <= left, RedemptionGateEpochCap(dollars, left));
        left = blockLeft();
        require(dollars <= left, RedemptionGateBlockLimit(dollars, left));

        _spentInEpoch = (_isSameEpoch() ? _spentInEpoch : 0) + dollars;
        _epochStart = currentEpoch() * _gate.epochLength;
        _spentInBlock = (_spentBlock == block.number ? _spentInBlock : 0) + dollars;
        _spentBlock = block.number;
    }

    function _requireOpen() internal view {
        if (!isOpen()) revert RedemptionGateClosed(_gate.calendar.nextOpening(block.timestamp));
    }

    /// @dev Remembering when the epoch began, not its number, keeps what was used when the length changes.
    function _isSameEpoch() private view returns (bool) {
        return _epochStart >= currentEpoch() * _gate.epochLength;
    }
}
