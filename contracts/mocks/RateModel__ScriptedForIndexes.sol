// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IReserveRateModel } from "../lending/IReserveRateModel.sol";

/// @title RateModel__ScriptedForIndexes
/// @notice A rate model that says what it is told, so that indexes reach any number.
contract RateModel__ScriptedForIndexes is IReserveRateModel {
    /// @notice What borrowers pay [RAY a year].
    uint256 public borrowRate;

    /// @notice What suppliers earn [RAY a year].
    uint256 public supplyRate;

    /// @notice Sets both.
    function setRates(uint256 borrowRate_, uint256 supplyRate_) external {
        (borrowRate, supplyRate) = (borrowRate_, supplyRate_);
    }

    /// @inheritdoc IReserveRateModel
    function rates(Usage calldata) external view returns (uint256, uint256) {
        return (borrowRate, supplyRate);
    }
}
