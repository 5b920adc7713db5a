// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IDelayedSlasher } from "./IDelayedSlasher.sol";
import { IFaultArbiter } from "./IFaultArbiter.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title IOptimisticSlasher
/// @notice Slasher module in which a claim counts as true unless somebody refutes it in time, with money at stake.
/// @dev The claimant posts a bond. Until the challenge window (the objection window of {IDelayedSlasher}) is over,
/// anybody may dispute: risk the same bond and bring counter-evidence, which the set's arbiter judges at once. The
/// loser's bond goes to the winner: a refuted claim ends; a failed dispute leaves the claim open. A claim that stands
/// is executed, and the claimant gets its bond back; so it does when the claim expired unexecuted.
/// @dev Bonds are in a token that the AVS chose: assumed to move exact amounts and to refuse nobody.
/// @custom:source docs/contracts/SlasherModules.md, section "Optimistic"
interface IOptimisticSlasher is IDelayedSlasher {
    /// @notice What is at stake, fixed per set.
    /// @param token Token of the bonds.
    /// @param amount Bond of a claim, and of a dispute [token wei], above zero.
    /// @param arbiter Who judges counter-evidence.
    struct Bond {
        IERC20 token;
        uint256 amount;
        IFaultArbiter arbiter;
    }

    /// @notice Emitted when a claim is made.
    /// @param requestId Request.
    /// @param claimant Who claims and posted the bond.
    /// @param bond Bond [token wei].
    event ClaimMade(uint256 indexed requestId, address indexed claimant, uint256 bond);

    /// @notice Emitted when a dispute is decided.
    /// @param requestId Request.
    /// @param disputer Who disputed and risked the bond.
    /// @param refuted Whether the claim was refuted.
    /// @param winner Who got the loser's bond.
    event DisputeDecided(uint256 indexed requestId, address indexed disputer, bool refuted, address winner);

    /// @notice Emitted when a claimant gets its own bond back.
    /// @param requestId Request.
    /// @param claimant Claimant.
    /// @param bond Bond [token wei].
    event BondReturned(uint256 indexed requestId, address indexed claimant, uint256 bond);

    /// @notice Raised when a set is configured without a bond.
    error OptimisticSlasherZeroBond();

    /// @notice Raised when a bond is asked back before the claim expired, or a second time.
    /// @param requestId Request.
    /// @param state State of the request.
    error OptimisticSlasherBondNotDue(uint256 requestId, State state);

    /// @notice Fixes the rules, windows and bond of one of the caller's sets, once.
    /// @dev Reverts as {IInstantSlasher.configure}, and with {DelayedSlasherZeroWindow},
    /// {DelayedSlasherWindowsTooLong} and {OptimisticSlasherZeroBond}.
    /// @param set Operator set of the caller.
    /// @param rules Rules by which the set may be slashed.
    /// @param windows How long each phase lasts [clock units].
    /// @param bond What is at stake.
    function configure(
        OperatorSet calldata set,
        address[] calldata rules,
        Windows calldata windows,
        Bond calldata bond
    ) external;

    /// @notice Judges evidence, takes the caller's bond and opens a claim.
    /// @dev Reverts with the rule's error when the evidence shows no fault, with the errors of {ISlasherModule} when
    /// the fault cannot be punished, and with the token's error when the bond cannot be taken.
    /// @param set Operator set in which the fault was committed.
    /// @param rule Rule to judge by.
    /// @param evidence Evidence in the rule's encoding.
    /// @return requestId Request.
    function claim(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external returns (uint256 requestId);

    /// @notice Lets the arbiter judge counter-evidence, at the risk of the caller's bond.
    /// @dev Possible while `clock < requestedAt + objectionWindow`. The bond is decided and moved in this call: from the
    /// claim to the caller when the claim is refuted, from the caller to the claimant when it is not.
    /// @param requestId Request.
    /// @param counterEvidence Counter-evidence in the arbiter's encoding.
    /// @return refuted Whether the claim was refuted.
    function dispute(uint256 requestId, bytes calldata counterEvidence) external returns (bool refuted);

    /// @notice Returns the bond of an expired claim to its claimant; anybody may call.
    /// @param requestId Request.
    function reclaim(uint256 requestId) external;

    /// @notice Returns what is at stake in a set.
    /// @param set Operator set.
    /// @return bond Bond; all zero when the set is not configured.
    function bondOf(OperatorSet calldata set) external view returns (Bond memory bond);

    /// @notice Returns who made a claim.
    /// @param requestId Request.
    /// @return claimant Claimant whose bond is held; zero when none is.
    function claimantOf(uint256 requestId) external view returns (address claimant);
}
