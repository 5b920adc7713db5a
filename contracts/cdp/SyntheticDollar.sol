// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title SyntheticDollar
/// @notice See {ISyntheticDollar}.
contract SyntheticDollar is ISyntheticDollar, ERC20, Ownable2Step {
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

    /// @notice Makes the token, without any.
    /// @param owner_ Who authorises branches.
    constructor(address owner_) ERC20("Faultline Synthetic Dollar", "FSD") Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc ISyntheticDollar
    function authorize(address branch) external onlyOwner {
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
