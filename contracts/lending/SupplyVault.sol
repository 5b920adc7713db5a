// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IRateSource } from "../libraries/IRateSource.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ILendingPool } from "./ILendingPool.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";
import { ISupplyVault } from "./ISupplyVault.sol";

/// @title SupplyVault
/// @notice Supply claims whose balance stands still and whose worth grows: an ERC-4626 vault of a pool's asset.
contract SupplyVault is ISupplyVault, ERC4626 {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @dev Restrictions of {ReserveBook}: inactive or paused, and those or frozen.
    uint256 private constant _CLOSED = 3;
    uint256 private constant _CLOSED_OR_FROZEN = 7;

    /* IMMUTABLES */

    /// @inheritdoc ISupplyVault
    ISupplyClaim public immutable claim;

    /// @notice The pool.
    ILendingPool public immutable pool;

    /* CONSTRUCTOR */

    /// @notice Names the claim for good.
    /// @param claim_ Claim that the vault holds.
    constructor(
        ISupplyClaim claim_
    )
        ERC4626(IERC20(claim_.asset()))
        ERC20(
            string.concat("Faultline vault of ", IERC20Metadata(claim_.asset()).name()),
            string.concat("v", IERC20Metadata(claim_.asset()).symbol())
        )
    {
        claim = claim_;
        pool = claim_.pool();
        IERC20(claim_.asset()).forceApprove(address(claim_.pool()), type(uint256).max);
    }

    /* EXTERNAL */

    /// @inheritdoc ISupplyVault
    function depositClaims(uint256 amount, address receiver) external returns (uint256 shares) {
        shares = _convertToShares(amount, Math.Rounding.Floor);

        IERC20(address(claim)).safeTransferFrom(msg.sender, address(this), amount);
        _mint(receiver, shares);

        emit Deposit(msg.sender, receiver, amount, shares);
    }

    /// @inheritdoc ISupplyVault
    function redeemClaims(uint256 shares, address receiver) external returns (uint256 amount) {
        amount = _convertToAssets(shares, Math.Rounding.Floor);
        _burn(msg.sender, shares);

        emit Withdraw(msg.sender, receiver, msg.sender, amount, shares);

        IERC20(address(claim)).safeTransfer(receiver, amount);
    }

    /* VIEWS */

    /// @inheritdoc IRateSource
    function rate() external view returns (uint256) {
        return _convertToAssets(RayMath.WAD, Math.Rounding.Floor);
    }

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return _convertToAssets(totalSupply(), Math.Rounding.Floor);
    }

    /// @inheritdoc IERC4626
    function maxDeposit(address) public view override(ERC4626, IERC4626) returns (uint256) {
        IReserveBook.Terms memory terms = _terms();
        if (terms.restrictions & _CLOSED_OR_FROZEN != 0) return 0;
        uint256 cap = terms.listing.supplyCap;
        if (cap == 0) return type(uint256).max;
        uint256 room = Math.saturatingSub(cap, pool.cappedSupplyOf(asset()));
        // The pool refuses what is worth no scaled unit.
        return _convertToShares(room, Math.Rounding.Floor) > 0 ? room : 0;
    }

    /// @inheritdoc IERC4626
    function maxMint(address account) public view override(ERC4626, IERC4626) returns (uint256) {
        uint256 most = maxDeposit(account);
        return most == type(uint256).max ? most : _convertToShares(most, Math.Rounding.Floor);
    }

    /// @inheritdoc IERC4626
    function maxWithdraw(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        return Math.min(_convertToAssets(balanceOf(owner), Math.Rounding.Floor), _cash());
    }

    /// @inheritdoc IERC4626
    function maxRedeem(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        // One share more would pay at least one more than there is.
        return Math.min(balanceOf(owner), _convertToShares(_cash() + 1, Math.Rounding.Ceil) - 1);
    }

    /* INTERNAL */

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        IERC20(asset()).safeTransferFrom(caller, address(this), assets);
        if (assets > 0) pool.supply(asset(), assets, address(this));
        _mint(receiver, shares);

        emit Deposit(caller, receiver, assets, shares);
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        if (caller != owner) _spendAllowance(owner, caller, shares);
        _burn(owner, shares);

        emit Withdraw(caller, receiver, owner, assets, shares);

        if (assets > 0) pool.withdraw(asset(), assets, receiver);
    }

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        return Math.mulDiv(assets, RayMath.RAY, _index(), rounding);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return Math.mulDiv(shares, _index(), RayMath.RAY, rounding);
    }

    function _index() private view returns (uint256 supplyIndex) {
        (supplyIndex, ) = pool.indexesOf(asset());
    }

    /// @dev Terms of the reserve; closed while it is not listed, since limits never revert.
    function _terms() private view returns (IReserveBook.Terms memory terms) {
        try pool.book().termsOf(asset()) returns (IReserveBook.Terms memory found) {
            return found;
        } catch {
            terms.restrictions = _CLOSED;
        }
    }

    /// @dev What can be withdrawn from the pool now.
    function _cash() private view returns (uint256) {
        bool isClosed = _terms().restrictions & _CLOSED != 0;
        return isClosed ? 0 : pool.reserveOf(asset()).cash;
    }
}
