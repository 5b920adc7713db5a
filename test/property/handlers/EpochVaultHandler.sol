// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BurnerRouter } from "../../../contracts/epoch/BurnerRouter.sol";
import { EpochVault } from "../../../contracts/epoch/EpochVault.sol";
import { IEpochVault } from "../../../contracts/epoch/IEpochVault.sol";
import { Subnetwork } from "../../../contracts/types/Subnetwork.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title EpochVaultHandler
/// @notice Plays holders of an epoch vault, its slasher, and whoever has its burner's credits paid; counts what came and went.
contract EpochVaultHandler is PropertyTest {
    FreeToken private immutable _token;
    EpochVault private immutable _vault;
    BurnerRouter private immutable _router;

    address[] public holders;
    uint256 public brought;
    uint256 public given;
    uint256 public claimed;
    uint256 public slashed;
    uint256 public paid;

    constructor(FreeToken token_, EpochVault vault_, BurnerRouter router_) {
        (_token, _vault, _router) = (token_, vault_, router_);
        for (uint160 k = 0; k < 3; ++k) {
            holders.push(address(0xb0b + k));
            _token.mint(holders[k], 1e40);
            _VM.prank(holders[k]);
            _token.approve(address(_vault), type(uint256).max);
        }
    }

    /* VERBS */

    function deposit(uint256 seed, uint256 amount) external {
        (address from, address to) = _pair(seed);
        amount = _bound(amount, 1, 1e26);
        _VM.prank(from);
        _vault.deposit(to, amount);
        brought += amount;
    }

    function withdraw(uint256 seed, uint256 amount) external {
        (address from, address to) = _pair(seed);
        uint256 most = _vault.activeBalanceOf(from);
        if (most == 0) return;
        _VM.prank(from);
        _vault.withdraw(to, _bound(amount, 1, most));
    }

    function redeem(uint256 seed, uint256 shares) external {
        (address from, address to) = _pair(seed);
        uint256 held = _vault.activeSharesOf(from);
        // What is worth nothing is refused.
        if (held == 0 || _vault.activeBalanceOf(from) == 0) return;
        shares = _bound(shares, 1, held);
        if ((shares * (_vault.activeStake() + 1)) / (_vault.activeShares() + 1) == 0) shares = held;
        _VM.prank(from);
        _vault.redeem(to, shares);
    }

    function claim(uint256 seed, uint256 epoch) external {
        (address from, address to) = _pair(seed);
        uint256 present = _vault.currentEpoch();
        if (present == 0) return;
        epoch = _bound(epoch, 0, present - 1);
        uint256 due = _vault.withdrawalsOf(epoch, from);
        if (due == 0) return;
        _VM.prank(from);
        // It may have been claimed before.
        try _vault.claim(to, epoch) returns (uint256 assets) {
            _equal(assets, due, "a claim pays what was told");
            claimed += assets;
        } catch (bytes memory reason) {
            _check(bytes4(reason) == IEpochVault.EpochVaultAlreadyClaimed.selector, "only a second claim is refused");
        }
    }

    function slash(uint256 amount, uint256 ago, bool isRouted) external {
        uint48 now_ = uint48(_VM.getBlockTimestamp());
        uint48 oldest = _vault.startedAt();
        if (_vault.currentEpoch() > 0) oldest += uint48((_vault.currentEpoch() - 1) * _vault.epochDuration());
        uint48 capturedAt = uint48(_bound(ago, oldest, now_));
        uint256 stake = _vault.totalStake();
        amount = _bound(amount, 0, stake + 1);
        uint256 taken = _vault.onSlash(amount, capturedAt);
        _atMost(taken, amount, "a slash takes no more than it asks for");
        _atMost(taken, stake, "nor more than there is");
        _equal(_vault.totalStake() + taken, stake, "and what it takes is what the stake falls by");
        slashed += taken;
        if (isRouted) _router.onSlash(Subnetwork.wrap(bytes32(amount << 96)), address(uint160(ago % 2)), taken, now_);
    }

    function pay(uint256 which) external {
        address receiver = address(uint160(0xfee + (which % 2)));
        if (_router.creditOf(receiver) > 0) paid += _router.pay(receiver);
    }

    /// @notice Somebody sends assets without being asked.
    function give(uint256 amount) external {
        amount = _bound(amount, 1, 1e22);
        _token.mint(address(_vault), amount);
        given += amount;
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(time, 1, 2 days));
    }

    /* INTERNAL */

    function _pair(uint256 seed) private view returns (address, address) {
        return (holders[seed % 3], holders[(seed >> 8) % 3]);
    }
}
