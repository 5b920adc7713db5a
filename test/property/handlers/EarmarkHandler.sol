// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EarmarkCore } from "../../../contracts/earmark/EarmarkCore.sol";
import { EarmarkVault } from "../../../contracts/earmark/EarmarkVault.sol";
import { IEarmarkCore } from "../../../contracts/earmark/IEarmarkCore.sol";
import { IEarmarkVault } from "../../../contracts/earmark/IEarmarkVault.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title EarmarkHandler
/// @notice Deploys a vault under a core, and plays its holders, its operator, the service that slashes it and the committee
/// that may cancel; counts what came and went.
contract EarmarkHandler is PropertyTest {
    address public constant RECEIVER = address(0xdead);

    FreeToken public immutable token = new FreeToken();
    EarmarkCore public immutable core = new EarmarkCore(address(this));
    EarmarkVault public immutable vault;
    address[] public holders;

    uint256 public brought;
    uint256 public paid;
    uint256 public redemptions;
    uint256 public slashings;

    constructor() {
        _VM.warp(1_000_000);
        EarmarkVault.Terms memory terms = EarmarkVault.Terms(address(core), address(this), token, RECEIVER);
        vault = new EarmarkVault(terms, "Earmarks", "EAR");
        core.registerService(60e18);
        core.setMembership(address(this), true);
        core.requestStakeUpdate(vault, address(this), true);
        _VM.warp(1_000_000 + 9 days);
        core.finaliseStakeUpdate(vault);
        for (uint160 k = 0; k < 3; ++k) {
            holders.push(address(0xb0b + k));
            token.mint(holders[k], 1e40);
            _VM.prank(holders[k]);
            token.approve(address(vault), type(uint256).max);
        }
    }

    /* VERBS */

    function deposit(uint256 seed, uint256 amount) external {
        amount = _bound(amount, 1, 1e26);
        _VM.prank(holders[seed % 3]);
        vault.deposit(amount, holders[(seed >> 8) % 3]);
        brought += amount;
    }

    function startRedeem(uint256 seed, uint256 shares) external {
        uint256 held = vault.balanceOf(holders[seed % 3]);
        if (held == 0) return;
        _VM.prank(holders[seed % 3]);
        vault.startRedeem(_bound(shares, 1, held), holders[(seed >> 8) % 3]);
        ++redemptions;
    }

    function finishRedeem(uint256 id) external {
        if (redemptions == 0) return;
        IEarmarkVault.Redemption memory found = vault.redemptionOf(id % redemptions);
        if (found.shares == 0 || _VM.getBlockTimestamp() < found.finishableAt) return;
        paid += vault.finishRedeem(id % redemptions);
    }

    function requestSlash(uint256 percent) external {
        if (_VM.getBlockTimestamp() < core.cooldownOf(address(this), address(this))) return;
        IEarmarkVault[] memory vaults = new IEarmarkVault[](1);
        uint256[] memory percents = new uint256[](1);
        (vaults[0], percents[0]) = (vault, _bound(percent, 1, 60e18));
        core.requestSlashing(address(this), vaults, percents);
        ++slashings;
    }

    function finishSlash(uint256 id, bool isCancelled) external {
        if (slashings == 0) return;
        id = id % slashings;
        IEarmarkCore.Slashing memory found = core.slashingOf(id);
        if (found.isClosed) return;
        if (isCancelled) return core.cancelSlashing(id);
        if (_VM.getBlockTimestamp() < found.finishableAt) return;
        uint256 had = vault.totalAssets();
        uint256[] memory taken = core.finaliseSlashing(id);
        _atMost(taken[0], found.earmarks[0], "no more is taken than was earmarked");
        _equal(vault.totalAssets() + taken[0], had, "and that much is gone");
    }

    /// @notice Somebody sends assets without being asked.
    function give(uint256 amount) external {
        amount = _bound(amount, 1, 1e22);
        token.mint(address(vault), amount);
        brought += amount;
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(time, 1, 5 days));
    }
}
