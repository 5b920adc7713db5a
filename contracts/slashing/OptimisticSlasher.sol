// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { DelayedSlasher } from "./DelayedSlasher.sol";
import { IDelayedSlasher } from "./IDelayedSlasher.sol";
import { IOptimisticSlasher } from "./IOptimisticSlasher.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title OptimisticSlasher
/// @notice Slasher module in which a claim counts as true unless somebody refutes it in time, with money at stake.
/// @custom:source docs/contracts/SlasherModules.md, section "Optimistic"
contract OptimisticSlasher is IOptimisticSlasher, DelayedSlasher {
    using SafeERC20 for IERC20;

    /* STORAGE */

    /// @inheritdoc IOptimisticSlasher
    mapping(uint256 requestId => address claimant) public claimantOf;

    mapping(bytes32 setKey => Bond bond) private _bonds;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) DelayedSlasher(slasher_, registry_) {}

    /* EXTERNAL */

    /// @inheritdoc IOptimisticSlasher
    function configure(
        OperatorSet calldata set,
        address[] calldata rules,
        Windows calldata windows,
        Bond calldata bond
    ) external {
        require(bond.amount > 0, OptimisticSlasherZeroBond());

        _configure(set, rules);
        _configureWindows(set, windows);
        _bonds[set.key()] = bond;
    }

    /// @inheritdoc IOptimisticSlasher
    function claim(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external nonReentrant returns (uint256 requestId) {
        Bond memory bond = _bonds[set.key()];

        requestId = _request(set, rule, evidence);
        claimantOf[requestId] = msg.sender;

        emit ClaimMade(requestId, msg.sender, bond.amount);

        bond.token.safeTransferFrom(msg.sender, address(this), bond.amount);
    }

    /// @inheritdoc IOptimisticSlasher
    function dispute(uint256 requestId, bytes calldata counterEvidence) external nonReentrant returns (bool refuted) {
        Request memory waiting = _objectionable(requestId);
        Bond memory bond = _bonds[waiting.set.key()];
        address claimant = claimantOf[requestId];
        refuted = bond.arbiter.refutes(waiting.set, waiting.verdict, counterEvidence);

        if (refuted) {
            _refuse(requestId);
            claimantOf[requestId] = address(0);
        }

        emit DisputeDecided(requestId, msg.sender, refuted, refuted ? msg.sender : claimant);

        // The disputer's own bond moves only if it is lost: a winner would get it back in this same call.
        if (refuted) bond.token.safeTransfer(msg.sender, bond.amount);
        else bond.token.safeTransferFrom(msg.sender, claimant, bond.amount);
    }

    /// @inheritdoc IDelayedSlasher
    function execute(uint256 requestId) external nonReentrant returns (uint256 slashId, uint256 slashedShares) {
        (slashId, slashedShares) = _execute(requestId);

        _returnBond(requestId);
    }

    /// @inheritdoc IOptimisticSlasher
    function reclaim(uint256 requestId) external nonReentrant {
        State state = stateOf(requestId);
        bool due = state == State.Expired && claimantOf[requestId] != address(0);
        require(due, OptimisticSlasherBondNotDue(requestId, state));

        _returnBond(requestId);
    }

    /* VIEWS */

    /// @inheritdoc IOptimisticSlasher
    function bondOf(OperatorSet calldata set) external view returns (Bond memory bond) {
        return _bonds[set.key()];
    }

    /* INTERNAL */

    /// @notice Returns the bond of a claim that was not refuted.
    /// @param requestId Request.
    function _returnBond(uint256 requestId) private {
        address claimant = claimantOf[requestId];
        Bond memory bond = _bonds[_setOf(requestId).key()];

        claimantOf[requestId] = address(0);

        emit BondReturned(requestId, claimant, bond.amount);

        bond.token.safeTransfer(claimant, bond.amount);
    }
}
