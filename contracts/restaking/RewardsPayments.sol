// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { Clock } from "../libraries/Clock.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IRewardsPayments } from "./IRewardsPayments.sol";

/// @title RewardsPayments
/// @notice Payments of AVSs to their operator sets.
abstract contract RewardsPayments is IRewardsPayments, Clock, PausableFlags, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @notice Periods that a payment may name.
    /// @param calculationInterval Grid of periods, not zero [clock units].
    /// @param maxDuration Greatest length [clock units].
    /// @param maxRetroactive Greatest distance of a begin into the past [clock units].
    /// @param maxFuture Greatest distance of a begin into the future [clock units].
    struct Periods {
        uint48 calculationInterval;
        uint48 maxDuration;
        uint48 maxRetroactive;
        uint48 maxFuture;
    }

    /* CONSTANTS */

    /// @notice Protocol fee of an AVS that opted in [bips].
    uint256 public constant PROTOCOL_FEE_BIPS = 2_000;

    /// @notice Bit that pauses both ways to pay.
    uint8 public constant PAUSED_PAY = 0;

    /* IMMUTABLES */

    /// @notice Where operator sets are registered.
    IAVSRegistry public immutable avsRegistry;

    /// @notice Grid of periods [clock units].
    uint48 public immutable calculationInterval;

    /// @notice Greatest length of a period [clock units].
    uint48 public immutable maxDuration;

    /// @notice Greatest distance of a period's begin into the past [clock units].
    uint48 public immutable maxRetroactive;

    /// @notice Greatest distance of a period's begin into the future [clock units].
    uint48 public immutable maxFuture;

    /* STORAGE */

    /// @notice Receiver of protocol fees.
    address public feeRecipient;

    /// @notice Whether an AVS opted in to the protocol fee.
    mapping(address avs => bool optedIn) public isProtocolFeeOptedIn;

    /// @inheritdoc IRewardsPayments
    mapping(IERC20 token => uint256 amount) public totalPaid;

    Payment[] private _payments;
    mapping(uint256 id => OperatorPayment[] payments) private _operatorPayments;

    /* CONSTRUCTOR */

    /// @notice Fixes the periods.
    /// @param avsRegistry_ Where operator sets are registered.
    /// @param feeRecipient_ Receiver of protocol fees, not zero.
    /// @param periods Periods that a payment may name.
    constructor(IAVSRegistry avsRegistry_, address feeRecipient_, Periods memory periods) {
        require(periods.calculationInterval > 0, RewardsPaymentsOffGrid(0, 0, 0));

        avsRegistry = avsRegistry_;
        calculationInterval = periods.calculationInterval;
        maxDuration = periods.maxDuration;
        maxRetroactive = periods.maxRetroactive;
        maxFuture = periods.maxFuture;
        _setFeeRecipient(feeRecipient_);
    }

    /* EXTERNAL */

    /// @inheritdoc IRewardsPayments
    function payOperatorSet(
        OperatorSet calldata set,
        IERC20 token,
        uint256 amount,
        uint48 start,
        uint48 duration
    ) external whenNotPaused(PAUSED_PAY) nonReentrant returns (uint256 id) {
        _checkPayer(set);
        _checkPeriod(start, duration);
        require(amount > 0, RewardsPaymentsZeroAmount());

        Payment memory payment = Payment(set, token, start, duration, false, amount, 0);
        payment.fee = _feeOf(amount);
        payment.amount -= payment.fee;
        id = _settle(payment);
    }

    /// @inheritdoc IRewardsPayments
    function payOperators(
        OperatorSet calldata set,
        IERC20 token,
        OperatorPayment[] calldata payments,
        uint48 start,
        uint48 duration
    ) external whenNotPaused(PAUSED_PAY) nonReentrant returns (uint256 id) {
        _checkPayer(set);
        _checkPeriod(start, duration);
        require(start + duration < clock(), RewardsPaymentsNotRetroactive(start + duration, clock()));
        require(payments.length > 0, RewardsPaymentsZeroAmount());

        Payment memory payment = Payment(set, token, start, duration, true, 0, 0);
        _enter(payment, payments);
        id = _settle(payment);
    }

    /// @inheritdoc IRewardsPayments
    function setProtocolFeeOptIn(bool optedIn) external {
        isProtocolFeeOptedIn[msg.sender] = optedIn;

        emit ProtocolFeeOptInSet(msg.sender, optedIn);
    }

    /// @inheritdoc IRewardsPayments
    function setFeeRecipient(address feeRecipient_) external onlyOwner {
        _setFeeRecipient(feeRecipient_);
    }

    /* VIEWS */

    /// @inheritdoc IRewardsPayments
    function getPayment(uint256 id) external view returns (Payment memory) {
        require(id < _payments.length, RewardsPaymentsUnknownPayment(id, _payments.length));
        return _payments[id];
    }

    /// @inheritdoc IRewardsPayments
    function getOperatorPayments(uint256 id) external view returns (OperatorPayment[] memory) {
        require(id < _payments.length, RewardsPaymentsUnknownPayment(id, _payments.length));
        return _operatorPayments[id];
    }

    /// @inheritdoc IRewardsPayments
    function paymentCount() external view returns (uint256) {
        return _payments.length;
    }

    /// @inheritdoc IRewardsPayments
    function protocolFee(uint256 amount) public pure returns (uint256) {
        return Math.mulDiv(amount, PROTOCOL_FEE_BIPS, 10_000);
    }

    /* INTERNAL */

    /// @dev Stores the net amounts of operators paid by name and sums them up.
    function _enter(Payment memory payment, OperatorPayment[] calldata payments) private {
        OperatorPayment[] storage entries = _operatorPayments[_payments.length];
        address previous = address(0);
        for (uint256 i = 0; i < payments.length; ++i) {
            OperatorPayment calldata entry = payments[i];
            require(entry.operator > previous, RewardsPaymentsUnsortedOperators(previous, entry.operator));
            require(entry.amount > 0, RewardsPaymentsZeroAmount());

            uint256 fee = _feeOf(entry.amount);
            payment.fee += fee;
            payment.amount += entry.amount - fee;
            entries.push(OperatorPayment(entry.operator, entry.amount - fee));
            previous = entry.operator;
        }
    }

    function _settle(Payment memory payment) private returns (uint256 id) {
        id = _payments.length;
        _payments.push(payment);
        totalPaid[payment.token] += payment.amount;

        emit RewardsPaid(id, msg.sender, payment);

        uint256 before = payment.token.balanceOf(address(this));
        payment.token.safeTransferFrom(msg.sender, address(this), payment.amount + payment.fee);
        uint256 received = payment.token.balanceOf(address(this)) - before;
        uint256 expected = payment.amount + payment.fee;
        require(received >= expected, RewardsPaymentsIncomplete(received, expected));
        if (payment.fee > 0) payment.token.safeTransfer(feeRecipient, payment.fee);
    }

    function _setFeeRecipient(address feeRecipient_) private {
        require(feeRecipient_ != address(0), RewardsPaymentsZeroAddress());

        feeRecipient = feeRecipient_;

        emit FeeRecipientSet(feeRecipient_);
    }

    function _feeOf(uint256 amount) private view returns (uint256) {
        return isProtocolFeeOptedIn[msg.sender] ? protocolFee(amount) : 0;
    }

    function _checkPayer(OperatorSet calldata set) private view {
        require(msg.sender == set.avs, RewardsPaymentsOnlyAVS(msg.sender, set.avs));
        require(avsRegistry.isOperatorSet(set), RewardsPaymentsUnknownSet(set.avs, set.id));
    }

    function _checkPeriod(uint48 start, uint48 duration) private view {
        require(duration > 0 && duration <= maxDuration, RewardsPaymentsInvalidDuration(duration, maxDuration));
        bool isOnGrid = start % calculationInterval == 0 && duration % calculationInterval == 0;
        require(isOnGrid, RewardsPaymentsOffGrid(start, duration, calculationInterval));
        uint48 earliest = _before(maxRetroactive);
        uint48 latest = clock() + maxFuture;
        require(start >= earliest && start <= latest, RewardsPaymentsStartOutOfRange(start, earliest, latest));
    }

    /// @dev Saturates at the clock's beginning.
    function _before(uint48 ago) private view returns (uint48) {
        uint48 timepoint = clock();
        return timepoint > ago ? timepoint - ago : 0;
    }
}
