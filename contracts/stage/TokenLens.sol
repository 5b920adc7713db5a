// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

import { ITokenLens } from "./ITokenLens.sol";

/// @title TokenLens
/// @notice See {ITokenLens}.
/// @custom:source docs/contracts/Lens.md, section "Tokens"
contract TokenLens is ITokenLens {
    /* VIEWS */

    /// @inheritdoc ITokenLens
    function read(
        IERC20Metadata[] calldata tokens,
        address[] calldata holders
    ) external view returns (uint256[] memory supplies, uint8[] memory decimals, uint256[][] memory balances) {
        supplies = new uint256[](tokens.length);
        decimals = new uint8[](tokens.length);
        for (uint256 i = 0; i < tokens.length; ++i) {
            supplies[i] = tokens[i].totalSupply();
            decimals[i] = tokens[i].decimals();
        }

        balances = new uint256[][](holders.length);
        for (uint256 j = 0; j < holders.length; ++j) {
            balances[j] = new uint256[](tokens.length);
            for (uint256 i = 0; i < tokens.length; ++i) balances[j][i] = tokens[i].balanceOf(holders[j]);
        }
    }
}
