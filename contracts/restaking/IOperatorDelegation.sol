// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IStrategy } from "./IStrategy.sol";

/// @title IOperatorDelegation
/// @notice Who restakes with which operator, how many shares each operator secures AVSs with, and the queue in which
/// shares leave.
/// @dev Slashing is a history of each operator's maximum magnitude. A staker's deposit shares `s` never change by it;
/// withdrawable = floor(floor(s * k / WAD) * f / WAD), with the deposit scaling factor `k` (WAD where none is stored) and
/// the slashing factor `f` (the operator's maximum magnitude; for beacon ether times the staker's beacon factor, rounded
/// down). Deposits choose `k` so that earlier slashes do not touch them. Always: operator shares >= sum of withdrawables.
/// @dev Units: shares in wei; factors in WAD; instants and delays in clock units (blocks or seconds).
/// @dev Windows are inclusive: shares queued at `start` are slashable through `start + withdrawalDelay` and can be
/// completed from `start + withdrawalDelay + 1`. Pause bits: 0 = delegate, 1 = enter the queue, 2 = complete.
/// @custom:source docs/contracts/OperatorDelegation.md
interface IOperatorDelegation {
    /// @notice Shares on their way out.
    /// @dev `scaledShares` are deposit shares times the deposit scaling factor: times the slashing factor they are shares.
    struct Withdrawal {
        address staker;
        address delegatedTo;
        uint48 start;
        IStrategy[] strategies;
        uint256[] scaledShares;
    }

    /// @notice Approval of a delegation, signed by the operator's approver (EIP-712; ERC-1271 accepted).
    /// @dev Type `Delegation(address staker,address operator,address approver,bytes32 salt,uint256 expiry)`. Ignored when
    /// the operator has no approver, or when operator or approver send the transaction themselves.
    struct Approval {
        bytes signature;
        bytes32 salt;
        uint256 expiry;
    }

    /// @notice Emitted when an operator registers.
    /// @param operator Operator.
    /// @param delegationApprover Who must approve delegations; zero = nobody.
    /// @param metadataURI Where the operator describes itself.
    event OperatorRegistered(address indexed operator, address delegationApprover, string metadataURI);

    /// @notice Emitted when an operator changes its approver.
    /// @param operator Operator.
    /// @param delegationApprover Who must approve delegations; zero = nobody.
    event DelegationApproverSet(address indexed operator, address delegationApprover);

    /// @notice Emitted when a staker delegates.
    /// @param staker Staker.
    /// @param operator Operator.
    event Delegated(address indexed staker, address indexed operator);

    /// @notice Emitted when a staker stops delegating.
    /// @param staker Staker.
    /// @param operator Operator it leaves.
    /// @param forced True when operator or approver did it.
    event Undelegated(address indexed staker, address indexed operator, bool forced);

    /// @notice Emitted when an operator's shares rise.
    /// @param operator Operator.
    /// @param staker Staker behind it.
    /// @param strategy Strategy.
    /// @param shares Shares added [wei].
    event OperatorSharesIncreased(
        address indexed operator,
        address indexed staker,
        IStrategy indexed strategy,
        uint256 shares
    );

    /// @notice Emitted when an operator's shares fall because a staker leaves or is penalised.
    /// @param operator Operator.
    /// @param staker Staker behind it.
    /// @param strategy Strategy.
    /// @param shares Shares removed [wei].
    event OperatorSharesDecreased(
        address indexed operator,
        address indexed staker,
        IStrategy indexed strategy,
        uint256 shares
    );

    /// @notice Emitted when a slash takes shares.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param fromOperator Shares taken from the operator's delegated shares [wei].
    /// @param fromQueue Shares taken from withdrawals in the slashable window [wei].
    event OperatorSharesSlashed(
        address indexed operator,
        IStrategy indexed strategy,
        uint256 fromOperator,
        uint256 fromQueue
    );

    /// @notice Emitted when a deposit or delegation sets a deposit scaling factor.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param factor Factor [WAD].
    event DepositScalingFactorSet(address indexed staker, IStrategy indexed strategy, uint256 factor);

    /// @notice Emitted when shares enter the queue.
    /// @param id Withdrawal.
    /// @param withdrawal Its content.
    /// @param withdrawableShares What it is worth at this moment, per strategy [wei].
    event WithdrawalQueued(uint256 indexed id, Withdrawal withdrawal, uint256[] withdrawableShares);

    /// @notice Emitted when a withdrawal is completed.
    /// @param id Withdrawal.
    /// @param asTokens True when paid in tokens, false when deposited again.
    /// @param shares Shares released per strategy [wei].
    event WithdrawalCompleted(uint256 indexed id, bool asTokens, uint256[] shares);

