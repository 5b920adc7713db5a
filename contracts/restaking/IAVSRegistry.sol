// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISlashingHook } from "../slashing/ISlashingHook.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IAVSRegistrar } from "./IAVSRegistrar.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title IAVSRegistry
/// @notice What AVSs are: their operator sets, the strategies each set is secured by, who is in it, and who may slash it.
/// @dev An AVS is the account that calls {registerAVS}. Instants and delays in clock units (blocks or seconds).
/// @dev An operator that leaves at `t` stays slashable through `t + deallocationDelay`, inclusive.
/// Pause bits: 0 = create sets, 1 = join and leave.
/// @custom:source docs/contracts/AVSRegistry.md
interface IAVSRegistry {
    /// @notice What an AVS says about a new operator set.
    /// @dev `recipient`: where slashed tokens go, for ever; zero or the burn address = burned. `releaseDelay`: instants
    /// between a slash and its earliest clearing, zero or {releaseDelayOption} [clock units]. `hook` may be zero.
    struct CreateSetParams {
        uint32 id;
        IStrategy[] strategies;
        address slasher;
        address recipient;
        uint48 releaseDelay;
        ISlashingHook hook;
    }

    /// @notice How an operator stands to a set.
    /// @dev `registeredAt`: when it last joined, zero if never [clock]. `slashableUntil`: last instant, inclusive, at which
    /// the set can slash it [clock]; the largest uint48 while it is registered, zero if it never was.
    struct Membership {
        bool registered;
        uint48 registeredAt;
        uint48 slashableUntil;
    }

    /// @notice Emitted when an AVS registers or changes its metadata.
    /// @param avs AVS.
    /// @param metadataURI Where it describes itself.
    event AVSMetadataSet(address indexed avs, string metadataURI);

    /// @notice Emitted when an AVS changes its registrar.
    /// @param avs AVS.
    /// @param registrar Registrar; zero = everyone may join and leave.
    event RegistrarSet(address indexed avs, IAVSRegistrar registrar);

    /// @notice Emitted when an operator set is created.
    /// @param set Operator set.
    /// @param slasher Who may slash.
    /// @param recipient Where slashed tokens go.
    /// @param releaseDelay Instants between a slash and its earliest clearing [clock units].
    event OperatorSetCreated(OperatorSet set, address slasher, address recipient, uint48 releaseDelay);

    /// @notice Emitted when a strategy joins a set.
    /// @param set Operator set.
    /// @param strategy Strategy.
    event StrategyAdded(OperatorSet set, IStrategy indexed strategy);

    /// @notice Emitted when a strategy leaves a set.
    /// @param set Operator set.
    /// @param strategy Strategy.
    event StrategyRemoved(OperatorSet set, IStrategy indexed strategy);

    /// @notice Emitted when a set's slasher is to change.
    /// @param set Operator set.
    /// @param slasher Slasher to come.
    /// @param effectAt First instant at which it may slash [clock].
    event SlasherProposed(OperatorSet set, address indexed slasher, uint48 effectAt);

    /// @notice Emitted when a set's hook changes.
    /// @param set Operator set.
    /// @param hook Hook; zero = none.
    event HookSet(OperatorSet set, ISlashingHook hook);

    /// @notice Emitted when an operator joins a set.
    /// @param operator Operator.
    /// @param set Operator set.
    event OperatorJoined(address indexed operator, OperatorSet set);

    /// @notice Emitted when an operator leaves a set.
    /// @param operator Operator.
    /// @param set Operator set.
    /// @param slashableUntil Last instant, inclusive, at which the set can slash it [clock].
    event OperatorLeft(address indexed operator, OperatorSet set, uint48 slashableUntil);

    /// @notice Raised when an AVS has not registered.
    /// @param avs Account named.
    error AVSRegistryUnknownAVS(address avs);

    /// @notice Raised when an operator set does not exist.
    /// @param avs AVS named.
    /// @param id Number named.
    error AVSRegistryUnknownOperatorSet(address avs, uint32 id);

    /// @notice Raised when an operator set exists already.
    /// @param avs AVS.
    /// @param id Number.
    error AVSRegistryOperatorSetExists(address avs, uint32 id);

    /// @notice Raised when a set has no slasher.
    /// @param avs AVS.
    /// @param id Number.
    error AVSRegistryZeroSlasher(address avs, uint32 id);

