// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7540Deposit } from "../../../contracts/libraries/IERC7540Deposit.sol";
import { IERC7540Operator } from "../../../contracts/libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../../../contracts/libraries/IERC7540Redeem.sol";
import { IERC7575 } from "../../../contracts/libraries/IERC7575.sol";
import { IERC7575Share } from "../../../contracts/libraries/IERC7575Share.sol";
import { FreeToken } from "./CoreTest.sol";
import { PropertyTest } from "./PropertyTest.sol";

/// @notice A vault of ERC-7540 whose deposits and redemptions both wait.
interface ITwoWayVault is IERC7540Operator, IERC7540Deposit, IERC7540Redeem, IERC7575, IERC165 {}

/// @title TwoWayVaultChecks
/// @notice What EIP-7540 and EIP-7575 ask of a vault whose ways in and out both wait, and whose share is another token.
/// @dev Each check is said once for both ways: `isExit` takes redemptions, else deposits are meant. What is brought is
/// assets on the way in and shares on the way out; what is given is the other.
abstract contract TwoWayVaultChecks is PropertyTest {
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    address internal constant CAROL = address(0xca401);

    /// @notice Largest amount that a check brings.
    uint256 internal constant MOST = 1e26;

    ITwoWayVault internal subject;
    FreeToken internal money;
    IERC20 internal share;

    /* WHAT A VAULT BRINGS ALONG */

    /// @notice Time passes and the value of a share moves: whatever may happen to this vault.
    function _happen(uint256[4] memory seeds) internal virtual;

    /// @notice Lets every request become claimable, with money to pay it or without.
    function _settle(uint256 seed) internal virtual;

    /* CHECKS */

    function testFuzz_InterfacesAreDeclared(bytes4 other) external view {
        _check(subject.supportsInterface(0x01ffc9a7), "ERC-165 itself");
        _check(subject.supportsInterface(0xe3bc4e65), "operators of ERC-7540");
        _check(subject.supportsInterface(0xce3bbe50), "asynchronous deposits of ERC-7540");
        _check(subject.supportsInterface(0x620ee8e4), "asynchronous redemptions of ERC-7540");
        _check(subject.supportsInterface(0x2f0a18c5), "the vault of ERC-7575");
        _check(!subject.supportsInterface(0xffffffff), "and not just anything");
        _check(subject.share() == address(share) && subject.asset() == address(money), "it names its two tokens");
        _check(IERC165(address(share)).supportsInterface(0xf815c03d), "the share of ERC-7575");
        IERC7575Share token = IERC7575Share(address(share));
        _check(token.vault(address(money)) == address(subject), "which names its vault");
        _check(token.vault(address(uint160(uint32(other)))) == address(0), "for that asset alone");
    }

    function testFuzz_PreviewsRevert(uint256[4] memory seeds, uint256 amount) external {
        _happen(seeds);
        bytes4[4] memory previews = [
            IERC7575.previewDeposit.selector,
            IERC7575.previewMint.selector,
            IERC7575.previewWithdraw.selector,
            IERC7575.previewRedeem.selector
        ];
        for (uint256 i = 0; i < 4; ++i) {
            _refuses(BOB, abi.encodeWithSelector(previews[i], amount), "what a request will give is not known");
        }
    }

    function testFuzz_ViewsAnswer(uint256[4] memory seeds, uint256 amount, bool isExit, address anybody) external {
        _waiting(seeds, amount, isExit);
        for (uint256 turn = 0; turn < 2; ++turn) {
            for (uint256 i = 0; i < 2; ++i) {
                address who = i == 0 ? anybody : ALICE;
                subject.maxDeposit(who);
                subject.maxMint(who);
                subject.maxWithdraw(who);
                subject.maxRedeem(who);
            }
            _equal(
                subject.totalAssets(),
                subject.convertToAssets(share.totalSupply()),
                "assets are what shares are worth"
            );
            _settle(seeds[3]);
        }
    }

    function testFuzz_ConversionsRoundDownForAllAlike(uint256[4] memory seeds, uint256 amount, uint256 more) external {
        _happen(seeds);
        (amount, more) = (_bound(amount, 0, MOST), _bound(more, 0, MOST));
        (uint256 shares, uint256 assets) = (subject.convertToShares(amount), subject.convertToAssets(amount));
        _VM.prank(CAROL);
        _equal(subject.convertToShares(amount), shares, "everybody is told the same shares");
        _atMost(subject.convertToAssets(shares), amount, "there and back is no more than was there");
        _atMost(subject.convertToShares(assets), amount, "back and there is no more shares than were there");
        _atMost(shares, subject.convertToShares(amount + more), "more assets are worth no fewer shares");
        _atMost(assets, subject.convertToAssets(amount + more), "more shares are worth no fewer assets");
    }

    function testFuzz_OperatorsComeAndGo(address operator, address stranger) external {
        if (operator == stranger) return;
        _VM.prank(ALICE);
        _check(subject.setOperator(operator, true), "the call says that it went well");
        _check(subject.isOperator(ALICE, operator), "an operator is one");
        _check(
            !subject.isOperator(ALICE, stranger) && !subject.isOperator(BOB, operator),
            "nobody else, for nobody else"
        );
        _VM.prank(ALICE);
        subject.setOperator(operator, false);
        _check(!subject.isOperator(ALICE, operator), "and no more, once it is taken back");
    }

    function testFuzz_RequestTakesWhatItBrings(
        uint256[4] memory seeds,
        uint256 amount,
        uint256 part,
        bool isExit
    ) external {
        uint256 held = _bring(seeds, amount, isExit);
        part = _bound(part, 0, held);
        if (part == 0) return;
        (uint256 had, uint256 supply) = (_token(isExit).balanceOf(ALICE), share.totalSupply());
        uint256 id = _request(ALICE, CAROL, ALICE, part, isExit);
        _equal(_token(isExit).balanceOf(ALICE), had - part, "the owner has no more of it");
        _atMost(share.totalSupply(), supply, "a request mints nothing");
        _equal(_pending(id, CAROL, isExit) + _claimable(id, CAROL, isExit), part, "the controller's waits");
        _equal(_pending(id, ALICE, isExit) + _claimable(id, ALICE, isExit), 0, "none of it is the owner's");
        _equal(_pending(id, CAROL, !isExit) + _claimable(id, CAROL, !isExit), 0, "nor on the other way");
        _equal(_pending(id + 1, CAROL, isExit) + _claimable(id + 1, CAROL, isExit), 0, "nor another request's");
        bytes memory call = _requestCall(_token(isExit).balanceOf(ALICE) + 1, ALICE, ALICE, isExit);
        _refuses(ALICE, call, "more than is held is refused");
        _refuses(ALICE, _requestCall(0, ALICE, ALICE, isExit), "and so is nothing");
    }

    function testFuzz_RequestNeedsTheOwnersWill(uint256[4] memory seeds, uint256 amount, bool isExit) external {
        uint256 held = _bring(seeds, amount, isExit);
        if (held == 0) return;
        bytes memory call = _requestCall(held, CAROL, ALICE, isExit);
        _refuses(CAROL, call, "a stranger cannot request");
        _VM.prank(ALICE);
        _token(isExit).approve(CAROL, isExit ? held - 1 : type(uint256).max);
        _refuses(CAROL, call, "nor with too few shares allowed, or with assets allowed to it");
        _VM.prank(ALICE);
        subject.setOperator(CAROL, true);
        _request(CAROL, CAROL, ALICE, held, isExit);
        if (isExit) _equal(share.allowance(ALICE, CAROL), held - 1, "an operator uses up no allowance");
    }

    function testFuzz_AllowanceOfSharesIsEnough(uint256[4] memory seeds, uint256 amount, bool isEndless) external {
        uint256 held = _bring(seeds, amount, true);
        if (held == 0) return;
        _VM.prank(ALICE);
        share.approve(CAROL, isEndless ? type(uint256).max : held);
        _request(CAROL, CAROL, ALICE, held, true);
        _equal(share.allowance(ALICE, CAROL), isEndless ? type(uint256).max : 0, "it is used up, unless it has no end");
    }

    function testFuzz_RequestsAddUp(uint256[4] memory seeds, uint256 amount, uint256 part, bool isExit) external {
        uint256 held = _bring(seeds, amount, isExit);
        if (held < 2) return;
        part = _bound(part, 1, held - 1);
        uint256[2] memory ids;
        ids[0] = _request(ALICE, ALICE, ALICE, part, isExit);
        ids[1] = _request(ALICE, ALICE, ALICE, held - part, isExit);
        for (uint256 turn = 0; turn < 2; ++turn) {
            uint256 ready = _claimable(0, ALICE, isExit);
            _equal(_pending(0, ALICE, isExit) + ready, held, "what was requested waits or can be claimed");
            _atMost(_mostBrought(ALICE, isExit), ready, "no more can be claimed than is claimable");
            uint256 single;
            for (uint256 i = 0; i < 2; ++i) {
                uint256 each = _claimable(ids[i], ALICE, isExit);
                _check(each == 0 || each == (i == 0 ? part : held - part), "a request becomes claimable whole");
                single += each;
            }
            _equal(single, ready, "the requests add up");
            _settle(seeds[3]);
        }
        _equal(_claimable(0, ALICE, isExit), held, "in the end all of it is claimable");
    }

    function testFuzz_ClaimNeedsTheControllersWill(uint256[4] memory seeds, uint256 amount, bool isExit) external {
        _ready(seeds, amount, isExit);
        uint256 most = _mostBrought(ALICE, isExit);
        if (most == 0) return;
        bytes memory call = _claimCall(most, CAROL, ALICE, isExit, true);
        _refuses(CAROL, call, "a stranger cannot claim");
        _VM.prank(ALICE);
        subject.setOperator(CAROL, true);
        uint256 had = _token(!isExit).balanceOf(CAROL);
        uint256 given = _claim(CAROL, call);
        _equal(_token(!isExit).balanceOf(CAROL) - had, given, "an operator claims to whom it likes");
    }

    function testFuzz_TheMostCanBeClaimedAndNoMore(
        uint256[4] memory seeds,
        uint256 amount,
        bool isExit,
        bool isBrought
    ) external {
        _ready(seeds, amount, isExit);
        uint256 most = isBrought ? _mostBrought(ALICE, isExit) : _mostGiven(ALICE, isExit);
        _refuses(ALICE, _claimCall(most + 1, CAROL, ALICE, isExit, isBrought), "one more than the most is refused");
        _refuses(ALICE, _claimCall(0, CAROL, ALICE, isExit, isBrought), "and so is nothing");
        if (most == 0) return;
        uint256 told = isBrought ? _mostGiven(ALICE, isExit) : most;
        uint256 had = _token(!isExit).balanceOf(CAROL);
        _claim(ALICE, _claimCall(most, CAROL, ALICE, isExit, isBrought));
        uint256 given = _token(!isExit).balanceOf(CAROL) - had;
        // Where the money is short, the last share that can be paid leaves less than the worth of one.
        if (isBrought && isExit) _atMost(given, told, "the most pays no more than was told");
        else _equal(given, told, "the most gives what was told");
        _refuses(ALICE, _claimCall(most, CAROL, ALICE, isExit, isBrought), "and not twice");
    }

    function testFuzz_ClaimsAddUp(
        uint256[4] memory seeds,
        uint256 amount,
        uint256 part,
        bool isExit,
        bool isBrought
    ) external {
        _ready(seeds, amount, isExit);
        (uint256 brought, uint256 given) = (_mostBrought(ALICE, isExit), _mostGiven(ALICE, isExit));
        uint256 most = isBrought ? brought : given;
        if (most == 0) return;
        part = _bound(part, 1, part % 2 == 0 && most > 5 ? 5 : most);
        uint256 had = _token(!isExit).balanceOf(CAROL);
        uint256 other = _claim(ALICE, _claimCall(part, CAROL, ALICE, isExit, isBrought));
        uint256 taken = isBrought ? part : other;
        _equal(_claimable(0, ALICE, isExit) + taken, amountAsked, "what was claimed is no longer there to claim");
        // By what is given, the last of what was brought is rounded up.
        _close(_mostBrought(ALICE, isExit) + taken, brought, isBrought ? 0 : 1, "nor among the most");
        uint256 got = _token(!isExit).balanceOf(CAROL) - had;
        _equal(got, isBrought ? other : part, "the receiver has what was said");
        _atMost(_mostGiven(ALICE, isExit) + got, given, "nor what was given");
        uint256 left = _mostBrought(ALICE, isExit);
        if (left > 0) _claim(ALICE, _claimCall(left, CAROL, ALICE, isExit, true));
        _atMost(_token(!isExit).balanceOf(CAROL) - had, given, "all claims together give at most what was claimable");
    }

    function testFuzz_InAndOutGainsNothing(
        uint256[4] memory seeds,
        uint256 amount,
        uint256 part,
        bool isBrought
    ) external {
        _happen(seeds);
        uint256 before = money.balanceOf(ALICE);
        amount = _bound(amount, 1, MOST);
        _request(ALICE, ALICE, ALICE, amount, false);
        _settle(0);
        uint256 most = isBrought ? subject.maxDeposit(ALICE) : subject.maxMint(ALICE);
        if (most > 0) _claim(ALICE, _claimCall(_bound(part, 1, most), ALICE, ALICE, false, isBrought));
        if (subject.maxDeposit(ALICE) > 0)
            _claim(ALICE, _claimCall(subject.maxDeposit(ALICE), ALICE, ALICE, false, true));
        uint256 held = share.balanceOf(ALICE);
        if (held == 0) return;
        _request(ALICE, ALICE, ALICE, held, true);
        _settle(0);
        if (subject.maxRedeem(ALICE) > 0) _claim(ALICE, _claimCall(subject.maxRedeem(ALICE), ALICE, ALICE, true, true));
        _atMost(money.balanceOf(ALICE), before, "who comes and goes at one value has gained nothing");
    }

    function testFuzz_EachStepIsAnnounced(
        uint256[4] memory seeds,
        uint256 amount,
        bool isExit,
        bool isBrought
    ) external {
        uint256 held = _bring(seeds, amount, isExit);
        if (held == 0) return;
        _VM.expectEmit(true, true, true, true, address(subject));
        emit IERC7540Operator.OperatorSet(ALICE, CAROL, true);
        _VM.prank(ALICE);
        subject.setOperator(CAROL, true);
        // The number of the request is the vault's to choose.
        _VM.expectEmit(true, true, false, true, address(subject));
        if (isExit) emit IERC7540Redeem.RedeemRequest(BOB, ALICE, 0, CAROL, held);
        else emit IERC7540Deposit.DepositRequest(BOB, ALICE, 0, CAROL, held);
        _request(CAROL, BOB, ALICE, held, isExit);
        _settle(0);
        (uint256 brought, uint256 given) = (_mostBrought(BOB, isExit), _mostGiven(BOB, isExit));
        if (brought == 0 || given == 0) return;
        _VM.expectEmit(true, true, true, true, address(subject));
        if (isExit) emit IERC7575.Withdraw(BOB, CAROL, BOB, given, brought);
        else emit IERC7575.Deposit(BOB, CAROL, brought, given);
        _claim(BOB, _claimCall(isBrought ? brought : given, CAROL, BOB, isExit, isBrought));
    }

    /// @dev On the way in the words of ERC-4626 claim, too, for the caller.
    function testFuzz_OldWordsClaimForTheCaller(uint256[4] memory seeds, uint256 amount, bool isBrought) external {
        _ready(seeds, amount, false);
        uint256 most = isBrought ? subject.maxDeposit(ALICE) : subject.maxMint(ALICE);
        if (most == 0) return;
        bytes4 way = isBrought ? bytes4(0x6e553f65) : bytes4(0x94bf804d);
        _refuses(CAROL, abi.encodeWithSelector(way, most, ALICE), "nobody claims another's so");
        uint256 had = share.balanceOf(CAROL);
        uint256 told = subject.maxMint(ALICE);
        _claim(ALICE, abi.encodeWithSelector(way, most, CAROL));
        _equal(share.balanceOf(CAROL) - had, told, "the controller claims its own");
    }

    /* INTERNAL */

    /// @notice What Alice's request of a check asked for, once it is ready.
    uint256 internal amountAsked;

    function _adopt(ITwoWayVault subject_) internal {
        (subject, money, share) = (subject_, FreeToken(subject_.asset()), IERC20(subject_.share()));
        address[3] memory all = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            money.mint(all[i], 1e40);
            _VM.prank(all[i]);
            money.approve(address(subject), type(uint256).max);
        }
    }

    /// @notice Something has happened, and Alice holds what she may bring.
    function _bring(uint256[4] memory seeds, uint256 amount, bool isExit) internal returns (uint256) {
        _happen(seeds);
        amount = _bound(amount, 1, MOST);
        if (!isExit) return amount;
        _request(ALICE, ALICE, ALICE, amount, false);
        _settle(0);
        if (subject.maxDeposit(ALICE) > 0)
            _claim(ALICE, _claimCall(subject.maxDeposit(ALICE), ALICE, ALICE, false, true));
        return share.balanceOf(ALICE);
    }

    /// @notice Alice has requested all that she brings, in three parts, somebody else's among them.
    function _waiting(uint256[4] memory seeds, uint256 amount, bool isExit) internal {
        uint256 held = _bring(seeds, amount, isExit);
        amountAsked = held;
        for (uint256 left = 3; left > 0 && held > 0; --left) {
            uint256 part = left == 1 ? held : held / left;
            if (part > 0) _request(ALICE, ALICE, ALICE, part, isExit);
            held -= part;
            if (left == 2) _request(BOB, BOB, BOB, _bound(seeds[0], 1, MOST), false);
        }
    }

    function _ready(uint256[4] memory seeds, uint256 amount, bool isExit) internal {
        _waiting(seeds, amount, isExit);
        _settle(seeds[3]);
    }

    function _request(
        address from,
        address controller,
        address owner,
        uint256 amount,
        bool isExit
    ) internal returns (uint256) {
        _VM.prank(from);
        if (isExit) return subject.requestRedeem(amount, controller, owner);
        return subject.requestDeposit(amount, controller, owner);
    }

    function _claim(address from, bytes memory call) internal returns (uint256) {
        _VM.prank(from);
        // solhint-disable-next-line avoid-low-level-calls, because one of four calls is made, and all answer with a number
        (bool isTaken, bytes memory answer) = address(subject).call(call);
        _check(isTaken, "a claim that was offered is taken");
        return abi.decode(answer, (uint256));
    }

    /// @notice Fails where the vault takes a call that it should refuse.
    function _refuses(address caller, bytes memory call, string memory sentence) internal {
        _VM.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
        (bool isTaken, ) = address(subject).call(call);
        _check(!isTaken, sentence);
    }

    function _token(bool isExit) internal view returns (IERC20) {
        return isExit ? share : IERC20(address(money));
    }

    function _pending(uint256 id, address controller, bool isExit) internal view returns (uint256) {
        if (isExit) return subject.pendingRedeemRequest(id, controller);
        return subject.pendingDepositRequest(id, controller);
    }

    function _claimable(uint256 id, address controller, bool isExit) internal view returns (uint256) {
        if (isExit) return subject.claimableRedeemRequest(id, controller);
        return subject.claimableDepositRequest(id, controller);
    }

    function _mostBrought(address who, bool isExit) internal view returns (uint256) {
        return isExit ? subject.maxRedeem(who) : subject.maxDeposit(who);
    }

    function _mostGiven(address who, bool isExit) internal view returns (uint256) {
        return isExit ? subject.maxWithdraw(who) : subject.maxMint(who);
    }

    function _requestCall(
        uint256 amount,
        address controller,
        address owner,
        bool isExit
    ) internal pure returns (bytes memory) {
        if (isExit) return abi.encodeCall(IERC7540Redeem.requestRedeem, (amount, controller, owner));
        return abi.encodeCall(IERC7540Deposit.requestDeposit, (amount, controller, owner));
    }

    /// @dev A claim by what was brought (`deposit`, `redeem`), or by what is given (`mint`, `withdraw`).
    function _claimCall(
        uint256 amount,
        address receiver,
        address controller,
        bool isExit,
        bool isBrought
    ) internal pure returns (bytes memory) {
        bytes4 way =
            isExit
                ? (isBrought ? IERC7575.redeem.selector : IERC7575.withdraw.selector)
                : (isBrought ? IERC7540Deposit.deposit.selector : IERC7540Deposit.mint.selector);
        return abi.encodeWithSelector(way, amount, receiver, controller);
    }
}
