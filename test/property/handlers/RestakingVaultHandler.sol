// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IExitQueue } from "../../../contracts/lrt/IExitQueue.sol";
import { RestakingVault } from "../../../contracts/lrt/RestakingVault.sol";
import { VaultDelegators } from "../../../contracts/lrt/VaultDelegators.sol";
import { IAllocationManager } from "../../../contracts/restaking/IAllocationManager.sol";
import { IAVSRegistry } from "../../../contracts/restaking/IAVSRegistry.sol";
import { ICoreComponent } from "../../../contracts/restaking/ICoreComponent.sol";
import { IOperatorDelegation } from "../../../contracts/restaking/IOperatorDelegation.sol";
import { ISlasher } from "../../../contracts/restaking/ISlasher.sol";
import { IStrategy } from "../../../contracts/restaking/IStrategy.sol";
import { ISlashingHook } from "../../../contracts/slashing/ISlashingHook.sol";
import { OperatorSet } from "../../../contracts/types/OperatorSet.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title RestakingVaultHandler
/// @notice Plays holders, curator, operators and slasher of a restaking vault whose rate is live; every verb checks what it
/// may do to the worth of a share, and totals of its own ("ghosts") are held against the contracts.
contract RestakingVaultHandler is PropertyTest {
    uint256 private constant _WAD = 1e18;
    address private constant _TREASURY = address(0x7ea5);

    ICoreComponent.Core private _core;
    FreeToken private _token;
    IStrategy[] private _strategies;
    RestakingVault private _vault;
    IExitQueue private _queue;
    VaultDelegators private _delegators;

    address[] public holders;
    address[] public operators;
    uint256 public assetsIn;
    uint256 public assetsOut;
    uint256 public assetsBurned;
    uint256 public slashes;

    constructor(ICoreComponent.Core memory core_, FreeToken token_, IStrategy strategy_) {
        (_core, _token) = (core_, token_);
        _strategies.push(strategy_);
        for (uint160 i = 0; i < 3; ++i) holders.push(address(0xb0b + i));
        for (uint160 i = 0; i < 2; ++i) operators.push(address(0x09e7a + i));
        _core.avsRegistry.registerAVS("property");
        _core.avsRegistry.createOperatorSet(
            IAVSRegistry.CreateSetParams(0, _strategies, address(this), address(0), 0, ISlashingHook(address(0)))
        );
        uint32[] memory ids = new uint32[](1);
        IAllocationManager.AllocateParams[] memory params = new IAllocationManager.AllocateParams[](1);
        params[0].set = OperatorSet(address(this), 0);
        params[0].strategies = _strategies;
        params[0].newMagnitudes = new uint64[](1);
        params[0].newMagnitudes[0] = uint64(_WAD);
        for (uint256 i = 0; i < operators.length; ++i) {
            _VM.startPrank(operators[i]);
            _core.operatorDelegation.registerAsOperator(address(0), 0, "");
            _core.avsRegistry.registerForOperatorSets(address(this), ids, "");
            _core.allocationManager.modifyAllocations(params);
            _VM.stopPrank();
        }
    }

    /// @notice Takes a vault whose curator this is.
    function adopt(RestakingVault vault_, VaultDelegators delegators_) external {
        (_vault, _delegators, _queue) = (vault_, delegators_, vault_.queue());
        for (uint256 i = 0; i < operators.length; ++i) {
            _delegators.admit(operators[i], i + 1, IOperatorDelegation.Approval("", 0, 0));
        }
    }

    /* VERBS */

    function deposit(uint256 who, uint256 amount) external {
        address holder = _endow(who, amount = _bound(amount, 1, 1e24));
        (uint256 assets, uint256 shares) = _worth();
        uint256 promised = _vault.previewDeposit(amount);
        if (promised == 0 || (assets == 0 && shares > 0)) return;
        _VM.prank(holder);
        _equal(_vault.deposit(amount, holder), promised, "a deposit mints what its preview said");
        assetsIn += amount;
        _neverCheaper(assets, shares, 0, "a deposit dilutes nobody");
        _atMost(_vault.convertToAssets(promised), amount, "a deposit is worth at most what it cost");
    }

    function mint(uint256 who, uint256 amount) external {
        (uint256 assets, uint256 shares) = _worth();
        if (assets == 0 && shares > 0) return;
        amount = _bound(amount, 1, 1e24);
        uint256 cost = _vault.previewMint(amount);
        if (cost == 0 || cost > 1e30) return;
        address holder = _endow(who, cost);
        _VM.prank(holder);
        _equal(_vault.mint(amount, holder), cost, "a mint costs what its preview said");
        assetsIn += cost;
        _neverCheaper(assets, shares, 0, "a mint dilutes nobody");
    }

    function reward(uint256 amount) external {
        _endow(0, amount = _bound(amount, 1, 1e22));
        _VM.prank(holders[0]);
        _vault.reward(amount);
        assetsIn += amount;
    }

    function request(uint256 who, uint256 amount, bool byAssets) external {
        address holder = holders[who % holders.length];
        uint256 held = _vault.balanceOf(holder);
        if (held == 0) return;
        amount = _bound(amount, 1, held);
        uint256 quote = _vault.convertToAssets(amount);
        if (quote == 0 || _vault.convertToShares(quote) == 0) return;
        (uint256 assets, uint256 shares) = _worth();
        _VM.prank(holder);
        if (byAssets) _vault.requestWithdraw(quote, holder, holder);
        else _vault.requestRedeem(amount, holder, holder);
        _neverCheaper(assets, shares, 0, "a request changes no price");
    }

    function claim(uint256 who, uint256 amount, bool byAssets) external {
        address holder = holders[who % holders.length];
        (uint256 most, uint256 mostAssets) = (_vault.maxRedeem(holder), _vault.maxWithdraw(holder));
        if (most == 0 || (byAssets && mostAssets == 0)) return;
        (uint256 assets, uint256 shares) = _worth();
        uint256 before = _token.balanceOf(holder);
        _VM.prank(holder);
        if (byAssets) _vault.withdraw(_bound(amount, 1, mostAssets), holder, holder);
        else _vault.redeem(_bound(amount, 1, most), holder, holder);
        uint256 paid = _token.balanceOf(holder) - before;
        _atMost(paid, mostAssets, "nobody claims more than it can");
        assetsOut += paid;
        _neverCheaper(assets, shares, 0, "a claim dilutes nobody");
    }

    function process(uint256 count) external {
        if (_queue.freezePoint() == IExitQueue.FreezePoint.Claim) return;
        (uint256 assets, uint256 shares) = _worth();
        _queue.process(_bound(count, 1, 5));
        // A finalised rate is rounded up: by one wei a share at most.
        bool isUp = _queue.freezePoint() == IExitQueue.FreezePoint.Finalisation;
        _neverCheaper(assets, shares, isUp ? 1 + shares / _WAD : 0, "fixing settlements dilutes nobody");
    }

    function returnSurplus() external {
        uint256 assets = _vault.totalAssets();
        _queue.returnSurplus();
        _equal(_vault.totalAssets(), assets, "a surplus was the vault's all along");
    }

    function exitInstantly(uint256 who, uint256 amount) external {
        address holder = holders[who % holders.length];
        uint256 held = _vault.balanceOf(holder);
        if (held == 0) return;
        amount = _bound(amount, 1, held);
        uint256 free = _vault.spendable();
        uint256 worth = _vault.convertToAssets(amount);
        (uint256 promised, , ) = _vault.previewInstant(amount);
        if (promised == 0 || worth > free || free - worth < _vault.feeCurve().floor) return;
        (uint256 assets, uint256 shares) = _worth();
        uint256 before = _token.balanceOf(holder) + _token.balanceOf(_TREASURY);
        _VM.prank(holder);
        _equal(_vault.redeemInstant(amount, holder, holder, promised), promised, "an exit pays what its preview said");
        assetsOut += _token.balanceOf(holder) + _token.balanceOf(_TREASURY) - before;
        _neverCheaper(assets, shares, 0, "an instant exit dilutes nobody");
    }

    function allocate(uint256 amount) external {
        uint256 free = _vault.spendable();
        (uint256[] memory wanted, ) = _delegators.targets(1e6);
        if (free < 1e6 || wanted[0] + wanted[1] == 0) return;
        uint256 before = _vault.totalAssets();
        _delegators.allocate(_bound(amount, 1e6, free));
        _close(_vault.totalAssets(), before, _dust(), "restaking costs dust");
    }

    function unstake(uint256 which, uint256 amount) external {
        address operator = operators[which % operators.length];
        uint256 held = _delegators.delegatorOf(operator).delegatedAssets();
        if (held < 1e6) return;
        uint256 before = _vault.totalAssets();
        _delegators.unstake(operator, _bound(amount, 1e5, held));
        _close(_vault.totalAssets(), before, _dust(), "queueing costs dust");
    }

    function bringHome() external {
        uint256 before = _vault.totalAssets();
        _delegators.completeAll();
        _close(_vault.totalAssets(), before, _dust(), "coming home costs dust");
    }

    function slash(uint256 which, uint256 wad) external {
        address operator = operators[which % operators.length];
        uint256[] memory wads = new uint256[](1);
        wads[0] = _bound(wad, 1, _WAD / 2);
        uint256 before = _vault.totalAssets();
        (uint256 id, ) = _core.slasher.slash(
            ISlasher.SlashParams(operator, OperatorSet(address(this), 0), _strategies, wads, "property")
        );
        ++slashes;
        _atMost(_vault.totalAssets(), before, "a slash never raises what a share stands for");
        if (_core.slasher.escrow().length > 0) {
            assetsBurned += _core.slasher.clear(OperatorSet(address(this), 0), id)[0];
        }
    }

    function pass(uint256 blocks) external {
        _VM.roll(_VM.getBlockNumber() + _bound(blocks, 1, 15));
    }

    /* VIEWS */

    function holderCount() external view returns (uint256) {
        return holders.length;
    }

    /* INTERNAL */

    function _endow(uint256 who, uint256 amount) internal returns (address holder) {
        holder = holders[who % holders.length];
        _token.mint(holder, amount);
        _VM.prank(holder);
        _token.approve(address(_vault), amount);
    }

    function _worth() internal view returns (uint256 assets, uint256 shares) {
        return (_vault.totalAssets(), _vault.totalSupply());
    }

    /// @dev Compares the two fractions exactly; `tolerance` wei may be missing.
    function _neverCheaper(uint256 assets, uint256 shares, uint256 tolerance, string memory sentence) internal view {
        (uint256 assetsNow, uint256 sharesNow) = _worth();
        if (shares == 0 || sharesNow == 0) return;
        _atMost(Math.mulDiv(assets, sharesNow, shares), assetsNow + tolerance, sentence);
    }

    /// @dev A share of the strategy, and what slashing rounds away, for each of two operators.
    function _dust() internal view returns (uint256) {
        return 8 + 8 * (_strategies[0].sharesToUnderlying(1e18) / 1e18 + 1) + _vault.totalAssets() / 1e17;
    }
}
