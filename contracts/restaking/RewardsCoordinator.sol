// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { MerkleProof } from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { Clock } from "../libraries/Clock.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IRewardsCoordinator } from "./IRewardsCoordinator.sol";
import { OperatorSplits } from "./OperatorSplits.sol";
import { RewardsPayments } from "./RewardsPayments.sol";

/// @title RewardsCoordinator
/// @notice Payments in, cumulative roots, claims out.
contract RewardsCoordinator is IRewardsCoordinator, OperatorSplits, RewardsPayments {
    using SafeERC20 for IERC20;

    /// @notice How the coordinator is set up.
    /// @param owner Administrator.
    /// @param updater Who publishes roots.
    /// @param feeRecipient Receiver of protocol fees, not zero.
    /// @param defaultSplitBips Split of an operator that never set one [bips].
    /// @param activationDelay Delay of roots and of splits [clock units].
    /// @param periods Periods that a payment may name.
    struct Settings {
        address owner;
        address updater;
        address feeRecipient;
        uint16 defaultSplitBips;
        uint48 activationDelay;
        Periods periods;
    }

    /* CONSTANTS */

    /// @notice Bit that pauses {submitRoot} and {disableRoot}.
    uint8 public constant PAUSED_ROOTS = 1;

    /// @notice Bit that pauses {claim}.
    uint8 public constant PAUSED_CLAIM = 2;

    /* STORAGE */

    /// @notice Who publishes roots.
    address public updater;

    /// @inheritdoc IRewardsCoordinator
    mapping(address earner => mapping(IERC20 token => uint256 amount)) public cumulativeClaimed;

    /// @inheritdoc IRewardsCoordinator
    mapping(IERC20 token => uint256 amount) public totalClaimed;

    DistributionRoot[] private _roots;
    mapping(address earner => address claimer) private _claimerFor;

    /* MODIFIERS */

    modifier onlyUpdater() {
        require(msg.sender == updater, RewardsCoordinatorOnlyUpdater(msg.sender, updater));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Sets the coordinator up.
    /// @param avsRegistry_ Where operator sets are registered.
    /// @param settings How it is set up.
    /// @param clockMode_ Unit of time: blocks or seconds.
    constructor(
        IAVSRegistry avsRegistry_,
        Settings memory settings,
        ClockMode clockMode_
    )
        Ownable(settings.owner)
        Clock(clockMode_)
        OperatorSplits(settings.defaultSplitBips, settings.activationDelay)
        RewardsPayments(avsRegistry_, settings.feeRecipient, settings.periods)
    {
        _setUpdater(settings.updater);
    }

    /* EXTERNAL */

    /// @inheritdoc IRewardsCoordinator
    function submitRoot(
        bytes32 root,
        uint48 calculatedUntil
    ) external onlyUpdater whenNotPaused(PAUSED_ROOTS) returns (uint32 index) {
        uint48 timepoint = clock();
        require(calculatedUntil < timepoint, RewardsCoordinatorRootInFuture(calculatedUntil, timepoint));
        _checkFresh(calculatedUntil);

        index = SafeCast.toUint32(_roots.length);
        uint48 activatedAt = timepoint + activationDelay;
        _roots.push(DistributionRoot(root, calculatedUntil, activatedAt, false));

        emit RootSubmitted(index, root, calculatedUntil, activatedAt);
    }

    /// @inheritdoc IRewardsCoordinator
    function disableRoot(uint32 index) external onlyUpdater whenNotPaused(PAUSED_ROOTS) {
        DistributionRoot storage root = _rootAt(index);
        require(!root.isDisabled, RewardsCoordinatorRootDisabled(index));
        require(clock() < root.activatedAt, RewardsCoordinatorRootActive(index, root.activatedAt));

        root.isDisabled = true;

        emit RootDisabled(index);
    }

    /// @inheritdoc IRewardsCoordinator
    function claim(
        Claim calldata claim_,
        address recipient
    ) external whenNotPaused(PAUSED_CLAIM) nonReentrant returns (uint256 amount) {
        require(recipient != address(0), RewardsCoordinatorZeroAddress());
        address claimer = claimerOf(claim_.earner);
        require(msg.sender == claimer, RewardsCoordinatorOnlyClaimer(msg.sender, claimer));
        _checkProof(claim_);

        amount = _newEarnings(claim_);
        cumulativeClaimed[claim_.earner][claim_.token] = claim_.cumulativeEarnings;
        totalClaimed[claim_.token] += amount;

        emit RewardsClaimed(claim_.rootIndex, claim_.earner, claim_.token, msg.sender, recipient, amount);

        claim_.token.safeTransfer(recipient, amount);
    }

    /// @inheritdoc IRewardsCoordinator
    function setClaimerFor(address claimer) external {
        _claimerFor[msg.sender] = claimer;

        emit ClaimerSet(msg.sender, claimer);
    }

    /// @inheritdoc IRewardsCoordinator
    function setUpdater(address updater_) external onlyOwner {
        _setUpdater(updater_);
    }

    /* VIEWS */

    /// @inheritdoc IRewardsCoordinator
    function getRoot(uint256 index) external view returns (DistributionRoot memory) {
        return _rootAt(index);
    }

    /// @inheritdoc IRewardsCoordinator
    function rootCount() external view returns (uint256) {
        return _roots.length;
    }

    /// @inheritdoc IRewardsCoordinator
    function claimerOf(address earner) public view returns (address) {
        address claimer = _claimerFor[earner];
        return claimer == address(0) ? earner : claimer;
    }

    /* INTERNAL */

    function _setUpdater(address updater_) private {
        updater = updater_;

        emit UpdaterSet(updater_);
    }

    function _rootAt(uint256 index) private view returns (DistributionRoot storage) {
        require(index < _roots.length, RewardsCoordinatorUnknownRoot(index, _roots.length));
        return _roots[index];
    }

    function _checkFresh(uint48 calculatedUntil) private view {
        uint256 count = _roots.length;
        if (count == 0) return;
        DistributionRoot storage last = _roots[count - 1];
        bool isLater = calculatedUntil > last.calculatedUntil;
        bool isReplacement = last.isDisabled && calculatedUntil == last.calculatedUntil;
        require(isLater || isReplacement, RewardsCoordinatorStaleRoot(calculatedUntil, last.calculatedUntil));
    }

    function _checkProof(Claim calldata claim_) private view {
        DistributionRoot storage root = _rootAt(claim_.rootIndex);
        require(!root.isDisabled, RewardsCoordinatorRootDisabled(claim_.rootIndex));
        bool isActive = clock() >= root.activatedAt;
        require(isActive, RewardsCoordinatorRootNotActive(claim_.rootIndex, root.activatedAt));

        // Hashed twice: no inner node of the tree can pass for a leaf.
        bytes32 inner = keccak256(abi.encode(claim_.earner, claim_.token, claim_.cumulativeEarnings));
        bool isProven = MerkleProof.verifyCalldata(claim_.proof, root.root, keccak256(bytes.concat(inner)));
        require(isProven, RewardsCoordinatorInvalidProof(claim_.rootIndex, claim_.earner, claim_.cumulativeEarnings));
    }

    function _newEarnings(Claim calldata claim_) private view returns (uint256 amount) {
        uint256 earned = claim_.cumulativeEarnings;
        uint256 before = cumulativeClaimed[claim_.earner][claim_.token];
        require(
            earned > before,
            RewardsCoordinatorEarningsNotGreaterThanClaimed(claim_.earner, claim_.token, earned, before)
        );

        amount = earned - before;
        uint256 available = totalPaid[claim_.token] - totalClaimed[claim_.token];
        require(amount <= available, RewardsCoordinatorInsufficientFunds(claim_.token, amount, available));
    }
}
