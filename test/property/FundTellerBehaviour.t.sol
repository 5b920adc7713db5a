// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { FundShare } from "../../contracts/stablecoin/FundShare.sol";
import { FundTeller } from "../../contracts/stablecoin/FundTeller.sol";
import { IFundTeller } from "../../contracts/stablecoin/IFundTeller.sol";
import { FreeToken, ITransferWatcher } from "./base/CoreTest.sol";
import { ITwoWayVault, TwoWayVaultChecks } from "./base/TwoWayVaultChecks.sol";

/// @notice A fund with a fee, whose value moves, whose terms change between two orders and whose money is elsewhere.
contract FundTellerBehaviourTest is TwoWayVaultChecks {
    FundTeller private _teller;
    FundShare private _shares;

    function setUp() external {
        FreeToken token = new FreeToken();
        _shares = new FundShare(address(this), 18);
        address[3] memory parts = [address(token), address(_shares), address(0)];
        _teller = new FundTeller(parts, address(this), address(this), _terms(1 days, 0), [uint256(1 hours), 1e6]);
        _shares.setTeller(address(_teller));
        address[4] memory all = [ALICE, BOB, CAROL, address(this)];
        for (uint256 i = 0; i < 4; ++i) _shares.setAllowed(all[i], true);
        _adopt(ITwoWayVault(address(_teller)));
    }

    /// @dev What an order was given for is never claimed for more than the order gives, nor for less than all but dust.
    function testFuzz_AnOrderGivesAllItsWorthInParts(
        uint256[4] memory seeds,
        uint256 amount,
        uint256[3] memory parts,
        bool isExit
    ) external {
        uint256 held = _bring(seeds, amount, isExit);
        if (held == 0) return;
        uint256 id = _request(ALICE, ALICE, ALICE, held, isExit);
        _settle(0);
        IFundTeller.Quote memory whole = _teller.quoteOf(id);
        uint256 given;
        for (uint256 k = 0; k < 3; ++k) {
            uint256 most = _mostBrought(ALICE, isExit);
            if (most == 0) break;
            uint256 part = k == 2 ? most : _bound(parts[k], 1, most);
            given += _claim(ALICE, _claimCall(part, CAROL, ALICE, isExit, true));
            IFundTeller.Order memory order = _teller.orderOf(id);
            _equal(order.given, given, "the order knows what it gave");
            _atMost(order.fee, whole.fee, "no more fee is kept than was quoted");
        }
        IFundTeller.Order memory done = _teller.orderOf(id);
        _check(done.isClaimed && done.claimed == held, "all of it is claimed");
        _equal(given, whole.assets + whole.shares, "and all that it gives was given");
        _equal(done.fee, whole.fee, "and all of its fee kept");
    }

    function test_OthersFillNoMoreThanTheirPlaces() external {
        _request(BOB, BOB, BOB, 5, false);
        for (uint256 k = 0; k < 64; ++k) _request(CAROL, BOB, CAROL, 1, false);
        _refuses(CAROL, _requestCall(1, BOB, CAROL, false), "a stranger's next order is refused");
        uint256 own = _request(BOB, BOB, BOB, 1, false);
        _VM.prank(BOB);
        _teller.setOperator(ALICE, true);
        _request(ALICE, BOB, ALICE, 1, false);
        _settle(0);
        _VM.prank(BOB);
        _teller.claim(own, BOB);
        _equal(_teller.openGifts(BOB), 64, "its own order leaves the strangers' places as they are");
        _VM.prank(BOB);
        _teller.deposit(6, BOB);
        _equal(_teller.openGifts(BOB), 63, "an order that is claimed makes room");
        _request(CAROL, BOB, CAROL, 1, false);
    }

    function test_WhoIsStruckOffClaimsNoShares() external {
        uint256 id = _request(ALICE, ALICE, ALICE, 10, false);
        _settle(0);
        _shares.setAllowed(ALICE, false);
        _equal(subject.maxDeposit(ALICE) + subject.maxMint(ALICE), 0, "there is nothing that it may claim");
        _refuses(ALICE, _claimCall(1, CAROL, ALICE, false, true), "not even for another");
        _refuses(ALICE, abi.encodeCall(_teller.claim, (id, CAROL)), "nor by its number");
        _shares.setAllowed(ALICE, true);
        _shares.setHalted(true);
        _equal(subject.maxDeposit(ALICE) + subject.maxMint(ALICE), 0, "nor while shares are halted");
        _shares.setHalted(false);
        _teller.pause(4);
        _equal(subject.maxDeposit(ALICE) + subject.maxMint(ALICE), 0, "nor while claims are paused");
    }

    /// @dev Whoever is called back by the money cannot claim in the midst of a claim.
    function test_NobodyClaimsInTheMidstOfAClaim() external {
        _bring([uint256(0), 0, 0, 0], 1e18, true);
        _request(ALICE, ALICE, ALICE, 1e17, true);
        _settle(0);
        Intruder intruder = new Intruder(_teller);
        money.setWatcher(intruder);
        _VM.prank(ALICE);
        _teller.setOperator(address(intruder), true);
        _VM.prank(ALICE);
        _teller.redeem(5e16, ALICE, ALICE);
        _check(intruder.wasCalled() && !intruder.wasTaken(), "the second claim was tried and refused");
        _equal(subject.maxRedeem(ALICE), 5e16, "and half is left");
    }

    /// @dev The value moves, and sometimes the terms of the orders to come.
    function _happen(uint256[4] memory seeds) internal override {
        _VM.warp(_VM.getBlockTimestamp() + 1 days);
        _teller.strike(seeds[1] % 3 == 0 ? _bound(seeds[1], 1, 1e18) : _bound(seeds[1], 9e5, 2e6));
        _teller.setTerms(_terms(_bound(seeds[2], 0, 3 days), _bound(seeds[2] >> 8, 0, 10_000)));
    }

    /// @dev The value stays; one time in three the fund's money is elsewhere but for a part, else there is more than enough.
    function _settle(uint256 seed) internal override {
        for (uint256 k = 0; k < 5; ++k) {
            _VM.warp(_VM.getBlockTimestamp() + 1 days);
            _teller.strike(_teller.nav());
        }
        uint256 held = money.balanceOf(address(_teller));
        if (seed % 3 == 1) _teller.invest(address(0xdead), held - _bound(seed >> 8, 0, held));
        else money.mint(address(_teller), 1e40);
    }

    function _terms(uint256 settleDelay, uint256 feeBps) private pure returns (IFundTeller.Terms memory) {
        return IFundTeller.Terms(settleDelay, 0, 0, feeBps, 0, 0);
    }
}

/// @notice Tries to redeem what is left whenever money moves.
contract Intruder is ITransferWatcher {
    FundTeller private immutable _teller;
    bool public wasCalled;
    bool public wasTaken;

    constructor(FundTeller teller) {
        _teller = teller;
    }

    function watch(address party) external {
        if (party != address(0xa11ce)) return;
        wasCalled = true;
        try _teller.redeem(1, party, party) {
            wasTaken = true;
        } catch {
            return;
        }
    }
}
