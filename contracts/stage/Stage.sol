// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Actor } from "./Actor.sol";
import { Call, IActor } from "./IActor.sol";
import { IStage, StageAction, StageResult } from "./IStage.sol";

/// @title Stage
/// @notice See {IStage}.
/// @custom:source docs/contracts/Stage.md
contract Stage is IStage, Ownable2Step {
    using Address for address payable;

    /// @notice Gas that the stage itself needs for one call, arguments aside [gas].
    uint256 public constant GAS_PER_CALL = 50_000;

    /// @notice Gas that copying one byte of arguments needs at most [gas].
    uint256 public constant GAS_PER_BYTE = 16;

    /* STORAGE */

    /// @inheritdoc IStage
    mapping(address account => bool known) public isActor;

    address[] private _actors;

    /* CONSTRUCTOR */

    /// @notice Opens a stage.
    /// @param owner_ Account that drives it.
    constructor(address owner_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc IStage
    function createActors(uint256 count) external onlyOwner returns (address[] memory created) {
        uint256 from = _actors.length;

        created = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            address actor = address(new Actor());
            created[i] = actor;
            isActor[actor] = true;
            _actors.push(actor);
        }

        emit ActorsCreated(from, created);
    }

    /// @inheritdoc IStage
    function fund(address payable[] calldata recipients, uint256[] calldata amounts) external payable onlyOwner {
        require(recipients.length == amounts.length, StageLengthMismatch(recipients.length, amounts.length));

        for (uint256 i = 0; i < recipients.length; ++i) recipients[i].sendValue(amounts[i]);
    }

    /// @inheritdoc IStage
    function perform(StageAction[] calldata actions) external onlyOwner {
        for (uint256 i = 0; i < actions.length; ++i) emit ActionPerformed(i, _perform(i, actions[i]));
    }

    /* VIEWS */

    /// @inheritdoc IStage
    function actorAt(uint256 index) external view returns (address) {
        return _actors[index];
    }

    /// @inheritdoc IStage
    function actorCount() external view returns (uint256) {
        return _actors.length;
    }

    /* INTERNAL */

    /// @dev Asks the probe, then lets the actor act. The stage pays for copying the calls, before their gas is counted.
    function _perform(uint256 index, StageAction calldata action) private returns (StageResult memory result) {
        if (!isActor[action.actor]) {
            result.returned = abi.encodeWithSelector(StageUnknownActor.selector, action.actor);
            return result;
        }
        if (action.probeTarget != address(0)) (result.probed, result.probe) = _probe(index, action);

        _requireGas(index, action.gasLimit, _lengthOf(action.calls));
        uint256 before = gasleft();
        try IActor(action.actor).perform{ gas: action.gasLimit }(action.calls) returns (bytes memory returned) {
            (result.success, result.returned) = (true, returned);
        } catch (bytes memory reason) {
            result.returned = reason;
        }
        result.gasUsed = before - gasleft();
    }

    /// @dev Asks the probe's question as the actor.
    function _probe(uint256 index, StageAction calldata action) private view returns (bool, bytes memory) {
        _requireGas(index, action.gasLimit, action.probeData.length);

        try IActor(action.actor).inspect{ gas: action.gasLimit }(action.probeTarget, action.probeData) returns (
            bool success,
            bytes memory answer
        ) {
            return (success, answer);
        } catch {
            return (false, "");
        }
    }

    /// @dev An EVM call forwards at most 63/64 of the gas left, so less than 64/63 of the limit would silently cut it.
    /// What the stage itself needs until then, copying the arguments above all, comes on top.
    function _requireGas(uint256 index, uint256 gasLimit, uint256 length) private view {
        uint256 available = gasleft();
        uint256 required = gasLimit + gasLimit / 63 + GAS_PER_CALL + GAS_PER_BYTE * length;
        require(available >= required, StageInsufficientGas(index, required, available));
    }

    /// @dev Bytes that the arguments of `calls` take.
    function _lengthOf(Call[] calldata calls) private pure returns (uint256 length) {
        for (uint256 i = 0; i < calls.length; ++i) length += 192 + calls[i].data.length;
    }
}
