// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import { IERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

import { ILiquidStakingToken } from "./ILiquidStakingToken.sol";
import { IWrappedLiquidStakingToken } from "./IWrappedLiquidStakingToken.sol";

/// @title WrappedLiquidStakingToken
/// @notice Shares of the liquid staking token as a plain ERC-20 with permit.
contract WrappedLiquidStakingToken is IWrappedLiquidStakingToken, ERC20Permit {
    /* IMMUTABLES */

    /// @notice The token that is wrapped.
    ILiquidStakingToken public immutable token;

    /* CONSTRUCTOR */

    /// @notice Binds the wrapper to its token.
    /// @param token_ The token that is wrapped.
    constructor(
        ILiquidStakingToken token_
    ) ERC20("Wrapped Faultline Staked Ether", "wfstETH") ERC20Permit("Wrapped Faultline Staked Ether") {
        token = token_;
    }

    /* EXTERNAL */

    /// @inheritdoc IWrappedLiquidStakingToken
    function wrap(uint256 amount) external returns (uint256 wrapped) {
        wrapped = token.getSharesByPooledEth(amount);
        require(wrapped > 0, WrappedLiquidStakingTokenZeroAmount(amount));

        _mint(msg.sender, wrapped);

        emit Wrapped(msg.sender, amount, wrapped);

        // Moves exactly `wrapped` shares; the token reverts rather than return false.
        token.transferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IWrappedLiquidStakingToken
    function unwrap(uint256 wrapped) external returns (uint256 amount) {
        require(wrapped > 0, WrappedLiquidStakingTokenZeroAmount(wrapped));
        amount = token.getPooledEthByShares(wrapped);

        _burn(msg.sender, wrapped);

        emit Unwrapped(msg.sender, wrapped, amount);

        token.transferShares(msg.sender, wrapped);
    }

    /* VIEWS */

    /// @inheritdoc IWrappedLiquidStakingToken
    function toWrapped(uint256 amount) external view returns (uint256) {
        return token.getSharesByPooledEth(amount);
    }

    /// @inheritdoc IWrappedLiquidStakingToken
    function toUnwrapped(uint256 wrapped) external view returns (uint256) {
        return token.getPooledEthByShares(wrapped);
    }

    /// @inheritdoc IWrappedLiquidStakingToken
    function rate() external view returns (uint256) {
        return token.getPooledEthByShares(1e18);
    }

    /// @inheritdoc IERC20Permit
    function nonces(address holder) public view override(ERC20Permit, IERC20Permit) returns (uint256) {
        return super.nonces(holder);
    }
}