    /// @notice Raised when an account that is no operator is named as one.
    /// @param operator Account named.
    error OperatorDelegationNotOperator(address operator);

    /// @notice Raised when an operator registers twice.
    /// @param operator Operator.
    error OperatorDelegationAlreadyOperator(address operator);

    /// @notice Raised when the account already delegates.
    /// @param staker Staker.
    /// @param operator Operator it delegates to.
    error OperatorDelegationActivelyDelegated(address staker, address operator);

    /// @notice Raised when the account does not delegate.
    /// @param staker Staker.
    error OperatorDelegationNotActivelyDelegated(address staker);

    /// @notice Raised when an operator tries to leave itself.
    /// @param operator Operator.
    error OperatorDelegationOperatorsCannotUndelegate(address operator);

    /// @notice Raised when the caller may not do this for the staker.
    /// @param caller Caller.
    /// @param staker Staker.
    error OperatorDelegationUnauthorized(address caller, address staker);

    /// @notice Raised when an approval has expired.
    /// @param expiry Last second of validity, inclusive [unix s].
    /// @param timestamp Second of the call [unix s].
    error OperatorDelegationApprovalExpired(uint256 expiry, uint256 timestamp);

    /// @notice Raised when an approval's salt was used before.
    /// @param approver Approver.
    /// @param salt Salt.
    error OperatorDelegationSaltSpent(address approver, bytes32 salt);

    /// @notice Raised when an approval is not signed by the approver.
    /// @param approver Approver whose signature was needed.
    error OperatorDelegationInvalidApproval(address approver);

    /// @notice Raised when shares would be added where slashing has left nothing: the factor is zero.
    /// @param staker Staker.
    /// @param strategy Strategy.
    error OperatorDelegationFullySlashed(address staker, IStrategy strategy);

    /// @notice Raised when a deposit is so small beside what slashing left that its scaling factor would round to zero.
    /// @param staker Staker.
    /// @param strategy Strategy.
    error OperatorDelegationScalingFactorZero(address staker, IStrategy strategy);

    /// @notice Raised when two lists differ in length, or are empty.
    /// @param strategies Length of the list of strategies.
    /// @param shares Length of the list of shares.
    error OperatorDelegationLengthMismatch(uint256 strategies, uint256 shares);

    /// @notice Raised when a withdrawal is not in the queue.
    /// @param id Withdrawal.
    error OperatorDelegationWithdrawalNotQueued(uint256 id);

    /// @notice Raised when a withdrawal is completed too early.
    /// @param id Withdrawal.
    /// @param completableAt First instant at which it can be completed [clock].
    /// @param now_ Present instant [clock].
    error OperatorDelegationWithdrawalDelayNotElapsed(uint256 id, uint48 completableAt, uint48 now_);

    /// @notice Makes the caller an operator, delegated to itself.
    /// @dev The caller must not delegate yet; what it has deposited is delegated at once. The allocation delay applies
    /// from now on. Reverts with {OperatorDelegationAlreadyOperator} or {OperatorDelegationActivelyDelegated}.
    /// @param delegationApprover Who must approve delegations; zero = nobody.
    /// @param allocationDelay Instants between an allocation and its effect [clock units].
    /// @param metadataURI Where the operator describes itself.
    function registerAsOperator(
        address delegationApprover,
        uint48 allocationDelay,
        string calldata metadataURI
    ) external;

    /// @notice Changes who must approve delegations to the caller.
    /// @dev Reverts with {OperatorDelegationNotOperator}.
    /// @param delegationApprover Approver; zero = nobody.
    function setDelegationApprover(address delegationApprover) external;

    /// @notice Delegates all present and future shares of the caller.
    /// @dev Reverts with {OperatorDelegationActivelyDelegated}, {OperatorDelegationNotOperator}, an approval error, or
    /// {OperatorDelegationFullySlashed} when the caller holds a strategy in which the operator has nothing left.
    /// @param operator Operator to trust.
    /// @param approval Approval, used only when needed.
    function delegate(address operator, Approval calldata approval) external;

    /// @notice Ends a delegation and queues everything the staker has, one withdrawal per strategy.
    /// @dev By the staker, its operator, or the operator's approver. The queued shares stay slashable at the operator left.
    /// Reverts with {OperatorDelegationNotActivelyDelegated}, {OperatorDelegationOperatorsCannotUndelegate} or
    /// {OperatorDelegationUnauthorized}.
    /// @param staker Staker that leaves.
    /// @return ids Withdrawals queued, empty when nothing was deposited.
    function undelegate(address staker) external returns (uint256[] memory ids);

