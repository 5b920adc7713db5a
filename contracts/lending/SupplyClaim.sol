// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { ILendingPool } from "./ILendingPool.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";

/// @title SupplyClaim
/// @notice The claims of an asset's suppliers as a token: a balance is what the pool owes, and grows with interest.
contract SupplyClaim is ISupplyClaim, ERC20 {
    /* IMMUTABLES */

    /// @inheritdoc ISupplyClaim
    ILendingPool public immutable pool;

    /// @inheritdoc ISupplyClaim
    address public immutable asset;

    uint8 private immutable _decimals;

    /* CONSTRUCTOR */

    /// @notice Names the pool and the asset for good.
    /// @param pool_ Pool that owes.
    /// @param asset_ Asset that is owed.
    constructor(
        ILendingPool pool_,
        IERC20Metadata asset_
    ) ERC20(string.concat("Faultline supply of ", asset_.name()), string.concat("s", asset_.symbol())) {
        pool = pool_;
        asset = address(asset_);
        _decimals = asset_.decimals();
    }

    /* EXTERNAL */

    /// @inheritdoc ISupplyClaim
    function announce(address from, address to, uint256 amount) external {
        require(msg.sender == address(pool), SupplyClaimUnauthorized(msg.sender));

        emit Transfer(from, to, amount);
    }

    /* VIEWS */

    /// @inheritdoc ISupplyClaim
    function scaledBalanceOf(address account) external view returns (uint256) {
        return pool.positionOf(asset, account).scaledSupply;
    }

    /// @inheritdoc IERC20
    function balanceOf(address account) public view override(ERC20, IERC20) returns (uint256) {
        return pool.supplyOf(asset, account);
    }

    /// @inheritdoc IERC20
    function totalSupply() public view override(ERC20, IERC20) returns (uint256) {
        return pool.totalSupplyOf(asset);
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /* INTERNAL */

    function _update(address from, address to, uint256 value) internal override {
        emit Transfer(from, to, value);

        pool.moveClaim(asset, from, to, value);
    }
}
