// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { TroveMath } from "../libraries/TroveMath.sol";
import { IBranchRegistry } from "./IBranchRegistry.sol";
import { ICollateralBranch } from "./ICollateralBranch.sol";
import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title BranchRegistry
/// @notice See {IBranchRegistry}.
contract BranchRegistry is IBranchRegistry, Ownable2Step, ReentrancyGuard {
    /* IMMUTABLES */

    /// @inheritdoc IBranchRegistry
    ISyntheticDollar public immutable dollar;

    /* STORAGE */

    /// @inheritdoc IBranchRegistry
    uint256 public baseRate;

    /// @inheritdoc IBranchRegistry
    uint256 public lastBaseRateUpdate;

    ICollateralBranch[] private _branches;
    mapping(address branch => bool isKnown) private _isKnown;

    /* CONSTRUCTOR */

    /// @notice Makes a registry without branches.
    /// @param owner_ Who adds branches.
    /// @param dollar_ The synthetic dollar.
    /// @param baseRate_ Base rate to begin with; 100 % keeps the first hours free of redemptions [WAD].
    constructor(address owner_, ISyntheticDollar dollar_, uint256 baseRate_) Ownable(owner_) {
        dollar = dollar_;
        baseRate = Math.min(baseRate_, 1e18);
        lastBaseRateUpdate = block.timestamp;
    }

    /* EXTERNAL */

    /// @inheritdoc IBranchRegistry
    function addBranch(ICollateralBranch branch) external onlyOwner {
        bool isOurs = branch.terms().registry == address(this) && dollar.isBranch(address(branch));
        require(isOurs && !_isKnown[address(branch)], BranchRegistryInvalidBranch(address(branch)));

        _isKnown[address(branch)] = true;
        _branches.push(branch);

        emit BranchAdded(address(branch));
    }

    /// @inheritdoc IBranchRegistry
    function redeem(
        uint256 amount,
        uint256 maxTroves,
        uint256 maxRate
    ) external nonReentrant returns (uint256 redeemed) {
        uint256 supply = dollar.totalSupply();
        require(amount > 0 && supply > 0, BranchRegistryNothingRedeemed(amount));
        (uint256[] memory weights, uint256 total, bool isCut) = _weights();
        uint256 offered = isCut ? Math.min(amount, total) : amount;
        uint256 rate = TroveMath.redemptionRate(_baseRateAfter(offered, supply));
        require(rate <= maxRate, BranchRegistryRateTooHigh(rate, maxRate));

        for (uint256 k = 0; k < weights.length; ++k) {
            uint256 part = total == 0 ? 0 : Math.mulDiv(offered, weights[k], total);
            if (part > 0) redeemed += _branches[k].redeem(msg.sender, part, rate, maxTroves);
        }
        require(redeemed > 0, BranchRegistryNothingRedeemed(amount));

        baseRate = _baseRateAfter(redeemed, supply);
        lastBaseRateUpdate += _minutesPassed() * 1 minutes;

        emit Redeemed(msg.sender, amount, redeemed, rate, baseRate);
    }

    /* VIEWS */

    /// @inheritdoc IBranchRegistry
    function branches() external view returns (ICollateralBranch[] memory) {
        return _branches;
    }

    /// @inheritdoc IBranchRegistry
    function decayedBaseRate() external view returns (uint256) {
        return _baseRateAfter(0, 1);
    }

    /// @inheritdoc IBranchRegistry
    function redemptionRateFor(uint256 amount) external view returns (uint256) {
        uint256 supply = dollar.totalSupply();
        return TroveMath.redemptionRate(supply == 0 ? _baseRateAfter(0, 1) : _baseRateAfter(amount, supply));
    }

    /// @inheritdoc IBranchRegistry
    function previewBaseRate(
        uint256 baseRate_,
        uint256 minutesPassed,
        uint256 redeemed,
        uint256 supply
    ) external pure returns (uint256 decayFactor, uint256 baseRateAfter, uint256 redemptionRate) {
        decayFactor = TroveMath.decay(minutesPassed);
        baseRateAfter = TroveMath.baseRateAfter(baseRate_, minutesPassed, redeemed, supply);
        redemptionRate = TroveMath.redemptionRate(baseRateAfter);
    }

    /* INTERNAL */

    function _baseRateAfter(uint256 redeemed, uint256 supply) private view returns (uint256) {
        return TroveMath.baseRateAfter(baseRate, _minutesPassed(), redeemed, supply);
    }

    function _minutesPassed() private view returns (uint256) {
        return (block.timestamp - lastBaseRateUpdate) / 1 minutes;
    }

    /// @dev Unbacked debt of each branch that takes part; where there is none at all, its debt.
    function _weights() private view returns (uint256[] memory weights, uint256 total, bool isCut) {
        weights = new uint256[](_branches.length);
        uint256[] memory debts = new uint256[](_branches.length);
        uint256 totalDebt = 0;
        for (uint256 k = 0; k < weights.length; ++k) {
            (uint256 debt, uint256 unbacked, bool isRedeemable) = _branches[k].redeemability();
            if (!isRedeemable) continue;
            (debts[k], weights[k]) = (debt, unbacked);
            totalDebt += debt;
            total += unbacked;
        }
        if (total > 0) return (weights, total, true);
        return (debts, totalDebt, false);
    }
}
