// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { ILendingPool } from "../lending/ILendingPool.sol";

/// @title FlashBorrower
/// @notice Borrows a token for the length of one call and pays it back with its fee.
/// @custom:source docs/contracts/FlashLiquidator.md
abstract contract FlashBorrower is IERC3156FlashBorrower, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @dev Answer that ERC-3156 asks for.
    bytes32 private constant _ACCEPTED = keccak256("ERC3156FlashBorrower.onFlashLoan");

    /// @dev Pool that lends to this contract right now; zero outside of a loan.
    address private _lender;

    /* EXTERNAL */

    /// @notice Called by the pool that lends, with the tokens here.
    /// @dev Reverts for anybody else, and for loans that this contract did not ask for.
    /// @param initiator Who asked for the loan.
    /// @param token Token that is lent.
    /// @param amount How much [token wei].
    /// @param fee Fee that is due on top [token wei].
    /// @param data What this contract handed to itself.
    /// @return Answer that ERC-3156 asks for.
    function onFlashLoan(
        address initiator,
        address token,
        uint256 amount,
        uint256 fee,
        bytes calldata data
    ) external returns (bytes32) {
        if (msg.sender != _lender || initiator != address(this)) _unauthorized(msg.sender);

        _use(amount, fee, data);

        IERC20(token).forceApprove(msg.sender, amount + fee);
        return _ACCEPTED;
    }

    /* INTERNAL */

    /// @dev Borrows and comes back in {_use}.
    function _borrow(ILendingPool pool, address token, uint256 amount, bytes memory data) internal {
        _lender = address(pool);
        pool.flashLoan(this, token, amount, data);
        _lender = address(0);
    }

    /// @dev Does what the loan is for; the amount and its fee must be here when it ends.
    function _use(uint256 amount, uint256 fee, bytes calldata data) internal virtual;

    /// @dev Reverts with the contract's own error.
    function _unauthorized(address caller) internal pure virtual;
}
