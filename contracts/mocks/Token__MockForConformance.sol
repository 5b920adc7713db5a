// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Token__MockForConformance
/// @notice Token that anyone can mint and burn, so that vectors can donate to a strategy and let it lose.
contract Token__MockForConformance is ERC20 {
    /// @notice Creates the token with nothing in it.
    constructor() ERC20("Conformance token", "CONF") {}

    /// @notice Creates tokens.
    /// @param account Who receives them.
    /// @param amount Amount [wei].
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Destroys tokens of anyone.
    /// @param account Who loses them.
    /// @param amount Amount [wei].
    function burn(address account, uint256 amount) external {
        _burn(account, amount);
    }
}
