// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BranchRegistry } from "../../contracts/cdp/BranchRegistry.sol";
import { CollateralBranch } from "../../contracts/cdp/CollateralBranch.sol";
import { ICollateralBranch } from "../../contracts/cdp/ICollateralBranch.sol";
import { StabilityPool } from "../../contracts/cdp/StabilityPool.sol";
import { SyntheticDollar } from "../../contracts/cdp/SyntheticDollar.sol";
import { IAggregatorV3 } from "../../contracts/libraries/IAggregatorV3.sol";
import { IPriceFeed } from "../../contracts/oracle/IPriceFeed.sol";
import { ReportedFeed } from "../../contracts/oracle/ReportedFeed.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { CdpHandler } from "./handlers/CdpHandler.sol";

/// @notice What must hold of a branch and its stability pool after any history.
contract CdpInvariantsTest is PropertyTest {
    CdpHandler private _handler;
    CollateralBranch private _branch;
    StabilityPool private _pool;

    function setUp() external {
        FreeToken collateral = new FreeToken();
        ReportedFeed feed = new ReportedFeed(
            address(this),
            IPriceFeed.Settings("LRT / USD", 18, 0, type(int256).max, 3600),
            IAggregatorV3(address(0)),
            0
        );
        SyntheticDollar dollar = new SyntheticDollar(address(this));
        BranchRegistry registry = new BranchRegistry(address(this), dollar, 0);
        ICollateralBranch.Terms memory terms = ICollateralBranch.Terms({
            collateral: address(collateral),
            feed: feed,
            maxAge: 365 days * 1000,
            registry: address(registry),
            treasury: address(0x7ea5),
            gasToken: address(0),
            gasReserve: 0,
            minDebt: 2_000e18,
            minRatio: 1.1e18,
            criticalRatio: 1.2e18,
            shutdownRatio: 1e18,
            poolPenalty: 0.05e18,
            redistributionPenalty: 0.1e18
        });
        _branch = new CollateralBranch(address(this), dollar, terms);
        _pool = new StabilityPool(_branch, dollar, collateral);
        _branch.setStabilityPool(_pool);
        dollar.authorize(address(_branch));
        registry.addBranch(_branch);
        feed.setRound(2_000e18, block.timestamp);
        _handler = new CdpHandler(collateral, feed, registry, _branch);
        feed.transferOwnership(address(_handler));
        _handler.begin();
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](10);
        verbs[0] = CdpHandler.open.selector;
        verbs[1] = CdpHandler.adjust.selector;
        verbs[2] = CdpHandler.close.selector;
        verbs[3] = CdpHandler.setRate.selector;
        verbs[4] = CdpHandler.deposit.selector;
        verbs[5] = CdpHandler.withdraw.selector;
        verbs[6] = CdpHandler.claim.selector;
        verbs[7] = CdpHandler.crash.selector;
        verbs[8] = CdpHandler.redeem.selector;
        verbs[9] = CdpHandler.wait.selector;
        _only(address(_handler), verbs);
    }

    function invariant_DollarsAreDebt() external view {
        ICollateralBranch.Totals memory totals = _branch.totals();
        uint256 debt = totals.activeDebt + totals.redistributedDebt;
        _equal(_handler.dollar().totalSupply(), debt, "every dollar is somebody's debt");
    }

    function invariant_TrovesSumToTheBranch() external view {
        (uint256 debt, uint256 collateral, uint256 stake, uint256 weighted) = (0, 0, 0, 0);
        for (uint256 id = 1; id <= _branch.troveCount(); ++id) {
            ICollateralBranch.Trove memory trove = _branch.troveOf(id);
            ICollateralBranch.Latest memory latest = _branch.latestOf(id);
            debt += latest.debt;
            collateral += latest.collateral;
            stake += trove.stake;
            weighted += trove.debt * trove.rate;
        }
        _atMost(debt, _branch.entireDebt(), "troves owe no more than the branch counts");
        // What a division by all stakes leaves, and a wei for every accrual, trove and redistribution.
        uint256 dust = _branch.stakes().total / 1e18 + 1e4;
        _close(debt, _branch.entireDebt(), dust, "and the branch counts no more than dust beyond them");
        _atMost(collateral, _branch.entireCollateral(), "troves have no more than the branch counts");
        _close(collateral, _branch.entireCollateral(), dust, "and the branch has no more than dust beyond them");
        _equal(stake, _branch.stakes().total, "stakes sum to their total");
        _equal(weighted, _branch.totals().weightedDebt, "weighted debts sum to their total");
    }

    function invariant_CollateralIsThere() external view {
        uint256 owed = _branch.entireCollateral();
        for (uint256 k = 0; k < 6; ++k) owed += _branch.surplusOf(_handler.people(k));
        _equal(owed, _handler.collateral().balanceOf(address(_branch)), "all collateral is there");
    }

    function invariant_DepositsAreCovered() external view {
        (uint256 deposits, uint256 gains, uint256 yields) = (0, 0, 0);
        for (uint256 k = 0; k < 6; ++k) {
            deposits += _pool.compoundedDepositOf(_handler.people(k));
            gains += _pool.collateralGainOf(_handler.people(k));
            yields += _pool.yieldGainOf(_handler.people(k));
        }
        _atMost(deposits, _pool.totalDeposits(), "deposits sum to at most their total");
        _atMost(gains, _handler.collateral().balanceOf(address(_pool)), "gains are there");
        uint256 dollars = _pool.totalDeposits() + yields + _pool.pendingYield();
        _atMost(dollars, _handler.dollar().balanceOf(address(_pool)), "deposits and interest are there");
    }

    function invariant_ProductKeepsItsDigits() external view {
        _atMost(1e27, _pool.product(), "P does not fall below 1e27");
        _atMost(_pool.product(), 1e36, "P does not rise above one");
    }

    function invariant_SoundTrovesAreNeverLiquidated() external view {
        _equal(_handler.soundLiquidations(), 0, "no sound trove was liquidated");
    }

    function invariant_QueueIsInOrder() external view {
        uint256 last = 0;
        uint256 count = 0;
        for (uint256 id = _branch.nextByRate(0); id != 0; id = _branch.nextByRate(id)) {
            ICollateralBranch.Trove memory trove = _branch.troveOf(id);
            _check(trove.status == ICollateralBranch.Status.Active, "only active troves are in the queue");
            _atMost(last, trove.rate, "rates rise along the queue");
            last = trove.rate;
            ++count;
        }
        uint256 active = 0;
        for (uint256 id = 1; id <= _branch.troveCount(); ++id) {
            if (_branch.troveOf(id).status == ICollateralBranch.Status.Active) ++active;
        }
        _equal(count, active, "every active trove is in the queue");
    }
}
