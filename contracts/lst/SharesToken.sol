// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Errors } from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { LiquidStakingMath } from "../libraries/LiquidStakingMath.sol";
import { ISharesToken } from "./ISharesToken.sol";

/// @title SharesToken
/// @notice Rebasing ERC-20 over shares; what backs them is the inheritor's to say.
abstract contract SharesToken is ISharesToken, IERC20Errors {
    /* STORAGE */

    /// @inheritdoc ISharesToken
    uint256 public totalShares;

    mapping(address holder => uint256 shares) private _sharesOf;
    mapping(address holder => mapping(address spender => uint256 amount)) private _allowances;

    /* EXTERNAL */

    /// @inheritdoc IERC20
    function approve(address spender, uint256 amount) external returns (bool) {
        require(spender != address(0), ERC20InvalidSpender(spender));

        _allowances[msg.sender][spender] = amount;

        emit Approval(msg.sender, spender, amount);
        return true;
    }

    /// @inheritdoc IERC20
    function transfer(address to, uint256 amount) external returns (bool) {
        _transferAmount(msg.sender, to, amount);
        return true;
    }

    /// @inheritdoc IERC20
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spendAllowance(from, msg.sender, amount);
        _transferAmount(from, to, amount);
        return true;
    }

    /// @inheritdoc ISharesToken
    function transferShares(address to, uint256 shares) external returns (uint256 amount) {
        amount = getPooledEthByShares(shares);
        _transferShares(msg.sender, to, shares);
        _emitTransfer(msg.sender, to, amount, shares);
    }

    /// @inheritdoc ISharesToken
    function transferSharesFrom(address from, address to, uint256 shares) external returns (uint256 amount) {
        _spendAllowance(from, msg.sender, getPooledEthBySharesUp(shares));
        amount = getPooledEthByShares(shares);
        _transferShares(from, to, shares);
        _emitTransfer(from, to, amount, shares);
    }

    /* VIEWS */

    /// @inheritdoc IERC20
    function allowance(address holder, address spender) external view returns (uint256) {
        return _allowances[holder][spender];
    }

    /// @inheritdoc IERC20
    function totalSupply() external view returns (uint256) {
        return totalPooledEther();
    }

    /// @inheritdoc ISharesToken
    function sharesOf(address account) external view returns (uint256) {
        return _sharesOf[account];
    }

    /// @inheritdoc ISharesToken
    function shareRateRay() external view returns (uint256) {
        return LiquidStakingMath.rateRay(totalPooledEther(), totalShares);
    }

    /// @inheritdoc IERC20Metadata
    function decimals() external pure returns (uint8) {
        return 18;
    }

    /// @inheritdoc IERC20
    function balanceOf(address account) public view returns (uint256) {
        return getPooledEthByShares(_sharesOf[account]);
    }

    /// @inheritdoc ISharesToken
    function getSharesByPooledEth(uint256 amount) public view returns (uint256) {
        if (amount == 0) return 0;
        uint256 pooled = totalPooledEther();
        require(pooled > 0, SharesTokenNoPooledEther(amount, totalShares));
        return LiquidStakingMath.toSharesDown(amount, totalShares, pooled);
    }

    /// @inheritdoc ISharesToken
    function getPooledEthByShares(uint256 shares) public view returns (uint256) {
        return LiquidStakingMath.toEtherDown(shares, totalShares, totalPooledEther());
    }

    /// @inheritdoc ISharesToken
    function getPooledEthBySharesUp(uint256 shares) public view returns (uint256) {
        return LiquidStakingMath.toEtherUp(shares, totalShares, totalPooledEther());
    }

    /// @inheritdoc ISharesToken
    function totalPooledEther() public view virtual returns (uint256);

    /* INTERNAL */

    /// @notice Creates shares; the caller emits with {_emitTransfer} once the pooled ether is stored.
    /// @param to Receiver.
    /// @param shares Shares to create.
    function _mintShares(address to, uint256 shares) internal {
        totalShares += shares;
        _sharesOf[to] += shares;
    }

    /// @notice Destroys shares; the caller emits with {_emitTransfer}.
    /// @param from Account that pays.
    /// @param shares Shares to destroy.
    function _burnShares(address from, uint256 shares) internal {
        uint256 available = _sharesOf[from];
        require(available >= shares, SharesTokenInsufficientShares(from, available, shares));

        _sharesOf[from] = available - shares;
        totalShares -= shares;
    }

    /// @notice Moves shares without an event.
    /// @param from Account that pays.
    /// @param to Receiver, not zero.
    /// @param shares Shares to move.
    function _transferShares(address from, address to, uint256 shares) internal {
        require(from != address(0), ERC20InvalidSender(from));
        require(to != address(0), ERC20InvalidReceiver(to));
        uint256 available = _sharesOf[from];
        require(available >= shares, SharesTokenInsufficientShares(from, available, shares));

        _sharesOf[from] = available - shares;
        _sharesOf[to] += shares;
    }

    /// @notice Emits the two events of a movement.
    /// @param from Account that paid, zero when minted.
    /// @param to Account that received, zero when burned.
    /// @param amount Value of the movement [wei].
    /// @param shares Shares moved.
    function _emitTransfer(address from, address to, uint256 amount, uint256 shares) internal {
        emit Transfer(from, to, amount);
        emit TransferShares(from, to, shares);
    }

    /// @dev A balance rounds down, so more than the balance can still cost no more than the shares held: checked.
    function _transferAmount(address from, address to, uint256 amount) private {
        uint256 balance = balanceOf(from);
        require(balance >= amount, ERC20InsufficientBalance(from, balance, amount));
        uint256 shares = getSharesByPooledEth(amount);

        _transferShares(from, to, shares);
        _emitTransfer(from, to, amount, shares);
    }

    function _spendAllowance(address holder, address spender, uint256 amount) private {
        uint256 available = _allowances[holder][spender];
        if (available == type(uint256).max) return;
        require(available >= amount, ERC20InsufficientAllowance(spender, available, amount));

        _allowances[holder][spender] = available - amount;
    }
}
