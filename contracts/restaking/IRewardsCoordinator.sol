// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IOperatorSplits } from "./IOperatorSplits.sol";
import { IRewardsPayments } from "./IRewardsPayments.sol";

/// @title IRewardsCoordinator
/// @notice Rewards as cumulative Merkle roots: AVSs pay in, the updater publishes who earned how much in total, and
/// each earner claims what is new to it.
/// @dev Units: amounts in the token's smallest unit; instants and delays in clock units (blocks or seconds).
/// @dev A leaf is `keccak256(bytes.concat(keccak256(abi.encode(earner, token, cumulativeEarnings))))`, the tree that of
/// OpenZeppelin's StandardMerkleTree with the types `address, address, uint256`.
/// @dev A root is active from `submitted + activationDelay`, inclusive, for ever, unless it is disabled before that. Any
/// active root may be claimed from: earnings are cumulative, so nothing is paid twice whichever is used.
/// @dev Claims of a token never exceed what was paid in, net of fees, whatever a root says.
/// @custom:source docs/contracts/RewardsCoordinator.md
interface IRewardsCoordinator is IOperatorSplits, IRewardsPayments {
    /// @notice A published root.
    /// @param root Merkle root.
    /// @param calculatedUntil Last instant whose earnings are in it [clock].
    /// @param activatedAt First instant at which it can be claimed from [clock].
    /// @param isDisabled True when it was disabled.
    struct DistributionRoot {
        bytes32 root;
        uint48 calculatedUntil;
        uint48 activatedAt;
        bool isDisabled;
    }

    /// @notice What an earner claims.
    /// @param rootIndex Root the leaf is in.
    /// @param earner Who earned.
    /// @param token Token earned.
    /// @param cumulativeEarnings All the earner ever earned in the token, as the leaf says [token units].
    /// @param proof Siblings from the leaf to the root.
    struct Claim {
        uint32 rootIndex;
        address earner;
        IERC20 token;
        uint256 cumulativeEarnings;
        bytes32[] proof;
    }

    /// @notice Emitted when a root is published.
    /// @param index Root, from 0 on without gaps.
    /// @param root Merkle root.
    /// @param calculatedUntil Last instant whose earnings are in it [clock].
    /// @param activatedAt First instant at which it can be claimed from [clock].
    event RootSubmitted(uint32 indexed index, bytes32 indexed root, uint48 calculatedUntil, uint48 activatedAt);

    /// @notice Emitted when a root is disabled.
    /// @param index Root.
    event RootDisabled(uint32 indexed index);

    /// @notice Emitted when rewards are claimed.
    /// @param rootIndex Root claimed from.
    /// @param earner Who earned.
    /// @param token Token paid.
    /// @param claimer Who claimed.
    /// @param recipient Who was paid.
    /// @param amount Amount paid [token units].
    event RewardsClaimed(
        uint32 rootIndex,
        address indexed earner,
        IERC20 indexed token,
        address claimer,
        address indexed recipient,
        uint256 amount
    );

    /// @notice Emitted when an earner changes who claims for it.
    /// @param earner Earner.
    /// @param claimer New claimer, zero for the earner itself.
    event ClaimerSet(address indexed earner, address indexed claimer);

    /// @notice Emitted when the updater changes.
    /// @param updater New updater.
    event UpdaterSet(address indexed updater);

    /// @notice Raised when anyone but the updater publishes or disables a root.
    /// @param caller Who called.
    /// @param updater Who may.
    error RewardsCoordinatorOnlyUpdater(address caller, address updater);

    /// @notice Raised when a root does not go beyond the last one that stands.
    /// @param calculatedUntil Instant of the new root [clock].
    /// @param previous Instant of the root before it [clock].
    error RewardsCoordinatorStaleRoot(uint48 calculatedUntil, uint48 previous);

    /// @notice Raised when a root counts earnings that do not lie in the past.
    /// @param calculatedUntil Instant of the new root [clock].
    /// @param timepoint Now [clock]; it must be later.
    error RewardsCoordinatorRootInFuture(uint48 calculatedUntil, uint48 timepoint);

