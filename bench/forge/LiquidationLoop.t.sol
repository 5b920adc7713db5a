// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LendingTest } from "../../test/property/base/LendingTest.sol";

/// @title LiquidationLoopTest
/// @notice The ceiling of the bench: small liquidations of one large position in a bare loop, two hundred in turn.
contract LiquidationLoopTest is LendingTest {
    uint256 private constant _LIQUIDATORS = 200;
    address private constant _WHALE = address(0xdeb7);

    /// @notice Sets everything up; no part of what is timed.
    function setUp() external {
        _deployLending();
        (address collateral, address debt) = (address(tokens[0]), address(tokens[1]));
        tokens[0].mint(_WHALE, 1e30);
        tokens[1].mint(address(this), 1e30);
        tokens[1].approve(address(pool), type(uint256).max);
        pool.supply(debt, 1e27, address(this));
        _VM.startPrank(_WHALE);
        tokens[0].approve(address(pool), type(uint256).max);
        pool.supply(collateral, 1e24, _WHALE);
        pool.borrow(debt, 79e22, _WHALE);
        _VM.stopPrank();
        feeds[0].setRound(90e8, block.timestamp);
        for (uint256 k = 0; k < _LIQUIDATORS; ++k) {
            tokens[1].mint(_liquidator(k), 1e24);
            _VM.prank(_liquidator(k));
            tokens[1].approve(address(pool), type(uint256).max);
        }
    }

    /// @notice Ten steps.
    function testShort() external {
        _liquidate(10);
    }

    /// @notice A hundred steps more: what they take is what a hundred steps take.
    function testLong() external {
        _liquidate(110);
    }

    function _liquidate(uint256 steps) private {
        for (uint256 step = 0; step < steps; ++step) {
            for (uint256 k = 0; k < _LIQUIDATORS; ++k) {
                _VM.prank(_liquidator(k));
                pool.liquidate(address(tokens[0]), address(tokens[1]), _WHALE, 1e15, false);
            }
        }
    }

    function _liquidator(uint256 k) private pure returns (address) {
        return address(uint160(0x11c01da000 + k));
    }
}
