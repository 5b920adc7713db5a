// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7540Deposit } from "../libraries/IERC7540Deposit.sol";
import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { IERC7575 } from "../libraries/IERC7575.sol";
import { INavStrikes } from "./INavStrikes.sol";

/// @title IFundTeller
/// @notice Sells and buys back fund shares: an order is pending until its value is struck and settled, then claimable,
/// then claimed. A vault of ERC-7540 whose deposits and redemptions both wait, and whose shares are a token of their own.
/// @dev Units: money and shares in wei of the same number of decimals; NAV in 1e6; fees in bps (10,000 = 100 %); times
/// in unix seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | shares for money | down: assets * 1e6 / NAV |
/// | money for shares | down: shares * NAV / 1e6 |
/// | fee | up, on the money rounded down |
/// | what an order has given once so much of it is claimed, `deposit` and `redeem` | down: all it gives * claimed / amount |
/// | how much of it is claimed once it has given so much, `mint` and `withdraw` | up: amount * given / all it gives |
/// | fee kept once so much of it is claimed | down: all its fee * claimed / amount |
/// | worth of an account | down, each holding and each order by itself |
/// @dev A claim takes the controller's orders in the order they were placed, leaving out those that wait; {claim} takes
/// one of them whole. Parts are rounded as sums, so that parts by amount give to the wei what the whole does; what rounding
/// up leaves of an order that is all taken stays with the fund. Number 0 in
/// `pendingDepositRequest`, `claimableDepositRequest`, `pendingRedeemRequest` and `claimableRedeemRequest` stands for all
/// of a controller's orders together; all four previews revert.
/// @dev Shares of a redemption are destroyed when it is asked for; its money follows. An order can be claimed from the
/// later of its placing and the strike of its value, plus the delay, and then from the next opening of the banks.
/// @dev Anybody may place an order in favour of an admitted controller. Views and claims go through a controller's open
/// orders one by one, so it has at most 64 that others gave it; {claim} is not touched by their number.
/// @dev Warning: the fund invests elsewhere. What the teller owes may exceed what it holds; then {claim} reverts, and
/// `maxRedeem` and `maxWithdraw` say what it can pay.
/// @custom:source docs/contracts/FundTeller.md
interface IFundTeller is INavStrikes, IERC7540Operator, IERC7540Deposit, IERC7540Redeem, IERC7575, IERC165 {
    /// @notice What an order waits for.
    enum OrderState {
        None,
        Pending,
        Claimable,
        Claimed
    }

    /// @notice Terms of the teller.
    /// @param settleDelay Time from pricing to settlement [s].
    /// @param minAssets Least money of a subscription [wei].
    /// @param minShares Fewest shares of a redemption [wei].
    /// @param feeBps Fee of a redemption [bps].
    /// @param instantFeeBps Fee of an instant redemption [bps].
    /// @param instantLimit Most money paid instantly in a day, before its fee [wei].
    struct Terms {
        uint256 settleDelay;
        uint256 minAssets;
        uint256 minShares;
        uint256 feeBps;
        uint256 instantFeeBps;
        uint256 instantLimit;
    }

    /// @notice An order.
    /// @param controller Who may claim it.
    /// @param isRedemption Whether shares are given for money.
    /// @param isGift Whether somebody placed it whom its controller had not named an operator.
    /// @param isClaimed Whether all of it was claimed.
    /// @param amount Money of a subscription, or shares of a redemption [wei].
    /// @param claimed How much of that was claimed [wei].
    /// @param given Shares created, or money paid, for what was claimed [wei].
    /// @param fee Fee kept for what was claimed [wei].
    /// @param placedAt When it was placed [unix s].
    /// @param day Day whose value it gets [days since 1970].
    /// @param settleDelay Time from pricing to settlement, as agreed when it was placed [s].
    /// @param feeBps Fee, as agreed when it was placed [bps]; zero for a subscription.
    struct Order {
        address controller;
        bool isRedemption;
        bool isGift;
        bool isClaimed;
        uint256 amount;
        uint256 claimed;
        uint256 given;
        uint256 fee;
        uint256 placedAt;
        uint256 day;
        uint256 settleDelay;
        uint256 feeBps;
    }

    /// @notice What an order still gives.
    /// @param state What it waits for.
    /// @param nav Its value [1e6], zero while not struck.
    /// @param claimableAt When it can be claimed [unix s], zero while not struck.
    /// @param left What is left of its money or shares to claim for [wei].
    /// @param assets Money it pays for that, after its fee [wei]; zero for a subscription.
    /// @param shares Shares it creates for that [wei]; zero for a redemption.
    /// @param fee Fee kept then [wei].
    struct Quote {
        OrderState state;
        uint256 nav;
        uint256 claimableAt;
        uint256 left;
        uint256 assets;
        uint256 shares;
        uint256 fee;
    }

    /// @notice Emitted when an order is claimed, or part of it.
    /// @param requestId Order.
    /// @param receiver Who received.
    /// @param assets Money paid [wei].
    /// @param shares Shares created [wei].
    /// @param fee Fee kept [wei].
    event OrderClaimed(
        uint256 indexed requestId,
        address indexed receiver,
        uint256 assets,
        uint256 shares,
        uint256 fee
    );

    /// @notice Emitted when shares are redeemed at once.
    /// @param holder Whose shares they were.
    /// @param receiver Who received.
    /// @param shares Shares destroyed [wei].
    /// @param assets Money paid [wei].
    /// @param fee Fee kept [wei].
    event RedeemedInstantly(
        address indexed holder,
        address indexed receiver,
        uint256 shares,
        uint256 assets,
        uint256 fee
    );

