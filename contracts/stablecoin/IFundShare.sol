// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7575Share } from "../libraries/IERC7575Share.sol";

/// @title IFundShare
/// @notice Share of a fund that only admitted holders may hold: both ends of every transfer stand on a list.
/// @dev Units: shares in wei of {decimals}. Nothing is divided, so nothing is rounded.
///
/// | Quantity | Rounding |
/// |---|---|
/// | mint, burn, transfer | exact |
/// @dev Warning: whoever seizes a share as collateral must stand on the list, or the seizure fails.
/// @custom:source docs/contracts/FundShare.md
interface IFundShare is IERC20, IERC7575Share, IERC165 {
    /// @notice Emitted when a holder is admitted or struck off.
    /// @param holder Holder.
    /// @param isAllowed Whether it may send and receive.
    event AllowedSet(address indexed holder, bool isAllowed);

    /// @notice Emitted when all transfers are halted or resumed.
    /// @param isHalted Whether nothing moves.
    event HaltedSet(bool isHalted);

    /// @notice Emitted when the teller changes.
    /// @param teller Who mints and burns.
    event TellerSet(address indexed teller);

    /// @notice Raised when one end of a transfer is not on the list.
    /// @param holder That end.
    error FundShareNotAllowed(address holder);

    /// @notice Raised when transfers are halted.
    error FundShareHalted();

    /// @notice Raised when someone else than the teller mints or burns.
    /// @param caller Caller.
    /// @param expected Teller.
    error FundShareUnauthorized(address caller, address expected);

    /// @notice Creates shares. Only the teller.
    /// @param to Who receives them, on the list.
    /// @param shares Shares [wei].
    function mint(address to, uint256 shares) external;

    /// @notice Destroys shares. Only the teller.
    /// @param from Whose shares, on the list.
    /// @param shares Shares [wei].
    function burn(address from, uint256 shares) external;

    /// @notice Uses up an allowance that an owner gave. Only the teller.
    /// @param owner Who allowed it.
    /// @param spender Whom.
    /// @param shares Shares [wei].
    function spend(address owner, address spender, uint256 shares) external;

    /// @notice Admits a holder or strikes it off. Only the owner.
    /// @param holder Holder.
    /// @param isAllowed_ Whether it may send and receive.
    function setAllowed(address holder, bool isAllowed_) external;

    /// @notice Halts or resumes all transfers, creation and destruction included. Only the owner.
    /// @param isHalted_ Whether nothing moves.
    function setHalted(bool isHalted_) external;

    /// @notice Sets who mints and burns. Only the owner.
    /// @dev A teller that is a vault of ERC-7575 is asked for its asset, see {IERC7575Share-vault}.
    /// @param teller_ Teller.
    function setTeller(address teller_) external;

    /// @notice Returns whether a holder is admitted.
    /// @param holder Holder.
    /// @return True when it is.
    function isAllowed(address holder) external view returns (bool);

    /// @notice Returns whether nothing moves.
    /// @return True when halted.
    function isHalted() external view returns (bool);

    /// @notice Returns who mints and burns.
    /// @return Teller.
    function teller() external view returns (address);
}
