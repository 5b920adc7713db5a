// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdaptiveCurve } from "../libraries/AdaptiveCurve.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IAdaptiveRateModel } from "./IAdaptiveRateModel.sol";
import { IRateModel } from "./IRateModel.sol";

/// @title AdaptiveRateModel
/// @notice See {IAdaptiveRateModel}.
contract AdaptiveRateModel is IAdaptiveRateModel {
    using WadMath for uint256;

    /* STORAGE */

    /// @inheritdoc IAdaptiveRateModel
    mapping(address markets => mapping(bytes32 id => uint256 rate)) public rateAtTarget;

    /* EXTERNAL */

    /// @inheritdoc IRateModel
    function borrowRate(bytes32 id, Use calldata use) external returns (uint256 rate) {
        uint256 end;
        (rate, end) = _rates(msg.sender, id, use);
        rateAtTarget[msg.sender][id] = end;

        emit RateUpdated(msg.sender, id, rate, end);
    }

    /* VIEWS */

    /// @inheritdoc IRateModel
    function previewBorrowRate(address markets, bytes32 id, Use calldata use) external view returns (uint256 rate) {
        (rate, ) = _rates(markets, id, use);
    }

    /// @inheritdoc IAdaptiveRateModel
    function ratesOver(
        uint256 utilization,
        uint256 startRateAtTarget,
        uint256 elapsed
    ) external pure returns (int256 err, uint256 meanRate, uint256 endRateAtTarget) {
        err = AdaptiveCurve.errorOf(utilization);
        (meanRate, endRateAtTarget) = AdaptiveCurve.over(utilization, startRateAtTarget, elapsed);
    }

    /* INTERNAL */

    function _rates(address markets, bytes32 id, Use calldata use) private view returns (uint256 rate, uint256 end) {
        uint256 utilization = use.supplyAssets == 0 ? 0 : use.borrowAssets.wDivDown(use.supplyAssets);
        return AdaptiveCurve.over(utilization, rateAtTarget[markets][id], block.timestamp - use.lastUpdate);
    }
}
