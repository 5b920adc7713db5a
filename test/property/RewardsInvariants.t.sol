// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { RewardsCoordinator } from "../../contracts/restaking/RewardsCoordinator.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { RewardsHandler } from "./handlers/RewardsHandler.sol";

/// @notice Laws of rewards after any history of payments and of promises that nothing binds to them.
contract RewardsInvariantsTest is PropertyTest {
    RewardsHandler private _handler;
    RewardsCoordinator private _coordinator;

    function setUp() external {
        _handler = new RewardsHandler();
        _coordinator = _handler.coordinator();
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](6);
        verbs[0] = RewardsHandler.payTheSet.selector;
        verbs[1] = RewardsHandler.payByName.selector;
        verbs[2] = RewardsHandler.optIn.selector;
        verbs[3] = RewardsHandler.pledge.selector;
        verbs[4] = RewardsHandler.claim.selector;
        verbs[5] = RewardsHandler.pass.selector;
        _only(address(_handler), verbs);
    }

    function invariant_WhatWasPaidIsHeldOrClaimed() external view {
        for (uint256 k = 0; k < 2; ++k) {
            FreeToken token = _handler.tokens(k);
            uint256 held = token.balanceOf(address(_coordinator));
            uint256 fees = token.balanceOf(_handler.FEES());
            _equal(
                held + fees + _handler.claimed(k),
                _handler.brought(k),
                "what was brought is held, a fee, or claimed"
            );
            _equal(
                held,
                _coordinator.totalPaid(token) - _coordinator.totalClaimed(token),
                "what is held is what is left"
            );
            _equal(_coordinator.totalClaimed(token), _handler.claimed(k), "claims are counted");
        }
    }
}
