// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IFundShare } from "./IFundShare.sol";
import { INavStrikes } from "./INavStrikes.sol";

/// @title IFundTeller
/// @notice Sells and buys back fund shares: an order is pending until its value is struck and settled, then claimable,
/// then claimed. Words and rules of the requests are those of ERC-7540.
/// @dev Units: money and shares in wei of the same number of decimals; NAV in 1e6; fees in bps (10,000 = 100 %); times
/// in unix seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | shares for money | down: assets * 1e6 / NAV |
/// | money for shares | down: shares * NAV / 1e6 |
/// | fee | up, on the money rounded down |
/// | worth of an account | down, each holding and each order by itself |
/// @dev No vault of ERC-7540: an order is claimed whole, by {claim} and its number. Number 0 in {pendingDepositRequest},
/// {claimableDepositRequest}, {pendingRedeemRequest} and {claimableRedeemRequest} stands for all of a controller's together.
/// @dev Shares of a redemption are destroyed when it is asked for; its money follows. An order can be claimed from the
/// later of its placing and the strike of its value, plus the delay, and then from the next opening of the banks.
/// @dev Warning: the fund invests elsewhere. What the teller owes may exceed what it holds; then a claim reverts.
/// @custom:source docs/contracts/FundTeller.md
interface IFundTeller is INavStrikes {
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
    /// @param isClaimed Whether it was claimed.
    /// @param amount Money of a subscription, or shares of a redemption [wei].
    /// @param placedAt When it was placed [unix s].
    /// @param day Day whose value it gets [days since 1970].
    /// @param settleDelay Time from pricing to settlement, as agreed when it was placed [s].
    /// @param feeBps Fee, as agreed when it was placed [bps]; zero for a subscription.
    struct Order {
        address controller;
        bool isRedemption;
        bool isClaimed;
        uint256 amount;
        uint256 placedAt;
        uint256 day;
        uint256 settleDelay;
        uint256 feeBps;
    }

    /// @notice What an order gives.
    /// @param state What it waits for.
    /// @param nav Its value [1e6], zero while not struck.
    /// @param claimableAt When it can be claimed [unix s], zero while not struck.
    /// @param assets Money it pays, after its fee [wei]; zero for a subscription.
    /// @param shares Shares it creates [wei]; zero for a redemption.
    /// @param fee Fee kept [wei].
    struct Quote {
        OrderState state;
        uint256 nav;
        uint256 claimableAt;
        uint256 assets;
        uint256 shares;
        uint256 fee;
    }

    /// @notice Emitted when a subscription is asked for.
    /// @param controller Who may claim it.
    /// @param owner Whose money it is.
    /// @param requestId Order.
    /// @param sender Who asked.
    /// @param assets Money [wei].
    event DepositRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 assets
    );

    /// @notice Emitted when a redemption is asked for.
    /// @param controller Who may claim it.
    /// @param owner Whose shares they are.
    /// @param requestId Order.
    /// @param sender Who asked.
    /// @param shares Shares [wei].
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );

    /// @notice Emitted when a controller names an operator or dismisses one.
    /// @param controller Controller.
    /// @param operator Operator.
    /// @param approved Whether it acts for the controller.
    event OperatorSet(address indexed controller, address indexed operator, bool approved);

    /// @notice Emitted when an order is claimed.
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

    /// @notice Raised when a controller has too many open orders.
    /// @param maximum Most open orders.
    error FundTellerTooManyOrders(uint256 maximum);

    /// @notice Asks for shares: takes the money now, creates the shares when claimed.
    /// @dev Reverts with {FundTellerBelowMinimum}, {FundTellerNotAllowed}, {FundTellerNotOperator} or
    /// {FundTellerTooManyOrders}.
    /// @param assets Money [wei].
    /// @param controller Who may claim, on the share's list: the caller, or who named the caller its operator.
    /// @param owner Whose money: the caller, or who named the caller its operator.
    /// @return requestId Order.
    function requestDeposit(uint256 assets, address controller, address owner) external returns (uint256 requestId);

    /// @notice Asks for money: destroys the shares now, pays when claimed.
    /// @dev Reverts as {requestDeposit} does.
    /// @param shares Shares [wei].
    /// @param controller Who may claim, on the share's list: the caller, or who named the caller its operator.
    /// @param owner Whose shares: the caller, or who named the caller its operator.
    /// @return requestId Order.
    function requestRedeem(uint256 shares, address controller, address owner) external returns (uint256 requestId);

    /// @notice Claims a settled order. Its controller, or an operator.
    /// @dev Reverts with {FundTellerNotClaimable}, {FundTellerNotOperator} or {FundTellerInsufficientLiquidity}.
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

    /// @notice Lets an operator act for the caller, or stops it.
    /// @param operator Operator.
    /// @param approved Whether it acts.
    /// @return True, as ERC-7540 has it.
    function setOperator(address operator, bool approved) external returns (bool);

    /// @notice Sets the terms of the orders to come. Only the owner.
    /// @param terms_ Terms.
    function setTerms(Terms calldata terms_) external;

    /// @notice Takes money out to invest it. Only the owner. It comes back by a plain transfer.
    /// @param to Who receives it.
    /// @param assets Money [wei].
    function invest(address to, uint256 assets) external;

    /// @notice Returns the money.
    /// @return Token.
    function asset() external view returns (IERC20);

    /// @notice Returns the shares.
    /// @return Token.
    function share() external view returns (IFundShare);

    /// @notice Returns the terms.
    /// @return Terms.
    function terms() external view returns (Terms memory);

    /// @notice Returns an order.
    /// @param requestId Order.
    /// @return The order.
    function orderOf(uint256 requestId) external view returns (Order memory);

    /// @notice Returns what an order gives, and when.
    /// @param requestId Order.
    /// @return The quote.
    function quoteOf(uint256 requestId) external view returns (Quote memory);

    /// @notice Returns the open orders of a controller.
    /// @param controller Controller.
    /// @return Orders, unclaimed.
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

    /// @notice Returns the money of a subscription that waits.
    /// @param requestId Order, 0 for all of the controller's.
    /// @param controller Its controller.
    /// @return Money [wei], zero when it does not wait.
    function pendingDepositRequest(uint256 requestId, address controller) external view returns (uint256);

    /// @notice Returns the money of a subscription that can be claimed.
    /// @param requestId Order, 0 for all of the controller's.
    /// @param controller Its controller.
    /// @return Money [wei], zero when it cannot.
    function claimableDepositRequest(uint256 requestId, address controller) external view returns (uint256);

    /// @notice Returns the shares of a redemption that waits.
    /// @param requestId Order, 0 for all of the controller's.
    /// @param controller Its controller.
    /// @return Shares [wei], zero when it does not wait.
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256);

    /// @notice Returns the shares of a redemption that can be claimed.
    /// @param requestId Order, 0 for all of the controller's.
    /// @param controller Its controller.
    /// @return Shares [wei], zero when it cannot.
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256);

    /// @notice Returns whether an operator acts for a controller.
    /// @param controller Controller.
    /// @param operator Operator.
    /// @return True when it does.
    function isOperator(address controller, address operator) external view returns (bool);

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
