// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { VaultChecks } from "./VaultChecks.sol";

/// @title SynchronousVaultChecks
/// @notice What EIP-4626 asks of a way out that pays at once.
abstract contract SynchronousVaultChecks is VaultChecks {
    /// @notice Lets somebody out, where a vault asks for more than shares; nothing to do by default.
    function _unlock(address holder) internal virtual {}

    /// @notice Lends out what the vault would pay with, or part of it; nothing to do by default.
    function _starve(uint256 seed) internal virtual {}

    function _ready(address holder) internal override returns (bool) {
        _unlock(holder);
        uint256 shares = subject.maxRedeem(holder);
        return shares > 0 && subject.previewRedeem(shares) > 0;
    }

    /* CHECKS */

    function checkWithdrawalIsAtMostItsPreview(uint256[4] memory seeds, uint256 amount) public {
        if (!_inside(seeds, amount)) return;
        uint256 most = subject.maxWithdraw(ALICE);
        if (most == 0) return;
        amount = _bound(amount, 1, most);
        uint256 preview = subject.previewWithdraw(amount);
        (uint256 held, uint256 had) = (subject.balanceOf(ALICE), money.balanceOf(CAROL));
        _VM.prank(ALICE);
        uint256 shares = subject.withdraw(amount, CAROL, ALICE);
        _atMost(shares, preview, "a withdrawal burns at most what its preview said");
        _equal(held - subject.balanceOf(ALICE), shares, "the owner loses the shares that were said");
        _equal(money.balanceOf(CAROL) - had, amount, "the receiver is paid what was asked for");
    }

    function checkRedemptionIsAtLeastItsPreview(uint256[4] memory seeds, uint256 amount) public {
        if (!_inside(seeds, amount)) return;
        uint256 most = subject.maxRedeem(ALICE);
        if (most == 0) return;
        amount = _bound(amount, 1, most);
        uint256 preview = subject.previewRedeem(amount);
        if (preview == 0) return;
        (uint256 held, uint256 had) = (subject.balanceOf(ALICE), money.balanceOf(CAROL));
        _atMost(preview, subject.convertToAssets(amount), "fees make a redemption no better than its worth");
        _VM.prank(ALICE);
        uint256 assets = subject.redeem(amount, CAROL, ALICE);
        _atMost(preview, assets, "a redemption pays at least what its preview said");
        _equal(held - subject.balanceOf(ALICE), amount, "the owner loses the shares that it named");
        _equal(money.balanceOf(CAROL) - had, assets, "the receiver is paid what was said");
    }

    function checkExitIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isByShares) public {
        if (!_inside(seeds, amount)) return;
        uint256 most = isByShares ? subject.maxRedeem(ALICE) : subject.maxWithdraw(ALICE);
        if (most == 0 || (isByShares && subject.previewRedeem(most) == 0)) return;
        amount = _bound(amount, 1, most);
        uint256 assets = isByShares ? subject.previewRedeem(amount) : amount;
        uint256 shares = isByShares ? amount : subject.previewWithdraw(amount);
        _VM.prank(ALICE);
        subject.approve(CAROL, shares);
        _VM.expectEmit(true, true, true, true, address(subject));
        emit IERC4626.Withdraw(CAROL, BOB, ALICE, assets, shares);
        _VM.prank(CAROL);
        if (isByShares) subject.redeem(shares, BOB, ALICE);
        else subject.withdraw(assets, BOB, ALICE);
    }

    function checkLimitsOfExitAreKept(uint256[4] memory seeds, uint256 amount, bool isByShares) public {
        if (!_inside(seeds, amount)) return;
        _starve(seeds[0]);
        uint256 most = isByShares ? subject.maxRedeem(ALICE) : subject.maxWithdraw(ALICE);
        bytes memory call =
            isByShares
                ? abi.encodeCall(IERC4626.redeem, (most + 1, ALICE, ALICE))
                : abi.encodeCall(IERC4626.withdraw, (most + 1, ALICE, ALICE));
        _refuses(ALICE, call, "one more than the most is refused");
        if (most == 0 || (isByShares && subject.previewRedeem(most) == 0)) return;
        _VM.prank(ALICE);
        if (isByShares) subject.redeem(most, ALICE, ALICE);
        else subject.withdraw(most, ALICE, ALICE);
    }

    function checkNoMoreSharesCouldBePaid(uint256[4] memory seeds, uint256 amount) public {
        if (!_inside(seeds, amount)) return;
        _starve(seeds[0]);
        (uint256 shares, uint256 assets) = (subject.maxRedeem(ALICE), subject.maxWithdraw(ALICE));
        _atMost(subject.previewRedeem(shares), assets, "the most shares pay at most the most assets");
        if (shares == subject.balanceOf(ALICE)) return;
        _atMost(assets + 1, subject.previewRedeem(shares + 1), "and a share more would pay more");
    }

    function checkOthersNeedAnAllowance(uint256[4] memory seeds, uint256 amount) public {
        if (!_inside(seeds, amount)) return;
        uint256 most = subject.maxRedeem(ALICE);
        if (most == 0) return;
        amount = _bound(amount, 1, most);
        if (subject.previewRedeem(amount) == 0) return;
        bytes memory call = abi.encodeCall(IERC4626.redeem, (amount, CAROL, ALICE));
        _VM.prank(ALICE);
        subject.approve(CAROL, amount - 1);
        _refuses(CAROL, call, "more than the owner allowed is refused");
        _VM.prank(ALICE);
        subject.approve(CAROL, amount);
        _VM.prank(CAROL);
        subject.redeem(amount, CAROL, ALICE);
        _equal(subject.allowance(ALICE, CAROL), 0, "the allowance is used up");
    }

    function checkOutAndInGainsNoShare(uint256[4] memory seeds, uint256 amount, bool isByShares) public {
        if (!_inside(seeds, amount)) return;
        uint256 held = subject.balanceOf(ALICE);
        uint256 most = isByShares ? subject.maxRedeem(ALICE) : subject.maxWithdraw(ALICE);
        if (most == 0) return;
        amount = _bound(amount, 1, most);
        if (isByShares && subject.previewRedeem(amount) == 0) return;
        uint256 had = money.balanceOf(ALICE);
        _VM.prank(ALICE);
        if (isByShares) subject.redeem(amount, ALICE, ALICE);
        else subject.withdraw(amount, ALICE, ALICE);
        _enter(ALICE, ALICE, money.balanceOf(ALICE) - had);
        _atMost(subject.balanceOf(ALICE), held, "what goes out and comes back gains no share");
    }

    function checkMintAndWithdrawGainsNothing(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        amount = _bound(amount, 1, MOST);
        if (amount > subject.maxMint(ALICE) || subject.previewMint(amount) > 1e38) return;
        _VM.prank(ALICE);
        uint256 assets = subject.mint(amount, ALICE);
        _unlock(ALICE);
        if (assets == 0 || assets > subject.maxWithdraw(ALICE)) return;
        _VM.prank(ALICE);
        _atMost(amount, subject.withdraw(assets, ALICE, ALICE), "what shares cost is not had for fewer");
    }

    function checkExitDilutesNobody(uint256[4] memory seeds, uint256 amount) public {
        if (!_inside(seeds, amount)) return;
        uint256 worth = subject.convertToAssets(subject.balanceOf(BOB));
        _leave(ALICE);
        _atMost(worth, subject.convertToAssets(subject.balanceOf(BOB)), "who stays keeps what it had");
    }

    /* INTERNAL */

    /// @notice After a history, Alice has come in and may go.
    function _inside(uint256[4] memory seeds, uint256 amount) internal returns (bool isIn) {
        _live(seeds);
        (isIn, ) = _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        if (isIn) _unlock(ALICE);
    }
}
