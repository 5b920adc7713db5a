// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title ExternalToken
/// @notice A token whose issuer is no part of the simulation, such as a par dollar: its owner makes it out of nothing.
/// @dev Units: the token's smallest parts. Nothing is rounded.
/// @custom:source docs/contracts/ExternalToken.md
contract ExternalToken is ERC20, Ownable {
    /* IMMUTABLES */

    uint8 private immutable _decimals;

    /* CONSTRUCTOR */

    /// @notice Makes a token without supply.
    /// @param owner_ Who may mint.
    /// @param symbol_ Name and symbol.
    /// @param decimals_ Decimals.
    constructor(address owner_, string memory symbol_, uint8 decimals_) ERC20(symbol_, symbol_) Ownable(owner_) {
        _decimals = decimals_;
    }

    /* EXTERNAL */

    /// @notice Makes tokens.
    /// @param to Who receives them.
    /// @param amount How many [smallest parts].
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /* VIEWS */

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
