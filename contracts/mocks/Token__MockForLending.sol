// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";

/// @title Token__MockForLending
/// @notice A permissioned token: it refuses receivers that are not allowed, and may call somebody while it moves.
contract Token__MockForLending is ERC20 {
    mapping(address account => bool isRefused) public isRefused;

    address private _target;
    bytes private _data;

    error TokenRefused(address receiver);

    constructor() ERC20("Permissioned", "PERM") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function refuse(address receiver, bool isRefused_) external {
        isRefused[receiver] = isRefused_;
    }

    function setHook(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!isRefused[to], TokenRefused(to));
        super._update(from, to, value);
        if (_target != address(0)) Address.functionCall(_target, _data);
    }
}
