// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title SyntheticDollar
/// @notice See {ISyntheticDollar}.
contract SyntheticDollar is ISyntheticDollar, ERC20 {
    /* IMMUTABLES */

    /// @notice Registry of the branches.
    address public immutable registry;

    /* STORAGE */

    /// @inheritdoc ISyntheticDollar
    mapping(address account => bool isBranch) public isBranch;

    /* MODIFIERS */

    /// @notice Refuses every caller but a branch.
    modifier onlyBranch() {
        require(isBranch[msg.sender], SyntheticDollarNotBranch(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the token to its registry.
    /// @param registry_ Registry of the branches.
    constructor(address registry_) ERC20("Faultline Synthetic Dollar", "FSD") {
        registry = registry_;
    }

    /* EXTERNAL */

    /// @inheritdoc ISyntheticDollar
    function authorize(address branch) external {
        require(msg.sender == registry, SyntheticDollarNotRegistry(msg.sender));

        isBranch[branch] = true;

        emit BranchAuthorized(branch);
    }

    /// @inheritdoc ISyntheticDollar
    function mint(address to, uint256 amount) external onlyBranch {
        _mint(to, amount);
    }

    /// @inheritdoc ISyntheticDollar
    function burn(address from, uint256 amount) external onlyBranch {
        _burn(from, amount);
    }
}
