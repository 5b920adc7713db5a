// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { InsuranceModule } from "../../contracts/lending/InsuranceModule.sol";
import { SupplyVault } from "../../contracts/lending/SupplyVault.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { InsuranceHandler } from "./handlers/InsuranceHandler.sol";

/// @notice Laws of a vault of supply claims, of the insurance whose stake its shares are, and of the desk between them.
contract InsuranceInvariantsTest is PropertyTest {
    InsuranceHandler private _handler;
    SupplyVault private _vault;
    InsuranceModule private _module;

    function setUp() external {
        _handler = new InsuranceHandler();
        (_vault, _module) = (_handler.vault(), _handler.module());
        _target(address(_handler));
        _only(address(_handler), _verbs());
    }

    function invariant_TheVaultsSharesAreCoveredByClaims() external view {
        _atMost(_vault.totalSupply(), _handler.scaledSupplyOf(address(_vault)), "each share is a scaled unit, or less");
        _atMost(_vault.convertToAssets(_vault.totalSupply()), _vault.totalAssets(), "all shares are covered");
        uint256 held = _vault.balanceOf(address(_module)) + _vault.balanceOf(address(_handler.desk()));
        for (uint256 k = 0; k < 3; ++k) held += _vault.balanceOf(_handler.holders(k));
        _equal(held, _vault.totalSupply(), "every share has a holder");
        _equal(_handler.money().balanceOf(address(_vault)), 0, "and no money lies idle");
    }

    function invariant_TheStakeIsThere() external view {
        _atMost(_module.totalAssets(), _vault.balanceOf(address(_module)), "the stake is there, besides gifts");
        _atMost(_module.convertToAssets(_module.totalSupply()), _module.totalAssets(), "all shares are covered");
        uint256 held;
        for (uint256 k = 0; k < 3; ++k) {
            address holder = _handler.holders(k);
            held += _module.balanceOf(holder);
            (uint256 covered, ) = _module.cooldownOf(holder);
            _atMost(covered, _module.balanceOf(holder), "a cooldown covers no more than is held");
            _atMost(_module.maxWithdraw(holder), _module.totalAssets(), "and nobody may take more than there is");
        }
        _equal(held, _module.totalSupply(), "every share has a holder");
        if (_handler.slashes() > 0 && _module.totalSupply() > 0)
            _check(_module.totalAssets() > 0, "a slash leaves some");
    }

    function invariant_WhatIsPendingIsADeficit() external view {
        _atMost(_module.pending(), _handler.deficit(), "what is pending is a deficit, and the module's alone to cover");
        _equal(_handler.money().balanceOf(address(_handler.desk())), 0, "the desk keeps no money");
    }

    function _verbs() private pure returns (bytes4[] memory verbs) {
        verbs = new bytes4[](12);
        verbs[0] = InsuranceHandler.lend.selector;
        verbs[1] = InsuranceHandler.withdraw.selector;
        verbs[2] = InsuranceHandler.stake.selector;
        verbs[3] = InsuranceHandler.stakeByDesk.selector;
        verbs[4] = InsuranceHandler.coolDown.selector;
        verbs[5] = InsuranceHandler.unstake.selector;
        verbs[6] = InsuranceHandler.move.selector;
        verbs[7] = InsuranceHandler.goBad.selector;
        verbs[8] = InsuranceHandler.slash.selector;
        verbs[9] = InsuranceHandler.cover.selector;
        verbs[10] = InsuranceHandler.agree.selector;
        verbs[11] = InsuranceHandler.pass.selector;
    }
}
