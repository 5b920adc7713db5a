// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { IDollar } from "./IDollar.sol";

/// @title Dollar
/// @notice See {IDollar}.
contract Dollar is IDollar, ERC20, Ownable2Step {
    /* STORAGE */

    /// @inheritdoc IDollar
    mapping(address holder => bool frozen) public isFrozen;

    /// @inheritdoc IDollar
    mapping(address account => bool issues) public isIssuer;

    /* MODIFIERS */

    modifier onlyIssuer() {
        require(isIssuer[msg.sender], DollarNotIssuer(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Makes a dollar without issuers.
    /// @param owner_ Who names issuers, freezes and seizes.
    /// @param name_ Name of the token.
    /// @param symbol_ Symbol of the token.
    constructor(address owner_, string memory name_, string memory symbol_) ERC20(name_, symbol_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc IDollar
    function mint(address to, uint256 amount) external onlyIssuer {
        _mint(to, amount);
    }

    /// @inheritdoc IDollar
    function burn(address from, uint256 amount) external onlyIssuer {
        _burn(from, amount);
    }

    /// @inheritdoc IDollar
    function seize(address holder, address to, uint256 amount) external onlyOwner {
        require(isFrozen[holder], DollarNotFrozen(holder));
        require(!isFrozen[to], DollarFrozen(to));
        require(to != address(0), ERC20InvalidReceiver(to));
        uint256 seized = amount == type(uint256).max ? balanceOf(holder) : amount;

        emit Seized(holder, to, seized);

        // Past the freeze, which stops the holder and not the law.
        super._update(holder, to, seized);
    }

    /// @inheritdoc IDollar
    function setFrozen(address holder, bool isFrozen_) external onlyOwner {
        isFrozen[holder] = isFrozen_;

        emit FrozenSet(holder, isFrozen_);
    }

    /// @inheritdoc IDollar
    function setIssuer(address account, bool isIssuer_) external onlyOwner {
        isIssuer[account] = isIssuer_;

        emit IssuerSet(account, isIssuer_);
    }

    /* INTERNAL */

    /// @dev Neither end is frozen.
    function _update(address from, address to, uint256 amount) internal override {
        require(!isFrozen[from], DollarFrozen(from));
        require(!isFrozen[to], DollarFrozen(to));
        super._update(from, to, amount);
    }
}
