// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";

import { InterestMath } from "../libraries/InterestMath.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { IKinkedRateModel } from "./IKinkedRateModel.sol";
import { IReserveRateModel } from "./IReserveRateModel.sol";

/// @title KinkedRateModel
/// @notice Rates on two slopes: gentle up to the optimal utilisation, steep beyond it.
contract KinkedRateModel is IKinkedRateModel, Ownable2Step {
    using RayMath for uint256;

    /* CONSTANTS */

    /// @notice Least utilisation at the kink [bps].
    uint256 public constant LEAST_OPTIMAL_BPS = 100;

    /// @notice Greatest utilisation at the kink [bps].
    uint256 public constant MOST_OPTIMAL_BPS = 9_900;

    /// @notice Greatest rate in all [bps a year].
    uint256 public constant MOST_TOTAL_BPS = 100_000;

    /* STORAGE */

    InterestMath.Curve private _curve;

    /* CONSTRUCTOR */

    /// @notice Sets the curve.
    /// @param owner_ Who may change it.
    /// @param curve_ Curve.
    constructor(address owner_, InterestMath.Curve memory curve_) Ownable(owner_) {
        _setCurve(curve_);
    }

    /* EXTERNAL */

    /// @inheritdoc IKinkedRateModel
    function setCurve(InterestMath.Curve calldata curve_) external onlyOwner {
        _setCurve(curve_);
    }

    /* VIEWS */

    /// @inheritdoc IReserveRateModel
    function rates(Usage calldata usage) external view returns (uint256 borrowRate, uint256 supplyRate) {
        if (usage.debt == 0) return (InterestMath.borrowRate(_curve, 0), 0);
        uint256 total = usage.cash + usage.debt;
        borrowRate = InterestMath.borrowRate(_curve, usage.debt.rayDivNear(total));
        uint256 supplyUsage = usage.debt.rayDivNear(total + usage.deficit);
        supplyRate = InterestMath.supplyRate(borrowRate, supplyUsage, usage.reserveFactorBps);
    }

    /// @inheritdoc IKinkedRateModel
    function curve() external view returns (InterestMath.Curve memory) {
        return _curve;
    }

    /* INTERNAL */

    function _setCurve(InterestMath.Curve memory curve_) private {
        bool isValid = curve_.optimalBps >= LEAST_OPTIMAL_BPS && curve_.optimalBps <= MOST_OPTIMAL_BPS;
        isValid = isValid && curve_.slope2Bps >= curve_.slope1Bps;
        // Each alone first, so that their sum cannot overflow.
        isValid = isValid && curve_.baseBps <= MOST_TOTAL_BPS && curve_.slope2Bps <= MOST_TOTAL_BPS;
        isValid = isValid && curve_.baseBps + curve_.slope1Bps + curve_.slope2Bps <= MOST_TOTAL_BPS;
        require(isValid, KinkedRateModelInvalidCurve(curve_));

        _curve = curve_;

        emit CurveSet(curve_);
    }
}
