// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IsolatedLending } from "../libraries/IsolatedLending.sol";
import { VirtualShares } from "../libraries/VirtualShares.sol";
import { IFlashBorrower } from "./IFlashBorrower.sol";
import { IIsolatedLiquidator } from "./IIsolatedLiquidator.sol";
import { IIsolatedMarkets } from "./IIsolatedMarkets.sol";
import { IRateModel } from "./IRateModel.sol";
import { IsolatedMarketsBook } from "./IsolatedMarketsBook.sol";

/// @title IsolatedMarkets
/// @notice See {IIsolatedMarkets}.
/// @dev Tokens move last in every call, and no view depends on their balances, so a call from within a transfer finds
/// the books closed: it can do what it could have done before or after, and nothing else.
contract IsolatedMarkets is IsolatedMarketsBook, Ownable2Step {
    using SafeERC20 for IERC20;
    using VirtualShares for uint256;

    /* CONSTANTS */

    /// @notice Highest fee [WAD].
    uint256 public constant MAX_FEE = 0.25e18;

    /* MODIFIERS */

    /// @notice Refuses unknown markets, and adds the interest until now.
    /// @param id Market.
    modifier accrued(bytes32 id) {
        _requireMarket(id);
        _accrue(id);
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Sets the owner.
    /// @param owner_ Who may set fees.
    constructor(address owner_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc IIsolatedMarkets
    function createMarket(MarketParams calldata params) external returns (bytes32 id) {
        id = _idOf(params);
        require(_totals[id].lastUpdate == 0, IsolatedMarketsAlreadyCreated(id));
        require(params.lltv < 1e18, IsolatedMarketsInvalidLltv(params.lltv));
        bool isWhole = params.loanToken != address(0) && params.collateralToken != address(0);
        require(isWhole && address(params.oracle) != address(0), IsolatedMarketsZeroAddress());

        _params[id] = params;
        _totals[id].lastUpdate = block.timestamp;

        emit MarketCreated(id, params);

        if (address(params.rateModel) != address(0)) {
            params.rateModel.borrowRate(id, IRateModel.Use(0, 0, block.timestamp));
        }
    }

    /// @inheritdoc IIsolatedMarkets
    function supply(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf
    ) external accrued(id) returns (uint256, uint256) {
        _requireOne(assets, shares);
        _requireAddress(onBehalf);
        Totals storage totals = _totals[id];
        if (assets > 0) shares = assets.toSharesDown(totals.supplyAssets, totals.supplyShares);
        else assets = shares.toAssetsUp(totals.supplyAssets, totals.supplyShares);

        _positions[id][onBehalf].supplyShares += shares;
        totals.supplyShares += shares;
        totals.supplyAssets += assets;

        emit Supplied(id, msg.sender, onBehalf, assets, shares);

        _pull(_params[id].loanToken, assets);
        return (assets, shares);
    }

    /// @inheritdoc IIsolatedMarkets
    function withdraw(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external accrued(id) returns (uint256, uint256) {
        _requireOne(assets, shares);
        _requireMayAct(onBehalf, receiver);
        Totals storage totals = _totals[id];
        if (assets > 0) shares = assets.toSharesUp(totals.supplyAssets, totals.supplyShares);
        else assets = shares.toAssetsDown(totals.supplyAssets, totals.supplyShares);

        Position storage position = _positions[id][onBehalf];
        position.supplyShares = _less(onBehalf, position.supplyShares, shares);
        totals.supplyShares -= shares;
        totals.supplyAssets -= assets;
        _requireLiquid(totals);

        emit Withdrawn(id, msg.sender, onBehalf, receiver, assets, shares);

        IERC20(_params[id].loanToken).safeTransfer(receiver, assets);
        return (assets, shares);
    }

    /// @inheritdoc IIsolatedMarkets
    function borrow(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external accrued(id) returns (uint256, uint256) {
        _requireOne(assets, shares);
        _requireMayAct(onBehalf, receiver);
        Totals storage totals = _totals[id];
        if (assets > 0) shares = assets.toSharesUp(totals.borrowAssets, totals.borrowShares);
        else assets = shares.toAssetsDown(totals.borrowAssets, totals.borrowShares);

        _setDebtShares(id, onBehalf, _positions[id][onBehalf].borrowShares + shares);
        totals.borrowShares += shares;
        totals.borrowAssets += assets;
        _requireHealthy(id, onBehalf);
        _requireLiquid(totals);

        emit Borrowed(id, msg.sender, onBehalf, receiver, assets, shares);

        IERC20(_params[id].loanToken).safeTransfer(receiver, assets);
        return (assets, shares);
    }

    /// @inheritdoc IIsolatedMarkets
    function repay(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf
    ) external accrued(id) returns (uint256, uint256) {
        _requireOne(assets, shares);
        _requireAddress(onBehalf);
        Totals storage totals = _totals[id];
        if (assets > 0) shares = assets.toSharesDown(totals.borrowAssets, totals.borrowShares);
        else assets = shares.toAssetsUp(totals.borrowAssets, totals.borrowShares);

        _repayShares(id, onBehalf, assets, shares);

        emit Repaid(id, msg.sender, onBehalf, assets, shares);

        _pull(_params[id].loanToken, assets);
        return (assets, shares);
    }

    /// @inheritdoc IIsolatedMarkets
    function supplyCollateral(bytes32 id, uint256 assets, address onBehalf) external {
        _requireMarket(id);
        require(assets > 0, IsolatedMarketsZeroAmount());
        _requireAddress(onBehalf);

        _positions[id][onBehalf].collateral += assets;

        emit CollateralSupplied(id, msg.sender, onBehalf, assets);

        _pull(_params[id].collateralToken, assets);
    }

    /// @inheritdoc IIsolatedMarkets
    function withdrawCollateral(bytes32 id, uint256 assets, address onBehalf, address receiver) external accrued(id) {
        require(assets > 0, IsolatedMarketsZeroAmount());
        _requireMayAct(onBehalf, receiver);
        Position storage position = _positions[id][onBehalf];

        position.collateral = _less(onBehalf, position.collateral, assets);
        _requireHealthy(id, onBehalf);

        emit CollateralWithdrawn(id, msg.sender, onBehalf, receiver, assets);

        IERC20(_params[id].collateralToken).safeTransfer(receiver, assets);
    }

    /// @inheritdoc IIsolatedMarkets
    function liquidate(
        bytes32 id,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares,
        bytes calldata data
    ) external accrued(id) returns (Liquidation memory liquidation) {
        _requireOne(seizedAssets, repaidShares);
        liquidation = _liquidate(id, borrower, seizedAssets, repaidShares);

        IERC20(_params[id].collateralToken).safeTransfer(msg.sender, liquidation.seizedAssets);
        if (data.length > 0) {
            IIsolatedLiquidator(msg.sender).onIsolatedLiquidation(liquidation.repaidAssets, data);
        }
        _pull(_params[id].loanToken, liquidation.repaidAssets);
    }

    /// @inheritdoc IIsolatedMarkets
    function flashLoan(address token, uint256 assets, bytes calldata data) external {
        require(assets > 0, IsolatedMarketsZeroAmount());

        emit FlashLent(msg.sender, token, assets);

        IERC20(token).safeTransfer(msg.sender, assets);
        IFlashBorrower(msg.sender).onFlashLoan(token, assets, data);
        _pull(token, assets);
    }

    /// @inheritdoc IIsolatedMarkets
    function setAuthorization(address manager, bool isAuthorized_) external {
        isAuthorized[msg.sender][manager] = isAuthorized_;

        emit AuthorizationSet(msg.sender, manager, isAuthorized_);
    }

    /// @inheritdoc IIsolatedMarkets
    function setFee(bytes32 id, uint256 fee) external onlyOwner accrued(id) {
        require(fee <= MAX_FEE, IsolatedMarketsFeeTooHigh(fee));

        _totals[id].fee = fee;

        emit FeeSet(id, fee);
    }

    /// @inheritdoc IIsolatedMarkets
    function setFeeRecipient(address recipient) external onlyOwner {
        feeRecipient = recipient;

        emit FeeRecipientSet(recipient);
    }

    /* INTERNAL */

    /// @dev Everything of a liquidation but the tokens.
    function _liquidate(
        bytes32 id,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares
    ) private returns (Liquidation memory liquidation) {
        uint256 price = _params[id].oracle.price();
        (uint256 borrowed, uint256 maxBorrow) = _health(id, borrower, price, _totals[id]);
        require(borrowed > maxBorrow, IsolatedMarketsHealthyPosition(borrower, borrowed, maxBorrow));
        liquidation = _exchange(id, seizedAssets, repaidShares, price);

        _repayShares(id, borrower, liquidation.repaidAssets, liquidation.repaidShares);
        Position storage position = _positions[id][borrower];
        position.collateral = _less(borrower, position.collateral, liquidation.seizedAssets);
        if (position.collateral == 0) _socialise(id, borrower, liquidation);

        emit Liquidated(id, msg.sender, borrower, liquidation, price, borrowed, maxBorrow);
    }

    function _repayShares(bytes32 id, address account, uint256 assets, uint256 shares) private {
        Totals storage totals = _totals[id];
        _setDebtShares(id, account, _less(account, _positions[id][account].borrowShares, shares));
        totals.borrowShares -= shares;
        // Rounded up, the last one's payment may be a wei more than is lent.
        totals.borrowAssets = Math.saturatingSub(totals.borrowAssets, assets);
    }

    /// @dev Whoever has no collateral left leaves its debt to the suppliers.
    function _socialise(bytes32 id, address borrower, Liquidation memory liquidation) private {
        Totals storage totals = _totals[id];
        uint256 shares = _positions[id][borrower].borrowShares;
        uint256 owed = shares.toAssetsUp(totals.borrowAssets, totals.borrowShares);
        liquidation.badDebtShares = shares;
        liquidation.badDebtAssets = Math.min(totals.borrowAssets, owed);

        totals.borrowAssets -= liquidation.badDebtAssets;
        totals.supplyAssets -= liquidation.badDebtAssets;
        totals.borrowShares -= shares;
        _setDebtShares(id, borrower, 0);
    }

    function _pull(address token, uint256 assets) private {
        IERC20(token).safeTransferFrom(msg.sender, address(this), assets);
    }

    /// @dev What a liquidation exchanges: the other side of the one amount that is given.
    function _exchange(
        bytes32 id,
        uint256 seized,
        uint256 shares,
        uint256 price
    ) private view returns (Liquidation memory liquidation) {
        Totals storage totals = _totals[id];
        uint256 factor = IsolatedLending.incentive(_params[id].lltv);
        if (seized > 0) {
            uint256 payment = IsolatedLending.paymentFor(seized, price, factor);
            shares = payment.toSharesUp(totals.borrowAssets, totals.borrowShares);
        } else {
            uint256 repaid = shares.toAssetsDown(totals.borrowAssets, totals.borrowShares);
            seized = IsolatedLending.collateralFor(repaid, price, factor);
        }
        liquidation.seizedAssets = seized;
        liquidation.repaidShares = shares;
        liquidation.repaidAssets = shares.toAssetsUp(totals.borrowAssets, totals.borrowShares);
    }

    /// @dev `onBehalf` is the caller or has authorised it, and there is a receiver.
    function _requireMayAct(address onBehalf, address receiver) private view {
        bool mayAct = msg.sender == onBehalf || isAuthorized[onBehalf][msg.sender];
        require(mayAct, IsolatedMarketsUnauthorized(msg.sender, onBehalf));
        _requireAddress(receiver);
    }

    function _requireLiquid(Totals storage totals) private view {
        (uint256 lent, uint256 supplied) = (totals.borrowAssets, totals.supplyAssets);
        require(lent <= supplied, IsolatedMarketsInsufficientLiquidity(lent, supplied));
    }

    function _requireOne(uint256 first, uint256 second) private pure {
        require((first == 0) != (second == 0), IsolatedMarketsInconsistentInput(first, second));
    }

    function _requireAddress(address account) private pure {
        require(account != address(0), IsolatedMarketsZeroAddress());
    }

    function _less(address account, uint256 available, uint256 requested) private pure returns (uint256) {
        require(requested <= available, IsolatedMarketsInsufficientPosition(account, requested, available));
        return available - requested;
    }
}
