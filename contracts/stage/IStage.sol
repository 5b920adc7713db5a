// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Call } from "./IActor.sol";

/// @notice One action of one actor.
/// @param actor Participant that acts; one of the stage's actors.
/// @param gasLimit Most gas the action may burn, and its probe again as much [gas].
/// @param calls What it does, all or nothing.
/// @param probeTarget Contract asked right before the action; zero for no question.
/// @param probeData Selector and arguments of the question.
struct StageAction {
    address actor;
    uint256 gasLimit;
    Call[] calls;
    address probeTarget;
    bytes probeData;
}

/// @notice What came of one action.
/// @param success Whether the action succeeded.
/// @param gasUsed Gas burnt by the action, without its probe [gas].
/// @param returned Return data of its last call, or revert data where it failed; empty where it ran out of gas.
/// @param probed Whether the probe was asked and answered.
/// @param probe The probe's answer, or its revert data.
struct StageResult {
    bool success;
    uint256 gasUsed;
    bytes returned;
    bool probed;
    bytes probe;
}

/// @title IStage
/// @notice Carries a whole step of a simulation in one transaction: every participant's actions, in order.
/// @dev Units: ether in wei; gas in gas. One participant's failure never touches another's action: a revert, an
/// exhausted gas limit and an unknown actor are all results, not reverts.
/// @custom:source docs/contracts/Stage.md
interface IStage {
    /// @notice Emitted after each action.
    /// @dev A transaction's return data cannot be read afterwards, so results travel as events; and everything that an
    /// action's targets emitted stands between the event before and its own.
    /// @param index Place of the action in the step, from 0.
    /// @param result What came of it.
    event ActionPerformed(uint256 indexed index, StageResult result);

    /// @notice Emitted when actors were created.
    /// @param from Index of the first one.
    /// @param actors Their addresses, in the order of their indices.
    event ActorsCreated(uint256 indexed from, address[] actors);

    /// @notice Raised when a list of amounts does not fit the list of recipients.
    /// @param recipients Number of recipients.
    /// @param amounts Number of amounts.
    error StageLengthMismatch(uint256 recipients, uint256 amounts);

    /// @notice Raised in an action's result when its actor is not one of the stage's.
    /// @param actor Account named.
    error StageUnknownActor(address actor);

    /// @notice Raised when the transaction carries too little gas for what an action or a probe was promised.
    /// @dev The whole step reverts: an outcome that depends on the sender's gas would not be reproducible.
    /// @param index Place of the action in the step, from 0.
    /// @param required Gas that had to be left before it [gas].
    /// @param available Gas left [gas].
    error StageInsufficientGas(uint256 index, uint256 required, uint256 available);

    /// @notice Creates actors that only this stage drives.
    /// @dev Reverts unless the caller is the owner.
    /// @param count Number of actors.
    /// @return created Their addresses.
    function createActors(uint256 count) external returns (address[] memory created);

    /// @notice Sends ether to many accounts at once, from the value sent along or from what the stage owns.
    /// @dev Reverts unless the caller is the owner, or with {StageLengthMismatch}, or when ether is missing.
    /// @param recipients Accounts to fund.
    /// @param amounts Ether for each [wei].
    function fund(address payable[] calldata recipients, uint256[] calldata amounts) external payable;

    /// @notice Performs `actions` in their order and emits {ActionPerformed} for each.
    /// @dev Reverts unless the caller is the owner, and with {StageInsufficientGas}.
    /// @dev A probe is asked after the actions before it and immediately before its own.
    /// @param actions Actions of the step.
    function perform(StageAction[] calldata actions) external;

    /// @notice Returns the actor with index `index`.
    /// @param index Place in the order of creation, from 0.
    /// @return Actor.
    function actorAt(uint256 index) external view returns (address);

    /// @notice Returns how many actors exist.
    /// @return Number of actors.
    function actorCount() external view returns (uint256);

    /// @notice Returns whether `account` is one of this stage's actors.
    /// @param account Any account.
    /// @return Whether it is.
    function isActor(address account) external view returns (bool);
}
