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
        state.poolCollateral = IERC20(branch.terms().collateral).balanceOf(address(pool));
        state.accounts = new AccountState[](accounts.length);
        for (uint256 k = 0; k < accounts.length; ++k) {
            state.accounts[k] = _account(branch, pool, accounts[k], state.price);
        }
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
        state.isZombie = trove.status == ICollateralBranch.Status.Zombie;
        if (!state.isZombie && trove.status != ICollateralBranch.Status.Active) return state;
        ICollateralBranch.Latest memory latest = branch.latestOf(id);
        state.troveId = id;
        (state.debt, state.collateral, state.rate) = (latest.debt, latest.collateral, trove.rate);
        state.ratio = TroveMath.ratio(latest.collateral, latest.debt, price);
    }
}
