// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { IMockPod } from "./IMockPod.sol";
import { IPodManager } from "./IPodManager.sol";

/// @title MockPod
/// @notice See {IMockPod}.
contract MockPod is IMockPod {
    using EnumerableSet for EnumerableSet.UintSet;
    using SafeCast for uint256;

    /* CONSTANTS */

    /// @notice One gwei [wei].
    uint256 public constant GWEI = 1e9;

    /* IMMUTABLES */

    /// @notice Returns the pod manager.
    IPodManager public immutable podManager;

    /// @inheritdoc IMockPod
    address public immutable podOwner;

    /* STORAGE */

    /// @inheritdoc IMockPod
    uint64 public restakedExecutionGwei;

    /// @inheritdoc IMockPod
    uint64 public restakedBeaconGwei;

    EnumerableSet.UintSet private _active;
    mapping(uint40 index => Validator validator) private _validators;

    /* MODIFIERS */

    /// @notice Refuses every caller but one.
    /// @param expected Caller allowed.
    modifier onlyFrom(address expected) {
        require(msg.sender == expected, MockPodUnauthorized(msg.sender, expected));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the pod to its owner; the deployer is the pod manager.
    /// @param podOwner_ Staker that owns the pod.
    constructor(address podOwner_) {
        podManager = IPodManager(msg.sender);
        podOwner = podOwner_;
    }

    /* EXTERNAL */

    /// @notice Takes in ether, such as execution-layer rewards; it counts from the next checkpoint on.
    receive() external payable {
        emit EtherReceived(msg.sender, msg.value);
    }

    /// @inheritdoc IMockPod
    function verifyValidator(uint40 index) external onlyFrom(podOwner) {
        Validator storage validator = _validators[index];
        uint64 balance = validator.beaconGwei;
        require(!validator.verified, MockPodAlreadyVerified(index));
        require(balance != 0, MockPodNoBalance(index));
        _requireNotBricked();

        uint256 previous = uint256(restakedExecutionGwei) + restakedBeaconGwei;
        validator.verified = true;
        validator.restakedGwei = balance;
        validator.lastCheckpointAt = _clock();
        _active.add(index);
        restakedBeaconGwei += balance;

        emit ValidatorVerified(index, balance);

        podManager.recordBalanceUpdate(podOwner, previous * GWEI, (balance * GWEI).toInt256());
    }

    /// @inheritdoc IMockPod
    function reportValidator(
        uint40 index,
        uint64 balanceGwei,
        bool slashed
    ) external payable onlyFrom(podManager.reporter()) {
        Validator storage validator = _validators[index];

        validator.beaconGwei = balanceGwei;
        if (slashed) validator.slashed = true;

        emit ValidatorReported(index, balanceGwei, validator.slashed);
    }

    /// @inheritdoc IMockPod
    function checkpoint() external onlyFrom(podOwner) {
        _checkpoint();
    }

    /// @inheritdoc IMockPod
    function checkpointStale(uint40 index) external {
        Validator storage validator = _validators[index];
        require(validator.verified && !validator.withdrawn, MockPodNotActive(index));
        require(validator.slashed, MockPodNotSlashed(index));
        require(validator.lastCheckpointAt < _clock(), MockPodNotStale(index, validator.lastCheckpointAt));

        _checkpoint();
    }

    /// @inheritdoc IMockPod
    function withdraw(address recipient, uint256 amount) external onlyFrom(address(podManager)) returns (uint256 paid) {
        uint64 amountGwei = (amount / GWEI).toUint64();
        require(amountGwei <= restakedExecutionGwei, MockPodInsufficientBalance(amountGwei, restakedExecutionGwei));

        restakedExecutionGwei -= amountGwei;
        paid = amountGwei * GWEI;

        emit EtherWithdrawn(recipient, paid);

        Address.sendValue(payable(recipient), paid);
    }

    /* VIEWS */

    /// @inheritdoc IMockPod
    function validatorOf(uint40 index) external view returns (Validator memory) {
        return _validators[index];
    }

    /// @inheritdoc IMockPod
    function activeValidators() external view returns (uint256[] memory) {
        return _active.values();
    }

    /* INTERNAL */

    /// @notice Counts the pod's ether and every validator's balance, and books the difference.
    function _checkpoint() internal {
        _requireNotBricked();

        uint64 previous = restakedExecutionGwei + restakedBeaconGwei;
        uint64 podDelta = (address(this).balance / GWEI).toUint64() - restakedExecutionGwei;
        restakedExecutionGwei += podDelta;
        restakedBeaconGwei = _settleValidators();
        int256 delta = int256(uint256(restakedExecutionGwei) + restakedBeaconGwei) - int256(uint256(previous));

        emit CheckpointFinalised(previous, podDelta, delta);

        podManager.recordBalanceUpdate(podOwner, previous * GWEI, delta * int256(GWEI));
    }

    /// @notice Takes over the balance of every validator that counts; one without balance stops counting.
    /// @return total Sum of the balances [gwei].
    function _settleValidators() internal returns (uint64 total) {
        uint256[] memory indices = _active.values();
        for (uint256 i = 0; i < indices.length; ++i) {
            Validator storage validator = _validators[uint40(indices[i])];
            validator.restakedGwei = validator.beaconGwei;
            validator.lastCheckpointAt = _clock();
            total += validator.beaconGwei;
            if (validator.beaconGwei == 0) {
                validator.withdrawn = true;
                _active.remove(indices[i]);
            }
        }
    }

    /// @notice Reverts when the owner's beacon factor is zero.
    function _requireNotBricked() internal view {
        require(podManager.beaconFactorOf(podOwner) != 0, MockPodBricked(podOwner));
    }

    /// @notice Returns the core's instant.
    /// @return Instant [clock].
    function _clock() internal view returns (uint48) {
        return IERC6372(address(podManager)).clock();
    }
}