    /// @notice Undelegates the caller and delegates to another operator in one go.
    /// @dev The queued shares follow when they are completed as shares. Reverts as {undelegate} and {delegate}.
    /// @param newOperator Operator to trust from now on.
    /// @param approval Approval of the new operator, used only when needed.
    /// @return ids Withdrawals queued.
    function redelegate(address newOperator, Approval calldata approval) external returns (uint256[] memory ids);

    /// @notice Queues deposit shares of the caller.
    /// @dev Asked in deposit shares, so a slash in between cannot make it fail. Reverts with
    /// {OperatorDelegationLengthMismatch}, `ShareManagerSharesAmountZero` or `ShareManagerSharesAmountTooHigh`.
    /// @param strategies Strategies.
    /// @param depositShares Deposit shares per strategy [wei].
    /// @return id Withdrawal.
    function queueWithdrawal(
        IStrategy[] calldata strategies,
        uint256[] calldata depositShares
    ) external returns (uint256 id);

    /// @notice Completes a withdrawal of the caller.
    /// @dev Shares = floor(scaled * F / WAD) with the old operator's maximum magnitude at `start + withdrawalDelay`, for
    /// beacon ether times the present beacon factor. A strategy left with zero is skipped. As shares, they are a deposit for
    /// the present operator. Reverts with {OperatorDelegationWithdrawalNotQueued}, {OperatorDelegationUnauthorized},
    /// {OperatorDelegationWithdrawalDelayNotElapsed} or, as shares, {OperatorDelegationFullySlashed}.
    /// @param id Withdrawal.
    /// @param asTokens True for tokens, false to deposit again.
    /// @return shares Shares released per strategy [wei].
    function completeWithdrawal(uint256 id, bool asTokens) external returns (uint256[] memory shares);

    /// @notice Books shares that a share manager credited to a staker.
    /// @dev Only the restaking manager or the pod manager. Reverts with {OperatorDelegationFullySlashed}.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param previous Deposit shares before [wei].
    /// @param added Deposit shares added [wei].
    function increaseDelegatedShares(address staker, IStrategy strategy, uint256 previous, uint256 added) external;

    /// @notice Books a consensus-layer penalty in the operator's shares.
    /// @dev Only the pod manager. Removes floor(floor(s * k / WAD) * floor(maxMagnitude * decrease / WAD) / WAD).
    /// @param staker Staker.
    /// @param depositShares Deposit shares of the beacon strategy [wei].
    /// @param factorDecrease Fall of the beacon factor [WAD].
    function decreaseDelegatedShares(address staker, uint256 depositShares, uint64 factorDecrease) external;

    /// @notice Takes a slash out of an operator's shares and of its withdrawals in the slashable window.
    /// @dev Only the slasher. Each side: amount - ceil(amount * newMax / previousMax).
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param previousMax Maximum magnitude before [WAD], not zero.
    /// @param newMax Maximum magnitude after [WAD].
    /// @return fromOperator Shares taken from the operator's shares [wei].
    /// @return fromQueue Shares taken from the queue [wei].
    function slashOperatorShares(
        address operator,
        IStrategy strategy,
        uint64 previousMax,
        uint64 newMax
    ) external returns (uint256 fromOperator, uint256 fromQueue);

    /// @notice Returns the instants a withdrawal waits, and stays slashable, in the queue.
    /// @return Delay [clock units].
    function withdrawalDelay() external view returns (uint48);

    /// @notice Returns whether an account is an operator.
    /// @param account Account asked about.
    /// @return True when it is.
    function isOperator(address account) external view returns (bool);

    /// @notice Returns every operator.
    /// @return Operators, in order of registration.
    function operators() external view returns (address[] memory);

    /// @notice Returns whom a staker delegates to.
    /// @param staker Staker asked about.
    /// @return Operator, or the zero address.
    function delegatedTo(address staker) external view returns (address);

    /// @notice Returns who delegates to an operator, itself included.
    /// @param operator Operator asked about.
    /// @return Stakers, in no particular order.
    function stakersOf(address operator) external view returns (address[] memory);

    /// @notice Returns who must approve delegations to an operator.
    /// @param operator Operator asked about.
    /// @return Approver; zero = nobody.
    function delegationApproverOf(address operator) external view returns (address);

    /// @notice Returns an operator's shares.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Shares [wei].
    function operatorShares(address operator, IStrategy strategy) external view returns (uint256);

