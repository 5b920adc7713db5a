// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IRewardsPayments } from "../restaking/IRewardsPayments.sol";
import { IDelayedSlasher } from "../slashing/IDelayedSlasher.sol";
import { IInstantSlasher } from "../slashing/IInstantSlasher.sol";
import { IOptimisticSlasher } from "../slashing/IOptimisticSlasher.sol";
import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { ISlashLedger } from "../slashing/ISlashLedger.sol";
import { IVetoSlasher } from "../slashing/IVetoSlasher.sol";

/// @title IService
/// @notice What the mock AVSs share: the contract is the AVS, its owner runs it, its operators serve rounds.
/// @dev To set up: {launch}, {createSet} with a slasher module as slasher, then {useInstantSlasher} or one of its
/// sisters to fix the rules in that module. Operators register a signing key with the key registry, then join.
/// @dev The contract is its own registrar: it refuses to join when joining is closed, without a signing key, and while
/// an operator cools down after a slash; it refuses to leave when leaving is closed (an operator can then still
/// deallocate).
/// @dev Rounds count from 1 per (set, topic). Times are in units of the core's clock.
/// @custom:source docs/contracts/Services.md
interface IService {
    /// @notice A period that is paid for.
    /// @param start First instant [clock].
    /// @param duration Length [clock units].
    struct Period {
        uint48 start;
        uint48 duration;
    }

    /// @notice Emitted when a round is opened.
    /// @param setId Operator set that is asked.
    /// @param topic What is asked.
    /// @param round Round.
    event RoundOpened(uint32 indexed setId, bytes32 indexed topic, uint64 indexed round);

    /// @notice Emitted when an operator has served a round.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @param round Round.
    /// @param operator Operator.
    /// @param value What it signed.
    /// @param signature Its signature, so that anybody can use the statement as evidence.
    event RoundServed(
        uint32 indexed setId,
        bytes32 topic,
        uint64 indexed round,
        address indexed operator,
        bytes32 value,
        bytes signature
    );

    /// @notice Emitted when the doors open or close.
    /// @param joiningOpen Whether operators may join.
    /// @param leavingOpen Whether operators may leave.
    event DoorsSet(bool joiningOpen, bool leavingOpen);

    /// @notice Emitted when the ledger that joining operators are looked up in changes.
    /// @param ledger Ledger; zero for none.
    event LedgerSet(ISlashLedger ledger);

    /// @notice Emitted when a set is paid for a period.
    /// @param setId Operator set.
    /// @param token Token of the fee.
    /// @param amount Fee [token wei].
    /// @param start First instant of the period [clock].
    /// @param duration Length of the period [clock units].
    event FeePaid(uint32 indexed setId, IERC20 indexed token, uint256 amount, uint48 start, uint48 duration);

    /// @notice Raised when somebody else than the AVS registry calls the registrar.
    /// @param caller Caller.
    error ServiceNotRegistry(address caller);

    /// @notice Raised when the registrar is asked about another AVS.
    /// @param avs AVS.
    error ServiceForeignAvs(address avs);

    /// @notice Raised when joining or leaving is closed.
    /// @param operator Operator.
    error ServiceDoorClosed(address operator);

    /// @notice Raised when an operator without signing key joins.
    /// @param operator Operator.
    error ServiceNoKey(address operator);

    /// @notice Raised when an operator joins before its cooldown is over.
    /// @param operator Operator.
    /// @param until Last time of the cooldown [clock units], inclusive.
    error ServiceCoolingDown(address operator, uint256 until);

    /// @notice Raised when an account serves that is no member of the set.
    /// @param account Account.
    /// @param setId Operator set.
    error ServiceNotMember(address account, uint32 setId);

    /// @notice Raised when an operator brings a statement of another operator.
    /// @param caller Caller.
    /// @param author Operator whose key signed.
    error ServiceForeignStatement(address caller, address author);

    /// @notice Raised when an operator serves a round twice.
    /// @param operator Operator.
    /// @param round Round.
    error ServiceAlreadyServed(address operator, uint64 round);

    /// @notice Raised when a round was not opened, or is closed.
    /// @param topic Topic.
    /// @param round Round.
    error ServiceRoundNotOpen(bytes32 topic, uint64 round);

    /// @notice Makes this contract an AVS that is its own registrar. Only the owner.
    /// @param metadataURI What the AVS says about itself.
    function launch(string calldata metadataURI) external;

    /// @notice Creates an operator set. Only the owner.
    /// @param params The set, as the AVS registry wants it.
    function createSet(IAVSRegistry.CreateSetParams calldata params) external;