    /// @notice Emitted when the terms change.
    /// @param terms Terms.
    event TermsSet(Terms terms);

    /// @notice Emitted when the owner takes money out to invest it.
    /// @param to Who received it.
    /// @param assets Money [wei].
    event Invested(address indexed to, uint256 assets);

    /// @notice Raised when a fee exceeds 100 %.
    /// @param feeBps Fee [bps].
    error FundTellerInvalidFee(uint256 feeBps);

    /// @notice Raised when an order is below the minimum, or nothing.
    /// @param amount Money or shares [wei].
    /// @param minimum Least allowed [wei].
    error FundTellerBelowMinimum(uint256 amount, uint256 minimum);

    /// @notice Raised when a controller is not on the share's list.
    /// @param account Controller.
    error FundTellerNotAllowed(address account);

    /// @notice Raised when somebody claims nothing.
    error FundTellerZeroAmount();

    /// @notice Raised when more is claimed than can be.
    /// @param controller Whose orders.
    /// @param requested Money or shares asked for [wei].
    /// @param available What can be claimed [wei].
    error FundTellerInsufficientClaimable(address controller, uint256 requested, uint256 available);

    /// @notice Raised when a preview is asked for: what an order will give is not known before its value is struck.
    error FundTellerAsynchronous();

    /// @notice Raised when the caller neither is an account nor its operator.
    /// @param caller Caller.
    /// @param account Account.
    error FundTellerNotOperator(address caller, address account);

    /// @notice Raised when an order cannot be claimed: it does not exist, waits, or was claimed.
    /// @param requestId Order.
    /// @param state What it waits for.
    error FundTellerNotClaimable(uint256 requestId, OrderState state);

    /// @notice Raised when more is redeemed at once than the day still allows.
    /// @param requested Money asked for, before its fee [wei].
    /// @param available Money left today [wei].
    error FundTellerInstantLimit(uint256 requested, uint256 available);

    /// @notice Raised when the teller holds less money than it should pay.
    /// @param requested Money asked for [wei].
    /// @param available Money held [wei].
    error FundTellerInsufficientLiquidity(uint256 requested, uint256 available);

    /// @notice Raised when a controller has too many open orders that others gave it.
    /// @param maximum Most such orders.
    error FundTellerTooManyOrders(uint256 maximum);

    /// @notice Claims what is left of a settled order. Its controller, or an operator.
    /// @dev Reverts with {FundTellerNotClaimable}, {FundTellerNotOperator}, {FundTellerNotAllowed} for shares of a controller
    /// who is struck off the list, or {FundTellerInsufficientLiquidity}.
    /// @param requestId Order.
    /// @param receiver Who receives; for shares, on the list.
    /// @return assets Money paid [wei].
    /// @return shares Shares created [wei].
    function claim(uint256 requestId, address receiver) external returns (uint256 assets, uint256 shares);

    /// @notice Redeems shares of the caller at once, at the value struck last, for a fee and up to the day's limit.
    /// @dev Reverts with {FundTellerBelowMinimum}, {FundTellerInstantLimit} or {FundTellerInsufficientLiquidity}.
    /// @param shares Shares [wei].
    /// @param receiver Who is paid.
    /// @return assets Money paid, after the fee [wei].
    function redeemInstantly(uint256 shares, address receiver) external returns (uint256 assets);

    /// @notice Sets the terms of the orders to come. Only the owner.
    /// @param terms_ Terms.
    function setTerms(Terms calldata terms_) external;

    /// @notice Takes money out to invest it. Only the owner. It comes back by a plain transfer.
    /// @param to Who receives it.
    /// @param assets Money [wei].
    function invest(address to, uint256 assets) external;

    /// @notice Returns the terms.
    /// @return Terms.
    function terms() external view returns (Terms memory);

    /// @notice Returns an order.
    /// @param requestId Order.
    /// @return The order.
    function orderOf(uint256 requestId) external view returns (Order memory);

    /// @notice Returns what an order still gives, and when.
    /// @param requestId Order.
    /// @return The quote.
    function quoteOf(uint256 requestId) external view returns (Quote memory);

    /// @notice Returns the open orders of a controller.
    /// @param controller Controller.
    /// @return Orders that are not claimed whole, in the order they were placed.
    function openOrdersOf(address controller) external view returns (uint256[] memory);

    /// @notice Returns the number of orders ever placed; they are numbered from 1.
    /// @return Number.
    function orderCount() external view returns (uint256);

    /// @notice Returns what an account's shares and open orders are worth at the values struck.
    /// @param account Account.
    /// @return Money [wei].
    function worthOf(address account) external view returns (uint256);

    /// @notice Returns what may still be redeemed at once today, before its fee.
    /// @return Money [wei].
    function instantLeft() external view returns (uint256);

    /// @notice Returns the shares that money buys at a value.
    /// @param assets Money [wei].
    /// @param nav_ Value of a share [1e6].
    /// @return Shares, rounded down [wei].
    function sharesFor(uint256 assets, uint256 nav_) external pure returns (uint256);

    /// @notice Returns the money that shares are worth at a value.
    /// @param shares Shares [wei].
    /// @param nav_ Value of a share [1e6].
    /// @return Money, rounded down [wei].
    function assetsFor(uint256 shares, uint256 nav_) external pure returns (uint256);
}
