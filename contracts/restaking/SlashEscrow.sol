// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { Clock } from "../libraries/Clock.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { ISlasher } from "./ISlasher.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title SlashEscrow
/// @notice The part of {ISlasher} that holds slashed shares until anyone clears them.
/// @dev Shares, not tokens: what they are worth is decided when they are cleared.
abstract contract SlashEscrow is ISlasher, CoreComponent, Clock {
    using EnumerableSet for EnumerableSet.AddressSet;
    using EnumerableSet for EnumerableSet.Bytes32Set;

    /* CONSTANTS */

    /// @notice Pause bit of clearing.
    uint8 public constant PAUSE_CLEAR = 1;

    /* STORAGE */

    /// @inheritdoc ISlasher
    uint256 public slashedBeaconShares;

    /// @inheritdoc ISlasher
    mapping(IStrategy strategy => uint256 shares) public totalEscrowedShares;

    mapping(bytes32 setKey => mapping(uint256 slashId => uint48 instant)) private _releasableAt;
    mapping(bytes32 setKey => mapping(uint256 slashId => EnumerableSet.AddressSet strategies)) private _pendingOf;
    EnumerableSet.Bytes32Set private _entryKeys;
    mapping(bytes32 entryKey => EscrowEntry entry) private _entries;

    /* EXTERNAL */

    /// @inheritdoc ISlasher
    function clear(
        OperatorSet calldata set,
        uint256 slashId
    ) external nonReentrant whenNotPaused(PAUSE_CLEAR) returns (uint256[] memory amounts) {
        address[] memory strategies = _pendingOf[set.key()][slashId].values();
        amounts = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) amounts[i] = _clear(set, slashId, IStrategy(strategies[i]));
    }

    /// @inheritdoc ISlasher
    function clearStrategy(
        OperatorSet calldata set,
        uint256 slashId,
        IStrategy strategy
    ) external nonReentrant whenNotPaused(PAUSE_CLEAR) returns (uint256 amount) {
        return _clear(set, slashId, strategy);
    }

    /* VIEWS */

    /// @inheritdoc ISlasher
    function releasableAt(OperatorSet calldata set, uint256 slashId) external view returns (uint48) {
        return _releasableAt[set.key()][slashId];
    }

    /// @inheritdoc ISlasher
    function escrowedShares(
        OperatorSet calldata set,
        uint256 slashId,
        IStrategy strategy
    ) external view returns (uint256) {
        return _entries[_entryKey(set, slashId, strategy)].shares;
    }

    /// @inheritdoc ISlasher
    function escrow() external view returns (EscrowEntry[] memory entries) {
        bytes32[] memory keys = _entryKeys.values();
        entries = new EscrowEntry[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) entries[i] = _entries[keys[i]];
    }

    /* INTERNAL */

    /// @notice Fixes when a slash can be cleared.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    function _openEscrow(OperatorSet memory set, uint256 slashId) internal {
        _releasableAt[set.key()][slashId] = clock() + _core.avsRegistry.releaseDelayOf(set);
    }

    /// @notice Holds slashed shares; beacon ether is only counted.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    /// @param shares Shares slashed [wei].
    function _hold(OperatorSet memory set, uint256 slashId, IStrategy strategy, uint256 shares) internal {
        if (address(strategy) == address(_core.podManager.beaconStrategy())) {
            slashedBeaconShares += shares;
            return;
        }

        bytes32 entryKey = _entryKey(set, slashId, strategy);
        _entryKeys.add(entryKey);
        _entries[entryKey] = EscrowEntry({
            set: set,
            slashId: slashId,
            strategy: strategy,
            shares: shares,
            releasableAt: _releasableAt[set.key()][slashId]
        });
        _pendingOf[set.key()][slashId].add(address(strategy));
        totalEscrowedShares[strategy] += shares;
    }

    /// @notice Removes one entry and pays it out.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    /// @return amount Tokens sent [token wei].
    function _clear(OperatorSet calldata set, uint256 slashId, IStrategy strategy) internal returns (uint256 amount) {
        bytes32 entryKey = _entryKey(set, slashId, strategy);
        EscrowEntry memory entry = _entries[entryKey];
        require(_entryKeys.remove(entryKey), SlasherNothingToClear(slashId, strategy));
        require(clock() >= entry.releasableAt, SlasherNotReleasable(entry.releasableAt, clock()));

        delete _entries[entryKey];
        _pendingOf[set.key()][slashId].remove(address(strategy));
        totalEscrowedShares[strategy] -= entry.shares;

        address recipient = _core.avsRegistry.recipientOf(set);
        if (entry.shares != 0) amount = _core.restakingManager.payOutSlashed(recipient, strategy, entry.shares);

        emit SlashCleared(set, slashId, strategy, recipient, entry.shares, amount);
    }

    /// @notice Returns the key of an entry.
    /// @param set Operator set.
    /// @param slashId Number of the slash.
    /// @param strategy Strategy.
    /// @return Key.
    function _entryKey(OperatorSet memory set, uint256 slashId, IStrategy strategy) internal pure returns (bytes32) {
        return keccak256(abi.encode(set.key(), slashId, strategy));
    }
}
