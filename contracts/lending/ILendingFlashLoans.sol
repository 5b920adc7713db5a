// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashLender } from "@openzeppelin/contracts/interfaces/IERC3156FlashLender.sol";

/// @title ILendingFlashLoans
/// @notice Lending all cash of a reserve for the length of one call, for a fee (ERC-3156).
/// @dev The receiver may call the pool meanwhile, to liquidate for instance: what it holds is not counted as cash, and
/// the rates that follow from that last no second.
///
/// | Quantity | Rounding |
/// |---|---|
/// | fee | up |
/// | treasury's part of it | down, scaled down; all of it while nobody supplies |
/// | suppliers' part of it, the rest, as growth of the supply index | down |
/// @custom:source docs/contracts/LendingPool.md, section "Flash loans"
interface ILendingFlashLoans is IERC3156FlashLender {
    /// @notice Emitted when an asset is lent for a flash.
    /// @param asset Asset.
    /// @param receiver Who received it.
    /// @param amount Amount [token wei].
    /// @param fee Fee [token wei].
    /// @param treasuryFee Treasury's part of it [token wei].
    event FlashLoaned(
        address indexed asset,
        address indexed receiver,
        uint256 amount,
        uint256 fee,
        uint256 treasuryFee
    );

    /// @notice Raised when a flash loan's receiver does not answer as ERC-3156 asks.
    /// @param receiver Receiver.
    error LendingPoolFlashRefused(address receiver);
}
