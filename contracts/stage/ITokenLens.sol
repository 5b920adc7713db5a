// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title ITokenLens
/// @notice Shows many holders' balances of many tokens in one call.
/// @custom:source docs/contracts/Lens.md, section "Tokens"
interface ITokenLens {
    /// @notice Reads supplies and balances.
    /// @param tokens Tokens.
    /// @param holders Accounts.
    /// @return supplies Supply of each token [smallest parts].
    /// @return decimals Decimals of each token.
    /// @return balances For each holder, its balance of each token [smallest parts].
    function read(
        IERC20Metadata[] calldata tokens,
        address[] calldata holders
    ) external view returns (uint256[] memory supplies, uint8[] memory decimals, uint256[][] memory balances);
}
