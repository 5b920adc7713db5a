// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IStrategy } from "../restaking/IStrategy.sol";

/// @title Strategy__NoOffsetForInflation
/// @notice Faulty on purpose: no virtual shares and balance, and deposits for nothing pass. Who deposits first and donates
/// takes what the next depositor brings.
contract Strategy__NoOffsetForInflation is IStrategy {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    IERC20 public immutable token;
    address public immutable restakingManager;
    uint256 public totalShares;

    constructor(IERC20 token_, address restakingManager_) {
        token = token_;
        restakingManager = restakingManager_;
    }

    function deposit(uint256 amount) external returns (uint256 shares) {
        uint256 before = token.balanceOf(address(this)) - amount;
        shares = totalShares == 0 ? amount : amount.mulDivDown(totalShares, before);
        totalShares += shares;

        emit SharesIssued(amount, shares, totalShares);
    }

    function withdraw(address recipient, uint256 shares) external returns (uint256 amount) {
        amount = sharesToUnderlying(shares);
        totalShares -= shares;

        emit SharesRedeemed(recipient, shares, amount, totalShares);

        token.safeTransfer(recipient, amount);
    }

    function underlyingToShares(uint256 amount) external view returns (uint256) {
        return totalShares == 0 ? amount : amount.mulDivDown(totalShares, token.balanceOf(address(this)));
    }

    function sharesToUnderlying(uint256 shares) public view returns (uint256) {
        return totalShares == 0 ? shares : shares.mulDivDown(token.balanceOf(address(this)), totalShares);
    }
}