    /// @notice Returns a staker's deposit scaling factor.
    /// @param staker Staker asked about.
    /// @param strategy Strategy asked about.
    /// @return Factor [WAD], 1e18 where none is stored.
    function depositScalingFactor(address staker, IStrategy strategy) external view returns (uint256);

    /// @notice Returns what slashing leaves of a staker's shares.
    /// @param staker Staker asked about.
    /// @param strategy Strategy asked about.
    /// @return Factor [WAD].
    function slashingFactorOf(address staker, IStrategy strategy) external view returns (uint256);

    /// @notice Returns everything a staker has deposited, ERC-20 strategies first, beacon ether last.
    /// @param staker Staker asked about.
    /// @return strategies Strategies with a balance.
    /// @return depositShares Deposit shares per strategy [wei].
    function depositedShares(
        address staker
    ) external view returns (IStrategy[] memory strategies, uint256[] memory depositShares);

    /// @notice Returns what a staker could queue now.
    /// @param staker Staker asked about.
    /// @param strategies Strategies asked about.
    /// @return withdrawable Shares after slashing, per strategy [wei].
    /// @return depositShares Deposit shares, per strategy [wei].
    function withdrawableShares(
        address staker,
        IStrategy[] calldata strategies
    ) external view returns (uint256[] memory withdrawable, uint256[] memory depositShares);

    /// @notice Returns the deposit shares to queue for a wanted amount of withdrawable shares.
    /// @dev floor(floor(wanted * WAD / k) * WAD / f); zero when nothing is left. Rounded down, so never too high.
    /// @param staker Staker asked about.
    /// @param strategies Strategies asked about.
    /// @param withdrawable Withdrawable shares wanted, per strategy [wei].
    /// @return depositShares Deposit shares, per strategy [wei].
    function convertToDepositShares(
        address staker,
        IStrategy[] calldata strategies,
        uint256[] calldata withdrawable
    ) external view returns (uint256[] memory depositShares);

    /// @notice Returns what a full slash now would take from the queue.
    /// @param operator Operator asked about.
    /// @param strategy Strategy asked about.
    /// @return Shares [wei].
    function slashableSharesInQueue(address operator, IStrategy strategy) external view returns (uint256);

    /// @notice Returns what {slashOperatorShares} would take.
    /// @param operator Operator.
    /// @param strategy Strategy.
    /// @param previousMax Maximum magnitude before [WAD], not zero.
    /// @param newMax Maximum magnitude after [WAD].
    /// @return fromOperator Shares it would take from the operator's shares [wei].
    /// @return fromQueue Shares it would take from the queue [wei].
    function previewSlashOperatorShares(
        address operator,
        IStrategy strategy,
        uint64 previousMax,
        uint64 newMax
    ) external view returns (uint256 fromOperator, uint256 fromQueue);

    /// @notice Returns the number of withdrawals ever queued; the next one gets this id.
    /// @return Number of withdrawals.
    function withdrawalCount() external view returns (uint256);

    /// @notice Returns a withdrawal in the queue.
    /// @dev Reverts with {OperatorDelegationWithdrawalNotQueued}.
    /// @param id Withdrawal.
    /// @return Its content.
    function queuedWithdrawal(uint256 id) external view returns (Withdrawal memory);

    /// @notice Returns what a withdrawal would release, were it completed with what is known now.
    /// @dev Before the window has passed, further slashes can lower it. Reverts with
    /// {OperatorDelegationWithdrawalNotQueued}.
    /// @param id Withdrawal.
    /// @return shares Shares per strategy [wei].
    /// @return completableAt First instant at which it can be completed [clock].
    function releasableShares(uint256 id) external view returns (uint256[] memory shares, uint48 completableAt);

    /// @notice Returns a staker's withdrawals in the queue.
    /// @param staker Staker asked about.
    /// @return Ids, in no particular order.
    function withdrawalsOf(address staker) external view returns (uint256[] memory);

    /// @notice Returns the withdrawals that a slash of an operator would reach now.
    /// @param operator Operator asked about.
    /// @return Ids, latest first.
    function slashableWithdrawalsOf(address operator) external view returns (uint256[] memory);

    /// @notice Returns what an approver has to sign.
    /// @param staker Staker that will delegate.
    /// @param operator Operator.
    /// @param approver Approver.
    /// @param salt Number used once per approver.
    /// @param expiry Last second of validity, inclusive [unix s].
    /// @return EIP-712 digest.
    function approvalDigest(
        address staker,
        address operator,
        address approver,
        bytes32 salt,
        uint256 expiry
    ) external view returns (bytes32);
}
