// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import { IERC3156FlashLender } from "@openzeppelin/contracts/interfaces/IERC3156FlashLender.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { RayMath } from "../libraries/RayMath.sol";
import { ILendingFlashLoans } from "./ILendingFlashLoans.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { LendingLiquidations } from "./LendingLiquidations.sol";

/// @title LendingFlashLoans
/// @notice Lending all cash of a reserve for the length of one call, for a fee (ERC-3156).
abstract contract LendingFlashLoans is ILendingFlashLoans, LendingLiquidations {
    using RayMath for uint256;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    bytes32 private constant _ACCEPTED = keccak256("ERC3156FlashBorrower.onFlashLoan");

    /* EXTERNAL */

    /// @inheritdoc IERC3156FlashLender
    function flashLoan(
        IERC3156FlashBorrower receiver,
        address asset,
        uint256 amount,
        bytes calldata data
    ) external returns (bool) {
        // Not from a token's hook, while books and balances differ.
        require(!_reentrancyGuardEntered(), ReentrancyGuardReentrantCall());
        _requireUnrestricted(asset, book.termsOf(asset), _CLOSED | _NO_FLASH);
        uint256 fee = flashFee(asset, amount);
        _takeCash(asset, amount);
        IERC20(asset).safeTransfer(address(receiver), amount);

        bool isAccepted = receiver.onFlashLoan(msg.sender, asset, amount, fee, data) == _ACCEPTED;
        require(isAccepted, LendingPoolFlashRefused(address(receiver)));

        _takeBack(address(receiver), asset, amount, fee);
        return true;
    }

    /* VIEWS */

    /// @inheritdoc IERC3156FlashLender
    function maxFlashLoan(address asset) external view returns (uint256) {
        try book.termsOf(asset) returns (IReserveBook.Terms memory terms) {
            return terms.restrictions & (_CLOSED | _NO_FLASH) == 0 ? _reserves[asset].cash : 0;
        } catch {
            return 0;
        }
    }

    /// @inheritdoc IERC3156FlashLender
    function flashFee(address asset, uint256 amount) public view returns (uint256) {
        book.termsOf(asset);
        return amount.bpsMulUp(book.policy().flashFeeBps);
    }

    /* INTERNAL */

    /// @dev Takes loan and fee; the treasury gets its part as earnings, suppliers theirs as a higher index.
    function _takeBack(address receiver, address asset, uint256 amount, uint256 fee) private nonReentrant {
        IReserveBook.Terms memory terms = book.termsOf(asset);
        Reserve storage reserve = _accrue(asset, terms);
        uint256 claims = reserve.scaledSupply + reserve.scaledTreasury;
        uint256 treasuryFee = claims == 0 ? fee : fee.bpsMulDown(book.policy().flashTreasuryBps);

        reserve.cash += amount + fee;
        if (claims > 0) reserve.supplyIndex += (fee - treasuryFee).rayDivDown(claims);
        reserve.scaledTreasury += treasuryFee.rayDivDown(reserve.supplyIndex);
        _setRates(asset, terms);

        emit FlashLoaned(asset, receiver, amount, fee, treasuryFee);

        _pull(asset, receiver, amount + fee);
    }
}