    /// @notice Fixes a set's rules in an instant module. Only the owner.
    /// @param module Slasher module; must also be the slasher of the set.
    /// @param setId Operator set.
    /// @param rules Rules.
    function useInstantSlasher(IInstantSlasher module, uint32 setId, address[] calldata rules) external;

    /// @notice Fixes a set's rules in a veto module. Only the owner.
    /// @param module Slasher module; must also be the slasher of the set.
    /// @param setId Operator set.
    /// @param rules Rules.
    /// @param windows How long each phase lasts [clock units].
    /// @param committee Members of the committee; the quorum is their majority.
    function useVetoSlasher(
        IVetoSlasher module,
        uint32 setId,
        address[] calldata rules,
        IDelayedSlasher.Windows calldata windows,
        address[] calldata committee
    ) external;

    /// @notice Fixes a set's rules in an optimistic module. Only the owner.
    /// @param module Slasher module; must also be the slasher of the set.
    /// @param setId Operator set.
    /// @param rules Rules.
    /// @param windows How long each phase lasts [clock units].
    /// @param bond What is at stake.
    function useOptimisticSlasher(
        IOptimisticSlasher module,
        uint32 setId,
        address[] calldata rules,
        IDelayedSlasher.Windows calldata windows,
        IOptimisticSlasher.Bond calldata bond
    ) external;

    /// @notice Announces another slasher for a set; the registry makes it wait. Only the owner.
    /// @param setId Operator set.
    /// @param slasher Slasher to come.
    function proposeSlasher(uint32 setId, address slasher) external;

    /// @notice Sets the slashing hook of a set. Only the owner.
    /// @param setId Operator set.
    /// @param hook Hook; zero for none.
    function setHook(uint32 setId, ISlashingHook hook) external;

    /// @notice Sets the ledger in which joining operators are looked up. Only the owner.
    /// @param ledger Ledger; zero for none.
    function setLedger(ISlashLedger ledger) external;

    /// @notice Opens or closes the doors. Only the owner.
    /// @param joiningOpen Whether operators may join.
    /// @param leavingOpen Whether operators may leave.
    function setDoors(bool joiningOpen, bool leavingOpen) external;

    /// @notice Makes an operator leave sets. Only the owner; works with closed doors.
    /// @param operator Operator.
    /// @param setIds Operator sets.
    function eject(address operator, uint32[] calldata setIds) external;

    /// @notice Pays a set for a period from this contract's own balance. Only the owner.
    /// @dev The token is assumed to move exact amounts. Reverts as {IRewardsPayments.payOperatorSet}.
    /// @param rewards The core's rewards, which share the fee among operators and stakers.
    /// @param setId Operator set.
    /// @param token Token of the fee.
    /// @param amount Fee [token wei].
    /// @param period First instant and length of the period [clock, clock units].
    /// @return paymentId Payment in the core's rewards.
    function payFee(
        IRewardsPayments rewards,
        uint32 setId,
        IERC20 token,
        uint256 amount,
        Period calldata period
    ) external returns (uint256 paymentId);

    /// @notice Opts into or out of the core's protocol fee on what this AVS pays. Only the owner.
    /// @param rewards The core's rewards.
    /// @param optedIn Whether the fee is taken.
    function setProtocolFeeOptIn(IRewardsPayments rewards, bool optedIn) external;

    /// @notice Returns whether operators may join.
    /// @return open Whether they may.
    function joiningOpen() external view returns (bool open);

    /// @notice Returns whether operators may leave.
    /// @return open Whether they may.
    function leavingOpen() external view returns (bool open);

    /// @notice Returns the latest round of a topic.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @return round Round; 0 when none was opened.
    function latestRound(uint32 setId, bytes32 topic) external view returns (uint64 round);

    /// @notice Returns what an operator signed in a round.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @param round Round.
    /// @param operator Operator.
    /// @return served Whether it served the round.
    /// @return value What it signed.
    function answerOf(
        uint32 setId,
        bytes32 topic,
        uint64 round,
        address operator
    ) external view returns (bool served, bytes32 value);

    /// @notice Returns who served a round, in the order in which they did.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @param round Round.
    /// @return operators Operators.
    function serversOf(uint32 setId, bytes32 topic, uint64 round) external view returns (address[] memory operators);

    /// @notice Returns how many rounds an operator has served in a set.
    /// @param setId Operator set.
    /// @param operator Operator.
    /// @return rounds Number of rounds, over all topics.
    function servedBy(uint32 setId, address operator) external view returns (uint256 rounds);
}
