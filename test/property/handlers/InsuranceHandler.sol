// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IInsuranceModule } from "../../../contracts/lending/IInsuranceModule.sol";
import { InsuranceModule } from "../../../contracts/lending/InsuranceModule.sol";
import { SupplyVault } from "../../../contracts/lending/SupplyVault.sol";
import { InsuranceDesk } from "../../../contracts/periphery/InsuranceDesk.sol";
import { ClockMode } from "../../../contracts/types/ClockMode.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { LendingTest } from "../base/LendingTest.sol";

/// @title InsuranceHandler
/// @notice Deploys a pool with a vault of its claims, an insurance of such shares and its desk; plays their holders, a debtor
/// whose debts go bad, and the treasury.
contract InsuranceHandler is LendingTest {
    address private constant _DEBTOR = address(0xdeb7);
    uint256 private constant _NEVER = type(uint256).max;

    /// @dev Most shares of the module at which stake is added: a slash may leave 1e6 wei of 1e24, and after some in a row a
    /// deposit would buy more shares than 256 bits hold, which the module refuses.
    uint256 private constant _MOST_SHARES = 1e48;

    SupplyVault public immutable vault;
    InsuranceModule public immutable module;
    InsuranceDesk public immutable desk = new InsuranceDesk();
    address[] public holders;
    uint256 public slashes;

    constructor() {
        _deployLending();
        vault = new SupplyVault(claims[0]);
        module = new InsuranceModule(_terms(), ClockMode.Timestamp);
        book.setInsurer(address(tokens[0]), module);
        for (uint160 k = 0; k < 3; ++k) holders.push(address(0xb0b + k));
        address[5] memory all = [holders[0], holders[1], holders[2], _DEBTOR, address(this)];
        for (uint256 k = 0; k < 5; ++k) _equip(all[k]);
        pool.supply(address(tokens[0]), 1e26, address(this));
        _VM.prank(_DEBTOR);
        pool.supply(address(tokens[1]), 1e26, _DEBTOR);
    }

    /* VERBS */

    function lend(uint256 seed, uint256 amount, bool isByShares) external {
        address to = holders[(seed >> 8) % 3];
        amount = _bound(amount, 1e3, 1e24);
        _VM.prank(holders[seed % 3]);
        if (isByShares) vault.mint(amount, to);
        else vault.deposit(amount, to);
    }

    function withdraw(uint256 seed, uint256 shares) external {
        address holder = holders[seed % 3];
        uint256 most = vault.maxRedeem(holder);
        if (most == 0) return;
        shares = _bound(shares, 1, most);
        if (vault.previewRedeem(shares) == 0) return;
        _VM.prank(holder);
        vault.redeem(shares, holder, holder);
    }

    function stake(uint256 seed, uint256 amount, bool isGift) external {
        address holder = holders[seed % 3];
        uint256 held = vault.balanceOf(holder);
        if (held == 0 || module.totalSupply() > _MOST_SHARES) return;
        amount = _bound(amount, 1, held);
        _VM.prank(holder);
        if (isGift) vault.transfer(address(module), amount);
        else module.deposit(amount, holders[(seed >> 8) % 3]);
    }

    function stakeByDesk(uint256 seed, uint256 amount) external {
        if (module.totalSupply() > _MOST_SHARES) return;
        _VM.prank(holders[seed % 3]);
        desk.stake(module, _bound(amount, 1e3, 1e24));
    }

    function coolDown(uint256 seed) external {
        address holder = holders[seed % 3];
        if (module.balanceOf(holder) == 0) return;
        _VM.prank(holder);
        module.cooldown();
    }

    function unstake(uint256 seed, uint256 shares) external {
        address holder = holders[seed % 3];
        uint256 most = module.maxRedeem(holder);
        if (most == 0) return;
        _VM.prank(holder);
        module.redeem(_bound(shares, 1, most), holder, holder);
    }

    function move(uint256 seed, uint256 shares) external {
        address holder = holders[seed % 3];
        shares = _bound(shares, 0, module.balanceOf(holder));
        _VM.prank(holder);
        module.transfer(holders[(seed >> 8) % 3], shares);
    }

    /// @notice A debt goes bad, and the deficit is booked.
    function goBad(uint256 amount) external {
        address asset = address(tokens[0]);
        _VM.startPrank(_DEBTOR);
        pool.supply(address(tokens[1]), 1e26, _DEBTOR);
        uint256 cash = pool.reserveOf(asset).cash;
        if (cash > 2e18) pool.borrow(asset, _bound(amount, 1e18, cash < 6e25 ? cash : 6e25), _DEBTOR);
        _VM.stopPrank();
        if (cash <= 2e18) return;
        feeds[1].setRound(1, _VM.getBlockTimestamp());
        pool.liquidate(address(tokens[1]), asset, _DEBTOR, _NEVER, false);
        feeds[1].setRound(100e8, _VM.getBlockTimestamp());
    }

    function slash(bool isByDesk) external {
        IInsuranceModule.Slash memory outcome = module.previewSlash();
        if (outcome.slashed == 0) return;
        (uint256 had, uint256 pending) = (module.totalAssets(), module.pending());
        uint256 covered = isByDesk ? desk.settleDeficit(module) : 0;
        if (isByDesk) _equal(vault.balanceOf(address(desk)), 0, "the desk keeps no stake");
        else module.slash();
        _equal(had - module.totalAssets(), outcome.slashed, "as much is taken as was told");
        _equal(module.pending() + covered, pending + outcome.covered, "and as much is to be covered");
        ++slashes;
    }

    function cover(uint256 amount, bool isOffset) external {
        uint256 free = _saturatingSub(pool.reserveOf(address(tokens[0])).deficit, module.pending());
        uint256 most = isOffset ? (module.offset() < free ? module.offset() : free) : module.pending();
        if (most == 0) return;
        amount = _bound(amount, 1, most);
        pool.supply(address(tokens[0]), amount + 10, address(this));
        if (isOffset) module.coverOffset(amount);
        else module.coverPending(amount);
    }

    function agree(uint256 offset, uint256 feeBps) external {
        module.setConditions(_bound(offset, 0, 1e24), _bound(feeBps, 0, 10_000), address(desk));
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(time, 1, 4 days));
    }

    /* INTERNAL */

    function _terms() private view returns (IInsuranceModule.Terms memory) {
        return
            IInsuranceModule.Terms({
                owner: address(this),
                pool: pool,
                reserve: address(tokens[0]),
                underlying: address(vault),
                underlyingFeed: feeds[0],
                maxAge: _NEVER,
                receiver: address(desk),
                offset: 1e18,
                feeBps: 100,
                cooldown: 2 days,
                window: 5 days
            });
    }

    function _equip(address holder) private {
        _VM.startPrank(holder);
        for (uint256 k = 0; k < 2; ++k) {
            tokens[k].mint(holder, 1e40);
            tokens[k].approve(address(pool), _NEVER);
        }
        tokens[0].approve(address(vault), _NEVER);
        tokens[0].approve(address(desk), _NEVER);
        claims[0].approve(address(desk), _NEVER);
        claims[0].approve(address(module), _NEVER);
        vault.approve(address(module), _NEVER);
        _VM.stopPrank();
    }

    function _saturatingSub(uint256 left, uint256 right) private pure returns (uint256) {
        return left > right ? left - right : 0;
    }

    /* VIEWS */

    function scaledSupplyOf(address account) external view returns (uint256) {
        return pool.positionOf(address(tokens[0]), account).scaledSupply;
    }

    function deficit() external view returns (uint256) {
        return pool.reserveOf(address(tokens[0])).deficit;
    }

    function money() external view returns (FreeToken) {
        return tokens[0];
    }
}
