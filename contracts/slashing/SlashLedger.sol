// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingHook } from "./ISlashingHook.sol";
import { ISlashLedger } from "./ISlashLedger.sol";

/// @title SlashLedger
/// @notice Reference hook: remembers who was slashed when and for how much, and names operators that cool down.
/// @custom:source docs/contracts/SlashLedger.md
contract SlashLedger is ISlashLedger, ISlashingHook {
    /* IMMUTABLES */

    /// @notice The core's slasher, the only one that may write.
    address public immutable slasher;

    /// @inheritdoc ISlashLedger
    uint48 public immutable cooldown;

    /* STORAGE */

    mapping(bytes32 setKey => mapping(address operator => Entry entry)) private _entries;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param cooldown_ How long an operator cools down after a slash [clock units].
    constructor(address slasher_, uint48 cooldown_) {
        slasher = slasher_;
        cooldown = cooldown_;
    }

    /* EXTERNAL */

    /// @inheritdoc ISlashingHook
    function afterSlash(
        address operator,
        OperatorSet calldata set,
        uint256 slashId,
        address[] calldata,
        uint256[] calldata slashedShares
    ) external {
        _requireSlasher();

        Entry storage entry = _entries[set.key()][operator];
        entry.slashes += 1;
        entry.lastSlashedAt = IERC6372(slasher).clock();
        for (uint256 i = 0; i < slashedShares.length; i++) {
            entry.slashedShares += slashedShares[i];
        }

        emit SlashNoted(operator, set, slashId, entry.slashedShares);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingHook
    function beforeSlash(address, OperatorSet calldata, uint256, address[] calldata, uint256[] calldata) external view {
        _requireSlasher();
    }

    /// @inheritdoc ISlashLedger
    function entryOf(OperatorSet calldata set, address operator) external view returns (Entry memory entry) {
        return _entries[set.key()][operator];
    }

    /// @inheritdoc ISlashLedger
    function coolsDownUntil(OperatorSet calldata set, address operator) external view returns (uint48 until) {
        Entry storage entry = _entries[set.key()][operator];

        return entry.slashes == 0 ? 0 : entry.lastSlashedAt + cooldown;
    }

    /* INTERNAL */

    /// @notice Reverts unless the core's slasher calls.
    function _requireSlasher() private view {
        require(msg.sender == slasher, SlashLedgerNotSlasher(msg.sender));
    }
}
