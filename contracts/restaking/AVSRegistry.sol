// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { Clock } from "../libraries/Clock.sol";
import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IAVSRegistrar } from "./IAVSRegistrar.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IStrategy } from "./IStrategy.sol";
import { OperatorSetBook } from "./OperatorSetBook.sol";

/// @title AVSRegistry
/// @notice See {IAVSRegistry}. Here: what AVSs decide, and who joins and leaves. The books are in {OperatorSetBook}.
contract AVSRegistry is OperatorSetBook {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    /* CONSTANTS */

    /// @notice Pause bit of creating operator sets.
    uint8 public constant PAUSE_CREATE = 0;

    /// @notice Pause bit of joining and leaving.
    uint8 public constant PAUSE_MEMBERSHIP = 1;

    /* CONSTRUCTOR */

    /// @notice Fixes unit of time and delays.
    /// @param owner_ First owner.
    /// @param clockMode_ Unit of time.
    /// @param deallocationDelay_ Instants an operator stays slashable after it left [clock units].
    /// @param configurationDelay_ Notice a change of slasher needs [clock units].
    /// @param releaseDelayOption_ The one release delay on offer besides zero [clock units].
    constructor(
        address owner_,
        ClockMode clockMode_,
        uint48 deallocationDelay_,
        uint48 configurationDelay_,
        uint48 releaseDelayOption_
    )
        CoreComponent(owner_)
        Clock(clockMode_)
        OperatorSetBook(deallocationDelay_, configurationDelay_, releaseDelayOption_)
    {}

    /* EXTERNAL */

    /// @inheritdoc IAVSRegistry
    function registerAVS(string calldata metadataURI) external {
        isAVS[msg.sender] = true;

        emit AVSMetadataSet(msg.sender, metadataURI);
    }

    /// @inheritdoc IAVSRegistry
    function setRegistrar(IAVSRegistrar registrar) external {
        require(isAVS[msg.sender], AVSRegistryUnknownAVS(msg.sender));
        require(
            address(registrar) == address(0) || registrar.supportsAVS(msg.sender),
            AVSRegistryRegistrarUnsupported(registrar, msg.sender)
        );

        registrarOf[msg.sender] = registrar;

        emit RegistrarSet(msg.sender, registrar);
    }

    /// @inheritdoc IAVSRegistry
    function createOperatorSet(CreateSetParams calldata params) external whenNotPaused(PAUSE_CREATE) {
        require(isAVS[msg.sender], AVSRegistryUnknownAVS(msg.sender));
        OperatorSet memory set = OperatorSet({ avs: msg.sender, id: params.id });
        require(params.slasher != address(0), AVSRegistryZeroSlasher(msg.sender, params.id));
        require(
            params.releaseDelay == 0 || params.releaseDelay == releaseDelayOption,
            AVSRegistryInvalidReleaseDelay(params.releaseDelay, releaseDelayOption)
        );
        bytes32 setKey = set.key();
        require(_sets.add(setKey), AVSRegistryOperatorSetExists(msg.sender, params.id));

        address recipient = params.recipient == address(0) ? BURN_ADDRESS : params.recipient;
        _configs[setKey] = SetConfig({
            slasher: params.slasher,
            pendingSlasher: address(0),
            slasherEffectAt: 0,
            recipient: recipient,
            releaseDelay: params.releaseDelay,
            hook: params.hook
        });

        emit OperatorSetCreated(set, params.slasher, recipient, params.releaseDelay);
        emit HookSet(set, params.hook);

        for (uint256 i = 0; i < params.strategies.length; ++i) _addStrategy(set, setKey, params.strategies[i]);
    }

    /// @inheritdoc IAVSRegistry
    function addStrategies(uint32 id, IStrategy[] calldata strategies) external {
        (OperatorSet memory set, bytes32 setKey) = _ownSet(id);

        for (uint256 i = 0; i < strategies.length; ++i) _addStrategy(set, setKey, strategies[i]);
    }

    /// @inheritdoc IAVSRegistry
    function removeStrategies(uint32 id, IStrategy[] calldata strategies) external {
        (OperatorSet memory set, bytes32 setKey) = _ownSet(id);

        for (uint256 i = 0; i < strategies.length; ++i) {
            require(_strategies[setKey].remove(address(strategies[i])), AVSRegistryStrategyNotInSet(strategies[i]));

            emit StrategyRemoved(set, strategies[i]);
        }
    }

    /// @inheritdoc IAVSRegistry
    function proposeSlasher(uint32 id, address slasher) external {
        (OperatorSet memory set, bytes32 setKey) = _ownSet(id);
        require(slasher != address(0), AVSRegistryZeroSlasher(msg.sender, id));
        (address pending, ) = pendingSlasherOf(set);
        if (slasher == pending) return;

        SetConfig storage config = _configs[setKey];
        config.slasher = slasherOf(set);
        config.pendingSlasher = slasher;
        config.slasherEffectAt = clock() + configurationDelay + 1;

        emit SlasherProposed(set, slasher, config.slasherEffectAt);
    }

    /// @inheritdoc IAVSRegistry
    function setHook(uint32 id, ISlashingHook hook) external {
        (OperatorSet memory set, bytes32 setKey) = _ownSet(id);

        _configs[setKey].hook = hook;

        emit HookSet(set, hook);
    }

    /// @inheritdoc IAVSRegistry
    function registerForOperatorSets(
        address avs,
        uint32[] calldata ids,
        bytes calldata data
    ) external nonReentrant whenNotPaused(PAUSE_MEMBERSHIP) {
        require(_core.operatorDelegation.isOperator(msg.sender), AVSRegistryNotOperator(msg.sender));

        for (uint256 i = 0; i < ids.length; ++i) _join(msg.sender, OperatorSet({ avs: avs, id: ids[i] }));

        IAVSRegistrar registrar = registrarOf[avs];
        if (address(registrar) != address(0)) registrar.registerOperator(msg.sender, avs, ids, data);
    }

    /// @inheritdoc IAVSRegistry
    function deregisterFromOperatorSets(
        address operator,
        address avs,
        uint32[] calldata ids
    ) external nonReentrant whenNotPaused(PAUSE_MEMBERSHIP) {
        require(msg.sender == operator || msg.sender == avs, AVSRegistryUnauthorized(msg.sender, operator));

        for (uint256 i = 0; i < ids.length; ++i) _leave(operator, OperatorSet({ avs: avs, id: ids[i] }));

        IAVSRegistrar registrar = registrarOf[avs];
        if (address(registrar) != address(0)) registrar.deregisterOperator(operator, avs, ids);
    }

    /* INTERNAL */

    /// @notice Puts an operator into a set.
    /// @param operator Operator.
    /// @param set Operator set.
    function _join(address operator, OperatorSet memory set) internal {
        bytes32 setKey = _requireSet(set);
        Membership storage member = _memberships[operator][setKey];
        require(
            !isOperatorSlashable(operator, set),
            AVSRegistryAlreadyMemberOfSet(operator, set.avs, set.id, member.slashableUntil)
        );

        member.registered = true;
        member.registeredAt = clock();
        member.slashableUntil = type(uint48).max;
        _members[setKey].add(operator);
        _setsOf[operator].add(setKey);

        emit OperatorJoined(operator, set);
    }

    /// @notice Takes an operator out of a set; it stays slashable for the deallocation delay, inclusive.
    /// @param operator Operator.
    /// @param set Operator set.
    function _leave(address operator, OperatorSet memory set) internal {
        bytes32 setKey = _requireSet(set);
        Membership storage member = _memberships[operator][setKey];
        require(member.registered, AVSRegistryNotMemberOfSet(operator, set.avs, set.id));

        member.registered = false;
        member.slashableUntil = clock() + deallocationDelay;
        _members[setKey].remove(operator);
        _setsOf[operator].remove(setKey);

        emit OperatorLeft(operator, set, member.slashableUntil);
    }

    /// @notice Adds a strategy to a set.
    /// @param set Operator set.
    /// @param setKey Its key.
    /// @param strategy Strategy.
    function _addStrategy(OperatorSet memory set, bytes32 setKey, IStrategy strategy) internal {
        require(
            _configs[setKey].recipient == BURN_ADDRESS ||
                address(strategy) != address(_core.podManager.beaconStrategy()),
            AVSRegistryBeaconNotRedistributable(strategy)
        );
        require(_strategies[setKey].add(address(strategy)), AVSRegistryStrategyInSet(strategy));

        emit StrategyAdded(set, strategy);
    }

    /// @notice Returns a set of the caller.
    /// @param id Operator set.
    /// @return set Operator set.
    /// @return setKey Its key.
    function _ownSet(uint32 id) internal view returns (OperatorSet memory set, bytes32 setKey) {
        set = OperatorSet({ avs: msg.sender, id: id });
        setKey = _requireSet(set);
    }
}
