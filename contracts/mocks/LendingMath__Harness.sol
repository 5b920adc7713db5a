// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { HealthMath } from "../libraries/HealthMath.sol";
import { InterestMath } from "../libraries/InterestMath.sol";
import { LiquidationMath } from "../libraries/LiquidationMath.sol";
import { RayMath } from "../libraries/RayMath.sol";

/// @title LendingMath__Harness
/// @notice The libraries of the pooled market by themselves.
contract LendingMath__Harness {
    function mulDivNear(uint256 x, uint256 y, uint256 d) external pure returns (uint256) {
        return RayMath.mulDivNear(x, y, d);
    }

    function ray(uint256 x, uint256 y) external pure returns (uint256[6] memory) {
        return
            [
                RayMath.rayMulNear(x, y),
                RayMath.rayMulDown(x, y),
                RayMath.rayMulUp(x, y),
                RayMath.rayDivNear(x, y),
                RayMath.rayDivDown(x, y),
                RayMath.rayDivUp(x, y)
            ];
    }

    function bps(uint256 x, uint256 part) external pure returns (uint256[3] memory) {
        return [RayMath.bpsMulNear(x, part), RayMath.bpsMulDown(x, part), RayMath.bpsMulUp(x, part)];
    }

    function growth(uint256 rate, uint256 elapsed) external pure returns (uint256 compounded, uint256 linear) {
        return (InterestMath.compounded(rate, elapsed), InterestMath.linear(rate, elapsed));
    }

    function borrowRate(InterestMath.Curve memory curve, uint256 utilisation) external pure returns (uint256) {
        return InterestMath.borrowRate(curve, utilisation);
    }

    function liquidation(
        LiquidationMath.Account memory account,
        LiquidationMath.Terms memory terms,
        uint256 asked
    ) external pure returns (uint256 closable, LiquidationMath.Size memory size, bool leavesDust) {
        closable = LiquidationMath.closable(account, terms);
        size = LiquidationMath.sized(account, terms, asked);
        leavesDust = LiquidationMath.leavesDust(account, size);
    }

    function health(
        HealthMath.Holding[] memory collaterals,
        uint256[2][] memory fractions,
        HealthMath.Holding[] memory debts
    ) external pure returns (HealthMath.Tally memory tally, uint256 factor, uint256 ltvBps, uint256 ltBps) {
        for (uint256 k = 0; k < collaterals.length; ++k) {
            HealthMath.addCollateral(tally, collaterals[k], fractions[k][0], fractions[k][1]);
        }
        for (uint256 k = 0; k < debts.length; ++k) HealthMath.addDebt(tally, debts[k]);
        factor = HealthMath.healthFactor(tally);
        (ltvBps, ltBps) = HealthMath.averages(tally);
    }
}
