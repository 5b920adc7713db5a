// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { RayMath } from "../libraries/RayMath.sol";
import { ILendingPool } from "./ILendingPool.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";
import { LendingFlashLoans } from "./LendingFlashLoans.sol";
import { LendingLedger } from "./LendingLedger.sol";

/// @title LendingPool
/// @notice A pooled market: everything supplied backs everything borrowed, and each account's collateral its debt.
contract LendingPool is ILendingPool, LendingFlashLoans {
    using RayMath for uint256;
    using SafeERC20 for IERC20;

    /* STORAGE */

    mapping(address asset => mapping(address account => mapping(address borrower => uint256 amount)))
        private _delegations;

    /* CONSTRUCTOR */

    /// @notice Names the book for good.
    /// @param book_ What is listed, and at which terms.
    constructor(IReserveBook book_) LendingLedger(book_) {}

    /* EXTERNAL */

    /// @inheritdoc ILendingPool
    function supply(address asset, uint256 amount, address account) external nonReentrant {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        _requireUnrestricted(asset, terms, _CLOSED | _FROZEN);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 claims = (reserve.scaledSupply + reserve.scaledTreasury).rayMulDown(reserve.supplyIndex);
        _requireWithinCap(asset, claims, amount, terms.listing.supplyCap);
        uint256 scaled = amount.rayDivDown(reserve.supplyIndex);
        require(scaled > 0, LendingPoolZeroAmount());

        bool isFirst = _positions[asset][account].scaledSupply == 0;
        _addSupply(asset, account, scaled);
        reserve.cash += amount;
        _setRates(asset, terms);
        if (isFirst && _canBeCollateral(asset, account)) _setCollateral(asset, account, true);

        emit Supplied(asset, msg.sender, account, amount);

        ISupplyClaim(terms.listing.claim).announce(address(0), account, amount);
        _pull(asset, msg.sender, amount);
    }

    /// @inheritdoc ILendingPool
    function withdraw(address asset, uint256 amount, address to) external nonReentrant returns (uint256 withdrawn) {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        _requireUnrestricted(asset, terms, _CLOSED);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 balance = supplyOf(asset, msg.sender);
        withdrawn = amount == type(uint256).max ? balance : amount;
        require(withdrawn > 0, LendingPoolZeroAmount());
        require(withdrawn <= balance, LendingPoolInsufficientBalance(asset, withdrawn, balance));

        bool wasCollateral = _positions[asset][msg.sender].isCollateral;
        _takeSupply(asset, msg.sender, withdrawn.rayDivUp(reserve.supplyIndex));
        _takeCash(asset, withdrawn);
        if (wasCollateral) _requireMayLeave(asset, msg.sender);
        _setRates(asset, terms);

        emit Withdrawn(asset, msg.sender, to, withdrawn);

        ISupplyClaim(terms.listing.claim).announce(msg.sender, address(0), withdrawn);
        IERC20(asset).safeTransfer(to, withdrawn);
    }

    /// @inheritdoc ILendingPool
    function borrow(address asset, uint256 amount, address account) external nonReentrant {
        require(amount > 0, LendingPoolZeroAmount());
        IReserveBook.Terms memory terms = book.termsOf(asset);
        _requireUnrestricted(asset, terms, _CLOSED | _FROZEN);
        _requireBorrowable(asset, categoryOf[account]);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 debts = reserve.scaledDebt.rayMulUp(reserve.debtIndex);
        _requireWithinCap(asset, debts, amount, terms.listing.borrowCap);
        _useDelegation(asset, amount, account);

        uint256 scaled = amount.rayDivUp(reserve.debtIndex);
        reserve.scaledDebt += scaled;
        _positions[asset][account].scaledDebt += scaled;
        _takeCash(asset, amount);
        _requireCollateral(account);
        _setRates(asset, terms);

        emit Borrowed(asset, msg.sender, account, amount);

        IERC20(asset).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc ILendingPool
    function repay(address asset, uint256 amount, address account) external nonReentrant returns (uint256 repaid) {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        _requireUnrestricted(asset, terms, _CLOSED);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 debt = debtOf(asset, account);
        require(debt > 0, LendingPoolNoDebt(account, asset));
        repaid = Math.min(amount, debt);
        uint256 scaled = repaid == debt ? _positions[asset][account].scaledDebt : repaid.rayDivDown(reserve.debtIndex);
        require(scaled > 0, LendingPoolZeroAmount());

        _takeDebt(asset, account, scaled);
        reserve.cash += repaid;
        _setRates(asset, terms);

        emit Repaid(asset, msg.sender, account, repaid);

        _pull(asset, msg.sender, repaid);
    }

    /// @inheritdoc ILendingPool
    function approveDelegation(address asset, address borrower, uint256 amount) external {
        _delegations[asset][msg.sender][borrower] = amount;

        emit DelegationSet(asset, msg.sender, borrower, amount);
    }

    /// @inheritdoc ILendingPool
    function setUseAsCollateral(address asset, bool isCollateral) external nonReentrant {
        _requireUnrestricted(asset, book.termsOf(asset), _CLOSED);
        Position storage position = _positions[asset][msg.sender];
        if (isCollateral == position.isCollateral) return;
        bool isPossible = !isCollateral || (position.scaledSupply > 0 && _canBeCollateral(asset, msg.sender));
        require(isPossible, LendingPoolCannotBeCollateral(asset, msg.sender));

        _setCollateral(asset, msg.sender, isCollateral);
        if (!isCollateral) _requireMayLeave(asset, msg.sender);
    }

    /// @inheritdoc ILendingPool
    function setCategory(uint8 category) external nonReentrant {
        bool isKnown = category == 0 || book.categoryTerms(category).risk.ltBps != 0;
        require(isKnown, LendingPoolUnknownCategory(category));
        address[] memory assets = book.assets();
        for (uint256 k = 0; k < assets.length; ++k) {
            if (_positions[assets[k]][msg.sender].scaledDebt > 0) _requireBorrowable(assets[k], category);
        }

        categoryOf[msg.sender] = category;
        _requireHealthy(msg.sender);

        emit AccountCategorySet(msg.sender, category);
    }

    /// @inheritdoc ILendingPool
    function moveClaim(address asset, address from, address to, uint256 amount) external nonReentrant {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        require(msg.sender == terms.listing.claim, LendingPoolUnauthorized(msg.sender));
        _requireUnrestricted(asset, terms, _CLOSED);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 balance = supplyOf(asset, from);
        require(amount <= balance, LendingPoolInsufficientBalance(asset, amount, balance));

        uint256 scaled = amount.rayDivUp(reserve.supplyIndex);
        bool wasCollateral = _positions[asset][from].isCollateral;
        if (from != to) {
            _takeSupply(asset, from, scaled);
            _addSupply(asset, to, scaled);
        }
        if (wasCollateral) _requireMayLeave(asset, from);
    }

    /* VIEWS */

    /// @inheritdoc ILendingPool
    function delegationOf(address asset, address account, address borrower) external view returns (uint256) {
        return _delegations[asset][account][borrower];
    }

    /* INTERNAL */

    function _useDelegation(address asset, uint256 amount, address account) private {
        if (account == msg.sender) return;
        uint256 allowed = _delegations[asset][account][msg.sender];
        require(amount <= allowed, LendingPoolInsufficientDelegation(asset, amount, allowed));

        if (allowed != type(uint256).max) _delegations[asset][account][msg.sender] = allowed - amount;
    }

    function _requireCollateral(address account) private view {
        AccountData memory data = _requireHealthy(account);
        uint256 most = data.collateralBase.bpsMulDown(data.avgLtvBps);
        require(data.debtBase <= most, LendingPoolInsufficientCollateral(account, data.debtBase, most));
    }

    function _requireBorrowable(address asset, uint8 category) private view {
        require(book.isBorrowable(asset, category), LendingPoolNotBorrowable(asset, category));
    }

    function _canBeCollateral(address asset, address account) private view returns (bool) {
        return book.riskOf(asset, categoryOf[account]).ltvBps != 0;
    }

    function _requireWithinCap(address asset, uint256 total, uint256 added, uint256 cap) private pure {
        require(cap == 0 || total + added <= cap, LendingPoolCapExceeded(asset, total + added, cap));
    }
}
