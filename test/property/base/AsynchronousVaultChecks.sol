// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7540Operator } from "../../../contracts/libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../../../contracts/libraries/IERC7540Redeem.sol";
import { IERC7575Vault } from "../../../contracts/libraries/IERC7575Vault.sol";
import { VaultChecks } from "./VaultChecks.sol";

/// @title AsynchronousVaultChecks
/// @notice What EIP-7540 asks of redemptions that wait, over a vault whose deposits are synchronous.
abstract contract AsynchronousVaultChecks is VaultChecks {
    /// @notice Lets as many requests become claimable as the vault can pay.
    function _settle() internal virtual;

    function _ready(address holder) internal override returns (bool) {
        uint256 shares = subject.balanceOf(holder);
        if (shares > 0 && subject.convertToAssets(shares) > 0) _request(holder, holder, holder, shares);
        _settle();
        return subject.maxRedeem(holder) > 0;
    }

    /* CHECKS */

    function checkInterfacesAreDeclared() public view {
        IERC165 declared = IERC165(address(subject));
        _check(declared.supportsInterface(0x01ffc9a7), "ERC-165 itself");
        _check(declared.supportsInterface(0xe3bc4e65), "operators of ERC-7540");
        _check(declared.supportsInterface(0x620ee8e4), "asynchronous redemption of ERC-7540");
        _check(declared.supportsInterface(0x2f0a18c5), "the vault of ERC-7575");
        _check(!declared.supportsInterface(0xce3bbe50), "deposits are not asynchronous");
        _check(!declared.supportsInterface(0xffffffff), "and not just anything");
        _check(IERC7575Vault(address(subject)).share() == address(subject), "the vault is its own share");
    }

    function checkPreviewsOfExitRevert(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        _refuses(BOB, abi.encodeCall(IERC4626.previewRedeem, (amount)), "what a redemption will pay is not known");
        _refuses(BOB, abi.encodeCall(IERC4626.previewWithdraw, (amount)), "what a withdrawal will burn is not known");
    }

    function checkOperatorsComeAndGo(address operator, address stranger) public {
        IERC7540Operator operators = IERC7540Operator(address(subject));
        if (operator == stranger) return;
        _VM.prank(ALICE);
        _check(operators.setOperator(operator, true), "the call says that it went well");
        _check(operators.isOperator(ALICE, operator), "an operator is one");
        _check(!operators.isOperator(ALICE, stranger), "nobody else is");
        _check(!operators.isOperator(BOB, operator), "for nobody else");
        _VM.prank(ALICE);
        operators.setOperator(operator, false);
        _check(!operators.isOperator(ALICE, operator), "and no more, once it is taken back");
    }

    function checkRequestTakesTheShares(uint256[4] memory seeds, uint256 amount, uint256 part) public {
        uint256 held = _inside(seeds, amount);
        part = _bound(part, 0, held);
        if (part == 0 || subject.convertToAssets(part) == 0) return;
        IERC7540Redeem redeems = IERC7540Redeem(address(subject));
        uint256 supply = subject.totalSupply();
        uint256 id = _request(ALICE, CAROL, ALICE, part);
        _equal(subject.balanceOf(ALICE), held - part, "the owner has no more of them");
        _atMost(subject.totalSupply(), supply, "a request mints nothing");
        uint256 waits = redeems.pendingRedeemRequest(id, CAROL);
        _equal(waits + redeems.claimableRedeemRequest(id, CAROL), part, "the controller's wait");
        _equal(redeems.pendingRedeemRequest(id, ALICE), 0, "none of them are the owner's");
        _equal(redeems.claimableRedeemRequest(id, ALICE), 0, "nor can it claim any");
    }

    function checkEachStepIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isByShares) public {
        uint256 held = _inside(seeds, amount);
        if (held == 0 || subject.convertToAssets(held) == 0) return;
        _VM.expectEmit(true, true, true, true, address(subject));
        emit IERC7540Operator.OperatorSet(ALICE, CAROL, true);
        _VM.prank(ALICE);
        IERC7540Operator(address(subject)).setOperator(CAROL, true);
        // The number of the request is the vault's to choose.
        _VM.expectEmit(true, true, false, true, address(subject));
        emit IERC7540Redeem.RedeemRequest(BOB, ALICE, 0, CAROL, held);
        _request(CAROL, BOB, ALICE, held);
        _settle();
        (uint256 shares, uint256 assets) = (subject.maxRedeem(BOB), subject.maxWithdraw(BOB));
        if (shares == 0 || assets == 0) return;
        _VM.expectEmit(true, true, true, true, address(subject));
        emit IERC4626.Withdraw(BOB, CAROL, BOB, assets, shares);
        _VM.prank(BOB);
        if (isByShares) subject.redeem(shares, CAROL, BOB);
        else subject.withdraw(assets, CAROL, BOB);
    }

    /// @dev An allowance without end is not used up.
    function checkEndlessAllowanceStays(uint256[4] memory seeds, uint256 amount) public {
        uint256 held = _inside(seeds, amount);
        if (held == 0 || subject.convertToAssets(held) == 0) return;
        _VM.prank(ALICE);
        subject.approve(CAROL, type(uint256).max);
        _request(CAROL, CAROL, ALICE, held);
        _equal(subject.allowance(ALICE, CAROL), type(uint256).max, "an allowance without end stays");
        _refuses(
            ALICE,
            abi.encodeCall(IERC7540Redeem.requestRedeem, (1, ALICE, ALICE)),
            "more than is held is refused"
        );
    }

    /// @dev Any part of what can be claimed can be claimed, even if it is worth nothing.
    function checkAnyPartCanBeClaimed(uint256[4] memory seeds, uint256 amount, uint256 part, bool isByShares) public {
        if (!_claimable(seeds, amount)) return;
        uint256 most = isByShares ? subject.maxRedeem(ALICE) : subject.maxWithdraw(ALICE);
        if (most == 0) return;
        part = _bound(part, 1, part % 2 == 0 && most > 5 ? 5 : most);
        bytes4 way = isByShares ? IERC4626.redeem.selector : IERC4626.withdraw.selector;
        _check(_takes(ALICE, abi.encodeWithSelector(way, part, CAROL, ALICE)), "a part of the most is paid");
    }

    function checkRequestNeedsTheOwnersWill(uint256[4] memory seeds, uint256 amount) public {
        uint256 held = _inside(seeds, amount);
        if (held == 0 || subject.convertToAssets(held) == 0) return;
        bytes memory call = abi.encodeCall(IERC7540Redeem.requestRedeem, (held, CAROL, ALICE));
        _refuses(CAROL, call, "a stranger cannot request");
        _VM.prank(ALICE);
        subject.approve(CAROL, held - 1);
        _refuses(CAROL, call, "nor with too small an allowance");
        _VM.prank(ALICE);
        subject.approve(CAROL, held);
        _request(CAROL, CAROL, ALICE, held);
        _equal(subject.allowance(ALICE, CAROL), 0, "the allowance is used up");
    }

    function checkOperatorRequestsWithoutAllowance(uint256[4] memory seeds, uint256 amount) public {
        uint256 held = _inside(seeds, amount);
        if (held == 0 || subject.convertToAssets(held) == 0) return;
        _VM.startPrank(ALICE);
        IERC7540Operator(address(subject)).setOperator(CAROL, true);
        subject.approve(CAROL, 1);
        _VM.stopPrank();
        _request(CAROL, ALICE, ALICE, held);
        _equal(subject.allowance(ALICE, CAROL), 1, "its allowance is untouched");
    }

    function checkRequestsBecomeClaimableWhole(uint256[4] memory seeds, uint256 amount, uint256 part) public {
        uint256 held = _inside(seeds, amount);
        part = _bound(part, 0, held);
        if (subject.convertToAssets(part) == 0 || subject.convertToAssets(held - part) == 0) return;
        IERC7540Redeem redeems = IERC7540Redeem(address(subject));
        uint256[2] memory ids;
        ids[0] = _request(ALICE, ALICE, ALICE, part);
        ids[1] = _request(ALICE, ALICE, ALICE, held - part);
        for (uint256 turn = 0; turn < 2; ++turn) {
            uint256 waits = redeems.pendingRedeemRequest(0, ALICE);
            uint256 ready = redeems.claimableRedeemRequest(0, ALICE);
            _equal(waits + ready, held, "what was requested waits or can be claimed");
            _equal(subject.maxRedeem(ALICE), ready, "what can be claimed is the limit");
            uint256 single;
            for (uint256 i = 0; i < 2; ++i) single += redeems.claimableRedeemRequest(ids[i], ALICE);
            _equal(single, ready, "the requests add up");
            _settle();
        }
    }

    function checkClaimNeedsTheControllersWill(uint256[4] memory seeds, uint256 amount) public {
        if (!_claimable(seeds, amount)) return;
        uint256 shares = subject.maxRedeem(ALICE);
        bytes memory call = abi.encodeCall(IERC4626.redeem, (shares, CAROL, ALICE));
        _refuses(CAROL, call, "a stranger cannot claim");
        _VM.prank(ALICE);
        IERC7540Operator(address(subject)).setOperator(CAROL, true);
        uint256 had = money.balanceOf(CAROL);
        _VM.prank(CAROL);
        uint256 assets = subject.redeem(shares, CAROL, ALICE);
        _equal(money.balanceOf(CAROL) - had, assets, "an operator claims to whom it likes");
    }

    function checkClaimsAddUp(uint256[4] memory seeds, uint256 amount, uint256 part, bool isByShares) public {
        if (!_claimable(seeds, amount)) return;
        (uint256 shares, uint256 assets) = (subject.maxRedeem(ALICE), subject.maxWithdraw(ALICE));
        if (assets == 0) return;
        uint256 had = money.balanceOf(CAROL);
        uint256 claimed;
        _VM.prank(ALICE);
        if (isByShares) {
            claimed = _bound(part, 1, shares);
            subject.redeem(claimed, CAROL, ALICE);
        } else claimed = subject.withdraw(_bound(part, 1, assets), CAROL, ALICE);
        _equal(subject.maxRedeem(ALICE) + claimed, shares, "what was claimed is no longer there to claim");
        _atMost(subject.maxWithdraw(ALICE) + money.balanceOf(CAROL) - had, assets, "nor what was paid");
        uint256 left = shares - claimed;
        _refuses(ALICE, abi.encodeCall(IERC4626.redeem, (left + 1, CAROL, ALICE)), "one more than the most is refused");
        if (left > 0) {
            _VM.prank(ALICE);
            subject.redeem(left, CAROL, ALICE);
        }
        _equal(subject.maxRedeem(ALICE), 0, "in the end nothing is left to claim");
        _atMost(money.balanceOf(CAROL) - had, assets, "all claims together pay at most what was claimable");
    }

    function checkLargestWithdrawalWorks(uint256[4] memory seeds, uint256 amount) public {
        if (!_claimable(seeds, amount)) return;
        uint256 assets = subject.maxWithdraw(ALICE);
        if (assets == 0) return;
        uint256 had = money.balanceOf(CAROL);
        _VM.prank(ALICE);
        subject.withdraw(assets, CAROL, ALICE);
        _equal(money.balanceOf(CAROL) - had, assets, "the most that may be withdrawn is paid");
        _refuses(ALICE, abi.encodeCall(IERC4626.withdraw, (assets, CAROL, ALICE)), "and not twice");
    }

    function checkWhoWaitsTakesNothingFromWhoStays(uint256[4] memory seeds, uint256 amount) public {
        uint256 held = _inside(seeds, amount);
        if (held == 0) return;
        uint256 worth = subject.convertToAssets(subject.balanceOf(BOB));
        _leave(ALICE);
        // A finalised rate is rounded up by at most a wei a share.
        uint256 roundings = 1 + held / 1e18;
        _atMost(worth, subject.convertToAssets(subject.balanceOf(BOB)) + roundings, "who stays keeps what it had");
    }

    /* INTERNAL */

    function _inside(uint256[4] memory seeds, uint256 amount) internal returns (uint256 held) {
        _live(seeds);
        _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        return subject.balanceOf(ALICE);
    }

    /// @notice Alice has requested all that she has, and can claim it unless the vault cannot pay.
    function _claimable(uint256[4] memory seeds, uint256 amount) internal returns (bool) {
        uint256 held = _inside(seeds, amount);
        if (held == 0 || subject.convertToAssets(held) == 0) return false;
        _request(ALICE, ALICE, ALICE, held);
        _settle();
        return subject.maxRedeem(ALICE) > 0;
    }

    function _request(address from, address controller, address owner, uint256 shares) internal returns (uint256) {
        _VM.prank(from);
        return IERC7540Redeem(address(subject)).requestRedeem(shares, controller, owner);
    }
}
