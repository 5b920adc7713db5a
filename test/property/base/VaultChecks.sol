// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { FreeToken, ITransferWatcher } from "./CoreTest.sol";
import { PropertyTest } from "./PropertyTest.sol";

/// @title VaultChecks
/// @notice What EIP-4626 asks of every vault's way in, and what no vault may do to those who are in it.
/// @dev A check takes the seeds of a history and an amount; whoever inherits says what a history is. Amounts that a vault
/// refuses prove nothing, and say so by an early return; {_enter} tells whether it refused.
abstract contract VaultChecks is PropertyTest, ITransferWatcher {
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);
    address internal constant CAROL = address(0xca401);

    /// @notice Largest amount that a check brings.
    uint256 internal constant MOST = 1e26;

    IERC4626 internal subject;
    FreeToken internal money;

    /// @notice Calls out of the midst of a transfer that the vault let through.
    uint256 public intruded;

    uint256[] private _worths;
    address private _goal;
    bytes private _intrusion;

    /* WHAT A VAULT BRINGS ALONG */

    /// @notice Time passes, gains come in, losses strike: whatever may happen to this vault.
    function _happen(uint256[4] memory seeds) internal virtual;

    /// @notice Does what must come before a redemption of all that somebody has; false where it would pay nothing.
    function _ready(address holder) internal virtual returns (bool isPaying);

    /// @notice Gives the vault assets without asking it, by the way that would move its price if one does.
    function _donate(address from, uint256 amount) internal virtual {
        _VM.prank(from);
        money.transfer(address(subject), amount);
    }

    /// @notice Leaves room for so many more assets; false where a vault has no limit to set.
    function _leaveRoom(uint256) internal virtual returns (bool) {
        return false;
    }

    /// @notice What somebody may do who is called back by the asset.
    function _intrusionOf(
        uint256 which,
        uint256 assets,
        uint256 shares
    ) internal virtual returns (address target, bytes memory call) {
        bytes[4] memory calls = [
            abi.encodeCall(IERC4626.deposit, (assets, ALICE)),
            abi.encodeCall(IERC4626.mint, (shares, ALICE)),
            abi.encodeCall(IERC4626.withdraw, (assets, ALICE, ALICE)),
            abi.encodeCall(IERC4626.redeem, (shares, ALICE, ALICE))
        ];
        return (address(subject), calls[which % 4]);
    }

    /// @inheritdoc ITransferWatcher
    function watch(address party) external {
        if (party != ALICE) return;
        if (_intrusion.length == 0) return _worths.push(_worth());
        bytes memory call = _intrusion;
        delete _intrusion;
        _VM.prank(ALICE);
        // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
        (bool isTaken, ) = _goal.call(call);
        if (isTaken) ++intruded;
    }

    /* CHECKS */

    function checkViewsAnswer(uint256[4] memory seeds, uint256 amount, address anybody) public {
        _live(seeds);
        amount = _bound(amount, 0, MOST);
        subject.totalAssets();
        subject.convertToShares(amount);
        subject.convertToAssets(amount);
        subject.maxDeposit(anybody);
        subject.maxMint(anybody);
        subject.maxWithdraw(anybody);
        subject.maxRedeem(anybody);
        subject.previewDeposit(amount);
        _check(subject.asset() == address(money), "the asset is the one that it takes");
        _equal(subject.convertToShares(0), 0, "nothing is worth no shares");
        _equal(subject.convertToAssets(0), 0, "no shares are worth nothing");
    }

    function checkConversionsRoundDownForAllAlike(uint256[4] memory seeds, uint256 amount, uint256 more) public {
        _live(seeds);
        amount = _bound(amount, 0, MOST);
        more = _bound(more, 0, MOST);
        uint256 shares = subject.convertToShares(amount);
        uint256 assets = subject.convertToAssets(amount);
        _VM.startPrank(CAROL);
        _equal(subject.convertToShares(amount), shares, "everybody is told the same shares");
        _equal(subject.convertToAssets(amount), assets, "everybody is told the same assets");
        _VM.stopPrank();
        _atMost(subject.convertToAssets(shares), amount, "there and back is no more than was there");
        _atMost(subject.convertToShares(assets), amount, "back and there is no more shares than were there");
        _atMost(shares, subject.convertToShares(amount + more), "more assets are worth no fewer shares");
        _atMost(assets, subject.convertToAssets(amount + more), "more shares are worth no fewer assets");
    }

    function checkDepositIsAtLeastItsPreview(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        amount = _bound(amount, 1, MOST);
        uint256 preview = subject.previewDeposit(amount);
        (uint256 held, uint256 paid) = (subject.balanceOf(CAROL), money.balanceOf(ALICE));
        (bool isIn, uint256 shares) = _enter(ALICE, CAROL, amount);
        if (!isIn) return;
        _atMost(preview, shares, "a deposit mints at least what its preview said");
        _equal(subject.balanceOf(CAROL) - held, shares, "the receiver has what was said");
        _equal(paid - money.balanceOf(ALICE), amount, "the caller pays what it named");
    }

    function checkMintIsAtMostItsPreview(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        uint256 most = subject.maxMint(CAROL);
        if (most == 0) return;
        amount = _bound(amount, 1, most < MOST ? most : MOST);
        uint256 preview = subject.previewMint(amount);
        (uint256 held, uint256 paid) = (subject.balanceOf(CAROL), money.balanceOf(ALICE));
        if (preview == 0 || preview > paid || preview > subject.maxDeposit(CAROL)) return;
        _VM.prank(ALICE);
        uint256 assets = subject.mint(amount, CAROL);
        _atMost(assets, preview, "a mint takes at most what its preview said");
        _equal(subject.balanceOf(CAROL) - held, amount, "the receiver has the shares it was to have");
        _equal(paid - money.balanceOf(ALICE), assets, "the caller pays what was said");
    }

    function checkLimitsOfEntryAreKept(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        uint256 most = subject.maxDeposit(ALICE);
        if (most < type(uint256).max) {
            _refuses(ALICE, abi.encodeCall(IERC4626.deposit, (most + 1, ALICE)), "one more than the most is refused");
        }
        amount = _bound(amount, 1, MOST);
        if (amount > most) amount = most;
        if (amount == 0 || subject.previewDeposit(amount) == 0) return;
        _VM.prank(ALICE);
        subject.deposit(amount, ALICE);
    }

    function checkRoomIsToldExactly(uint256[4] memory seeds, uint256 room, bool isMint) public {
        _live(seeds);
        if (!_leaveRoom(_bound(room, 0, room % 2 == 0 ? 5 : MOST))) return;
        uint256 most = isMint ? subject.maxMint(ALICE) : subject.maxDeposit(ALICE);
        bytes4 way = isMint ? IERC4626.mint.selector : IERC4626.deposit.selector;
        _refuses(ALICE, abi.encodeWithSelector(way, most + 1, ALICE), "one more than the most is refused");
        if (most == 0) return;
        _check(_takes(ALICE, abi.encodeWithSelector(way, most, ALICE)), "the most is taken");
    }

    function checkEntryIsAnnounced(uint256[4] memory seeds, uint256 amount, bool isMint) public {
        _live(seeds);
        amount = _bound(amount, 1, MOST);
        uint256 assets = isMint ? subject.previewMint(amount) : amount;
        uint256 shares = isMint ? amount : subject.previewDeposit(amount);
        if (assets > subject.maxDeposit(CAROL) || assets > money.balanceOf(ALICE) || shares == 0 || assets == 0) return;
        _VM.expectEmit(true, true, true, true, address(subject));
        emit IERC4626.Deposit(ALICE, CAROL, assets, shares);
        _VM.prank(ALICE);
        if (isMint) subject.mint(shares, CAROL);
        else subject.deposit(assets, CAROL);
    }

    /// @dev Whom the asset calls back sees the price before or the price after, and none beyond the two.
    function checkCallbacksSeeNoOtherPrice(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        uint256 before = _worth();
        money.setWatcher(this);
        (bool isIn, ) = _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        _checkWorths(before, "in the midst of an entry");
        if (!isIn || !_ready(ALICE)) return;
        before = _worth();
        _goOut(ALICE);
        _checkWorths(before, "in the midst of an exit");
    }

    /// @dev Whom the asset calls back does one thing more before it lets the entry, and then the exit, go on.
    function checkCallbacksGainNothing(uint256[4] memory seeds, uint256 amount, uint256 which) public {
        _live(seeds);
        amount = _bound(amount, 2, MOST);
        uint256 before = money.balanceOf(ALICE);
        _enter(ALICE, ALICE, amount / 2);
        money.setWatcher(this);
        (address target, bytes memory call) = _intrusionOf(which, amount / 4 + 1, subject.balanceOf(ALICE) / 2);
        _intrude(target, call);
        _enter(ALICE, ALICE, amount / 2);
        bool isOut = _ready(ALICE);
        (target, call) = _intrusionOf(which >> 8, amount / 4 + 1, subject.maxRedeem(ALICE) / 2);
        _intrude(target, call);
        if (isOut) _goOut(ALICE);
        money.setWatcher(ITransferWatcher(address(0)));
        _leave(ALICE);
        _atMost(money.balanceOf(ALICE), before, "who does more in the midst has gained nothing");
    }

    function checkEntryDilutesNobody(uint256[4] memory seeds, uint256 amount, bool isMint) public {
        _live(seeds);
        uint256 worth = subject.convertToAssets(subject.balanceOf(BOB));
        amount = _bound(amount, 1, MOST);
        if (isMint) {
            if (amount > subject.maxMint(ALICE) || subject.previewMint(amount) > money.balanceOf(ALICE)) return;
            if (!_takes(ALICE, abi.encodeCall(IERC4626.mint, (amount, ALICE)))) return;
        } else _enter(ALICE, ALICE, amount);
        _atMost(worth, subject.convertToAssets(subject.balanceOf(BOB)), "who was there keeps what it had");
    }

    function checkEntryNeedsTheCallersMoney(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        amount = _bound(amount, 1, MOST);
        if (amount > subject.maxDeposit(ALICE) || subject.previewDeposit(amount) == 0) return;
        _VM.prank(ALICE);
        money.approve(address(subject), amount - 1);
        _refuses(ALICE, abi.encodeCall(IERC4626.deposit, (amount, ALICE)), "more than the caller allowed is refused");
    }

    function checkEverybodysSharesAreCovered(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        _atMost(subject.convertToAssets(subject.totalSupply()), subject.totalAssets(), "all shares are covered");
    }

    function checkInAndOutGainsNothing(uint256[4] memory seeds, uint256 amount) public {
        _live(seeds);
        uint256 before = money.balanceOf(ALICE);
        (bool isIn, ) = _enter(ALICE, ALICE, _bound(amount, 1, MOST));
        if (!isIn) return;
        _leave(ALICE);
        _atMost(money.balanceOf(ALICE), before, "who comes and goes has gained nothing");
    }

    function checkInflationDoesNotPay(uint256 first, uint256 gift, uint256 brought) public {
        uint256 before = money.balanceOf(ALICE);
        (bool isIn, ) = _enter(ALICE, ALICE, _bound(first, 1, 1e18));
        if (!isIn) return;
        _donate(ALICE, _bound(gift, 1, MOST));
        _enter(BOB, BOB, _bound(brought, 1, MOST));
        _leave(ALICE);
        _atMost(money.balanceOf(ALICE), before, "who lifts the price of the first share has gained nothing");
    }

    /* INTERNAL */

    function _adopt(IERC4626 subject_, FreeToken money_) internal {
        (subject, money) = (subject_, money_);
        address[3] memory all = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            money.mint(all[i], 1e40);
            _VM.prank(all[i]);
            money.approve(address(subject), type(uint256).max);
        }
    }

    /// @notice Somebody is in, and something has happened.
    function _live(uint256[4] memory seeds) internal {
        _enter(BOB, BOB, _bound(seeds[0], 1, 1e25));
        _happen(seeds);
    }

    function _enter(address from, address to, uint256 amount) internal returns (bool isIn, uint256 shares) {
        if (amount > subject.maxDeposit(to) || subject.previewDeposit(amount) == 0) return (false, 0);
        _VM.prank(from);
        return (true, subject.deposit(amount, to));
    }

    /// @notice Has Alice make a call the next time that the asset calls her back.
    function _intrude(address target, bytes memory call) internal {
        (_goal, _intrusion) = (target, call);
    }

    /// @notice Takes all that somebody has out of the vault, as far as it can pay.
    function _leave(address holder) internal {
        if (_ready(holder)) _goOut(holder);
    }

    /// @notice Takes out what {_ready} made ready.
    function _goOut(address holder) internal virtual {
        uint256 shares = subject.maxRedeem(holder);
        _VM.prank(holder);
        subject.redeem(shares, holder, holder);
    }

    /// @notice Worth of a fixed number of shares, enough to see a wei.
    function _worth() private view returns (uint256) {
        return subject.convertToAssets(1e30);
    }

    function _checkWorths(uint256 before, string memory sentence) private {
        uint256 after_ = _worth();
        (uint256 low, uint256 high) = before < after_ ? (before, after_) : (after_, before);
        for (uint256 i = 0; i < _worths.length; ++i) _check(_worths[i] >= low && _worths[i] <= high, sentence);
        delete _worths;
    }

    /// @notice Fails where the vault takes a call that it should refuse.
    function _refuses(address caller, bytes memory call, string memory sentence) internal {
        _check(!_takes(caller, call), sentence);
    }

    /// @notice Makes a call that may be refused.
    function _takes(address caller, bytes memory call) internal returns (bool isTaken) {
        _VM.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
        (isTaken, ) = address(subject).call(call);
    }
}
