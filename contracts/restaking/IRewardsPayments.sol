// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { OperatorSet } from "../types/OperatorSet.sol";

/// @title IRewardsPayments
/// @notice How an AVS pays an operator set for a period, or each of its operators by name.
/// @dev Units: amounts in the token's smallest unit; periods in clock units (blocks or seconds), from `start`, inclusive,
/// to `start + duration`, exclusive. `start` and `duration` are multiples of {calculationInterval}.
/// @dev Protocol fee, only of an AVS that opted in: `floor(amount * 2000 / 10000)`, for operators paid by name floored
/// for each of them. It goes to the fee recipient at once; the rest stays here for claims.
/// @dev Tokens must arrive in full: those that take a fee on transfer, and rebasing ones that round, are refused (wrap
/// them).
/// @custom:source docs/contracts/RewardsCoordinator.md, section "Payments"
interface IRewardsPayments {
    /// @notice What one operator is paid.
    /// @param operator Operator.
    /// @param amount Amount, net of the fee where it is returned [token units].
    struct OperatorPayment {
        address operator;
        uint256 amount;
    }

    /// @notice A payment.
    /// @param set Operator set paid.
    /// @param token Token paid in.
    /// @param start First instant of the period [clock].
    /// @param duration Length of the period [clock units].
    /// @param isDirected True when operators are paid by name.
    /// @param amount Amount net of the fee [token units].
    /// @param fee Protocol fee [token units].
    struct Payment {
        OperatorSet set;
        IERC20 token;
        uint48 start;
        uint48 duration;
        bool isDirected;
        uint256 amount;
        uint256 fee;
    }

    /// @notice Emitted when an AVS pays.
    /// @param id Payment, from 0 on without gaps.
    /// @param avs AVS that paid.
    /// @param payment What it paid.
    event RewardsPaid(uint256 indexed id, address indexed avs, Payment payment);

    /// @notice Emitted when an AVS opts in to the protocol fee or out of it.
    /// @param avs AVS.
    /// @param optedIn True when in.
    event ProtocolFeeOptInSet(address indexed avs, bool optedIn);

    /// @notice Emitted when the fee recipient changes.
    /// @param feeRecipient New recipient.
    event FeeRecipientSet(address indexed feeRecipient);

    /// @notice Raised when anyone but its AVS pays an operator set.
    /// @param caller Who called.
    /// @param avs Who may.
    error RewardsPaymentsOnlyAVS(address caller, address avs);

    /// @notice Raised when an operator set is paid that does not exist.
    /// @param avs AVS named.
    /// @param id Operator set named.
    error RewardsPaymentsUnknownSet(address avs, uint32 id);

    /// @notice Raised when a payment or one of its entries is zero.
    error RewardsPaymentsZeroAmount();

    /// @notice Raised when the fee recipient is zero.
    error RewardsPaymentsZeroAddress();

    /// @notice Raised when a period is empty or too long.
    /// @param duration Length asked for [clock units].
    /// @param maximum Greatest length [clock units].
    error RewardsPaymentsInvalidDuration(uint48 duration, uint48 maximum);

    /// @notice Raised when a period does not begin and end on the grid.
    /// @param start Begin asked for [clock].
    /// @param duration Length asked for [clock units].
    /// @param interval Grid [clock units].
    error RewardsPaymentsOffGrid(uint48 start, uint48 duration, uint48 interval);

    /// @notice Raised when a period begins too far in the past or the future.
    /// @param start Begin asked for [clock].
    /// @param earliest Earliest begin, inclusive [clock].
    /// @param latest Latest begin, inclusive [clock].
    error RewardsPaymentsStartOutOfRange(uint48 start, uint48 earliest, uint48 latest);

    /// @notice Raised when operators are paid by name for a period that has not passed.
    /// @param end End of the period [clock].
    /// @param timepoint Now [clock]; it must be later.
    error RewardsPaymentsNotRetroactive(uint48 end, uint48 timepoint);

    /// @notice Raised when operators are not in strictly ascending order.
    /// @param previous Operator before.
    /// @param operator Operator that is not above it.
    error RewardsPaymentsUnsortedOperators(address previous, address operator);

    /// @notice Raised when fewer tokens arrive than are paid.
    /// @param received Tokens that arrived.
    /// @param expected Tokens paid.
    error RewardsPaymentsIncomplete(uint256 received, uint256 expected);

    /// @notice Raised when there is no such payment.
    /// @param id Payment asked for.
    /// @param count Payments there are.
    error RewardsPaymentsUnknownPayment(uint256 id, uint256 count);

    /// @notice Pays an operator set for a period, to be shared by its members' slashable stake. Only its AVS.
    /// @dev Needs the caller's allowance of `amount`.
    /// @param set Operator set of the caller.
    /// @param token Token to pay in.
    /// @param amount Amount, fee included [token units].
    /// @param start First instant of the period [clock]: at most {maxRetroactive} behind, at most {maxFuture} ahead.
    /// @param duration Length of the period, at most {maxDuration} [clock units].
    /// @return id Payment.
    function payOperatorSet(
        OperatorSet calldata set,
        IERC20 token,
        uint256 amount,
        uint48 start,
        uint48 duration
    ) external returns (uint256 id);

    /// @notice Pays operators by name for a period that has passed. Only the set's AVS.
    /// @dev Needs the caller's allowance of the sum. Operators strictly ascending, amounts not zero.
    /// @param set Operator set of the caller.
    /// @param token Token to pay in.
    /// @param payments What each operator is paid, fee included.
    /// @param start First instant of the period [clock].
    /// @param duration Length of the period; its end lies before now [clock units].
    /// @return id Payment.
    function payOperators(
        OperatorSet calldata set,
        IERC20 token,
        OperatorPayment[] calldata payments,
        uint48 start,
        uint48 duration
    ) external returns (uint256 id);

    /// @notice Opts the caller, an AVS, in to the protocol fee or out of it; counts for later payments.
    /// @param optedIn True for in.
    function setProtocolFeeOptIn(bool optedIn) external;

    /// @notice Sets the fee recipient. Only the owner.
    /// @param feeRecipient_ New recipient, not zero.
    function setFeeRecipient(address feeRecipient_) external;

    /// @notice Returns a payment.
    /// @dev Reverts with {RewardsPaymentsUnknownPayment}.
    /// @param id Payment.
    /// @return The payment.
    function getPayment(uint256 id) external view returns (Payment memory);

    /// @notice Returns what operators were paid by name.
    /// @dev Reverts with {RewardsPaymentsUnknownPayment}; empty for a payment to a set.
    /// @param id Payment.
    /// @return Amounts net of the fee.
    function getOperatorPayments(uint256 id) external view returns (OperatorPayment[] memory);

    /// @notice Returns how many payments there are.
    /// @return Count.
    function paymentCount() external view returns (uint256);

    /// @notice Returns what was ever paid in a token, net of fees.
    /// @param token Token.
    /// @return Amount [token units].
    function totalPaid(IERC20 token) external view returns (uint256);

    /// @notice Returns the protocol fee of an amount, `floor(amount * 2000 / 10000)`.
    /// @param amount Amount [token units].
    /// @return Fee, rounded down [token units].
    function protocolFee(uint256 amount) external pure returns (uint256);
}
