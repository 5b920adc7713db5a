// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { Clock } from "../libraries/Clock.sol";
import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { OperatorSet, OperatorSetLib } from "../types/OperatorSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IAVSRegistrar } from "./IAVSRegistrar.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title OperatorSetBook
/// @notice The books of {IAVSRegistry}: operator sets, their members, and what they read as now.
abstract contract OperatorSetBook is IAVSRegistry, CoreComponent, Clock {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    /* TYPES */

    /// @notice What is known of a set. A pending slasher whose instant has come is the slasher, written down or not.
    struct SetConfig {
        address slasher;
        address pendingSlasher;
        uint48 slasherEffectAt;
        address recipient;
        uint48 releaseDelay;
        ISlashingHook hook;
    }

    /* CONSTANTS */

    /// @notice Address that burned tokens are sent to.
    address public constant BURN_ADDRESS = 0x00000000000000000000000000000000000E16E4;

    /* IMMUTABLES */

    /// @inheritdoc IAVSRegistry
    uint48 public immutable deallocationDelay;

    /// @inheritdoc IAVSRegistry
    uint48 public immutable configurationDelay;

    /// @inheritdoc IAVSRegistry
    uint48 public immutable releaseDelayOption;

    /* STORAGE */

    /// @inheritdoc IAVSRegistry
    mapping(address account => bool registered) public isAVS;

    /// @inheritdoc IAVSRegistry
    mapping(address avs => IAVSRegistrar registrar) public registrarOf;

    /// @notice Keys of all operator sets, in order of creation.
    EnumerableSet.Bytes32Set internal _sets;

    /// @notice What is known of each set.
    mapping(bytes32 setKey => SetConfig config) internal _configs;

    /// @notice Strategies of each set.
    mapping(bytes32 setKey => EnumerableSet.AddressSet strategies) internal _strategies;

    /// @notice Operators registered in each set.
    mapping(bytes32 setKey => EnumerableSet.AddressSet operators) internal _members;

    /// @notice Sets each operator is registered in.
    mapping(address operator => EnumerableSet.Bytes32Set setKeys) internal _setsOf;

    /// @notice How each operator stands to each set.
    mapping(address operator => mapping(bytes32 setKey => Membership membership)) internal _memberships;

    /* CONSTRUCTOR */

    /// @notice Fixes the delays.
    /// @param deallocationDelay_ Instants an operator stays slashable after it left [clock units].
    /// @param configurationDelay_ Notice a change of slasher needs [clock units].
    /// @param releaseDelayOption_ The one release delay on offer besides zero [clock units].
    constructor(uint48 deallocationDelay_, uint48 configurationDelay_, uint48 releaseDelayOption_) {
        deallocationDelay = deallocationDelay_;
        configurationDelay = configurationDelay_;
        releaseDelayOption = releaseDelayOption_;
    }

    /* VIEWS */

    /// @inheritdoc IAVSRegistry
    function allOperatorSets() external view returns (OperatorSet[] memory) {
        return _unpack(_sets.values());
    }

    /// @inheritdoc IAVSRegistry
    function isOperatorSet(OperatorSet calldata set) external view returns (bool) {
        return _sets.contains(set.key());
    }

    /// @inheritdoc IAVSRegistry
    function strategiesOf(OperatorSet calldata set) external view returns (IStrategy[] memory strategies) {
        address[] memory values = _strategies[set.key()].values();
        strategies = new IStrategy[](values.length);
        for (uint256 i = 0; i < values.length; ++i) strategies[i] = IStrategy(values[i]);
    }

    /// @inheritdoc IAVSRegistry
    function isStrategyInSet(OperatorSet calldata set, IStrategy strategy) external view returns (bool) {
        return _strategies[set.key()].contains(address(strategy));
    }

    /// @inheritdoc IAVSRegistry
    function membersOf(OperatorSet calldata set) external view returns (address[] memory) {
        return _members[set.key()].values();
    }

    /// @inheritdoc IAVSRegistry
    function setsOf(address operator) external view returns (OperatorSet[] memory) {
        return _unpack(_setsOf[operator].values());
    }

    /// @inheritdoc IAVSRegistry
    function membership(address operator, OperatorSet calldata set) external view returns (Membership memory) {
        return _memberships[operator][set.key()];
    }

    /// @inheritdoc IAVSRegistry
    function recipientOf(OperatorSet calldata set) external view returns (address) {
        return _configs[set.key()].recipient;
    }

    /// @inheritdoc IAVSRegistry
    function isRedistributing(OperatorSet calldata set) external view returns (bool) {
        bytes32 setKey = set.key();
        return _sets.contains(setKey) && _configs[setKey].recipient != BURN_ADDRESS;
    }

    /// @inheritdoc IAVSRegistry
    function releaseDelayOf(OperatorSet calldata set) external view returns (uint48) {
        return _configs[set.key()].releaseDelay;
    }

    /// @inheritdoc IAVSRegistry
    function hookOf(OperatorSet calldata set) external view returns (ISlashingHook) {
        return _configs[set.key()].hook;
    }

    /// @inheritdoc IAVSRegistry
    function burnAddress() external pure returns (address) {
        return BURN_ADDRESS;
    }

    /// @inheritdoc IAVSRegistry
    function isOperatorSlashable(address operator, OperatorSet memory set) public view returns (bool) {
        Membership storage member = _memberships[operator][set.key()];
        // An operator that never joined has zero here, and the clock is past zero.
        return member.registered || clock() <= member.slashableUntil;
    }

    /// @inheritdoc IAVSRegistry
    function slasherOf(OperatorSet memory set) public view returns (address) {
        SetConfig storage config = _configs[set.key()];
        return _isSlasherDue(config) ? config.pendingSlasher : config.slasher;
    }

    /// @inheritdoc IAVSRegistry
    function pendingSlasherOf(OperatorSet memory set) public view returns (address slasher, uint48 effectAt) {
        SetConfig storage config = _configs[set.key()];
        return _isSlasherDue(config) ? (address(0), 0) : (config.pendingSlasher, config.slasherEffectAt);
    }

    /* INTERNAL */

    /// @notice Returns the key of a set, which has to exist.
    /// @param set Operator set.
    /// @return setKey Its key.
    function _requireSet(OperatorSet memory set) internal view returns (bytes32 setKey) {
        setKey = set.key();
        require(_sets.contains(setKey), AVSRegistryUnknownOperatorSet(set.avs, set.id));
    }

    /// @notice Returns whether a pending slasher has taken over.
    /// @param config What is known of the set.
    /// @return True from its instant on.
    function _isSlasherDue(SetConfig storage config) internal view returns (bool) {
        return config.slasherEffectAt != 0 && clock() >= config.slasherEffectAt;
    }

    /// @notice Returns packed keys as operator sets.
    /// @param keys Keys.
    /// @return sets Operator sets.
    function _unpack(bytes32[] memory keys) internal pure returns (OperatorSet[] memory sets) {
        sets = new OperatorSet[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) sets[i] = OperatorSetLib.unpack(keys[i]);
    }
}
