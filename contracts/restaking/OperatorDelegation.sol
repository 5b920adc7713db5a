// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { Clock } from "../libraries/Clock.sol";
import { SlashingLib } from "../libraries/SlashingLib.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { DelegationLedger } from "./DelegationLedger.sol";
import { IOperatorDelegation } from "./IOperatorDelegation.sol";
import { IStrategy } from "./IStrategy.sol";
import { WithdrawalRequests } from "./WithdrawalRequests.sol";

/// @title OperatorDelegation
/// @notice See {IOperatorDelegation}. Here: who is an operator and who delegates to whom. The accounting is in
/// {DelegationLedger}, the queue in {WithdrawalRequests}.
contract OperatorDelegation is WithdrawalRequests, EIP712 {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SlashingLib for uint256;

    /* CONSTANTS */

    /// @notice Pause bit of registering and delegating.
    uint8 public constant PAUSE_DELEGATE = 0;

    /// @notice EIP-712 type of an approval.
    bytes32 public constant DELEGATION_TYPEHASH = keccak256(
        "Delegation(address staker,address operator,address approver,bytes32 salt,uint256 expiry)"
    );

    /* STORAGE */

    /// @inheritdoc IOperatorDelegation
    mapping(address operator => address approver) public delegationApproverOf;

    EnumerableSet.AddressSet private _operators;
    mapping(address operator => EnumerableSet.AddressSet stakers) private _stakersOf;
    mapping(address approver => mapping(bytes32 salt => bool spent)) private _saltSpent;

    /* CONSTRUCTOR */

    /// @notice Fixes unit of time and withdrawal delay.
    /// @param owner_ First owner.
    /// @param clockMode_ Unit of time.
    /// @param withdrawalDelay_ Instants a withdrawal waits [clock units].
    constructor(
        address owner_,
        ClockMode clockMode_,
        uint48 withdrawalDelay_
    )
        CoreComponent(owner_)
        Clock(clockMode_)
        DelegationLedger(withdrawalDelay_)
        EIP712("Faultline OperatorDelegation", "1")
    {}

    /* EXTERNAL */

    /// @inheritdoc IOperatorDelegation
    function registerAsOperator(
        address delegationApprover,
        uint48 allocationDelay,
        string calldata metadataURI
    ) external nonReentrant whenNotPaused(PAUSE_DELEGATE) {
        require(!isOperator(msg.sender), OperatorDelegationAlreadyOperator(msg.sender));
        _requireNotDelegated(msg.sender);

        _operators.add(msg.sender);
        delegationApproverOf[msg.sender] = delegationApprover;

        emit OperatorRegistered(msg.sender, delegationApprover, metadataURI);

        _core.allocationManager.initialiseAllocationDelay(msg.sender, allocationDelay);
        _delegate(msg.sender, msg.sender);
    }

    /// @inheritdoc IOperatorDelegation
    function setDelegationApprover(address delegationApprover) external {
        require(isOperator(msg.sender), OperatorDelegationNotOperator(msg.sender));

        delegationApproverOf[msg.sender] = delegationApprover;

        emit DelegationApproverSet(msg.sender, delegationApprover);
    }

    /// @inheritdoc IOperatorDelegation
    function delegate(
        address operator,
        Approval calldata approval
    ) external nonReentrant whenNotPaused(PAUSE_DELEGATE) {
        _requireNotDelegated(msg.sender);

        _useApproval(msg.sender, operator, approval);
        _delegate(msg.sender, operator);
    }

    /// @inheritdoc IOperatorDelegation
    function undelegate(
        address staker
    ) external nonReentrant whenNotPaused(PAUSE_QUEUE) returns (uint256[] memory ids) {
        return _undelegate(staker);
    }

    /// @inheritdoc IOperatorDelegation
    function redelegate(
        address newOperator,
        Approval calldata approval
    ) external nonReentrant whenNotPaused(PAUSE_QUEUE) whenNotPaused(PAUSE_DELEGATE) returns (uint256[] memory ids) {
        ids = _undelegate(msg.sender);
        _useApproval(msg.sender, newOperator, approval);
        _delegate(msg.sender, newOperator);
    }

    /* VIEWS */

    /// @inheritdoc IOperatorDelegation
    function operators() external view returns (address[] memory) {
        return _operators.values();
    }

    /// @inheritdoc IOperatorDelegation
    function stakersOf(address operator) external view returns (address[] memory) {
        return _stakersOf[operator].values();
    }

    /// @inheritdoc IOperatorDelegation
    function isOperator(address account) public view returns (bool) {
        return _operators.contains(account);
    }

    /// @inheritdoc IOperatorDelegation
    function approvalDigest(
        address staker,
        address operator,
        address approver,
        bytes32 salt,
        uint256 expiry
    ) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(DELEGATION_TYPEHASH, staker, operator, approver, salt, expiry)));
    }

    /* INTERNAL */

    /// @notice Delegates everything a staker has.
    /// @dev What beacon penalties took is gone before it arrives; the operator's own factor is scaled away.
    /// @param staker Staker.
    /// @param operator Operator.
    function _delegate(address staker, address operator) internal {
        delegatedTo[staker] = operator;
        _stakersOf[operator].add(staker);

        emit Delegated(staker, operator);

        (IStrategy[] memory strategies, uint256[] memory depositShares) = depositedShares(staker);
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy strategy = strategies[i];
            uint256 shares = depositShares[i].withdrawable(
                depositScalingFactor(staker, strategy),
                _withBeaconFactor(staker, strategy, WadMath.WAD)
            );
            _rescale(staker, strategy, 0, shares, _core.allocationManager.maxMagnitude(operator, strategy));
            _increaseOperatorShares(operator, staker, strategy, shares);
        }
    }

    /// @notice Ends a delegation and queues everything, one withdrawal per strategy, with the old operator's factors.
    /// @param staker Staker.
    /// @return ids Withdrawals queued.
    function _undelegate(address staker) internal returns (uint256[] memory ids) {
        address operator = delegatedTo[staker];
        require(operator != address(0), OperatorDelegationNotActivelyDelegated(staker));
        require(!isOperator(staker), OperatorDelegationOperatorsCannotUndelegate(staker));
        bool forced = msg.sender != staker;
        require(
            !forced || msg.sender == operator || msg.sender == delegationApproverOf[operator],
            OperatorDelegationUnauthorized(msg.sender, staker)
        );

        delegatedTo[staker] = address(0);
        _stakersOf[operator].remove(staker);

        emit Undelegated(staker, operator, forced);

        (IStrategy[] memory strategies, uint256[] memory depositShares) = depositedShares(staker);
        ids = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy[] memory strategy = new IStrategy[](1);
            uint256[] memory shares = new uint256[](1);
            (strategy[0], shares[0]) = (strategies[i], depositShares[i]);
            ids[i] = _queue(staker, operator, strategy, shares);
        }
    }

    /// @notice Checks and spends an approval where the operator asks for one.
    /// @param staker Staker.
    /// @param operator Operator.
    /// @param approval Approval.
    function _useApproval(address staker, address operator, Approval calldata approval) internal {
        require(isOperator(operator), OperatorDelegationNotOperator(operator));
        address approver = delegationApproverOf[operator];
        if (approver == address(0) || msg.sender == approver || msg.sender == operator) return;

        require(
            block.timestamp <= approval.expiry,
            OperatorDelegationApprovalExpired(approval.expiry, block.timestamp)
        );
        require(!_saltSpent[approver][approval.salt], OperatorDelegationSaltSpent(approver, approval.salt));
        bytes32 digest = approvalDigest(staker, operator, approver, approval.salt, approval.expiry);
        require(
            SignatureChecker.isValidSignatureNow(approver, digest, approval.signature),
            OperatorDelegationInvalidApproval(approver)
        );

        _saltSpent[approver][approval.salt] = true;
    }

    /// @notice Reverts when an account delegates.
    /// @param staker Account.
    function _requireNotDelegated(address staker) internal view {
        address operator = delegatedTo[staker];
        require(operator == address(0), OperatorDelegationActivelyDelegated(staker, operator));
    }
}
