// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdapterVault } from "../../contracts/adapter/AdapterVault.sol";
import { AppAdapter } from "../../contracts/adapter/AppAdapter.sol";
import { RedemptionLine } from "../../contracts/adapter/RedemptionLine.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { AdapterVaultHandler } from "./handlers/AdapterVaultHandler.sol";

/// @notice Laws of a vault with adapters and of its line of redemptions, after any history.
contract AdapterVaultInvariantsTest is PropertyTest {
    FreeToken private _token;
    AdapterVault private _vault;
    RedemptionLine private _line;
    AdapterVaultHandler private _handler;

    function setUp() external {
        _handler = new AdapterVaultHandler();
        (_token, _vault, _line) = (_handler.token(), _handler.vault(), _handler.line());
        _target(address(_handler));
        _only(address(_handler), _verbs());
    }

    function invariant_EveryTokenIsHeldClaimedOrSlashed() external view {
        uint256 held = _token.balanceOf(address(_vault)) + _token.balanceOf(address(_line));
        for (uint256 k = 0; k < 2; ++k) held += _token.balanceOf(address(_handler.adapters(k)));
        uint256 gone = _handler.claimed() + _token.balanceOf(_handler.BURNER());
        _equal(held + gone, _handler.brought(), "every token is held, claimed or slashed");
    }

    function invariant_SharesAndStakeAreCovered() external view {
        _atMost(_vault.convertToAssets(_vault.totalSupply()), _vault.totalAssets(), "all shares are covered");
        uint256 assets = _vault.freeAssets();
        for (uint256 k = 0; k < 2; ++k) {
            AppAdapter adapter = _handler.adapters(k);
            _atMost(
                adapter.slashableAt(uint48(_VM.getBlockTimestamp())),
                adapter.totalAssets(),
                "what can be slashed is there"
            );
            assets += adapter.totalAssets();
        }
        _equal(_vault.totalAssets(), assets, "assets are what vault and adapters hold");
    }

    function invariant_TheLineCanPayWhatItOwes() external view {
        uint256 owed;
        uint256 waiting;
        for (uint256 id = 0; id < _handler.requests(); ++id) {
            owed += _line.claimable(id);
            uint256 end = _line.requestOf(id).end;
            uint256 from = _line.requestOf(id).next;
            if (from < _line.filledShares()) from = _line.filledShares();
            if (end > from) waiting += end - from;
        }
        _atMost(owed, _token.balanceOf(address(_line)), "what can be claimed is there");
        _equal(waiting, _vault.balanceOf(address(_line)), "the shares of who waits are in the line");
        _equal(waiting, _line.totalShares() - _line.filledShares(), "which counts them");
    }

    function _verbs() private pure returns (bytes4[] memory verbs) {
        verbs = new bytes4[](10);
        verbs[0] = AdapterVaultHandler.deposit.selector;
        verbs[1] = AdapterVaultHandler.request.selector;
        verbs[2] = AdapterVaultHandler.fill.selector;
        verbs[3] = AdapterVaultHandler.claim.selector;
        verbs[4] = AdapterVaultHandler.allocate.selector;
        verbs[5] = AdapterVaultHandler.callHome.selector;
        verbs[6] = AdapterVaultHandler.bringHome.selector;
        verbs[7] = AdapterVaultHandler.slash.selector;
        verbs[8] = AdapterVaultHandler.give.selector;
        verbs[9] = AdapterVaultHandler.pass.selector;
    }
}
