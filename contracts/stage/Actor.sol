// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LowLevelCall } from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import { Call, IActor } from "./IActor.sol";

/// @title Actor
/// @notice See {IActor}.
/// @custom:source docs/contracts/Stage.md, section "Actor"
contract Actor is IActor {
    /// @notice Longest return or revert data of an action that is handed on [bytes].
    uint256 public constant MAX_RETURN = 4096;

    /// @notice Longest answer of a view that is handed on [bytes].
    uint256 public constant MAX_ANSWER = 1 << 20;

    /* IMMUTABLES */

    /// @inheritdoc IActor
    address public immutable stage;

    /* CONSTRUCTOR */

    /// @notice Makes an actor that the deployer drives.
    constructor() {
        stage = msg.sender;
    }

    /* EXTERNAL */

    /// @notice Accepts ether: refunds, claims, redistribution.
    receive() external payable {
        // Ether needs no bookkeeping here: the balance is the record.
    }

    /// @inheritdoc IActor
    function perform(Call[] calldata calls) external returns (bytes memory returned) {
        require(msg.sender == stage, ActorUnauthorized(msg.sender));

        for (uint256 i = 0; i < calls.length; ++i) returned = _call(calls[i]);
    }

    /* VIEWS */

    /// @inheritdoc IActor
    function inspect(address target, bytes calldata data) external view returns (bool success, bytes memory returned) {
        if (target.code.length == 0) return (false, abi.encodeWithSelector(ActorTargetWithoutCode.selector, target));

        bool fits;
        success = LowLevelCall.staticcallNoReturn(target, data);
        (fits, returned) = _returned(MAX_ANSWER);
        success = success && fits;
    }

    /* INTERNAL */

    /// @dev Makes one call and bubbles what it reverts with.
    function _call(Call calldata call) private returns (bytes memory returned) {
        uint256 available = address(this).balance;
        require(call.value <= available, ActorInsufficientBalance(call.value, available));
        require(call.data.length == 0 || call.target.code.length != 0, ActorTargetWithoutCode(call.target));

        bool success = LowLevelCall.callNoReturn(call.target, call.value, call.data);
        (, returned) = _returned(MAX_RETURN);
        if (!success) LowLevelCall.bubbleRevert(returned);
    }

    /// @dev Reads the last call's data unless it is longer than `maximum`, so that nobody can make the stage pay for
    /// copying it.
    function _returned(uint256 maximum) private pure returns (bool fits, bytes memory returned) {
        uint256 size = LowLevelCall.returnDataSize();
        fits = size <= maximum;
        returned =
            fits ? LowLevelCall.returnData() : abi.encodeWithSelector(ActorOversizedReturn.selector, size, maximum);
    }
}
