// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IBranchRegistry } from "../cdp/IBranchRegistry.sol";
import { ICollateralBranch } from "../cdp/ICollateralBranch.sol";
import { IStabilityPool } from "../cdp/IStabilityPool.sol";
import { TroveMath } from "../libraries/TroveMath.sol";
import { ICdpLens } from "./ICdpLens.sol";

/// @title CdpLens
/// @notice See {ICdpLens}.
contract CdpLens is ICdpLens {
    /* VIEWS */

    /// @inheritdoc ICdpLens
    function read(
        IBranchRegistry registry,
        address[] calldata accounts
    ) external view returns (uint256 supply, uint256 baseRate, BranchState[] memory states) {
        supply = registry.dollar().totalSupply();
        baseRate = registry.decayedBaseRate();
        ICollateralBranch[] memory branches = registry.branches();
        states = new BranchState[](branches.length);
        for (uint256 k = 0; k < branches.length; ++k) states[k] = _branch(branches[k], accounts);
    }

    /// @inheritdoc ICdpLens
    function newestTroveOf(ICollateralBranch branch, address owner) external view returns (uint256 id) {
        for (id = branch.lastTroveOf(owner); id > 0; --id) {
            ICollateralBranch.Trove memory trove = branch.troveOf(id);
            if (trove.owner == owner && _isOpen(trove)) return id;
        }
    }

    /* INTERNAL */

    function _branch(
        ICollateralBranch branch,
        address[] calldata accounts
    ) private view returns (BranchState memory state) {
        IStabilityPool pool = branch.stabilityPool();
        state.branch = branch;
        (state.price, state.isPriced) = branch.priceNow();
        state.debt = branch.entireDebt();
        state.collateral = branch.entireCollateral();
        state.isShutDown = branch.shutdownTime() != 0;
        state.deposits = pool.totalDeposits();
        state.pendingYield = pool.pendingYield();
        state.poolCollateral = IERC20(branch.terms().collateral).balanceOf(address(pool));
        state.accounts = new AccountState[](accounts.length);
        uint256 found;
        for (uint256 k = 0; k < accounts.length; ++k) {
            state.accounts[k] = _account(branch, pool, accounts[k], state.price);
            if (state.accounts[k].troveId > 0) ++found;
        }
        if (found < branch.openTroveCount()) _addOlder(state, accounts);
    }

    /// @dev Somebody may have several troves; few do, so that all are looked at only where the last ones are not all.
    function _addOlder(BranchState memory state, address[] calldata accounts) private view {
        uint256 count = state.branch.troveCount();
        for (uint256 id = count; id > 0; --id) {
            ICollateralBranch.Trove memory trove = state.branch.troveOf(id);
            if (!_isOpen(trove)) continue;
            for (uint256 k = 0; k < accounts.length; ++k) {
                if (accounts[k] == trove.owner) _add(state.accounts[k], state, id, trove);
            }
        }
    }

    function _add(
        AccountState memory account,
        BranchState memory state,
        uint256 id,
        ICollateralBranch.Trove memory trove
    ) private view {
        if (account.troveId == id) return;
        ICollateralBranch.Latest memory latest = state.branch.latestOf(id);
        uint256 ratio = TroveMath.ratio(latest.collateral, latest.debt, state.price);
        if (account.troveId == 0) (account.troveId, account.ratio) = (id, ratio);
        uint256 debt = account.debt + latest.debt;
        account.rate = debt == 0 ? 0 : (account.debt * account.rate + latest.debt * trove.rate) / debt;
        account.debt = debt;
        account.weightedDebt += trove.debt * trove.rate;
        account.collateral += latest.collateral;
        account.isZombie = account.isZombie || trove.status == ICollateralBranch.Status.Zombie;
        if (ratio < account.ratio) account.ratio = ratio;
    }

    function _account(
        ICollateralBranch branch,
        IStabilityPool pool,
        address account,
        uint256 price
    ) private view returns (AccountState memory state) {
        state.deposit = pool.compoundedDepositOf(account);
        state.gain = pool.collateralGainOf(account);
        state.yieldGain = pool.yieldGainOf(account);
        state.surplus = branch.surplusOf(account);
        uint256 id = branch.lastTroveOf(account);
        if (id == 0) return state;
        ICollateralBranch.Trove memory trove = branch.troveOf(id);
        if (!_isOpen(trove)) return state;
        state.isZombie = trove.status == ICollateralBranch.Status.Zombie;
        ICollateralBranch.Latest memory latest = branch.latestOf(id);
        state.troveId = id;
        (state.debt, state.collateral, state.rate) = (latest.debt, latest.collateral, trove.rate);
        state.weightedDebt = trove.debt * trove.rate;
        state.ratio = TroveMath.ratio(latest.collateral, latest.debt, price);
    }

    function _isOpen(ICollateralBranch.Trove memory trove) private pure returns (bool) {
        return trove.status == ICollateralBranch.Status.Active || trove.status == ICollateralBranch.Status.Zombie;
    }
}
