// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { IERC7540Deposit } from "../libraries/IERC7540Deposit.sol";
import { IERC7575 } from "../libraries/IERC7575.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { FundLedger } from "./FundLedger.sol";
import { IFundShare } from "./IFundShare.sol";
import { IFundTeller } from "./IFundTeller.sol";

/// @title FundClaims
/// @notice What settled orders give: one by its number, or so much of a controller's, the oldest first.
abstract contract FundClaims is FundLedger, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /// @dev What a claim asks for, and what it takes out of a controller's orders. By amount it names money of
    /// subscriptions or shares of redemptions, else what they give.
    struct Claim {
        address controller;
        address receiver;
        bool isRedemption;
        bool isByAmount;
        uint256 left;
        uint256 amount;
        uint256 given;
    }

    /* CONSTANTS */

    /// @notice Bit that pauses claims.
    uint8 public constant PAUSED_CLAIM = 2;

    /* EXTERNAL */

    /// @inheritdoc IFundTeller
    function claim(
        uint256 requestId,
        address receiver
    ) external nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 assets, uint256 shares) {
        Quote memory quote = quoteOf(requestId);
        require(quote.state == OrderState.Claimable, FundTellerNotClaimable(requestId, quote.state));
        Order storage order = _orders[requestId];
        Claim memory wanted = Claim(order.controller, receiver, order.isRedemption, true, 0, 0, 0);
        _authorise(wanted);
        _take(wanted, requestId, quote.left, _gives(quote));

        _settle(wanted);
        return (quote.assets, quote.shares);
    }

    /// @inheritdoc IERC7575
    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        return deposit(assets, receiver, msg.sender);
    }

    /// @inheritdoc IERC7575
    function mint(uint256 shares, address receiver) external returns (uint256 assets) {
        return mint(shares, receiver, msg.sender);
    }

    /// @notice Claims the money of the controller's oldest settled redemptions.
    /// @dev Reverts with {FundTellerZeroAmount}, {FundTellerNotOperator} or {FundTellerInsufficientClaimable}.
    /// @param shares Shares whose money is claimed [wei].
    /// @param receiver Who is paid.
    /// @param controller Whose orders: the caller's, or of who named the caller its operator.
    /// @return assets Money paid, after the fee [wei].
    function redeem(
        uint256 shares,
        address receiver,
        address controller
    ) external nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 assets) {
        return _claim(Claim(controller, receiver, true, true, shares, 0, 0)).given;
    }

    /// @notice Claims money of the controller's oldest settled redemptions.
    /// @dev Reverts with {FundTellerZeroAmount}, {FundTellerNotOperator} or {FundTellerInsufficientClaimable}.
    /// @param assets Money to be paid, after the fee [wei].
    /// @param receiver Who is paid.
    /// @param controller Whose orders: the caller's, or of who named the caller its operator.
    /// @return shares Shares whose money that is [wei].
    function withdraw(
        uint256 assets,
        address receiver,
        address controller
    ) external nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 shares) {
        return _claim(Claim(controller, receiver, true, false, assets, 0, 0)).amount;
    }

    /* VIEWS */

    /// @notice Returns the money of a controller's settled subscriptions whose shares can be claimed.
    /// @param controller Controller.
    /// @return assets Money; zero while claims are paused or the controller may not receive shares [wei].
    function maxDeposit(address controller) external view returns (uint256 assets) {
        if (_mayReceive(controller)) (assets, ) = _claimableOf(controller, false);
    }

    /// @notice Returns the shares that a controller can claim.
    /// @param controller Controller.
    /// @return shares Shares; zero while claims are paused or the controller may not receive shares [wei].
    function maxMint(address controller) external view returns (uint256 shares) {
        if (_mayReceive(controller)) (, shares) = _claimableOf(controller, false);
    }

    /// @notice Returns the money that a controller can claim.
    /// @param controller Controller.
    /// @return assets Money, no more than the teller holds; zero while claims are paused [wei].
    function maxWithdraw(address controller) external view returns (uint256 assets) {
        if (!isPaused(PAUSED_CLAIM)) (, assets) = _claimableOf(controller, true);
    }

    /// @notice Returns the shares of a controller's settled redemptions whose money can be claimed.
    /// @param controller Controller.
    /// @return shares Shares, no more than the teller can pay for; zero while claims are paused [wei].
    function maxRedeem(address controller) external view returns (uint256 shares) {
        if (!isPaused(PAUSED_CLAIM)) (shares, ) = _claimableOf(controller, true);
    }

    /* PUBLIC */

    /// @inheritdoc IERC7540Deposit
    function deposit(
        uint256 assets,
        address receiver,
        address controller
    ) public nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 shares) {
        return _claim(Claim(controller, receiver, false, true, assets, 0, 0)).given;
    }

    /// @inheritdoc IERC7540Deposit
    function mint(
        uint256 shares,
        address receiver,
        address controller
    ) public nonReentrant whenNotPaused(PAUSED_CLAIM) returns (uint256 assets) {
        return _claim(Claim(controller, receiver, false, false, shares, 0, 0)).amount;
    }

    /* INTERNAL */

    /// @notice Pays money.
    /// @param receiver Who is paid.
    /// @param assets Money [wei].
    function _pay(address receiver, uint256 assets) internal {
        uint256 held = IERC20(asset).balanceOf(address(this));
        require(assets <= held, FundTellerInsufficientLiquidity(assets, held));
        if (assets > 0) IERC20(asset).safeTransfer(receiver, assets);
    }

    /// @dev Takes what is wanted of the controller's settled orders, the oldest first.
    function _claim(Claim memory wanted) private returns (Claim memory) {
        _authorise(wanted);
        (uint256 amount, uint256 given) = _claimableOf(wanted.controller, wanted.isRedemption);
        uint256 most = wanted.isByAmount ? amount : given;
        require(wanted.left > 0, FundTellerZeroAmount());
        require(wanted.left <= most, FundTellerInsufficientClaimable(wanted.controller, wanted.left, most));

        uint256[] memory ids = openOrdersOf(wanted.controller);
        for (uint256 k = 0; k < ids.length && wanted.left > 0; ++k) _takeNext(wanted, ids[k]);

        _settle(wanted);
        return wanted;
    }

    /// @dev Takes of one order what is still asked for, if it can be claimed.
    function _takeNext(Claim memory wanted, uint256 requestId) private {
        Quote memory quote = quoteOf(requestId);
        Order storage order = _orders[requestId];
        if (order.isRedemption != wanted.isRedemption || quote.state != OrderState.Claimable) return;

        (uint256 gives, uint256 claimed) = (_gives(quote), order.claimed);
        uint256 total = gives + order.given;
        uint256 part = Math.min(wanted.left, wanted.isByAmount ? quote.left : gives);
        wanted.left -= part;
        if (wanted.isByAmount) {
            _take(wanted, requestId, part, total.mulDivDown(claimed + part, order.amount) - order.given);
        } else if (part > 0) {
            uint256 reached = order.amount.mulDivUp(order.given + part, total);
            _take(wanted, requestId, Math.saturatingSub(reached, claimed), part);
        }
    }

    /// @dev Takes a part of an order and what it gives.
    function _take(Claim memory wanted, uint256 requestId, uint256 amount, uint256 given) private {
        Order storage order = _orders[requestId];
        Quote memory quote = quoteOf(requestId);
        order.claimed += amount;
        order.given += given;
        uint256 fee = (quote.fee + order.fee).mulDivDown(order.claimed, order.amount) - order.fee;
        order.fee += fee;
        wanted.amount += amount;
        wanted.given += given;
        if (amount == quote.left) _close(requestId);

        (uint256 assets, uint256 shares) = wanted.isRedemption ? (given, uint256(0)) : (uint256(0), given);
        emit OrderClaimed(requestId, wanted.receiver, assets, shares, fee);
    }

    function _settle(Claim memory wanted) private {
        (address controller, address receiver) = (wanted.controller, wanted.receiver);
        if (wanted.isRedemption) {
            emit Withdraw(msg.sender, receiver, controller, wanted.given, wanted.amount);

            _pay(receiver, wanted.given);
        } else {
            emit Deposit(controller, receiver, wanted.amount, wanted.given);

            IFundShare(share).mint(receiver, wanted.given);
        }
    }

    function _authorise(Claim memory wanted) private view {
        address controller = wanted.controller;
        require(_actsFor(controller), FundTellerNotOperator(msg.sender, controller));
        bool isAllowed = wanted.isRedemption || IFundShare(share).isAllowed(controller);
        require(isAllowed, FundTellerNotAllowed(controller));
    }

    /// @dev What a controller's settled orders leave to claim, and what they give for it; of redemptions no more than the
    /// teller can pay.
    function _claimableOf(address controller, bool isRedemption) private view returns (uint256 amount, uint256 given) {
        uint256 budget = isRedemption ? IERC20(asset).balanceOf(address(this)) : type(uint256).max;
        uint256[] memory ids = openOrdersOf(controller);
        for (uint256 k = 0; k < ids.length; ++k) {
            Quote memory quote = quoteOf(ids[k]);
            if (_orders[ids[k]].isRedemption != isRedemption || quote.state != OrderState.Claimable) continue;
            uint256 gives = _gives(quote);
            if (gives > budget - given) return (amount + _affordable(ids[k], gives, budget - given), budget);
            amount += quote.left;
            given += gives;
        }
    }

    /// @dev The most of an order that gives no more than so much: one less than the least that gives more.
    function _affordable(uint256 requestId, uint256 gives, uint256 budget) private view returns (uint256) {
        Order storage order = _orders[requestId];
        uint256 tooMuch = order.amount.mulDivUp(order.given + budget + 1, gives + order.given);
        return Math.saturatingSub(tooMuch - 1, order.claimed);
    }

    function _mayReceive(address controller) private view returns (bool) {
        IFundShare token = IFundShare(share);
        return !isPaused(PAUSED_CLAIM) && !token.isHalted() && token.isAllowed(controller);
    }
}
