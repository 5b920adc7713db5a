// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IReserveRateModel
/// @notice What a reserve's borrowers pay and its suppliers earn.
/// @dev A reserve keeps the rates of its last touch until the next: a change of the model is felt from then on.
///
/// | Quantity | Rounding |
/// |---|---|
/// | utilisation | half up |
/// | rates | half up at each product |
/// @custom:source docs/contracts/LendingPool.md, section "Interest"
interface IReserveRateModel {
    /// @notice A reserve as a rate model sees it.
    /// @param debt All debt [token wei].
    /// @param cash What can be withdrawn or borrowed [token wei].
    /// @param deficit What bad debt has taken from suppliers and nobody has covered [token wei].
    /// @param reserveFactorBps Part of the interest that the treasury keeps [bps].
    struct Usage {
        uint256 debt;
        uint256 cash;
        uint256 deficit;
        uint256 reserveFactorBps;
    }

    /// @notice Returns the rates of a reserve.
    /// @param usage The reserve.
    /// @return borrowRate What borrowers pay [RAY a year].
    /// @return supplyRate What suppliers earn [RAY a year].
    function rates(Usage calldata usage) external view returns (uint256 borrowRate, uint256 supplyRate);
}
