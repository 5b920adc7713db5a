// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { InterestMath } from "../libraries/InterestMath.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ILendingLedger } from "./ILendingLedger.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { IReserveRateModel } from "./IReserveRateModel.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";

/// @title LendingLedger
/// @notice Who is owed and who owes what: scaled balances, indexes that grow with interest, cash, and deficits.
abstract contract LendingLedger is ILendingLedger, ReentrancyGuard {
    using RayMath for uint256;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @dev Restrictions of {ReserveBook}.
    uint256 internal constant _CLOSED = 3;
    uint256 internal constant _FROZEN = 4;
    uint256 internal constant _NO_FLASH = 32;

    /* IMMUTABLES */

    /// @inheritdoc ILendingLedger
    IReserveBook public immutable book;

    /* STORAGE */

    mapping(address asset => Reserve reserve) internal _reserves;
    mapping(address asset => mapping(address account => Position position)) internal _positions;

    /* CONSTRUCTOR */

    /// @notice Names the book for good.
    /// @param book_ What is listed, and at which terms.
    constructor(IReserveBook book_) {
        book = book_;
    }

    /* EXTERNAL */

    /// @inheritdoc ILendingLedger
    function accrue(address asset) external nonReentrant {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        _accrue(asset, terms);
        _setRates(asset, terms);
    }

    /// @inheritdoc ILendingLedger
    function mintToTreasury(address asset) external nonReentrant returns (uint256 amount) {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 scaled = reserve.scaledTreasury;
        require(scaled > 0, LendingPoolZeroAmount());
        address treasury = book.policy().treasury;
        amount = scaled.rayMulDown(reserve.supplyIndex);

        reserve.scaledTreasury = 0;
        _addSupply(asset, treasury, scaled);
        _setRates(asset, terms);

        emit TreasuryMinted(asset, treasury, amount);

        ISupplyClaim(terms.listing.claim).announce(address(0), treasury, amount);
    }

    /* VIEWS */

    /// @inheritdoc ILendingLedger
    function reserveOf(address asset) external view returns (Reserve memory) {
        return _reserves[asset];
    }

    /// @inheritdoc ILendingLedger
    function positionOf(address asset, address account) external view returns (Position memory) {
        return _positions[asset][account];
    }

    /// @inheritdoc ILendingLedger
    function totalSupplyOf(address asset) external view returns (uint256) {
        (uint256 supplyIndex, ) = indexesOf(asset);
        return _reserves[asset].scaledSupply.rayMulDown(supplyIndex);
    }

    /// @inheritdoc ILendingLedger
    function totalDebtOf(address asset) external view returns (uint256) {
        (, uint256 debtIndex) = indexesOf(asset);
        return _reserves[asset].scaledDebt.rayMulUp(debtIndex);
    }

    /// @inheritdoc ILendingLedger
    function treasuryAccrualOf(address asset) external view returns (uint256) {
        (uint256 scaled, uint256 supplyIndex) = _treasuryOf(asset);
        return scaled.rayMulDown(supplyIndex);
    }

    /// @inheritdoc ILendingLedger
    function cappedSupplyOf(address asset) external view returns (uint256) {
        (uint256 scaled, uint256 supplyIndex) = _treasuryOf(asset);
        return (_reserves[asset].scaledSupply + scaled).rayMulDown(supplyIndex);
    }

    /// @inheritdoc ILendingLedger
    function supplyOf(address asset, address account) public view returns (uint256) {
        (uint256 supplyIndex, ) = indexesOf(asset);
        return _positions[asset][account].scaledSupply.rayMulDown(supplyIndex);
    }

    /// @inheritdoc ILendingLedger
    function debtOf(address asset, address account) public view returns (uint256) {
        (, uint256 debtIndex) = indexesOf(asset);
        return _positions[asset][account].scaledDebt.rayMulUp(debtIndex);
    }

    /// @inheritdoc ILendingLedger
    function indexesOf(address asset) public view returns (uint256 supplyIndex, uint256 debtIndex) {
        Reserve storage reserve = _reserves[asset];
        if (reserve.updatedAt == 0) return (RayMath.RAY, RayMath.RAY);
        (supplyIndex, debtIndex) = (reserve.supplyIndex, reserve.debtIndex);
        uint256 elapsed = block.timestamp - reserve.updatedAt;
        if (elapsed == 0) return (supplyIndex, debtIndex);
        if (reserve.supplyRate != 0) {
            supplyIndex = InterestMath.linear(reserve.supplyRate, elapsed).rayMulNear(supplyIndex);
        }
        if (reserve.scaledDebt != 0) {
            debtIndex = InterestMath.compounded(reserve.borrowRate, elapsed).rayMulNear(debtIndex);
        }
    }

    /* INTERNAL */

    /// @dev Brings indexes up to date; comes before any change of a balance.
    function _accrue(address asset, IReserveBook.Terms memory terms) internal returns (Reserve storage reserve) {
        reserve = _reserves[asset];
        (uint256 supplyIndex, uint256 debtIndex) = indexesOf(asset);
        reserve.scaledTreasury += _treasuryShare(asset, terms.listing.reserveFactorBps, supplyIndex, debtIndex);
        reserve.supplyIndex = supplyIndex;
        reserve.debtIndex = debtIndex;
        reserve.updatedAt = block.timestamp;
    }

    /// @dev Takes the rates of the reserve's present use; comes after any change of a balance.
    function _setRates(address asset, IReserveBook.Terms memory terms) internal {
        Reserve storage reserve = _reserves[asset];
        IReserveRateModel.Usage memory usage = IReserveRateModel.Usage({
            debt: reserve.scaledDebt.rayMulUp(reserve.debtIndex),
            cash: reserve.cash,
            deficit: reserve.deficit,
            reserveFactorBps: terms.listing.reserveFactorBps
        });
        (uint256 borrowRate, uint256 supplyRate) = terms.listing.rateModel.rates(usage);
        (reserve.borrowRate, reserve.supplyRate) = (borrowRate, supplyRate);

        emit RatesSet(asset, supplyRate, borrowRate, reserve.supplyIndex, reserve.debtIndex);
    }

    function _addSupply(address asset, address account, uint256 scaled) internal {
        _reserves[asset].scaledSupply += scaled;
        _positions[asset][account].scaledSupply += scaled;
    }

    /// @dev An account without supply does not use it as collateral.
    function _takeSupply(address asset, address account, uint256 scaled) internal {
        Position storage position = _positions[asset][account];
        _reserves[asset].scaledSupply -= scaled;
        position.scaledSupply -= scaled;
        if (position.scaledSupply == 0 && position.isCollateral) _setCollateral(asset, account, false);
    }

    function _takeDebt(address asset, address account, uint256 scaled) internal {
        _reserves[asset].scaledDebt -= scaled;
        _positions[asset][account].scaledDebt -= scaled;
    }

    function _setCollateral(address asset, address account, bool isCollateral) internal {
        _positions[asset][account].isCollateral = isCollateral;

        emit CollateralSet(asset, account, isCollateral);
    }

    /// @dev Counts `amount` out of the cash; the token leaves afterwards.
    function _takeCash(address asset, uint256 amount) internal {
        uint256 cash = _reserves[asset].cash;
        require(amount <= cash, LendingPoolInsufficientCash(asset, amount, cash));

        _reserves[asset].cash = cash - amount;
    }

    function _pull(address asset, address from, uint256 amount) internal {
        if (amount == 0) return;
        uint256 before = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransferFrom(from, address(this), amount);
        uint256 received = IERC20(asset).balanceOf(address(this)) - before;
        require(received == amount, LendingPoolWrongTransfer(asset, amount, received));
    }

    function _requireUnrestricted(address asset, IReserveBook.Terms memory terms, uint256 restrictions) internal pure {
        uint256 found = terms.restrictions & restrictions;
        require(found == 0, LendingPoolRestricted(asset, found));
    }

    /// @dev What the treasury has earned until now, scaled, and the index that it is scaled by.
    function _treasuryOf(address asset) private view returns (uint256 scaled, uint256 supplyIndex) {
        uint256 debtIndex;
        (supplyIndex, debtIndex) = indexesOf(asset);
        scaled = _reserves[asset].scaledTreasury;
        scaled += _treasuryShare(asset, book.termsOf(asset).listing.reserveFactorBps, supplyIndex, debtIndex);
    }

    /// @dev The treasury's part of the interest since the last touch, scaled.
    function _treasuryShare(
        address asset,
        uint256 reserveFactorBps,
        uint256 supplyIndex,
        uint256 debtIndex
    ) private view returns (uint256) {
        Reserve storage reserve = _reserves[asset];
        if (reserve.scaledDebt == 0 || reserveFactorBps == 0) return 0;
        uint256 interest = reserve.scaledDebt.rayMulDown(debtIndex - reserve.debtIndex);
        return interest.bpsMulNear(reserveFactorBps).rayDivDown(supplyIndex);
    }
}
