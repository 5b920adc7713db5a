// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Token__MockForRewards
/// @notice A token anyone may mint; it can be told to keep part of every transfer.
contract Token__MockForRewards is ERC20 {
    uint256 public transferFeeBips;

    constructor() ERC20("Reward", "RWD") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setTransferFeeBips(uint256 bips) external {
        transferFeeBips = bips;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) ? 0 : (amount * transferFeeBips) / 10_000;
        super._update(from, to, amount - fee);
        if (fee > 0) super._update(from, address(0), fee);
    }
}
