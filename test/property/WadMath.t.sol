// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "../../contracts/libraries/WadMath.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

contract WadMathTest is PropertyTest {
    function testFuzz_MulDiv_UpIsDownOrOneMore(uint256 x, uint256 y, uint256 d) external pure {
        x = _bound(x, 0, type(uint128).max);
        y = _bound(y, 0, type(uint128).max - 1);
        d = _bound(d, 1, type(uint256).max);
        uint256 down = WadMath.mulDivDown(x, y, d);
        uint256 up = WadMath.mulDivUp(x, y, d);
        _atMost(down, up, "rounding up never gives less");
        _equal(
            up - down,
            (x * y) % d == 0 ? 0 : 1,
            "the directions differ by one exactly when the division has a rest"
        );
    }

    function testFuzz_WMul_NeverExceedsTheAmount(uint256 amount, uint256 fraction) external pure {
        fraction = _bound(fraction, 0, WadMath.WAD);
        _atMost(WadMath.wMulUp(amount, fraction), amount, "a fraction of at most one never grows an amount");
        _atMost(WadMath.wMulDown(amount, fraction), WadMath.wMulUp(amount, fraction), "down is at most up");
    }

    function testFuzz_WDiv_UndoesWMulFromBelow(uint256 amount, uint256 fraction) external pure {
        amount = _bound(amount, 0, 1e38);
        fraction = _bound(fraction, 1, 1e38);
        uint256 back = WadMath.wMulDown(WadMath.wDivDown(amount, fraction), fraction);
        _atMost(back, amount, "two floors never create value");
    }
}
