// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IInsuranceModule } from "../../contracts/lending/IInsuranceModule.sol";
import { InsuranceModule } from "../../contracts/lending/InsuranceModule.sol";
import { SupplyVault } from "../../contracts/lending/SupplyVault.sol";
import { ClockMode } from "../../contracts/types/ClockMode.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { LendingTest } from "./base/LendingTest.sol";

/// @notice What no sequence of deposits and exits may give, at any index, for pool, vault and insurance.
contract LendingPropertyTest is LendingTest {
    address private constant _ALICE = address(0xa11ce);
    address private constant _BOB = address(0xb0b);

    FreeToken private _token;
    SupplyVault private _vault;
    InsuranceModule private _module;

    function setUp() external {
        _deployLending();
        _token = tokens[0];
        _vault = new SupplyVault(claims[0]);
        _module = new InsuranceModule(
            IInsuranceModule.Terms({
                owner: address(this),
                pool: pool,
                reserve: address(_token),
                underlying: address(_vault),
                underlyingFeed: feeds[0],
                maxAge: type(uint256).max,
                receiver: address(this),
                offset: 0,
                feeBps: 0,
                cooldown: 1,
                window: type(uint32).max
            }),
            ClockMode.Timestamp
        );
        tokens[1].mint(_BOB, 1e40);
        _token.mint(_BOB, 1e40);
        _token.mint(_ALICE, 1e30);
        _give(_BOB, address(tokens[1]), address(pool));
        _give(_BOB, address(_token), address(pool));
        _give(_ALICE, address(_token), address(pool));
        _give(_ALICE, address(_token), address(_vault));
        _give(_ALICE, address(_vault), address(_module));
        _VM.prank(_BOB);
        pool.supply(address(tokens[1]), 1e30, _BOB);
        _VM.prank(_BOB);
        pool.supply(address(_token), 1e27, _BOB);
    }

    function testFuzz_Pool_SupplyAndWithdrawGivesNoProfit(uint256 amount, uint256 used, uint256 elapsed) external {
        _grow(used, elapsed);
        amount = _bound(amount, 1e3, 1e27);
        uint256 before = _token.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        pool.supply(address(_token), amount, _ALICE);
        _atMost(pool.supplyOf(address(_token), _ALICE), amount, "a claim is worth what it cost at most");
        _VM.prank(_ALICE);
        pool.withdraw(address(_token), type(uint256).max, _ALICE);
        _atMost(_token.balanceOf(_ALICE), before, "nothing is won");
    }

    function testFuzz_Pool_BorrowAndRepayCostsNoLess(uint256 amount, uint256 used, uint256 elapsed) external {
        _grow(used, elapsed);
        amount = _bound(amount, 1, 1e26);
        tokens[1].mint(_ALICE, 1e30);
        _give(_ALICE, address(tokens[1]), address(pool));
        _VM.prank(_ALICE);
        pool.supply(address(tokens[1]), 1e30, _ALICE);
        uint256 before = _token.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        pool.borrow(address(_token), amount, _ALICE);
        _VM.prank(_ALICE);
        pool.repay(address(_token), type(uint256).max, _ALICE);
        _atMost(_token.balanceOf(_ALICE), before, "a debt is owed in full");
        _equal(pool.positionOf(address(_token), _ALICE).scaledDebt, 0, "and then gone");
    }

    function testFuzz_Vault_PreviewsAreWhatHappens(uint256 amount, uint256 used, uint256 elapsed) external {
        _grow(used, elapsed);
        amount = _bound(amount, 1e3, 1e26);
        uint256 expected = _vault.previewDeposit(amount);
        _VM.prank(_ALICE);
        _equal(_vault.deposit(amount, _ALICE), expected, "deposit");
        expected = _vault.previewMint(amount);
        _VM.prank(_ALICE);
        _equal(_vault.mint(amount, _ALICE), expected, "mint");
        uint256 part = _vault.maxWithdraw(_ALICE) / 3;
        expected = _vault.previewWithdraw(part);
        _VM.prank(_ALICE);
        _equal(_vault.withdraw(part, _ALICE, _ALICE), expected, "withdraw");
        uint256 shares = _vault.maxRedeem(_ALICE);
        expected = _vault.previewRedeem(shares);
        _VM.prank(_ALICE);
        _equal(_vault.redeem(shares, _ALICE, _ALICE), expected, "redeem");
        uint256 held = pool.positionOf(address(_token), address(_vault)).scaledSupply;
        _atMost(_vault.totalSupply(), held, "every share is backed by a scaled unit");
    }

    function testFuzz_Vault_RoundTripsGiveNoProfit(
        uint256[4] calldata amounts,
        uint256 used,
        uint256 elapsed
    ) external {
        _grow(used, elapsed);
        uint256 before = _token.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        _vault.deposit(_bound(amounts[0], 1e3, 1e26), _ALICE);
        _VM.prank(_ALICE);
        _vault.mint(_bound(amounts[1], 1e3, 1e26), _ALICE);
        uint256 part = _bound(amounts[2], 0, _vault.maxWithdraw(_ALICE));
        _VM.prank(_ALICE);
        _vault.withdraw(part, _ALICE, _ALICE);
        part = _bound(amounts[3], 0, _vault.balanceOf(_ALICE));
        _VM.prank(_ALICE);
        _vault.redeemClaims(part, _ALICE);
        uint256 left = _vault.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        _vault.redeem(left, _ALICE, _ALICE);
        if (pool.supplyOf(address(_token), _ALICE) > 0) {
            _VM.prank(_ALICE);
            pool.withdraw(address(_token), type(uint256).max, _ALICE);
        }
        _atMost(_token.balanceOf(_ALICE), before, "nothing is won");
    }

    function testFuzz_Insurance_StakeAndLeaveGivesNoProfit(uint256[3] calldata amounts, uint256 gift) external {
        _VM.prank(_ALICE);
        _vault.deposit(1e27, _ALICE);
        uint256 before = _vault.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        _module.deposit(_bound(amounts[0], 1, 1e26), _ALICE);
        // Gifts to module and vault change nothing.
        gift = _bound(gift, 0, 1e26);
        _VM.prank(_ALICE);
        _vault.transfer(address(_module), gift);
        _VM.prank(_ALICE);
        _module.mint(_bound(amounts[1], 1, 1e26), _ALICE);
        _VM.prank(_ALICE);
        _module.cooldown();
        _VM.warp(1_000_001);
        uint256 part = _bound(amounts[2], 0, _module.maxWithdraw(_ALICE));
        _VM.prank(_ALICE);
        _module.withdraw(part, _ALICE, _ALICE);
        uint256 left = _module.maxRedeem(_ALICE);
        _VM.prank(_ALICE);
        _module.redeem(left, _ALICE, _ALICE);
        _atMost(_vault.balanceOf(_ALICE) + gift, before, "nothing is won");
    }

    /// @dev Brings the indexes away from one: bob borrows, and time passes.
    function _grow(uint256 used, uint256 elapsed) private {
        _VM.prank(_BOB);
        pool.borrow(address(_token), _bound(used, 1, 7e26), _BOB);
        _VM.warp(1_000_000 + _bound(elapsed, 0, 3 * 365 days));
        pool.accrue(address(_token));
    }

    function _give(address from, address asset, address spender) private {
        _VM.prank(from);
        FreeToken(asset).approve(spender, type(uint256).max);
    }
}
