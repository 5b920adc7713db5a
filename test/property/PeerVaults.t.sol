// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdapterVault } from "../../contracts/adapter/AdapterVault.sol";
import { AppAdapter } from "../../contracts/adapter/AppAdapter.sol";
import { IAdapterVault } from "../../contracts/adapter/IAdapterVault.sol";
import { EarmarkVault } from "../../contracts/earmark/EarmarkVault.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { SynchronousVaultBehaviour } from "./base/SynchronousVaultBehaviour.sol";
import { VaultBehaviour } from "./base/VaultBehaviour.sol";

/// @notice A vault whose capital is at an adapter that is slashed; Alice stands for the line, which alone may redeem.
contract AdapterVaultBehaviourTest is SynchronousVaultBehaviour {
    AdapterVault private _vault;
    AppAdapter private _adapter;

    function setUp() external {
        FreeToken asset = new FreeToken();
        _vault = new AdapterVault(address(this), asset, "Adapters", "ADP");
        _adapter = new AppAdapter(AppAdapter.Terms(_vault, address(this), address(this), address(0xdead), 100));
        _vault.setLimits(_adapter, IAdapterVault.Limits(type(uint256).max, 1e18));
        _vault.wire(ALICE);
        _adopt(_vault, asset);
    }

    /// @dev Capital goes out, is slashed, is called home, and somebody gives.
    function _happen(uint256[4] memory seeds) internal override {
        _vault.allocate(_adapter, _bound(seeds[1], 0, MOST));
        uint256 most = _adapter.slashableAt(uint48(_VM.getBlockTimestamp()));
        if (most > 0 && seeds[2] % 3 > 0) _adapter.slash(_bound(seeds[2] >> 2, 1, most));
        _vault.requestDeallocate(_adapter, _bound(seeds[0], 0, _adapter.totalAssets()));
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[3], 0, 200));
        _vault.deallocate(_adapter, _bound(seeds[1], 0, _adapter.freeAssets()));
        money.mint(address(subject), _bound(seeds[3] >> 8, 0, 1e22));
    }

    function _starve(uint256 seed) internal override {
        _vault.allocate(_adapter, _bound(seed, 0, _vault.freeAssets()));
    }

    function test_ItsHistoryIsSlashedAndRunsShort() external {
        _live([uint256(1e24), 1e24, (1e23 << 2) + 1, 0]);
        _equal(subject.totalAssets(), 1e24 - 1e23, "a slash has taken of the assets");
        _equal(_vault.freeAssets(), 0, "and none of them are free");
    }
}

/// @notice A vault that its core slashes, and that its holders leave by waiting nine days.
contract EarmarkVaultBehaviourTest is VaultBehaviour {
    EarmarkVault private _vault;
    uint256 private _id;

    function setUp() external {
        FreeToken asset = new FreeToken();
        EarmarkVault.Terms memory terms = EarmarkVault.Terms(address(this), address(this), asset, address(0xdead));
        _vault = new EarmarkVault(terms, "Earmarks", "EAR");
        _adopt(_vault, asset);
    }

    /// @dev It is slashed, somebody waits to leave or has left, and somebody gives.
    function _happen(uint256[4] memory seeds) internal override {
        if (seeds[1] % 3 > 0) _vault.slashAssets(_bound(seeds[1] >> 2, 0, MOST));
        uint256 part = _bound(seeds[2], 0, subject.balanceOf(BOB));
        if (part > 0) {
            _VM.prank(BOB);
            uint256 id = _vault.startRedeem(part, BOB);
            _VM.warp(_VM.getBlockTimestamp() + 9 days);
            if (seeds[3] % 2 == 0) _vault.finishRedeem(id);
        }
        money.mint(address(subject), _bound(seeds[3] >> 8, 0, 1e22));
    }

    function _ready(address holder) internal override returns (bool) {
        uint256 shares = subject.balanceOf(holder);
        if (shares == 0) return false;
        _VM.prank(holder);
        _id = _vault.startRedeem(shares, holder);
        _VM.warp(_VM.getBlockTimestamp() + 9 days);
        return subject.previewRedeem(shares) > 0;
    }

    function _goOut(address) internal override {
        _vault.finishRedeem(_id);
    }

    /// @dev What anybody may call in the midst of a transfer, besides the ways in.
    function _intrusionOf(
        uint256 which,
        uint256 assets,
        uint256 shares
    ) internal override returns (address target, bytes memory call) {
        if (which % 8 < 4) return super._intrusionOf(which, assets, shares);
        if (which % 8 < 6) return (address(_vault), abi.encodeCall(_vault.startRedeem, (assets, ALICE)));
        return (address(_vault), abi.encodeCall(_vault.finishRedeem, (_id)));
    }

    /// @dev Whoever waits bears what strikes meanwhile, and takes nothing from who stays.
    function testFuzz_WhoWaitsBearsItsPart(uint256[4] memory seeds, uint256 amount, uint256 slash) external {
        _live(seeds);
        (bool isIn, ) = _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        if (!isIn || !_ready(ALICE)) return;
        uint256 before = money.balanceOf(ALICE);
        uint256 promised = subject.previewRedeem(_vault.redemptionOf(_id).shares);
        uint256 worth = subject.convertToAssets(subject.balanceOf(BOB));
        _vault.slashAssets(_bound(slash, 0, subject.totalAssets()));
        uint256 left = subject.convertToAssets(subject.balanceOf(BOB));
        _goOut(ALICE);
        _atMost(money.balanceOf(ALICE) - before, promised, "who waits is paid no more than before the slash");
        _atMost(left, subject.convertToAssets(subject.balanceOf(BOB)), "who stays keeps what the slash left it");
        _atMost(left, worth, "which is no more than before");
    }

    function test_NothingLeavesButByWaiting() external {
        _enter(ALICE, ALICE, 1e18);
        _equal(subject.maxRedeem(ALICE) + subject.maxWithdraw(ALICE), 0, "there is nothing to be had at once");
        _refuses(ALICE, abi.encodeCall(subject.redeem, (1, ALICE, ALICE)), "not by shares");
        _refuses(ALICE, abi.encodeCall(subject.withdraw, (1, ALICE, ALICE)), "nor by assets");
    }

    function test_ItsHistoryIsSlashed() external {
        _live([uint256(1e24), (1e23 << 2) + 1, 0, 0]);
        _equal(subject.totalAssets(), 1e24 - 1e23, "a slash has taken of the assets");
    }
}
