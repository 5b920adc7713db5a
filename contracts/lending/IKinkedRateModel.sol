// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { InterestMath } from "../libraries/InterestMath.sol";
import { IReserveRateModel } from "./IReserveRateModel.sol";

/// @title IKinkedRateModel
/// @notice Rates on two slopes: gentle up to the optimal utilisation, steep beyond it.
/// @dev With `u = debt / (cash + debt)` and `s = debt / (cash + debt + deficit)`: borrowers pay
/// `base + slope1 * u / optimal` up to the kink, `base + slope1 + slope2 * (u - optimal) / (1 - optimal)` beyond it;
/// suppliers earn that times `s`, less the reserve factor. Without debt borrowers would pay the base, and suppliers
/// earn nothing.
/// @custom:source docs/contracts/LendingPool.md, section "Interest"
interface IKinkedRateModel is IReserveRateModel {
    /// @notice Emitted when the curve changes.
    /// @param curve New curve.
    event CurveSet(InterestMath.Curve curve);

    /// @notice Raised when a curve is out of bounds: the kink within [1 %, 99 %], the second slope not below the first,
    /// and at most 1000 % a year in all.
    /// @param curve Curve.
    error KinkedRateModelInvalidCurve(InterestMath.Curve curve);

    /// @notice Sets the curve. Only the owner.
    /// @dev Reverts with {KinkedRateModelInvalidCurve} out of bounds.
    /// @param curve_ New curve.
    function setCurve(InterestMath.Curve calldata curve_) external;

    /// @notice Returns the curve.
    /// @return Curve.
    function curve() external view returns (InterestMath.Curve memory);
}
