// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EarmarkVault } from "../../contracts/earmark/EarmarkVault.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { EarmarkHandler } from "./handlers/EarmarkHandler.sol";

/// @notice Laws of a vault whose slashes are earmarked, after any history.
contract EarmarkInvariantsTest is PropertyTest {
    FreeToken private _token;
    EarmarkVault private _vault;
    EarmarkHandler private _handler;

    function setUp() external {
        _handler = new EarmarkHandler();
        (_token, _vault) = (_handler.token(), _handler.vault());
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](7);
        verbs[0] = EarmarkHandler.deposit.selector;
        verbs[1] = EarmarkHandler.startRedeem.selector;
        verbs[2] = EarmarkHandler.finishRedeem.selector;
        verbs[3] = EarmarkHandler.requestSlash.selector;
        verbs[4] = EarmarkHandler.finishSlash.selector;
        verbs[5] = EarmarkHandler.give.selector;
        verbs[6] = EarmarkHandler.pass.selector;
        _only(address(_handler), verbs);
    }

    function invariant_EveryTokenIsHeldPaidOrSlashed() external view {
        uint256 gone = _handler.paid() + _token.balanceOf(_handler.RECEIVER());
        _equal(_token.balanceOf(address(_vault)) + gone, _handler.brought(), "every token is held, paid or slashed");
        _equal(_vault.totalAssets(), _token.balanceOf(address(_vault)), "assets are what the vault holds");
    }

    function invariant_SharesHaveHoldersAndAreCovered() external view {
        uint256 waiting;
        for (uint256 id = 0; id < _handler.redemptions(); ++id) waiting += _vault.redemptionOf(id).shares;
        _equal(waiting, _vault.balanceOf(address(_vault)), "the shares of who waits are in the vault");
        uint256 held = waiting;
        for (uint256 k = 0; k < 3; ++k) held += _vault.balanceOf(_handler.holders(k));
        _equal(held, _vault.totalSupply(), "every share has a holder");
        _atMost(_vault.convertToAssets(_vault.totalSupply()), _vault.totalAssets(), "all shares are covered");
    }
}