    /// @notice Raised when a set asks for a release delay that is not on offer.
    /// @param requested Delay asked for [clock units].
    /// @param option The one delay on offer besides zero [clock units].
    error AVSRegistryInvalidReleaseDelay(uint48 requested, uint48 option);

    /// @notice Raised when a set that redistributes would be secured by beacon ether, which cannot be redistributed.
    /// @param strategy Beacon strategy.
    error AVSRegistryBeaconNotRedistributable(IStrategy strategy);

    /// @notice Raised when a strategy is already in the set.
    /// @param strategy Strategy.
    error AVSRegistryStrategyInSet(IStrategy strategy);

    /// @notice Raised when a strategy is not in the set.
    /// @param strategy Strategy.
    error AVSRegistryStrategyNotInSet(IStrategy strategy);

    /// @notice Raised when a registrar does not serve the AVS.
    /// @param registrar Registrar.
    /// @param avs AVS.
    error AVSRegistryRegistrarUnsupported(IAVSRegistrar registrar, address avs);

    /// @notice Raised when an account that is no operator joins.
    /// @param account Account.
    error AVSRegistryNotOperator(address account);

    /// @notice Raised when an operator joins a set that it is in, or that can still slash it.
    /// @param operator Operator.
    /// @param avs AVS.
    /// @param id Number.
    /// @param slashableUntil Last instant at which the set can slash it [clock].
    error AVSRegistryAlreadyMemberOfSet(address operator, address avs, uint32 id, uint48 slashableUntil);

    /// @notice Raised when an operator leaves a set that it is not in.
    /// @param operator Operator.
    /// @param avs AVS.
    /// @param id Number.
    error AVSRegistryNotMemberOfSet(address operator, address avs, uint32 id);

    /// @notice Raised when the caller may not act for the operator.
    /// @param caller Caller.
    /// @param operator Operator.
    error AVSRegistryUnauthorized(address caller, address operator);

    /// @notice Makes the caller an AVS, or changes its metadata.
    /// @param metadataURI Where the AVS describes itself.
    function registerAVS(string calldata metadataURI) external;

    /// @notice Sets the caller's registrar.
    /// @dev Reverts with {AVSRegistryUnknownAVS} or {AVSRegistryRegistrarUnsupported}.
    /// @param registrar Registrar; zero = everyone may join and leave.
    function setRegistrar(IAVSRegistrar registrar) external;

    /// @notice Creates an operator set of the caller.
    /// @dev Reverts with {AVSRegistryUnknownAVS}, {AVSRegistryOperatorSetExists}, {AVSRegistryZeroSlasher},
    /// {AVSRegistryInvalidReleaseDelay}, {AVSRegistryBeaconNotRedistributable} or {AVSRegistryStrategyInSet}.
    /// @param params What the set is like.
    function createOperatorSet(CreateSetParams calldata params) external;

    /// @notice Adds strategies to a set of the caller.
    /// @param id Operator set.
    /// @param strategies Strategies to add.
    function addStrategies(uint32 id, IStrategy[] calldata strategies) external;

    /// @notice Removes strategies from a set of the caller; what is allocated in them is no longer slashable at once.
    /// @dev A deallocation that is under way waits as long as it would have.
    /// @param id Operator set.
    /// @param strategies Strategies to remove.
    function removeStrategies(uint32 id, IStrategy[] calldata strategies) external;

    /// @notice Announces the slasher of a set of the caller.
    /// @dev Takes effect at `now + configurationDelay + 1`. The latest proposal replaces a pending one and waits anew;
    /// proposing the pending one again does nothing.
    /// @param id Operator set.
    /// @param slasher Slasher to come.
    function proposeSlasher(uint32 id, address slasher) external;

    /// @notice Sets the slashing hook of a set of the caller, at once.
    /// @param id Operator set.
    /// @param hook Hook; zero = none.
    function setHook(uint32 id, ISlashingHook hook) external;

    /// @notice Joins operator sets of one AVS.
    /// @dev The caller must be an operator. Reverts with {AVSRegistryNotOperator}, {AVSRegistryUnknownOperatorSet},
    /// {AVSRegistryAlreadyMemberOfSet}, or whatever the registrar reverts with.
    /// @param avs AVS.
    /// @param ids Operator sets.
    /// @param data Passed on to the registrar.
    function registerForOperatorSets(address avs, uint32[] calldata ids, bytes calldata data) external;

