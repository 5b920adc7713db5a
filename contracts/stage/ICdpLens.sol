// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IBranchRegistry } from "../cdp/IBranchRegistry.sol";
import { ICollateralBranch } from "../cdp/ICollateralBranch.sol";

/// @title ICdpLens
/// @notice Reads a synthetic dollar, its branches, their stability pools and accounts in them in one call.
/// @dev Amounts carry interest until now; rounding is that of {ICollateralBranch} and {IStabilityPool}.
/// @custom:source docs/contracts/CdpLens.md
interface ICdpLens {
    /// @notice An account in a branch.
    /// @param troveId Newest of its open troves; zero when none is open.
    /// @param debt Debt of all of them [wei].
    /// @param collateral Collateral of all of them [wei].
    /// @param rate Yearly interest rate, weighted by their debts and rounded down [WAD].
    /// @param weightedDebt Sum of what is written of each debt times its rate [wei * WAD].
    /// @param ratio Lowest collateral ratio among them; the greatest number without debt [WAD].
    /// @param isZombie Whether one of them has too little debt to be active.
    /// @param deposit Deposit in the stability pool [wei].
    /// @param gain Collateral gained there [wei].
    /// @param yieldGain Interest gained there [wei].
    /// @param surplus Collateral that liquidations left it [wei].
    struct AccountState {
        uint256 troveId;
        uint256 debt;
        uint256 collateral;
        uint256 rate;
        uint256 weightedDebt;
        uint256 ratio;
        bool isZombie;
        uint256 deposit;
        uint256 gain;
        uint256 yieldGain;
        uint256 surplus;
    }

    /// @notice A branch.
    /// @param branch Branch.
    /// @param price Price, or the last good one [WAD].
    /// @param isPriced Whether it is of now.
    /// @param debt All debt [wei].
    /// @param collateral All collateral [wei].
    /// @param isShutDown Whether it is shut down.
    /// @param deposits All deposits in the stability pool [wei].
    /// @param pendingYield Interest that it holds until there are deposits to give it to [wei].
    /// @param poolCollateral Collateral that it holds for depositors [wei].
    /// @param accounts One per account asked for.
    struct BranchState {
        ICollateralBranch branch;
        uint256 price;
        bool isPriced;
        uint256 debt;
        uint256 collateral;
        bool isShutDown;
        uint256 deposits;
        uint256 pendingYield;
        uint256 poolCollateral;
        AccountState[] accounts;
    }

    /// @notice Returns the dollar's supply, the base rate, and every branch with all accounts asked for.
    /// @param registry Registry of the branches.
    /// @param accounts Accounts.
    /// @return supply Dollars, without interest that is still to be minted [wei].
    /// @return baseRate Base rate of redemptions now [WAD].
    /// @return states One per branch, in the registry's order.
    function read(
        IBranchRegistry registry,
        address[] calldata accounts
    ) external view returns (uint256 supply, uint256 baseRate, BranchState[] memory states);

    /// @notice Returns the newest open trove of an owner.
    /// @param branch Branch.
    /// @param owner Owner.
    /// @return id Trove; zero when none is open.
    function newestTroveOf(ICollateralBranch branch, address owner) external view returns (uint256 id);
}
