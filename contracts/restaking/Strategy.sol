// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title Strategy
/// @notice See {IStrategy}.
contract Strategy is IStrategy {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Shares that exist in the price only [wei].
    uint256 public constant VIRTUAL_SHARES = 1e3;

    /// @notice Tokens that exist in the price only [wei].
    uint256 public constant VIRTUAL_BALANCE = 1e3;

    /// @notice Largest number of shares [wei]; keeps products with factors up to 1e36 within 2^256.
    uint256 public constant MAX_TOTAL_SHARES = 1e38 - 1;

    /* IMMUTABLES */

    /// @inheritdoc IStrategy
    IERC20 public immutable token;

    /// @inheritdoc IStrategy
    address public immutable restakingManager;

    /* STORAGE */

    /// @inheritdoc IStrategy
    uint256 public totalShares;

    /* MODIFIERS */

    /// @notice Refuses every caller but the restaking manager.
    modifier onlyRestakingManager() {
        require(msg.sender == restakingManager, StrategyUnauthorized(msg.sender, restakingManager));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the strategy to its token and to the restaking manager.
    /// @param token_ Token to hold.
    /// @param restakingManager_ Only caller allowed to move shares.
    constructor(IERC20 token_, address restakingManager_) {
        token = token_;
        restakingManager = restakingManager_;
    }

    /* EXTERNAL */

    /// @inheritdoc IStrategy
    function deposit(uint256 amount) external onlyRestakingManager returns (uint256 shares) {
        uint256 balance = token.balanceOf(address(this));
        require(amount <= balance, StrategyInsufficientBalance(amount, balance));

        shares = amount.mulDivDown(totalShares + VIRTUAL_SHARES, balance - amount + VIRTUAL_BALANCE);
        require(shares != 0, StrategyNewSharesZero(amount));
        uint256 total = totalShares + shares;
        require(total <= MAX_TOTAL_SHARES, StrategyMaxSharesExceeded(total, MAX_TOTAL_SHARES));

        totalShares = total;

        emit SharesIssued(amount, shares, total);
    }

    /// @inheritdoc IStrategy
    function withdraw(address recipient, uint256 shares) external onlyRestakingManager returns (uint256 amount) {
        require(shares <= totalShares, StrategyInsufficientShares(shares, totalShares));
        uint256 balance = token.balanceOf(address(this));

        amount = sharesToUnderlying(shares);
        require(amount <= balance, StrategyInsufficientBalance(amount, balance));

        totalShares -= shares;

        emit SharesRedeemed(recipient, shares, amount, totalShares);

        // Some tokens refuse a transfer of nothing.
        if (amount != 0) token.safeTransfer(recipient, amount);
    }

    /* VIEWS */

    /// @inheritdoc IStrategy
    function underlyingToShares(uint256 amount) external view returns (uint256) {
        return amount.mulDivDown(totalShares + VIRTUAL_SHARES, token.balanceOf(address(this)) + VIRTUAL_BALANCE);
    }

    /// @inheritdoc IStrategy
    function sharesToUnderlying(uint256 shares) public view returns (uint256) {
        return shares.mulDivDown(token.balanceOf(address(this)) + VIRTUAL_BALANCE, totalShares + VIRTUAL_SHARES);
    }
}
