// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BranchRegistry } from "../../../contracts/cdp/BranchRegistry.sol";
import { CollateralBranch } from "../../../contracts/cdp/CollateralBranch.sol";
import { ICollateralBranch } from "../../../contracts/cdp/ICollateralBranch.sol";
import { IStabilityPool } from "../../../contracts/cdp/IStabilityPool.sol";
import { ISyntheticDollar } from "../../../contracts/cdp/ISyntheticDollar.sol";
import { ReportedFeed } from "../../../contracts/oracle/ReportedFeed.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @notice Four owners with a trove each, two depositors, and a price that moves.
contract CdpHandler is PropertyTest {
    FreeToken public collateral;
    ISyntheticDollar public dollar;
    BranchRegistry public registry;
    CollateralBranch public branch;
    IStabilityPool public pool;
    ReportedFeed public feed;
    address[6] public people = [
        address(0xb1),
        address(0xb2),
        address(0xb3),
        address(0xb4),
        address(0xb5),
        address(0xb6)
    ];

    uint256 public soundLiquidations;
    uint256 public liquidations;
    uint256 public redemptions;

    constructor(FreeToken collateral_, ReportedFeed feed_, BranchRegistry registry_, CollateralBranch branch_) {
        (collateral, feed, registry, branch) = (collateral_, feed_, registry_, branch_);
    }

    /// @notice Accepts the feed, and lets everybody begin.
    function begin() external {
        feed.acceptOwnership();
        (dollar, pool) = (registry.dollar(), branch.stabilityPool());
        for (uint256 k = 0; k < 6; ++k) {
            _VM.startPrank(people[k]);
            collateral.approve(address(branch), type(uint256).max);
            dollar.approve(address(pool), type(uint256).max);
            _VM.stopPrank();
            collateral.mint(people[k], 1e36);
        }
        // The last one never fails: it keeps the branch alive.
        _open(5, 1e24, 1_000_000e18, 0.02e18);
        _VM.prank(people[5]);
        pool.deposit(10_000e18);
    }

    function open(uint256 who, uint256 debt, uint256 ratio, uint256 rate) external {
        who = who % 5;
        if (_isOpen(who)) return;
        debt = _bound(debt, 2_000e18, 300_000e18);
        uint256 amount = (debt * _bound(ratio, 1.2e18, 3e18)) / _price();
        _open(who, amount, debt, _bound(rate, 0.005e18, 2.5e18));
    }

    function adjust(uint256 who, uint256 amount, uint256 debt, bool isMore) external {
        who = who % 5;
        if (!_isOpen(who)) return;
        uint256 id = branch.lastTroveOf(people[who]);
        ICollateralBranch.Latest memory latest = branch.latestOf(id);
        int256 change = 0;
        if (isMore) change = int256(_bound(debt, 0, 50_000e18));
        else {
            uint256 most = dollar.balanceOf(people[who]);
            uint256 spare = latest.debt > 2_100e18 ? latest.debt - 2_100e18 : 0;
            change = -int256(_bound(debt, 0, most < spare ? most : spare));
        }
        // A zombie comes back with a sound debt or not at all.
        if (latest.debt < 2_100e18 && change < 2_100e18) return;
        // Enough collateral to stay sound in any case.
        uint256 more =
            _bound(amount, 1, 1e20) + (latest.debt * 2e18 + uint256(change > 0 ? change : -change) * 2e18) / _price();
        _VM.prank(people[who]);
        branch.adjustTrove(id, int256(more), change, type(uint256).max);
    }

    function close(uint256 who) external {
        who = who % 5;
        if (!_isOpen(who)) return;
        uint256 id = branch.lastTroveOf(people[who]);
        uint256 debt = branch.latestOf(id).debt;
        uint256 held = dollar.balanceOf(people[who]);
        if (debt > held) {
            if (dollar.balanceOf(people[5]) < debt - held) return;
            _VM.prank(people[5]);
            dollar.transfer(people[who], debt - held);
        }
        _VM.prank(people[who]);
        branch.closeTrove(id);
    }

    function setRate(uint256 who, uint256 rate) external {
        who = who % 5;
        uint256 id = branch.lastTroveOf(people[who]);
        if (!_isOpen(who) || branch.troveOf(id).status != ICollateralBranch.Status.Active) return;
        if (branch.ratioOf(id) < 1.3e18) return;
        _VM.prank(people[who]);
        branch.setRate(id, _bound(rate, 0.005e18, 2.5e18), type(uint256).max);
    }

    function deposit(uint256 who, uint256 amount) external {
        uint256 held = dollar.balanceOf(people[who % 6]);
        if (held == 0) return;
        _VM.prank(people[who % 6]);
        pool.deposit(_bound(amount, 1, held));
    }

    function withdraw(uint256 who, uint256 amount) external {
        uint256 most = pool.compoundedDepositOf(people[who % 6]);
        uint256 free = pool.offsettable();
        most = most < free ? most : free;
        if (most == 0) return;
        _VM.prank(people[who % 6]);
        pool.withdraw(_bound(amount, 1, most));
    }

    function claim(uint256 who) external {
        _VM.prank(people[who % 6]);
        pool.claim();
        if (branch.surplusOf(people[who % 6]) == 0) return;
        _VM.prank(people[who % 6]);
        branch.claimSurplus();
    }

    function crash(uint256 price) external {
        uint256 before = _price();
        feed.setRound(int256(_bound(price, 1_000e18, 2_000e18)), _VM.getBlockTimestamp());
        for (uint256 k = 0; k < 5; ++k) {
            if (_isOpen(k)) _liquidate(branch.lastTroveOf(people[k]));
        }
        feed.setRound(int256(before), _VM.getBlockTimestamp());
    }

    function redeem(uint256 who, uint256 amount) external {
        who = who % 6;
        uint256 held = dollar.balanceOf(people[who]);
        if (held < 10_000e18) return;
        (, uint256 unbacked, bool isRedeemable) = branch.redeemability();
        if (!isRedeemable || unbacked < 1e18) return;
        _VM.prank(people[who]);
        registry.redeem(_bound(amount, 1e18, held / 4), 0, 1e18);
        ++redemptions;
    }

    function wait(uint256 seconds_) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(seconds_, 1, 60 days));
    }

    function isOpen(uint256 who) external view returns (bool) {
        return _isOpen(who);
    }

    function _open(uint256 who, uint256 amount, uint256 debt, uint256 rate) private {
        _VM.prank(people[who]);
        // A little more than asked for, for the fee.
        branch.openTrove(amount + (amount / 10), debt, rate, type(uint256).max);
    }

    function _liquidate(uint256 id) private {
        if (branch.ratioOf(id) >= 1.1e18) {
            try branch.liquidate(id) {
                ++soundLiquidations;
            } catch {}
            return;
        }
        branch.liquidate(id);
        ++liquidations;
    }

    function _isOpen(uint256 who) private view returns (bool) {
        ICollateralBranch.Status status = branch.troveOf(branch.lastTroveOf(people[who])).status;
        return status == ICollateralBranch.Status.Active || status == ICollateralBranch.Status.Zombie;
    }

    function _price() private view returns (uint256 price) {
        (price, ) = branch.priceNow();
    }
}