    /// @notice Leaves operator sets of one AVS; by the operator, or by the AVS.
    /// @dev Reverts with {AVSRegistryUnauthorized}, {AVSRegistryUnknownOperatorSet}, {AVSRegistryNotMemberOfSet}, or
    /// whatever the registrar reverts with.
    /// @param operator Operator that leaves.
    /// @param avs AVS.
    /// @param ids Operator sets.
    function deregisterFromOperatorSets(address operator, address avs, uint32[] calldata ids) external;

    /// @notice Returns the instants for which an operator stays slashable after it left or deallocated.
    /// @return Delay [clock units].
    function deallocationDelay() external view returns (uint48);

    /// @notice Returns the notice that a change of slasher needs; it takes effect one instant after it.
    /// @return Delay [clock units].
    function configurationDelay() external view returns (uint48);

    /// @notice Returns the one release delay on offer besides zero.
    /// @return Delay [clock units].
    function releaseDelayOption() external view returns (uint48);

    /// @notice Returns whether an account is an AVS.
    /// @param account Account asked about.
    /// @return True when it is.
    function isAVS(address account) external view returns (bool);

    /// @notice Returns an AVS's registrar.
    /// @param avs AVS asked about.
    /// @return Registrar, or zero.
    function registrarOf(address avs) external view returns (IAVSRegistrar);

    /// @notice Returns every operator set.
    /// @return Operator sets, in order of creation.
    function allOperatorSets() external view returns (OperatorSet[] memory);

    /// @notice Returns whether an operator set exists.
    /// @param set Operator set asked about.
    /// @return True when it does.
    function isOperatorSet(OperatorSet calldata set) external view returns (bool);

    /// @notice Returns the strategies that secure a set.
    /// @param set Operator set asked about.
    /// @return Strategies, in no particular order.
    function strategiesOf(OperatorSet calldata set) external view returns (IStrategy[] memory);

    /// @notice Returns whether a strategy secures a set.
    /// @param set Operator set asked about.
    /// @param strategy Strategy asked about.
    /// @return True when it does.
    function isStrategyInSet(OperatorSet calldata set, IStrategy strategy) external view returns (bool);

    /// @notice Returns the operators registered in a set.
    /// @param set Operator set asked about.
    /// @return Operators, in no particular order.
    function membersOf(OperatorSet calldata set) external view returns (address[] memory);

    /// @notice Returns the sets an operator is registered in.
    /// @param operator Operator asked about.
    /// @return Operator sets, in no particular order.
    function setsOf(address operator) external view returns (OperatorSet[] memory);

    /// @notice Returns how an operator stands to a set.
    /// @param operator Operator asked about.
    /// @param set Operator set asked about.
    /// @return Membership.
    function membership(address operator, OperatorSet calldata set) external view returns (Membership memory);

    /// @notice Returns whether a set can slash an operator now: it is registered, or left not too long ago.
    /// @param operator Operator asked about.
    /// @param set Operator set asked about.
    /// @return True through `slashableUntil`, inclusive.
    function isOperatorSlashable(address operator, OperatorSet calldata set) external view returns (bool);

    /// @notice Returns who may slash a set now.
    /// @param set Operator set asked about.
    /// @return Slasher; zero if the set does not exist.
    function slasherOf(OperatorSet calldata set) external view returns (address);

    /// @notice Returns the slasher that has been announced for a set.
    /// @param set Operator set asked about.
    /// @return slasher Slasher to come; zero when none is pending.
    /// @return effectAt First instant at which it may slash [clock]; zero when none is pending.
    function pendingSlasherOf(OperatorSet calldata set) external view returns (address slasher, uint48 effectAt);

    /// @notice Returns where a set's slashed tokens go.
    /// @param set Operator set asked about.
    /// @return Recipient; {burnAddress} when they are burned.
    function recipientOf(OperatorSet calldata set) external view returns (address);

    /// @notice Returns whether a set's slashed tokens go to someone instead of being burned.
    /// @param set Operator set asked about.
    /// @return True when they do.
    function isRedistributing(OperatorSet calldata set) external view returns (bool);

    /// @notice Returns the instants between a slash of a set and its earliest clearing.
    /// @param set Operator set asked about.
    /// @return Delay [clock units].
    function releaseDelayOf(OperatorSet calldata set) external view returns (uint48);

    /// @notice Returns the slashing hook of a set.
    /// @param set Operator set asked about.
    /// @return Hook, or zero.
    function hookOf(OperatorSet calldata set) external view returns (ISlashingHook);

    /// @notice Returns the address that burned tokens are sent to.
    /// @return Burn address.
    function burnAddress() external pure returns (address);
}