    /// @notice Raised when there is no such root.
    /// @param index Root asked for.
    /// @param count Roots there are.
    error RewardsCoordinatorUnknownRoot(uint256 index, uint256 count);

    /// @notice Raised when a root is disabled twice or claimed from after it was.
    /// @param index Root.
    error RewardsCoordinatorRootDisabled(uint256 index);

    /// @notice Raised when a root is disabled that is active already.
    /// @param index Root.
    /// @param activatedAt Its first active instant [clock].
    error RewardsCoordinatorRootActive(uint256 index, uint48 activatedAt);

    /// @notice Raised when a root is claimed from before it is active.
    /// @param index Root.
    /// @param activatedAt Its first active instant [clock].
    error RewardsCoordinatorRootNotActive(uint256 index, uint48 activatedAt);

    /// @notice Raised when anyone but the claimer claims.
    /// @param caller Who called.
    /// @param claimer Who may.
    error RewardsCoordinatorOnlyClaimer(address caller, address claimer);

    /// @notice Raised when a proof does not lead to the root.
    /// @param index Root.
    /// @param earner Earner named.
    /// @param cumulativeEarnings Earnings named [token units].
    error RewardsCoordinatorInvalidProof(uint256 index, address earner, uint256 cumulativeEarnings);

    /// @notice Raised when a leaf holds nothing that was not claimed before.
    /// @param earner Earner.
    /// @param token Token.
    /// @param cumulativeEarnings Earnings by the leaf [token units].
    /// @param claimed Amount claimed before [token units].
    error RewardsCoordinatorEarningsNotGreaterThanClaimed(
        address earner,
        IERC20 token,
        uint256 cumulativeEarnings,
        uint256 claimed
    );

    /// @notice Raised when a claim takes more than was paid in.
    /// @param token Token.
    /// @param requested Amount claimed now [token units].
    /// @param available Amount paid in and not claimed [token units].
    error RewardsCoordinatorInsufficientFunds(IERC20 token, uint256 requested, uint256 available);

    /// @notice Raised when a recipient is zero.
    error RewardsCoordinatorZeroAddress();

    /// @notice Publishes a root. Only the updater.
    /// @dev `calculatedUntil` lies before now and after that of the last root; when the last root was disabled it may
    /// equal it, so that a wrong root can be replaced.
    /// @param root Merkle root.
    /// @param calculatedUntil Last instant whose earnings are in it [clock].
    /// @return index Root.
    function submitRoot(bytes32 root, uint48 calculatedUntil) external returns (uint32 index);

    /// @notice Disables a root that is not active yet. Only the updater.
    /// @param index Root.
    function disableRoot(uint32 index) external;

    /// @notice Pays `cumulativeEarnings` less what was claimed, which must be above zero. Only the earner's claimer.
    /// @param claim_ What is claimed.
    /// @param recipient Who is paid, not zero.
    /// @return amount Amount paid [token units].
    function claim(Claim calldata claim_, address recipient) external returns (uint256 amount);

    /// @notice Sets who claims for the caller; it alone may then.
    /// @param claimer New claimer, zero for the caller itself.
    function setClaimerFor(address claimer) external;

    /// @notice Sets the updater. Only the owner.
    /// @param updater_ New updater.
    function setUpdater(address updater_) external;

    /// @notice Returns a root.
    /// @dev Reverts with {RewardsCoordinatorUnknownRoot}.
    /// @param index Root.
    /// @return The root.
    function getRoot(uint256 index) external view returns (DistributionRoot memory);

    /// @notice Returns how many roots there are.
    /// @return Count.
    function rootCount() external view returns (uint256);

    /// @notice Returns who claims for an earner.
    /// @param earner Earner.
    /// @return Claimer, the earner itself when none was set.
    function claimerOf(address earner) external view returns (address);

    /// @notice Returns what an earner claimed so far.
    /// @param earner Earner.
    /// @param token Token.
    /// @return Amount [token units].
    function cumulativeClaimed(address earner, IERC20 token) external view returns (uint256);

    /// @notice Returns what was claimed in a token so far.
    /// @param token Token.
    /// @return Amount [token units].
    function totalClaimed(IERC20 token) external view returns (uint256);
}
