// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Token__MockForStrategy
/// @notice ERC-20 that anybody may mint.
contract Token__MockForStrategy is ERC20 {
    /// @notice Names the token.
    constructor() ERC20("Mock Token", "MOCK") {}

    /// @notice Mints tokens.
    /// @param to Who receives them.
    /// @param amount Amount [token wei].
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
