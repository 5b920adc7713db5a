// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdapterVault } from "../../../contracts/adapter/AdapterVault.sol";
import { AppAdapter } from "../../../contracts/adapter/AppAdapter.sol";
import { IAdapterVault } from "../../../contracts/adapter/IAdapterVault.sol";
import { RedemptionLine } from "../../../contracts/adapter/RedemptionLine.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title AdapterVaultHandler
/// @notice Deploys a vault with two adapters and a line, and plays its holders, curator and middleware; counts what came and
/// went.
contract AdapterVaultHandler is PropertyTest {
    address public constant BURNER = address(0xdead);

    FreeToken public immutable token = new FreeToken();
    AdapterVault public immutable vault = new AdapterVault(address(this), token, "Adapters", "ADP");
    RedemptionLine public immutable line = new RedemptionLine(vault);
    AppAdapter[2] public adapters;
    address[] public holders;

    uint256 public brought;
    uint256 public claimed;
    uint256 public requests;

    constructor() {
        _VM.warp(1_000_000);
        vault.wire(address(line));
        for (uint48 k = 0; k < 2; ++k) {
            AppAdapter.Terms memory terms = AppAdapter.Terms(
                vault,
                address(this),
                address(this),
                BURNER,
                100 + 900 * k
            );
            adapters[k] = new AppAdapter(terms);
            vault.setLimits(adapters[k], IAdapterVault.Limits(type(uint256).max, k == 0 ? 0.6e18 : 1e18));
        }
        for (uint160 k = 0; k < 3; ++k) {
            holders.push(address(0xb0b + k));
            token.mint(holders[k], 1e40);
            _VM.startPrank(holders[k]);
            token.approve(address(vault), type(uint256).max);
            vault.approve(address(line), type(uint256).max);
            _VM.stopPrank();
        }
    }

    /* VERBS */

    function deposit(uint256 seed, uint256 amount) external {
        amount = _bound(amount, 1, 1e26);
        _VM.prank(holders[seed % 3]);
        vault.deposit(amount, holders[(seed >> 8) % 3]);
        brought += amount;
    }

    function request(uint256 seed, uint256 shares) external {
        uint256 held = vault.balanceOf(holders[seed % 3]);
        if (held == 0) return;
        _VM.prank(holders[seed % 3]);
        line.requestRedeem(_bound(shares, 1, held), holders[(seed >> 8) % 3]);
        ++requests;
    }

    function fill(uint256 most) external {
        uint256 waiting = line.totalShares() - line.filledShares();
        if (waiting == 0 || vault.maxRedeem(address(line)) == 0) return;
        line.fill(_bound(most, 1, waiting));
    }

    function claim(uint256 id, uint256 seed) external {
        if (requests == 0) return;
        id = id % requests;
        if (line.claimable(id) == 0) return;
        _VM.prank(line.requestOf(id).owner);
        claimed += line.claim(id, holders[seed % 3]);
    }

    function allocate(uint256 which, uint256 amount) external {
        vault.allocate(adapters[which % 2], _bound(amount, 0, 1e26));
    }

    function callHome(uint256 which, uint256 amount) external {
        AppAdapter adapter = adapters[which % 2];
        vault.requestDeallocate(adapter, _bound(amount, 0, adapter.totalAssets()));
    }

    function bringHome(uint256 which, uint256 amount) external {
        AppAdapter adapter = adapters[which % 2];
        vault.deallocate(adapter, _bound(amount, 0, adapter.freeAssets()));
    }

    function slash(uint256 which, uint256 amount, bool isReleased) external {
        AppAdapter adapter = adapters[which % 2];
        uint256 most = adapter.slashableAt(uint48(_VM.getBlockTimestamp()));
        if (most == 0) return;
        amount = _bound(amount, 1, most + 1);
        uint256 taken = isReleased ? adapter.release(amount) : adapter.slash(amount);
        _atMost(taken, most, "no more is slashed or released than can be");
    }

    /// @notice Somebody sends assets without being asked.
    function give(uint256 which, uint256 amount) external {
        amount = _bound(amount, 1, 1e22);
        token.mint(which % 3 == 2 ? address(vault) : address(adapters[which % 3]), amount);
        brought += amount;
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(time, 1, 600));
    }
}
