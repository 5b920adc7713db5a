// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IBankCalendar } from "./IBankCalendar.sol";
import { IFundShare } from "./IFundShare.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { NavStrikes } from "./NavStrikes.sol";

/// @title FundTeller
/// @notice See {IFundTeller}.
contract FundTeller is IFundTeller, NavStrikes, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using WadMath for uint256;
    using EnumerableSet for EnumerableSet.UintSet;

    /* CONSTANTS */

    /// @notice Bit that pauses subscriptions.
    uint8 public constant PAUSED_SUBSCRIBE = 0;

    /// @notice Bit that pauses redemptions.
    uint8 public constant PAUSED_REDEEM = 1;

    /// @notice Bit that pauses claims.
    uint8 public constant PAUSED_CLAIM = 2;

    /// @notice Most open orders of a controller.
    uint256 public constant MAX_OPEN_ORDERS = 64;

    uint256 private constant _NAV_ONE = 1e6;
    uint256 private constant _BPS = 10_000;

    /* IMMUTABLES */

    /// @inheritdoc IFundTeller
    IERC20 public immutable asset;

    /// @inheritdoc IFundTeller
    IFundShare public immutable share;

    /// @notice When banks are open; zero for always.
    IBankCalendar public immutable calendar;

    /* STORAGE */

    /// @inheritdoc IFundTeller
    uint256 public orderCount;

    /// @inheritdoc IFundTeller
    mapping(address controller => mapping(address operator => bool)) public isOperator;

    Terms private _terms;
    uint256 private _instantDay;
    uint256 private _instantSpent;
    mapping(uint256 requestId => Order order) private _orders;
    mapping(address controller => EnumerableSet.UintSet requestIds) private _open;

    /* CONSTRUCTOR */

    /// @notice Opens a teller; the share's owner has to name it.
    /// @param parts Money, share and calendar (zero for none).
    /// @param owner_ Who sets terms, invests and pauses.
    /// @param reporter_ Who strikes values.
    /// @param terms_ Terms.
    /// @param navs Cut-off [s of the day] and first value of a share [1e6].
    constructor(
        address[3] memory parts,
        address owner_,
        address reporter_,
        Terms memory terms_,
        uint256[2] memory navs
    ) Ownable(owner_) NavStrikes(navs[0], navs[1]) {
        asset = IERC20(parts[0]);
        share = IFundShare(parts[1]);
        calendar = IBankCalendar(parts[2]);
        _setReporter(reporter_);
        _setTerms(terms_);
    }

    /* EXTERNAL */

    /// @inheritdoc IFundTeller
    function requestDeposit(
        uint256 assets,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_SUBSCRIBE) returns (uint256 requestId) {
        _requireOperator(owner_);
        _requireOperator(controller);
        _requireAtLeast(assets, _terms.minAssets);

        requestId = _place(controller, false, assets);

        emit DepositRequest(controller, owner_, requestId, msg.sender, assets);

        asset.safeTransferFrom(owner_, address(this), assets);
    }

    /// @inheritdoc IFundTeller
    function requestRedeem(
        uint256 shares,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 requestId) {
        _requireOperator(owner_);
        _requireOperator(controller);
        _requireAtLeast(shares, _terms.minShares);

        requestId = _place(controller, true, shares);

        emit RedeemRequest(controller, owner_, requestId, msg.sender, shares);

        share.burn(owner_, shares);
    }

    /// @inheritdoc IFundTeller
    function claim(
        uint256 requestId,
        address receiver
    ) external nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 assets, uint256 shares) {
        Quote memory quote = quoteOf(requestId);
        require(quote.state == OrderState.Claimable, FundTellerNotClaimable(requestId, quote.state));
        Order storage order = _orders[requestId];
        _requireOperator(order.controller);

        order.isClaimed = true;
        _open[order.controller].remove(requestId);
        (assets, shares) = (quote.assets, quote.shares);

        emit OrderClaimed(requestId, receiver, assets, shares, quote.fee);

        if (order.isRedemption) _pay(receiver, assets);
        else share.mint(receiver, shares);
    }

    /// @inheritdoc IFundTeller
    function redeemInstantly(
        uint256 shares,
        address receiver
    ) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 assets) {
        _requireAtLeast(shares, _terms.minShares);
        uint256 gross = assetsFor(shares, nav());
        uint256 left = instantLeft();
        require(gross <= left, FundTellerInstantLimit(gross, left));

        uint256 fee = gross.mulDivUp(_terms.instantFeeBps, _BPS);
        assets = gross - fee;
        uint256 day = block.timestamp / 1 days;
        _instantSpent = (day == _instantDay ? _instantSpent : 0) + gross;
        _instantDay = day;

        emit RedeemedInstantly(msg.sender, receiver, shares, assets, fee);

        share.burn(msg.sender, shares);
        _pay(receiver, assets);
    }

    /// @inheritdoc IFundTeller
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;

        emit OperatorSet(msg.sender, operator, approved);

        return true;
    }

    /// @inheritdoc IFundTeller
    function setTerms(Terms calldata terms_) external onlyOwner {
        _setTerms(terms_);
    }

    /// @inheritdoc IFundTeller
    function invest(address to, uint256 assets) external onlyOwner {
        emit Invested(to, assets);

        _pay(to, assets);
    }

    /* VIEWS */

    /// @inheritdoc IFundTeller
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @inheritdoc IFundTeller
    function orderOf(uint256 requestId) external view returns (Order memory) {
        return _orders[requestId];
    }

    /// @inheritdoc IFundTeller
    function openOrdersOf(address controller) external view returns (uint256[] memory) {
        return _open[controller].values();
    }

    /// @inheritdoc IFundTeller
    function worthOf(address account) external view returns (uint256 value) {
        uint256 nav_ = nav();
        value = assetsFor(share.balanceOf(account), nav_);
        uint256 count = _open[account].length();
        for (uint256 k = 0; k < count; ++k) value += _orderWorth(_open[account].at(k), nav_);
    }

    /// @inheritdoc IFundTeller
    function pendingDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _amountIn(requestId, controller, false, OrderState.Pending);
    }

    /// @inheritdoc IFundTeller
    function claimableDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _amountIn(requestId, controller, false, OrderState.Claimable);
    }

    /// @inheritdoc IFundTeller
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _amountIn(requestId, controller, true, OrderState.Pending);
    }

    /// @inheritdoc IFundTeller
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return _amountIn(requestId, controller, true, OrderState.Claimable);
    }

    /// @inheritdoc IFundTeller
    function instantLeft() public view returns (uint256) {
        uint256 spent = block.timestamp / 1 days == _instantDay ? _instantSpent : 0;
        return Math.saturatingSub(_terms.instantLimit, spent);
    }

    /// @inheritdoc IFundTeller
    function quoteOf(uint256 requestId) public view returns (Quote memory quote) {
        Order memory order = _orders[requestId];
        if (order.controller == address(0)) return quote;

        (bool isStruck, Strike memory found) = strikeFor(order.day);
        quote.state = OrderState.Pending;
        if (!isStruck) return quote;

        quote.nav = found.nav;
        quote.claimableAt = _settledFrom(Math.max(order.placedAt, found.struckAt) + order.settleDelay);
        if (order.isRedemption) (quote.assets, quote.fee) = _redeemed(order, found.nav);
        else quote.shares = sharesFor(order.amount, found.nav);
        if (order.isClaimed) quote.state = OrderState.Claimed;
        else if (block.timestamp >= quote.claimableAt) quote.state = OrderState.Claimable;
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

    function _place(address controller, bool isRedemption, uint256 amount) private returns (uint256 requestId) {
        require(share.isAllowed(controller), FundTellerNotAllowed(controller));
        EnumerableSet.UintSet storage open = _open[controller];
        require(open.length() < MAX_OPEN_ORDERS, FundTellerTooManyOrders(MAX_OPEN_ORDERS));

        requestId = ++orderCount;
        _orders[requestId] = Order({
            controller: controller,
            isRedemption: isRedemption,
            isClaimed: false,
            amount: amount,
            placedAt: block.timestamp,
            day: pricingDay(block.timestamp),
            settleDelay: _terms.settleDelay,
            feeBps: isRedemption ? _terms.feeBps : 0
        });
        open.add(requestId);
    }

    function _pay(address receiver, uint256 assets) private {
        uint256 held = asset.balanceOf(address(this));
        require(assets <= held, FundTellerInsufficientLiquidity(assets, held));
        if (assets > 0) asset.safeTransfer(receiver, assets);
    }

    function _setTerms(Terms memory terms_) private {
        require(terms_.feeBps <= _BPS, FundTellerInvalidFee(terms_.feeBps));
        require(terms_.instantFeeBps <= _BPS, FundTellerInvalidFee(terms_.instantFeeBps));

        _terms = terms_;

        emit TermsSet(terms_);
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
    function _amountIn(
        uint256 requestId,
        address controller,
        bool isRedemption,
        OrderState state
    ) private view returns (uint256 amount) {
        if (requestId > 0) return _amountOf(requestId, controller, isRedemption, state);
        uint256 count = _open[controller].length();
        for (uint256 k = 0; k < count; ++k) {
            amount += _amountOf(_open[controller].at(k), controller, isRedemption, state);
        }
    }

    function _amountOf(
        uint256 requestId,
        address controller,
        bool isRedemption,
        OrderState state
    ) private view returns (uint256) {
        Order memory order = _orders[requestId];
        bool isSame = order.controller == controller && order.isRedemption == isRedemption;
        return isSame && quoteOf(requestId).state == state ? order.amount : 0;
    }

    function _requireOperator(address account) private view {
        bool isAllowed = msg.sender == account || isOperator[account][msg.sender];
        require(isAllowed, FundTellerNotOperator(msg.sender, account));
    }

    function _redeemed(Order memory order, uint256 nav_) private pure returns (uint256 assets, uint256 fee) {
        uint256 gross = assetsFor(order.amount, nav_);
        fee = gross.mulDivUp(order.feeBps, _BPS);
        assets = gross - fee;
    }

    function _requireAtLeast(uint256 amount, uint256 minimum) private pure {
        require(amount != 0 && amount >= minimum, FundTellerBelowMinimum(amount, minimum));
    }
}
