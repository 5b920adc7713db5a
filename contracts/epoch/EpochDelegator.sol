// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { HookGas } from "../libraries/HookGas.sol";
import { Subnetwork, SubnetworkLib } from "../types/Subnetwork.sol";
import { IEpochDelegator } from "./IEpochDelegator.sol";
import { IEpochHook } from "./IEpochHook.sol";
import { IEpochRegistry } from "./IEpochRegistry.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title EpochDelegator
/// @notice What all delegators share: opt-ins, the networks' own limits, and the hook. See {IEpochDelegator}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
abstract contract EpochDelegator is IEpochDelegator, Ownable2Step {
    using Checkpoints for Checkpoints.Trace256;

    /* CONSTANTS */

    /// @notice Gas of a hook.
    uint256 public constant HOOK_GAS = 250_000;

    /* IMMUTABLES */

    /// @inheritdoc IEpochDelegator
    IEpochVault public immutable vault;

    /// @inheritdoc IEpochDelegator
    IEpochRegistry public immutable registry;

    /* STORAGE */

    /// @notice Returns the contract that is told of every slash; address zero for none.
    address public hook;

    mapping(Subnetwork subnetwork => Checkpoints.Trace256 limit) private _maxNetworkLimit;

    /* MODIFIERS */

    modifier onlyCurator() {
        require(msg.sender == owner() || msg.sender == hook, EpochDelegatorOnlyCurator(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param vault_ Vault.
    /// @param registry_ Where opt-ins are kept.
    /// @param owner_ First curator, who may hand the delegator on in two steps.
    constructor(IEpochVault vault_, IEpochRegistry registry_, address owner_) Ownable(owner_) {
        (vault, registry) = (vault_, registry_);
    }

    /* EXTERNAL */

    /// @inheritdoc IEpochDelegator
    function setHook(address hook_) external onlyOwner {
        hook = hook_;

        emit HookSet(hook_);
    }

    /// @inheritdoc IEpochDelegator
    function onSlash(Subnetwork subnetwork, address operator, uint256 amount, uint48 capturedAt) external {
        address slasher = vault.slasher();
        require(msg.sender == slasher, EpochDelegatorOnlySlasher(msg.sender, slasher));
        // Without code a call would revert here, which no hook may bring about. Nobody is not looked at: that costs more
        // or less gas by who is paid for the block.
        if (hook == address(0) || hook.code.length == 0) return;

        HookGas.requireFor(HOOK_GAS);
        try IEpochHook(hook).onSlash{ gas: HOOK_GAS }(subnetwork, operator, amount, capturedAt) {
            return;
        } catch {
            emit HookFailed(hook);
        }
    }

    /* VIEWS */

    /// @inheritdoc IEpochDelegator
    function maxNetworkLimit(Subnetwork subnetwork) external view returns (uint256) {
        return _maxNetworkLimit[subnetwork].latest();
    }

    /// @inheritdoc IEpochDelegator
    function stake(Subnetwork subnetwork, address operator) external view returns (uint256) {
        return stakeAt(subnetwork, operator, SafeCast.toUint48(block.timestamp));
    }

    /// @inheritdoc IEpochDelegator
    function setMaxNetworkLimit(uint96 identifier, uint256 amount) public virtual {
        Subnetwork subnetwork = SubnetworkLib.pack(msg.sender, identifier);
        _set(_maxNetworkLimit[subnetwork], amount);

        emit MaxNetworkLimitSet(subnetwork, amount);
    }

    /// @inheritdoc IEpochDelegator
    function stakeAt(Subnetwork subnetwork, address operator, uint48 timestamp) public view returns (uint256) {
        bool isIn =
            registry.isOptedInAt(operator, address(vault), timestamp) &&
                registry.isOptedInAt(operator, subnetwork.network(), timestamp);

        return isIn ? _stakeAt(subnetwork, operator, timestamp) : 0;
    }

    /* INTERNAL */

    /// @notice Sets a limit or a share from this second on.
    /// @param trace Its history.
    /// @param amount Amount, another than now.
    function _set(Checkpoints.Trace256 storage trace, uint256 amount) internal {
        require(trace.latest() != amount, EpochDelegatorUnchanged(amount));

        trace.push(block.timestamp, amount);
    }

    /// @notice Returns the stake of an operator that is opted in.
    /// @param subnetwork Subnetwork.
    /// @param operator Operator.
    /// @param timestamp Second [unix s].
    /// @return Stake [token wei].
    function _stakeAt(
        Subnetwork subnetwork,
        address operator,
        uint48 timestamp
    ) internal view virtual returns (uint256);

    /// @notice Returns the limit that a network had set at the end of a second.
    /// @param subnetwork Subnetwork.
    /// @param timestamp Second [unix s].
    /// @return Most stake [token wei].
    function _maxNetworkLimitAt(Subnetwork subnetwork, uint48 timestamp) internal view returns (uint256) {
        return _maxNetworkLimit[subnetwork].upperLookupRecent(timestamp);
    }
}
