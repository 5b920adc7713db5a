// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IMockPod
/// @notice Stands for one staker's validators on a consensus layer that is simulated: balances are set by a reporter
/// where the real thing proves them, everything after that is accounted as it would be.
/// @dev Balances in gwei (1e9 wei), as the consensus layer has them; a remainder below one gwei is never credited.
/// A validator is VERIFIED (counts) once {verifyValidator} was called, and WITHDRAWN once a checkpoint saw balance zero.
/// @custom:source docs/contracts/PodManager.md
interface IMockPod {
    /// @notice One validator as the pod knows it.
    struct Validator {
        bool verified;
        bool withdrawn;
        bool slashed;
        uint48 lastCheckpointAt;
        uint64 restakedGwei;
        uint64 beaconGwei;
    }

    /// @notice Emitted when a validator starts to count.
    /// @param index Validator.
    /// @param balanceGwei Balance credited [gwei].
    event ValidatorVerified(uint40 indexed index, uint64 balanceGwei);

    /// @notice Emitted when the simulated consensus layer changes a validator.
    /// @param index Validator.
    /// @param balanceGwei Balance from now on [gwei].
    /// @param slashed Whether the consensus layer has slashed it.
    event ValidatorReported(uint40 indexed index, uint64 balanceGwei, bool slashed);

    /// @notice Emitted when a checkpoint is finalised.
    /// @param previousGwei Balance counted before: in the pod and on the validators [gwei].
    /// @param podDeltaGwei Ether that arrived in the pod since [gwei].
    /// @param deltaGwei Change in all [gwei, signed].
    event CheckpointFinalised(uint64 previousGwei, uint64 podDeltaGwei, int256 deltaGwei);

    /// @notice Emitted when ether leaves the pod.
    /// @param recipient Account paid.
    /// @param amount Amount [wei].
    event EtherWithdrawn(address indexed recipient, uint256 amount);

    /// @notice Emitted when ether arrives.
    /// @param payer Account that sent it.
    /// @param amount Amount [wei].
    event EtherReceived(address indexed payer, uint256 amount);

    /// @notice Raised when the caller may not do this.
    /// @param caller Caller.
    /// @param expected Account allowed.
    error MockPodUnauthorized(address caller, address expected);

    /// @notice Raised when a validator is verified twice.
    /// @param index Validator.
    error MockPodAlreadyVerified(uint40 index);

    /// @notice Raised when a validator with no balance is verified.
    /// @param index Validator.
    error MockPodNoBalance(uint40 index);

    /// @notice Raised when a stale checkpoint is asked for over a validator that does not count.
    /// @param index Validator.
    error MockPodNotActive(uint40 index);

    /// @notice Raised when a stranger asks for a checkpoint over a validator that was not slashed.
    /// @param index Validator.
    error MockPodNotSlashed(uint40 index);

    /// @notice Raised when a stranger asks for a checkpoint over a validator that is up to date.
    /// @param index Validator.
    /// @param lastCheckpointAt Instant of its last checkpoint [clock].
    error MockPodNotStale(uint40 index, uint48 lastCheckpointAt);

    /// @notice Raised when more ether is withdrawn than was counted as restaked in the pod.
    /// @param requestedGwei Amount asked for [gwei].
    /// @param availableGwei Amount counted [gwei].
    error MockPodInsufficientBalance(uint64 requestedGwei, uint64 availableGwei);

    /// @notice Raised when the beacon factor of the owner has reached zero: the pod is bricked.
    /// @param owner Owner of the pod.
    error MockPodBricked(address owner);

    /// @notice Credits the balance of a validator that points to this pod.
    /// @dev Only the owner. Reverts with {MockPodAlreadyVerified}, {MockPodNoBalance} or {MockPodBricked}.
    /// @param index Validator.
    function verifyValidator(uint40 index) external;

    /// @notice Sets what the simulated consensus layer says about a validator.
    /// @dev Only the pod manager's reporter. Nothing is credited or lost before the next checkpoint. Ether that an exit
    /// returns is sent along and arrives in the pod.
    /// @param index Validator.
    /// @param balanceGwei Balance from now on [gwei].
    /// @param slashed Whether the consensus layer has slashed it; a slashed validator stays slashed.
    function reportValidator(uint40 index, uint64 balanceGwei, bool slashed) external payable;

    /// @notice Brings the accounting up to date with the pod's ether and every validator's balance.
    /// @dev Only the owner. Reverts with {MockPodBricked} when the beacon factor is zero.
    function checkpoint() external;

    /// @notice Does the owner's checkpoint for it, because a slashed validator makes its balance stale.
    /// @dev Anyone. Reverts with {MockPodNotActive}, {MockPodNotSlashed} or {MockPodNotStale}.
    /// @param index Slashed validator.
    function checkpointStale(uint40 index) external;

    /// @notice Sends restaked ether that left the withdrawal queue.
    /// @dev Only the pod manager. Pays whole gwei; a remainder stays in the pod, unaccounted.
    /// @param recipient Account to pay.
    /// @param amount Amount [wei].
    /// @return paid Amount sent [wei].
    function withdraw(address recipient, uint256 amount) external returns (uint256 paid);

    /// @notice Returns the owner.
    /// @return Staker that owns the pod.
    function podOwner() external view returns (address);

    /// @notice Returns the ether in the pod that counts as restaked.
    /// @return Amount [gwei].
    function restakedExecutionGwei() external view returns (uint64);

    /// @notice Returns the balances of validators that count, as of their last checkpoint.
    /// @return Amount [gwei].
    function restakedBeaconGwei() external view returns (uint64);

    /// @notice Returns a validator.
    /// @param index Validator.
    /// @return What the pod knows.
    function validatorOf(uint40 index) external view returns (Validator memory);

    /// @notice Returns the validators that count.
    /// @return Indices, in no particular order.
    function activeValidators() external view returns (uint256[] memory);
}
