// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Vault__MockForRounding
/// @notice An ERC-4626 vault with any decimals offset, that can be given and can lose assets.
contract Vault__MockForRounding is ERC4626 {
    uint8 private immutable _offset;

    /// @param asset_ Asset.
    /// @param offset_ Decimals that a share has more than the asset.
    constructor(IERC20 asset_, uint8 offset_) ERC20("Vault", "VAULT") ERC4626(asset_) {
        _offset = offset_;
    }

    /// @notice Loses assets.
    function lose(uint256 assets) external {
        _transferOut(address(0xdead), assets);
    }

    /// @inheritdoc ERC4626
    function _decimalsOffset() internal view override returns (uint8) {
        return _offset;
    }
}
