// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { IRateSource } from "../libraries/IRateSource.sol";

/// @title Token__MockForMarkets
/// @notice A token that anybody may mint, with any decimals, any exchange rate and, if told so, a tax on transfers.
contract Token__MockForMarkets is ERC20, IRateSource {
    /// @inheritdoc IRateSource
    uint256 public rate = 1e18;

    /// @notice Tax on a transfer [bps].
    uint256 public taxBps;

    uint8 private immutable _decimals;

    /// @param decimals_ Decimals.
    constructor(uint8 decimals_) ERC20("Market token", "MKT") {
        _decimals = decimals_;
    }

    /// @notice Mints tokens.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Sets the exchange rate.
    function setRate(uint256 rate_) external {
        rate = rate_;
    }

    /// @notice Sets the tax on transfers.
    function setTax(uint256 taxBps_) external {
        taxBps = taxBps_;
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        uint256 tax = from == address(0) || to == address(0) ? 0 : (value * taxBps) / 10_000;
        if (tax > 0) super._update(from, address(0), tax);
        super._update(from, to, value - tax);
    }
}
