// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RedemptionFee } from "../stablecoin/RedemptionFee.sol";

/// @title RedemptionMath__Harness
/// @notice Shows the redemption fee of any curve.
contract RedemptionMath__Harness {
    using RedemptionFee for RedemptionFee.Curve;

    function bpsAt(RedemptionFee.Curve memory curve, uint256 cash) external pure returns (uint256) {
        curve.check();
        return curve.bpsAt(cash);
    }

    function feeOf(RedemptionFee.Curve memory curve, uint256 cash, uint256 amount) external pure returns (uint256) {
        curve.check();
        return curve.feeOf(cash, amount);
    }
}
