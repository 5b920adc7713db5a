// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { IAVSRegistrar } from "../restaking/IAVSRegistrar.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IRewardsPayments } from "../restaking/IRewardsPayments.sol";
import { IDelayedSlasher } from "../slashing/IDelayedSlasher.sol";
import { IInstantSlasher } from "../slashing/IInstantSlasher.sol";
import { IOperatorKeys } from "../slashing/IOperatorKeys.sol";
import { IOptimisticSlasher } from "../slashing/IOptimisticSlasher.sol";
import { IServiceBook } from "../slashing/IServiceBook.sol";
import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { ISlashLedger } from "../slashing/ISlashLedger.sol";
import { IVetoSlasher } from "../slashing/IVetoSlasher.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { Statement } from "../types/Statement.sol";
import { IService } from "./IService.sol";

/// @title Service
/// @notice What the mock AVSs share: set-up, registrar, rounds and the operators' signed answers.
/// @custom:source docs/contracts/Services.md
abstract contract Service is IService, IServiceBook, IAVSRegistrar, Ownable2Step {
    using SafeERC20 for IERC20;

    /* TYPES */

    /// @notice One round of a topic.
    /// @param openedAt When it was opened [clock units]; 0 = never.
    /// @param servers Who served it.
    /// @param served Whether an operator served it.
    /// @param value What it signed.
    struct Round {
        uint48 openedAt;
        address[] servers;
        mapping(address operator => bool served) served;
        mapping(address operator => bytes32 value) value;
    }

    /* IMMUTABLES */

    /// @notice The core's AVS registry.
    IAVSRegistry public immutable registry;

    /// @notice Registry of the operators' signing keys.
    IOperatorKeys public immutable keys;

    /* STORAGE */

    /// @inheritdoc IService
    bool public joiningOpen = true;

    /// @inheritdoc IService
    bool public leavingOpen = true;

    /// @notice Ledger in which joining operators are looked up; zero for none.
    ISlashLedger public ledger;

    /// @inheritdoc IService
    mapping(uint32 setId => mapping(bytes32 topic => uint64 round)) public latestRound;

    /// @inheritdoc IService
    mapping(uint32 setId => mapping(address operator => uint256 rounds)) public servedBy;

    mapping(uint32 setId => mapping(bytes32 topic => mapping(uint64 number => Round round))) private _rounds;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param owner_ Who runs the service.
    /// @param registry_ The core's AVS registry.
    /// @param keys_ Registry of the operators' signing keys.
    constructor(address owner_, IAVSRegistry registry_, IOperatorKeys keys_) Ownable(owner_) {
        registry = registry_;
        keys = keys_;
    }

    /* EXTERNAL */

    /// @inheritdoc IService
    function launch(string calldata metadataURI) external onlyOwner {
        registry.registerAVS(metadataURI);
        registry.setRegistrar(this);
    }

    /// @inheritdoc IService
    function createSet(IAVSRegistry.CreateSetParams calldata params) external onlyOwner {
        registry.createOperatorSet(params);
    }

    /// @inheritdoc IService
    function useInstantSlasher(IInstantSlasher module, uint32 setId, address[] calldata rules) external onlyOwner {
        module.configure(_setOf(setId), rules);
    }

    /// @inheritdoc IService
    function useVetoSlasher(
        IVetoSlasher module,
        uint32 setId,
        address[] calldata rules,
        IDelayedSlasher.Windows calldata windows,
        address[] calldata committee
    ) external onlyOwner {
        module.configure(_setOf(setId), rules, windows, committee, committee.length / 2 + 1);
    }

    /// @inheritdoc IService
    function useOptimisticSlasher(
        IOptimisticSlasher module,
        uint32 setId,
        address[] calldata rules,
        IDelayedSlasher.Windows calldata windows,
        IOptimisticSlasher.Bond calldata bond
    ) external onlyOwner {
        module.configure(_setOf(setId), rules, windows, bond);
    }

    /// @inheritdoc IService
    function proposeSlasher(uint32 setId, address slasher) external onlyOwner {
        registry.proposeSlasher(setId, slasher);
    }

    /// @inheritdoc IService
    function setHook(uint32 setId, ISlashingHook hook) external onlyOwner {
        registry.setHook(setId, hook);
    }

    /// @inheritdoc IService
    function setLedger(ISlashLedger ledger_) external onlyOwner {
        ledger = ledger_;

        emit LedgerSet(ledger_);
    }

    /// @inheritdoc IService
    function setDoors(bool joiningOpen_, bool leavingOpen_) external onlyOwner {
        (joiningOpen, leavingOpen) = (joiningOpen_, leavingOpen_);

        emit DoorsSet(joiningOpen_, leavingOpen_);
    }

    /// @inheritdoc IService
    function eject(address operator, uint32[] calldata setIds) external onlyOwner {
        bool open = leavingOpen;

        // The registry asks this contract whether the operator may leave: for this call it may.
        leavingOpen = true;
        registry.deregisterFromOperatorSets(operator, address(this), setIds);
        leavingOpen = open;
    }

    /// @inheritdoc IService
    function payFee(
        IRewardsPayments rewards,
        uint32 setId,
        IERC20 token,
        uint256 amount,
        Period calldata period
    ) external onlyOwner returns (uint256 paymentId) {
        emit FeePaid(setId, token, amount, period.start, period.duration);

        token.forceApprove(address(rewards), amount);
        return rewards.payOperatorSet(_setOf(setId), token, amount, period.start, period.duration);
    }

    /// @inheritdoc IService
    function setProtocolFeeOptIn(IRewardsPayments rewards, bool optedIn) external onlyOwner {
        rewards.setProtocolFeeOptIn(optedIn);
    }

    /* VIEWS */

    /// @inheritdoc IAVSRegistrar
    function registerOperator(address operator, address avs, uint32[] calldata ids, bytes calldata) external view {
        _requireRegistrarCall(avs);
        require(joiningOpen, ServiceDoorClosed(operator));
        require(keys.keyOf(operator) != address(0), ServiceNoKey(operator));

        for (uint256 i = 0; i < ids.length && address(ledger) != address(0); i++) {
            uint48 until = ledger.coolsDownUntil(_setOf(ids[i]), operator);
            require(until < _now(), ServiceCoolingDown(operator, until));
        }
    }

    /// @inheritdoc IAVSRegistrar
    function deregisterOperator(address operator, address avs, uint32[] calldata) external view {
        _requireRegistrarCall(avs);
        require(leavingOpen, ServiceDoorClosed(operator));
    }

    /// @inheritdoc IAVSRegistrar
    function supportsAVS(address avs) external view returns (bool) {
        return avs == address(this);
    }

    /// @inheritdoc IServiceBook
    function truthOf(uint32, bytes32, uint64) external view virtual returns (bool settled, bytes32 value) {
        return (false, 0);
    }

    /// @inheritdoc IServiceBook
    function breachedAt(uint32, bytes32, uint64, address) external view virtual returns (uint48 time) {
        return 0;
    }

    /// @inheritdoc IServiceBook
    function openedAt(uint32 setId, bytes32 topic, uint64 round) public view returns (uint48 time) {
        return _rounds[setId][topic][round].openedAt;
    }

    /// @inheritdoc IService
    function answerOf(
        uint32 setId,
        bytes32 topic,
        uint64 round,
        address operator
    ) public view returns (bool served, bytes32 value) {
        Round storage served_ = _rounds[setId][topic][round];

        return (served_.served[operator], served_.value[operator]);
    }

    /// @inheritdoc IService
    function serversOf(uint32 setId, bytes32 topic, uint64 round) public view returns (address[] memory operators) {
        return _rounds[setId][topic][round].servers;
    }

    /* INTERNAL */

    /// @notice Opens the next round of a topic.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @return round Round.
    function _openRound(uint32 setId, bytes32 topic) internal returns (uint64 round) {
        round = latestRound[setId][topic] + 1;
        while (openedAt(setId, topic, round) != 0) round++;
        latestRound[setId][topic] = round;

        _openRoundAt(setId, topic, round);
    }

    /// @notice Opens a certain round of a topic, unless it is open already; the counting skips it later.
    /// @param setId Operator set.
    /// @param topic Topic.
    /// @param round Round.
    function _openRoundAt(uint32 setId, bytes32 topic, uint64 round) internal {
        if (openedAt(setId, topic, round) != 0) return;

        _rounds[setId][topic][round].openedAt = _now();

        emit RoundOpened(setId, topic, round);
    }

    /// @notice Notes the caller's signed answer.
    /// @param statement Answer.
    /// @param signature Signature by the caller's current key.
    function _serve(Statement memory statement, bytes calldata signature) internal {
        Round storage round = _rounds[statement.setId][statement.topic][statement.round];
        require(_isMember(statement.setId, msg.sender), ServiceNotMember(msg.sender, statement.setId));
        require(round.openedAt != 0, ServiceRoundNotOpen(statement.topic, statement.round));
        require(!round.served[msg.sender], ServiceAlreadyServed(msg.sender, statement.round));
        address author = keys.authorOf(statement, signature);
        require(author == msg.sender, ServiceForeignStatement(msg.sender, author));

        round.served[msg.sender] = true;
        round.value[msg.sender] = statement.value;
        round.servers.push(msg.sender);
        servedBy[statement.setId][msg.sender] += 1;

        emit RoundServed(statement.setId, statement.topic, statement.round, msg.sender, statement.value, signature);
    }

    /// @notice Returns whether an operator is a member of a set of this AVS.
    /// @param setId Operator set.
    /// @param operator Operator.
    /// @return member Whether it is.
    function _isMember(uint32 setId, address operator) internal view returns (bool member) {
        return registry.membership(operator, _setOf(setId)).registered;
    }

    /// @notice Returns a set of this AVS.
    /// @param setId Operator set.
    /// @return set The set.
    function _setOf(uint32 setId) internal view returns (OperatorSet memory set) {
        return OperatorSet(address(this), setId);
    }

    /// @notice Returns the core's time.
    /// @return now_ Now [clock units].
    function _now() internal view returns (uint48 now_) {
        return IERC6372(address(registry)).clock();
    }

    /// @notice Reverts unless the registry asks about this AVS.
    /// @param avs AVS that is asked about.
    function _requireRegistrarCall(address avs) private view {
        require(msg.sender == address(registry), ServiceNotRegistry(msg.sender));
        require(avs == address(this), ServiceForeignAvs(avs));
    }
}
