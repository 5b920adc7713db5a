// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { BurnerRouter } from "../../contracts/epoch/BurnerRouter.sol";
import { EpochVault } from "../../contracts/epoch/EpochVault.sol";
import { IEpochVault } from "../../contracts/epoch/IEpochVault.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { EpochVaultHandler } from "./handlers/EpochVaultHandler.sol";

/// @notice Laws of an epoch vault and of the router that gets what is slashed, after any history; and what no coming and
/// going gives.
contract EpochVaultInvariantsTest is PropertyTest {
    address private constant _ALICE = address(0xa11ce);
    address private constant _BOB = address(0xb0b);

    FreeToken private _token;
    EpochVault private _vault;
    BurnerRouter private _router;
    EpochVaultHandler private _handler;

    function setUp() external {
        _VM.warp(1_000_000);
        _token = new FreeToken();
        _router = new BurnerRouter(address(this), _token, 1 days, address(0xfee));
        _router.setReceiver(address(1), address(1), address(0xfef));
        _vault = new EpochVault(IEpochVault.Terms(address(this), _token, address(_router), 3 days));
        _handler = new EpochVaultHandler(_token, _vault, _router);
        _vault.wire(address(this), address(_handler));
        _token.mint(_ALICE, 1e40);
        _VM.prank(_ALICE);
        _token.approve(address(_vault), type(uint256).max);
        _target(address(_handler));
        _only(address(_handler), _verbs());
    }

    function invariant_EveryTokenIsStakedWaitingOrGone() external view {
        uint256 booked = _vault.activeStake();
        for (uint256 epoch = 0; epoch <= _vault.currentEpoch() + 1; ++epoch) booked += _vault.withdrawals(epoch);
        uint256 held = _token.balanceOf(address(_vault));
        _equal(held + _handler.claimed(), booked + _handler.given(), "the vault holds what its books say, and gifts");
        _equal(
            held + _handler.claimed() + _handler.slashed(),
            _handler.brought() + _handler.given(),
            "what was brought is here, was claimed, or slashed"
        );
    }

    function invariant_SharesHaveHoldersWhomTheStakeCovers() external view {
        uint256 last = _vault.currentEpoch() + 1;
        (uint256 shares, uint256 assets) = (0, 0);
        for (uint256 k = 0; k < 3; ++k) {
            shares += _vault.activeSharesOf(_handler.holders(k));
            assets += _vault.activeBalanceOf(_handler.holders(k));
        }
        _equal(shares, _vault.activeShares(), "every active share has a holder");
        _atMost(assets, _vault.activeStake(), "and all of them are covered");
        for (uint256 epoch = 0; epoch <= last; ++epoch) {
            (shares, assets) = (0, 0);
            for (uint256 k = 0; k < 3; ++k) {
                shares += _vault.withdrawalSharesOf(epoch, _handler.holders(k));
                assets += _vault.withdrawalsOf(epoch, _handler.holders(k));
            }
            _equal(shares, _vault.withdrawalShares(epoch), "so has every share of a bucket");
            _atMost(assets, _vault.withdrawals(epoch), "which are covered, too");
        }
    }

    function invariant_TheRouterOwesWhatItCounts() external view {
        uint256 held = _token.balanceOf(address(_router));
        uint256 owed = _router.creditOf(address(0xfee)) + _router.creditOf(address(0xfef));
        _equal(held + _handler.paid(), _handler.slashed(), "what was slashed is in the router or paid");
        _equal(owed, _router.lastBalance(), "its credits are what it counts");
        _atMost(owed, held, "and are there");
    }

    function testFuzz_InAndOutGainsNothing(uint256[4] calldata seeds, uint256 amount, bool isByShares) external {
        _live(seeds);
        amount = _bound(amount, 1, 1e26);
        uint256 before = _token.balanceOf(_ALICE);
        uint256 worth = _vault.activeBalanceOf(_BOB);
        _VM.prank(_ALICE);
        _vault.deposit(_ALICE, amount);
        _atMost(worth, _vault.activeBalanceOf(_BOB), "who was there keeps what it had");
        if (!_goOut(isByShares)) return;
        _atMost(_token.balanceOf(_ALICE), before, "who comes and goes has gained nothing");
        _atMost(worth, _vault.activeBalanceOf(_BOB), "and has taken nothing of who stays");
    }

    function testFuzz_InflationDoesNotPay(uint256 first, uint256 gift, uint256 brought, uint256 part) external {
        uint256 before = _token.balanceOf(_ALICE);
        _VM.prank(_ALICE);
        _vault.deposit(_ALICE, _bound(first, 1, 1e18));
        // Withdrawals round what is burned up, and a gift is not counted: the two ways to lift the price of a share.
        uint256 out = _bound(part, 1, _vault.activeBalanceOf(_ALICE));
        _VM.prank(_ALICE);
        _vault.withdraw(_ALICE, out);
        gift = _bound(gift, 1, 1e26);
        _VM.prank(_ALICE);
        _token.transfer(address(_vault), gift);
        _VM.prank(_handler.holders(0));
        _vault.deposit(_BOB, _bound(brought, 1, 1e26));
        _goOut(true);
        uint256 epoch = _vault.currentEpoch() - 1;
        _equal(_vault.withdrawalsOf(epoch + 1, _ALICE), 0, "she has nothing left");
        _atMost(_token.balanceOf(_ALICE), before, "who lifts the price of the first share has gained nothing");
    }

    /// @dev Bob is in, a part of him waits to leave, and both are slashed.
    function _live(uint256[4] calldata seeds) private {
        uint256 brought = _bound(seeds[0], 1, 1e25);
        _VM.prank(_handler.holders(0));
        _vault.deposit(_BOB, brought);
        _handler.withdraw(0, seeds[1]);
        _VM.warp(_VM.getBlockTimestamp() + _bound(seeds[2], 0, 3 days));
        _handler.slash(seeds[3], seeds[3] >> 8, true);
    }

    /// @dev Alice takes out all that she has, as far as it is worth anything.
    function _goOut(bool isByShares) private returns (bool) {
        uint256 most = _vault.activeBalanceOf(_ALICE);
        uint256 shares = _vault.activeSharesOf(_ALICE);
        if (most > 0) {
            _VM.prank(_ALICE);
            if (isByShares) _vault.redeem(_ALICE, shares);
            else _vault.withdraw(_ALICE, most);
        }
        uint256 epoch = _vault.currentEpoch() + 1;
        _VM.warp(_VM.getBlockTimestamp() + 6 days);
        if (_vault.withdrawalsOf(epoch, _ALICE) == 0) return most > 0;
        _VM.prank(_ALICE);
        _vault.claim(_ALICE, epoch);
        return true;
    }

    function _verbs() private pure returns (bytes4[] memory verbs) {
        verbs = new bytes4[](8);
        verbs[0] = EpochVaultHandler.deposit.selector;
        verbs[1] = EpochVaultHandler.withdraw.selector;
        verbs[2] = EpochVaultHandler.redeem.selector;
        verbs[3] = EpochVaultHandler.claim.selector;
        verbs[4] = EpochVaultHandler.slash.selector;
        verbs[5] = EpochVaultHandler.pay.selector;
        verbs[6] = EpochVaultHandler.give.selector;
        verbs[7] = EpochVaultHandler.pass.selector;
    }
}
