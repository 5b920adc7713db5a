// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IDollar
/// @notice A dollar on the chain: an ERC-20 whose issuers mint and burn, and whose owner freezes and seizes.
/// @dev Units: amounts in wei, 18 decimals: 1e18 = one dollar. Nothing is divided, so nothing is rounded.
///
/// | Quantity | Rounding |
/// |---|---|
/// | mint, burn, transfer, seizure | exact |
/// @dev Warning: an issuer burns from anybody and mints without limit; limits are the issuer's own.
/// @custom:source docs/contracts/Dollar.md
interface IDollar is IERC20 {
    /// @notice Emitted when an account becomes an issuer or ceases to be one.
    /// @param account Account.
    /// @param isIssuer Whether it may mint and burn.
    event IssuerSet(address indexed account, bool isIssuer);

    /// @notice Emitted when a holder is frozen or thawed.
    /// @param holder Holder.
    /// @param isFrozen Whether it can neither send nor receive.
    event FrozenSet(address indexed holder, bool isFrozen);

    /// @notice Emitted when a frozen holder's dollars are taken away.
    /// @param holder Frozen holder.
    /// @param to Who has them now.
    /// @param amount Dollars taken [wei].
    event Seized(address indexed holder, address indexed to, uint256 amount);

    /// @notice Raised when an account that is no issuer mints or burns.
    /// @param caller Caller.
    error DollarNotIssuer(address caller);

    /// @notice Raised when a frozen holder would send or receive.
    /// @param holder Frozen holder.
    error DollarFrozen(address holder);

    /// @notice Raised when dollars of a holder who is not frozen would be seized.
    /// @param holder Holder.
    error DollarNotFrozen(address holder);

    /// @notice Creates dollars. Only an issuer.
    /// @dev Reverts with {DollarNotIssuer}, or with {DollarFrozen} when the receiver is frozen.
    /// @param to Who receives them.
    /// @param amount Dollars [wei].
    function mint(address to, uint256 amount) external;

    /// @notice Destroys dollars of a holder. Only an issuer, which needs no allowance.
    /// @dev Reverts with {DollarNotIssuer}, or with {DollarFrozen} when the holder is frozen.
    /// @param from Whose dollars.
    /// @param amount Dollars [wei].
    function burn(address from, uint256 amount) external;

    /// @notice Takes dollars away from a frozen holder: the issuer's legal hand. Only the owner.
    /// @dev Reverts with {DollarNotFrozen}, or with {DollarFrozen} when the receiver is frozen.
    /// @param holder Frozen holder.
    /// @param to Who receives them.
    /// @param amount Dollars [wei]; the greatest number for all that the holder has.
    function seize(address holder, address to, uint256 amount) external;

    /// @notice Freezes or thaws a holder. Only the owner.
    /// @param holder Holder.
    /// @param isFrozen_ Whether it can neither send nor receive.
    function setFrozen(address holder, bool isFrozen_) external;

    /// @notice Says who may mint and burn. Only the owner.
    /// @param account Account.
    /// @param isIssuer_ Whether it may.
    function setIssuer(address account, bool isIssuer_) external;

    /// @notice Returns whether a holder can neither send nor receive.
    /// @param holder Holder.
    /// @return True when frozen.
    function isFrozen(address holder) external view returns (bool);

    /// @notice Returns whether an account may mint and burn.
    /// @param account Account.
    /// @return True when it may.
    function isIssuer(address account) external view returns (bool);
}
