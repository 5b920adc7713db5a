// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Token__MockForWorld
/// @notice A token that anybody may mint: stands for assets whose issuer is no part of a simulation.
contract Token__MockForWorld is ERC20 {
    /// @param name_ Name.
    /// @param symbol_ Symbol.
    constructor(string memory name_, string memory symbol_) ERC20(name_, symbol_) {}

    /// @notice Mints `amount` to `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
