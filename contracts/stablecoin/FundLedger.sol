// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IERC7540Deposit } from "../libraries/IERC7540Deposit.sol";
import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { IERC7575 } from "../libraries/IERC7575.sol";
import { IERC7575Vault } from "../libraries/IERC7575Vault.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IBankCalendar } from "./IBankCalendar.sol";
import { IFundShare } from "./IFundShare.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { NavStrikes } from "./NavStrikes.sol";

/// @title FundLedger
/// @notice The orders at a teller: who placed them, what they wait for, what they give.
abstract contract FundLedger is IFundTeller, NavStrikes {
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Most open orders of a controller that others gave it.
    uint256 public constant MAX_OPEN_GIFTS = 64;

    uint256 internal constant _BPS = 10_000;
    uint256 private constant _NAV_ONE = 1e6;

    /* IMMUTABLES */

    /// @inheritdoc IERC7575
    address public immutable asset;

    /// @inheritdoc IERC7575Vault
    address public immutable share;

    /// @notice When banks are open; zero for always.
    IBankCalendar public immutable calendar;

    /* STORAGE */

    /// @inheritdoc IFundTeller
    uint256 public orderCount;

    /// @inheritdoc IERC7540Operator
    mapping(address controller => mapping(address operator => bool)) public isOperator;

    /// @notice Open orders of a controller that others gave it.
    mapping(address controller => uint256 count) public openGifts;

    Terms internal _terms;
    mapping(uint256 requestId => Order order) internal _orders;

    /// @dev Every order of a controller, and how many of the oldest are claimed whole.
    mapping(address controller => uint256[] requestIds) private _ordersOf;
    mapping(address controller => uint256 count) private _done;

    /* CONSTRUCTOR */

    /// @notice Opens a ledger without orders.
    /// @param asset_ Money.
    /// @param share_ Share.
    /// @param calendar_ When banks are open; zero for always.
    constructor(address asset_, address share_, address calendar_) {
        asset = asset_;
        share = share_;
        calendar = IBankCalendar(calendar_);
    }

    /* VIEWS */

    /// @inheritdoc IFundTeller
    function orderOf(uint256 requestId) external view returns (Order memory) {
        return _orders[requestId];
    }

    /// @inheritdoc IFundTeller
    function worthOf(address account) external view returns (uint256 value) {
        uint256 nav_ = nav();
        value = assetsFor(IFundShare(share).balanceOf(account), nav_);
        uint256[] memory ids = openOrdersOf(account);
        for (uint256 k = 0; k < ids.length; ++k) value += _orderWorth(ids[k], nav_);
    }

    /// @inheritdoc IERC7540Deposit
    function pendingDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _leftIn(requestId, controller, false, OrderState.Pending);
    }

    /// @inheritdoc IERC7540Deposit
    function claimableDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _leftIn(requestId, controller, false, OrderState.Claimable);
    }

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _leftIn(requestId, controller, true, OrderState.Pending);
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _leftIn(requestId, controller, true, OrderState.Claimable);
    }

    /// @inheritdoc IFundTeller
    function openOrdersOf(address controller) public view returns (uint256[] memory ids) {
        uint256[] storage all = _ordersOf[controller];
        uint256 first = _done[controller];
        uint256 count;
        for (uint256 k = first; k < all.length; ++k) if (!_orders[all[k]].isClaimed) ++count;
        ids = new uint256[](count);
        for (uint256 k = all.length; count > 0; --k) if (!_orders[all[k - 1]].isClaimed) ids[--count] = all[k - 1];
    }

    /// @inheritdoc IFundTeller
    function quoteOf(uint256 requestId) public view returns (Quote memory quote) {
        Order memory order = _orders[requestId];
        if (order.controller == address(0)) return quote;

        (bool isStruck, Strike memory found) = strikeFor(order.day);
        quote.state = OrderState.Pending;
        quote.left = order.amount - order.claimed;
        if (!isStruck) return quote;

        quote.nav = found.nav;
        quote.claimableAt = _settledFrom(Math.max(order.placedAt, found.struckAt) + order.settleDelay);
        if (order.isClaimed) quote.state = OrderState.Claimed;
        else _quote(quote, order);
    }

    /// @inheritdoc IFundTeller
    function sharesFor(uint256 assets, uint256 nav_) public pure returns (uint256) {
        return assets.mulDivDown(_NAV_ONE, nav_);
    }

    /// @inheritdoc IFundTeller
    function assetsFor(uint256 shares, uint256 nav_) public pure returns (uint256) {
        return shares.mulDivDown(nav_, _NAV_ONE);
    }

    /* INTERNAL */

    /// @notice Books an order of now.
    /// @param controller Who may claim it.
    /// @param isRedemption Whether shares are given for money.
    /// @param amount Money or shares [wei].
    /// @return requestId Its number.
    function _place(address controller, bool isRedemption, uint256 amount) internal returns (uint256 requestId) {
        require(IFundShare(share).isAllowed(controller), FundTellerNotAllowed(controller));
        Order memory order;
        order.controller = controller;
        order.isRedemption = isRedemption;
        order.isGift = !_actsFor(controller);
        order.amount = amount;
        order.placedAt = block.timestamp;
        order.day = pricingDay(block.timestamp);
        order.settleDelay = _terms.settleDelay;
        order.feeBps = isRedemption ? _terms.feeBps : 0;
        if (order.isGift) {
            require(openGifts[controller] < MAX_OPEN_GIFTS, FundTellerTooManyOrders(MAX_OPEN_GIFTS));
            ++openGifts[controller];
        }

        requestId = ++orderCount;
        _orders[requestId] = order;
        _ordersOf[controller].push(requestId);
    }

    /// @notice Ends an order that is claimed whole.
    /// @param requestId Order.
    function _close(uint256 requestId) internal {
        Order storage order = _orders[requestId];
        address controller = order.controller;
        order.isClaimed = true;
        if (order.isGift) --openGifts[controller];

        uint256[] storage all = _ordersOf[controller];
        uint256 done = _done[controller];
        while (done < all.length && _orders[all[done]].isClaimed) ++done;
        _done[controller] = done;
    }

    /// @notice Returns whether the caller may act for an account.
    /// @param account Account.
    /// @return True when it is the account or its operator.
    function _actsFor(address account) internal view returns (bool) {
        return msg.sender == account || isOperator[account][msg.sender];
    }

    /// @notice Returns what a quote gives: shares of a subscription, money of a redemption; the other is zero.
    /// @param quote Quote.
    /// @return Shares or money [wei].
    function _gives(Quote memory quote) internal pure returns (uint256) {
        return quote.assets + quote.shares;
    }

    function _quote(Quote memory quote, Order memory order) private view {
        if (order.isRedemption) {
            (uint256 assets, uint256 fee) = _redeemed(order, quote.nav);
            (quote.assets, quote.fee) = (assets - order.given, fee - order.fee);
        } else quote.shares = sharesFor(order.amount, quote.nav) - order.given;
        if (block.timestamp >= quote.claimableAt) quote.state = OrderState.Claimable;
    }

    /// @dev An open order at the values struck: a redemption is worth what it pays, a subscription what it buys.
    function _orderWorth(uint256 requestId, uint256 nav_) private view returns (uint256) {
        Quote memory quote = quoteOf(requestId);
        Order memory order = _orders[requestId];
        if (order.isRedemption) {
            if (quote.nav != 0) return quote.assets;
            (uint256 assets, ) = _redeemed(order, nav_);
            return assets;
        }
        return quote.nav == 0 ? order.amount : assetsFor(quote.shares, nav_);
    }

    function _settledFrom(uint256 due) private view returns (uint256) {
        return address(calendar) == address(0) ? due : calendar.nextOpening(due);
    }

    /// @dev Number 0 stands for all of a controller's orders.
    function _leftIn(
        uint256 requestId,
        address controller,
        bool isRedemption,
        OrderState state
    ) private view returns (uint256 left) {
        if (requestId > 0) return _leftOf(requestId, controller, isRedemption, state);
        uint256[] memory ids = openOrdersOf(controller);
        for (uint256 k = 0; k < ids.length; ++k) left += _leftOf(ids[k], controller, isRedemption, state);
    }

    function _leftOf(
        uint256 requestId,
        address controller,
        bool isRedemption,
        OrderState state
    ) private view returns (uint256) {
        Order storage order = _orders[requestId];
        if (order.controller != controller || order.isRedemption != isRedemption) return 0;
        Quote memory quote = quoteOf(requestId);
        return quote.state == state ? quote.left : 0;
    }

    function _redeemed(Order memory order, uint256 nav_) private pure returns (uint256 assets, uint256 fee) {
        uint256 gross = assetsFor(order.amount, nav_);
        fee = gross.mulDivUp(order.feeBps, _BPS);
        assets = gross - fee;
    }
}
