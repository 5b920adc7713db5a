// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { VirtualShares } from "../libraries/VirtualShares.sol";
import { IIsolatedMarkets } from "./IIsolatedMarkets.sol";
import { IMarketVault } from "./IMarketVault.sol";

/// @title MarketVault
/// @notice See {IMarketVault}.
contract MarketVault is IMarketVault, ERC4626, Ownable2Step {
    using SafeERC20 for IERC20;
    using VirtualShares for uint256;

    /* IMMUTABLES */

    /// @inheritdoc IMarketVault
    IIsolatedMarkets public immutable markets;

    /* STORAGE */

    /// @inheritdoc IMarketVault
    bool public marksBadDebt;

    /// @inheritdoc IMarketVault
    mapping(bytes32 id => uint256 cap) public capOf;

    bytes32[] private _supplyQueue;
    bytes32[] private _withdrawQueue;

    /* CONSTRUCTOR */

    /// @notice Makes an empty vault without markets.
    /// @param owner_ Curator.
    /// @param markets_ Contract that keeps the markets.
    /// @param asset_ Token to supply.
    constructor(
        address owner_,
        IIsolatedMarkets markets_,
        IERC20 asset_
    ) ERC4626(asset_) ERC20("Faultline Market Vault", "FLMV") Ownable(owner_) {
        markets = markets_;
        asset_.forceApprove(address(markets_), type(uint256).max);
    }

    /* EXTERNAL */

    /// @inheritdoc IMarketVault
    function setCap(bytes32 id, uint256 cap) external onlyOwner {
        bool isOurs = markets.paramsOf(id).loanToken == asset();
        require(isOurs, MarketVaultForeignMarket(id));
        require(cap <= type(uint128).max, MarketVaultCapTooHigh(cap));

        if (!_isIn(_withdrawQueue, id)) _withdrawQueue.push(id);
        capOf[id] = cap;

        emit CapSet(id, cap);
    }

    /// @inheritdoc IMarketVault
    function setSupplyQueue(bytes32[] calldata ids) external onlyOwner {
        _requireSubset(ids);

        _supplyQueue = ids;

        emit SupplyQueueSet(ids);
    }

    /// @inheritdoc IMarketVault
    function setWithdrawQueue(bytes32[] calldata ids) external onlyOwner {
        _requireSubset(ids);
        bytes32[] memory before = _withdrawQueue;
        _withdrawQueue = ids;

        for (uint256 k = 0; k < before.length; ++k) {
            if (_isIn(_withdrawQueue, before[k])) continue;
            bool isUnused = capOf[before[k]] == 0 && _sharesIn(before[k]) == 0;
            require(isUnused, MarketVaultMarketInUse(before[k]));
        }

        emit WithdrawQueueSet(ids);
    }

    /// @inheritdoc IMarketVault
    function setBadDebtMarking(bool isMarked) external onlyOwner {
        marksBadDebt = isMarked;

        emit BadDebtMarkingSet(isMarked);
    }

    /// @inheritdoc IMarketVault
    function reallocate(Allocation[] calldata allocations) external onlyOwner {
        (uint256 withdrawn, uint256 supplied) = (0, 0);
        for (uint256 k = 0; k < allocations.length; ++k) {
            (bytes32 id, uint256 target) = (allocations[k].id, allocations[k].assets);
            require(_isIn(_withdrawQueue, id), MarketVaultInvalidQueue(id));
            uint256 held = suppliedTo(id);
            if (target == type(uint256).max) target = held + withdrawn - supplied;
            if (target < held) withdrawn += _withdrawFrom(id, held - target, target == 0);
            else if (target > held) supplied += _reallocateTo(id, target, target - held);
        }
        require(withdrawn == supplied, MarketVaultUnbalancedReallocation(withdrawn, supplied));

        emit Reallocated(supplied);
    }

    /* VIEWS */

    /// @inheritdoc IMarketVault
    function supplyQueue() external view returns (bytes32[] memory) {
        return _supplyQueue;
    }

    /// @inheritdoc IMarketVault
    function withdrawQueue() external view returns (bytes32[] memory) {
        return _withdrawQueue;
    }

    /// @inheritdoc ERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256 assets) {
        for (uint256 k = 0; k < _withdrawQueue.length; ++k) assets += suppliedTo(_withdrawQueue[k]);
        if (marksBadDebt) assets = Math.saturatingSub(assets, unrecognisedBadDebt());
    }

    /// @inheritdoc ERC4626
    function maxDeposit(address) public view override(ERC4626, IERC4626) returns (uint256 assets) {
        for (uint256 k = 0; k < _supplyQueue.length; ++k) assets += _roomIn(_supplyQueue[k]);
    }

    /// @inheritdoc ERC4626
    function maxMint(address receiver) public view override(ERC4626, IERC4626) returns (uint256 shares) {
        uint256 supply = totalSupply() + 10 ** _decimalsOffset();
        uint256 assets = totalAssets() + 1;
        (uint256 high, ) = Math.mul512(maxDeposit(receiver), supply);
        // A quotient that does not fit into 256 bits has a high word at least as great as the divisor.
        return high >= assets ? type(uint256).max : Math.mulDiv(maxDeposit(receiver), supply, assets);
    }

    /// @inheritdoc ERC4626
    function maxWithdraw(address holder) public view override(ERC4626, IERC4626) returns (uint256 assets) {
        return Math.min(previewRedeem(balanceOf(holder)), liquidity());
    }

    /// @inheritdoc ERC4626
    function maxRedeem(address holder) public view override(ERC4626, IERC4626) returns (uint256 shares) {
        uint256 balance = balanceOf(holder);
        uint256 free = liquidity();
        if (previewRedeem(balance) <= free) return balance;
        // One share more would pay at least one more than there is. The quotient is at most the balance, so it fits.
        return _convertToShares(free + 1, Math.Rounding.Ceil) - 1;
    }

    /// @inheritdoc IMarketVault
    function suppliedTo(bytes32 id) public view returns (uint256 assets) {
        IIsolatedMarkets.Totals memory totals = markets.accruedTotalsOf(id);
        return _sharesIn(id).toAssetsDown(totals.supplyAssets, totals.supplyShares);
    }

    /// @inheritdoc IMarketVault
    function unrecognisedBadDebt() public view returns (uint256 assets) {
        for (uint256 k = 0; k < _withdrawQueue.length; ++k) {
            bytes32 id = _withdrawQueue[k];
            uint256 shares = _sharesIn(id);
            if (shares == 0) continue;
            uint256 bad = markets.unrecognisedBadDebtOf(id);
            uint256 supplyShares = markets.accruedTotalsOf(id).supplyShares;
            assets += Math.mulDiv(bad, shares, supplyShares, Math.Rounding.Ceil);
        }
    }

    /// @inheritdoc IMarketVault
    function liquidity() public view returns (uint256 assets) {
        for (uint256 k = 0; k < _withdrawQueue.length; ++k) assets += _freeIn(_withdrawQueue[k]);
    }

    /* INTERNAL */

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);

        uint256 left = assets;
        for (uint256 k = 0; k < _supplyQueue.length && left > 0; ++k) {
            uint256 part = Math.min(left, _roomIn(_supplyQueue[k]));
            left -= _supplyTo(_supplyQueue[k], part);
        }
        require(left == 0, MarketVaultCapsReached(left));
    }

    function _withdraw(
        address caller,
        address receiver,
        address holder,
        uint256 assets,
        uint256 shares
    ) internal override {
        uint256 left = assets;
        for (uint256 k = 0; k < _withdrawQueue.length && left > 0; ++k) {
            uint256 part = Math.min(left, _freeIn(_withdrawQueue[k]));
            if (part > 0) left -= _withdrawFrom(_withdrawQueue[k], part, false);
        }
        require(left == 0, MarketVaultInsufficientLiquidity(left));

        super._withdraw(caller, receiver, holder, assets, shares);
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    function _supplyTo(bytes32 id, uint256 assets) private returns (uint256) {
        if (assets > 0) markets.supply(id, assets, 0, address(this));
        return assets;
    }

    function _reallocateTo(bytes32 id, uint256 target, uint256 assets) private returns (uint256) {
        require(target <= capOf[id], MarketVaultCapExceeded(id, target, capOf[id]));
        return _supplyTo(id, assets);
    }

    function _withdrawFrom(bytes32 id, uint256 assets, bool isAll) private returns (uint256 withdrawn) {
        uint256 shares = isAll ? _sharesIn(id) : 0;
        (withdrawn, ) = markets.withdraw(id, isAll ? 0 : assets, shares, address(this), address(this));
    }

    function _roomIn(bytes32 id) private view returns (uint256) {
        return Math.saturatingSub(capOf[id], suppliedTo(id));
    }

    function _freeIn(bytes32 id) private view returns (uint256) {
        IIsolatedMarkets.Totals memory totals = markets.accruedTotalsOf(id);
        uint256 free = Math.saturatingSub(totals.supplyAssets, totals.borrowAssets);
        return Math.min(free, _sharesIn(id).toAssetsDown(totals.supplyAssets, totals.supplyShares));
    }

    function _sharesIn(bytes32 id) private view returns (uint256) {
        return markets.positionOf(id, address(this)).supplyShares;
    }

    function _requireSubset(bytes32[] calldata ids) private view {
        for (uint256 k = 0; k < ids.length; ++k) {
            require(_isIn(_withdrawQueue, ids[k]), MarketVaultInvalidQueue(ids[k]));
            for (uint256 j = 0; j < k; ++j) require(ids[j] != ids[k], MarketVaultInvalidQueue(ids[k]));
        }
    }

    function _isIn(bytes32[] storage queue, bytes32 id) private view returns (bool) {
        for (uint256 k = 0; k < queue.length; ++k) {
            if (queue[k] == id) return true;
        }
        return false;
    }
}
