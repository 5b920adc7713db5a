// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IMarketOracle
/// @notice What one collateral token is worth in loan tokens, for one isolated market.
/// @custom:source docs/contracts/MarketOracle.md
interface IMarketOracle {
    /// @notice Returns the price of one wei of collateral in wei of the loan token, times 1e36.
    /// @dev So one whole collateral token at par reads `10^(36 + loanDecimals - collateralDecimals)`.
    /// @return Price, rounded down [1e36 loan wei per collateral wei].
    function price() external view returns (uint256);
}
