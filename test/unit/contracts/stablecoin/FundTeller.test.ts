import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { DAY, deployStablecoin, FUND_TERMS, HOUR, MILLION, WEEK } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const NAV = 1_042_317n;
const CUTOFF = 18n * HOUR;
const PENDING = 1n;
const CLAIMABLE = 2n;
const CLAIMED = 3n;

async function fixture() {
  return await deployStablecoin(connection, { firstNav: NAV, cutoff: CUTOFF });
}

/** Banks closed from Friday 22:00 to Monday 13:00; Alice holds shares of a million. */
async function weekend() {
  const world = await deployStablecoin(connection, {
    firstNav: NAV,
    cutoff: CUTOFF,
    closedFrom: 4n * DAY + 22n * HOUR,
    closedUntil: 13n * HOUR,
  });
  await world.teller.connect(world.alice).requestDeposit(MILLION, world.alice, world.alice);
  await time.increaseTo(world.monday + DAY + 14n * HOUR);
  await world.teller.connect(world.alice).claim(1n, world.alice);
  return world;
}

async function invested() {
  const world = await fixture();
  const teller = world.teller.connect(world.alice);
  await teller.requestDeposit(10n * MILLION, world.alice, world.alice);
  await time.increase(DAY);
  await teller.claim(1n, world.alice);
  return world;
}

describe("FundTeller", () => {
  it("subscribes and redeems a million as published (MMF-01)", async () => {
    const { input, expected } = vector("MMF-01");
    const { teller, fundShare, usdc, alice } = await networkHelpers.loadFixture(fixture);
    const asAlice = teller.connect(alice);
    await asAlice.requestDeposit(input("usdc"), alice, alice);
    await time.increase(DAY);
    await expect(asAlice.claim(1n, alice)).to.changeTokenBalance(ethers, fundShare, alice, expected("shares"));
    expect(await teller.assetsFor(expected("shares"), input("nav"))).to.equal(expected("redeemGross"));

    await asAlice.requestRedeem(expected("shares"), alice, alice);
    await teller.strike(input("nav"));
    await time.increase(DAY);
    const quote = await teller.quoteOf(2n);
    expect([quote.assets, quote.assets + quote.fee]).to.deep.equal([expected("redeemNet"), expected("redeemGross")]);
    await expect(asAlice.claim(2n, alice)).to.changeTokenBalance(ethers, usdc, alice, expected("redeemNet"));
  });

  describe("the cut-off", () => {
    it("gives an order before it the value of the day, known or not", async () => {
      const { teller, alice, monday } = await networkHelpers.loadFixture(fixture);
      await time.increaseTo(monday + CUTOFF - 2n);
      await teller.connect(alice).requestDeposit(MILLION, alice, alice);

      const quote = await teller.quoteOf(1n);
      expect([quote.state, quote.nav, quote.shares]).to.deep.equal([PENDING, NAV, (MILLION * 10n ** 6n) / NAV]);
      expect(quote.claimableAt).to.equal(monday + CUTOFF - 1n + DAY);
    });

    it("gives an order at it the value of the next day that is struck", async () => {
      const { teller, alice, monday } = await networkHelpers.loadFixture(fixture);
      await time.increaseTo(monday + CUTOFF - 1n);
      await teller.connect(alice).requestDeposit(MILLION, alice, alice);
      expect((await teller.quoteOf(1n)).nav).to.equal(0n);
      expect(await teller.worthOf(alice)).to.equal(MILLION);

      // No value on Tuesday; Wednesday's applies, and the later one does not.
      await time.increaseTo(monday + 2n * DAY + HOUR);
      await teller.strike(NAV + 100n);
      const struckAt = BigInt(await time.latest());
      await time.increase(DAY);
      await teller.strike(NAV + 999n);
      const quote = await teller.quoteOf(1n);
      expect([quote.state, quote.nav, quote.claimableAt]).to.deep.equal([CLAIMABLE, NAV + 100n, struckAt + DAY]);
      expect(quote.shares).to.equal((MILLION * 10n ** 6n) / (NAV + 100n));
      expect(await teller.worthOf(alice)).to.equal((quote.shares * (NAV + 999n)) / 10n ** 6n);
    });

    it("finds the value of any day, or the first after it", async () => {
      const { teller, monday } = await networkHelpers.loadFixture(fixture);
      const first = monday / DAY;
      for (const day of [1n, 4n, 5n, 9n]) {
        await time.increaseTo(monday + day * DAY);
        await teller.strike(NAV + day);
      }

      const navs = await Promise.all([0n, 1n, 2n, 4n, 5n, 6n, 9n].map((day) => teller.strikeFor(first + day)));
      expect(navs.map(([, strike]) => strike.nav - NAV)).to.deep.equal([0n, 1n, 4n, 4n, 5n, 9n, 9n]);
      expect((await teller.strikeFor(first + 10n))[0]).to.equal(false);
    });
  });

  describe("strike", () => {
    it("is the reporter's, once a day, and never nothing", async () => {
      const { teller, alice, monday } = await networkHelpers.loadFixture(fixture);

      await expect(teller.strike(NAV))
        .to.be.revertedWithCustomError(teller, "NavStrikesAlreadyStruck")
        .withArgs(monday / DAY);
      await time.increaseTo(monday + DAY);
      await expect(teller.connect(alice).strike(NAV)).to.be.revertedWithCustomError(teller, "NavStrikesUnauthorized");
      await expect(teller.strike(0n)).to.be.revertedWithCustomError(teller, "NavStrikesInvalidNav").withArgs(0n);
      await expect(teller.strike(10n ** 18n + 1n)).to.be.revertedWithCustomError(teller, "NavStrikesInvalidNav");
      await expect(teller.strike(5n))
        .to.emit(teller, "NavStruck")
        .withArgs(monday / DAY + 1n, NAV, 5n);
      await teller.setReporter(alice);
      await time.increase(DAY);
      await teller.connect(alice).strike(6n);
      expect(await teller.nav()).to.equal(6n);
    });
  });

  describe("an order", () => {
    it("is pending, then claimable, then claimed, and never claimed twice", async () => {
      const { teller, alice, bob } = await networkHelpers.loadFixture(fixture);
      const asAlice = teller.connect(alice);
      await expect(asAlice.requestDeposit(MILLION, alice, alice))
        .to.emit(teller, "DepositRequest")
        .withArgs(alice, alice, 1n, alice, MILLION);

      expect(await teller.pendingDepositRequest(1n, alice)).to.equal(MILLION);
      expect(await teller.claimableDepositRequest(1n, alice)).to.equal(0n);
      expect(await teller.pendingRedeemRequest(1n, alice)).to.equal(0n);
      expect(await teller.pendingDepositRequest(1n, bob)).to.equal(0n);
      await expect(asAlice.claim(1n, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotClaimable")
        .withArgs(1n, PENDING);
      await time.increase(DAY);
      expect(await teller.claimableDepositRequest(1n, alice)).to.equal(MILLION);
      await asAlice.claim(1n, alice);
      await expect(asAlice.claim(1n, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotClaimable")
        .withArgs(1n, CLAIMED);
      await expect(asAlice.claim(2n, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotClaimable")
        .withArgs(2n, 0n);
      expect(await teller.openOrdersOf(alice)).to.deep.equal([]);
    });

    it("counts with all of its controller's orders under number 0", async () => {
      const { teller, fundShare, alice, bob } = await networkHelpers.loadFixture(invested);
      const asAlice = teller.connect(alice);
      const shares = await fundShare.balanceOf(alice);
      await asAlice.requestRedeem(shares / 2n, alice, alice);
      await asAlice.requestRedeem(shares / 4n, alice, alice);

      expect(await teller.pendingRedeemRequest(0n, alice)).to.equal(shares / 2n + shares / 4n);
      expect(await teller.claimableRedeemRequest(0n, alice)).to.equal(0n);
      expect(await teller.pendingDepositRequest(0n, alice)).to.equal(0n);
      expect(await teller.pendingRedeemRequest(0n, bob)).to.equal(0n);
      await time.increase(DAY);
      await teller.strike(NAV);
      await time.increase(WEEK);
      expect(await teller.pendingRedeemRequest(0n, alice)).to.equal(0n);
      expect(await teller.claimableRedeemRequest(0n, alice)).to.equal(shares / 2n + shares / 4n);
    });

    it("burns shares when a redemption is asked for, and pays later", async () => {
      const { teller, fundShare, alice } = await networkHelpers.loadFixture(invested);
      const shares = await fundShare.balanceOf(alice);
      await expect(teller.connect(alice).requestRedeem(shares, alice, alice))
        .to.emit(teller, "RedeemRequest")
        .withArgs(alice, alice, 2n, alice, shares);

      expect(await fundShare.totalSupply()).to.equal(0n);
      expect(await teller.pendingRedeemRequest(2n, alice)).to.equal(shares);
      const gross = (shares * NAV) / 10n ** 6n;
      expect(await teller.worthOf(alice)).to.equal(gross - (gross * 10n + 9_999n) / 10_000n);
    });

    it("keeps the fee and the delay under which it was placed", async () => {
      const { teller, fundShare, alice } = await networkHelpers.loadFixture(invested);
      await teller.connect(alice).requestRedeem(await fundShare.balanceOf(alice), alice, alice);
      await teller.strike(NAV);
      const before = await teller.quoteOf(2n);
      await teller.setTerms({ ...FUND_TERMS, feeBps: 9_000n, settleDelay: WEEK });

      expect((await teller.quoteOf(2n)).slice(1)).to.deep.equal(before.slice(1));
      expect((await teller.orderOf(2n)).feeBps).to.equal(10n);
    });

    it("settles when banks open: Friday's redemption on Monday", async () => {
      const { teller, alice, monday } = await networkHelpers.loadFixture(weekend);
      await time.increaseTo(monday + 4n * DAY + 10n * HOUR);
      await teller.strike(NAV);
      await teller.connect(alice).requestRedeem(MILLION / 2n, alice, alice);

      expect((await teller.quoteOf(2n)).claimableAt).to.equal(monday + WEEK + 13n * HOUR);
    });

    it("may be placed and claimed by an operator, not by a stranger", async () => {
      const { teller, fundShare, usdc, alice, bob } = await networkHelpers.loadFixture(fixture);
      const asBob = teller.connect(bob);
      await expect(asBob.requestDeposit(MILLION, bob, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotOperator")
        .withArgs(bob, alice);
      await teller.connect(alice).setOperator(bob, true);

      await expect(asBob.requestDeposit(MILLION, alice, alice)).to.changeTokenBalance(ethers, usdc, alice, -MILLION);
      await time.increase(DAY);
      await teller.connect(alice).setOperator(bob, false);
      await expect(asBob.claim(1n, bob)).to.be.revertedWithCustomError(teller, "FundTellerNotOperator");
      await teller.connect(alice).setOperator(bob, true);
      await asBob.claim(1n, bob);
      expect(await fundShare.balanceOf(bob)).to.equal((MILLION * 10n ** 6n) / NAV);
    });

    it("is refused below the minimum, for strangers to the list, and from others beyond 64", async () => {
      const { teller, fundShare, alice, bob } = await networkHelpers.loadFixture(fixture);
      const asAlice = teller.connect(alice);
      await teller.setTerms({ ...FUND_TERMS, minAssets: 100n, minShares: 50n });

      await expect(asAlice.requestDeposit(99n, alice, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerBelowMinimum")
        .withArgs(99n, 100n);
      await expect(asAlice.requestRedeem(49n, alice, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerBelowMinimum")
        .withArgs(49n, 50n);
      await fundShare.setAllowed(alice, false);
      await expect(asAlice.requestDeposit(100n, alice, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotAllowed")
        .withArgs(alice);
      await fundShare.setAllowed(alice, true);
      const asBob = teller.connect(bob);
      for (let k = 0; k < 64; k += 1) await asBob.requestDeposit(100n, alice, bob);
      await expect(asBob.requestDeposit(100n, alice, bob))
        .to.be.revertedWithCustomError(teller, "FundTellerTooManyOrders")
        .withArgs(64n);
      await asAlice.requestDeposit(100n, alice, alice);
      await teller.connect(alice).setOperator(bob, true);
      await asBob.requestDeposit(100n, alice, bob);
      expect(await teller.openGifts(alice)).to.equal(64n);
      expect(await teller.openOrdersOf(alice)).to.have.length(66);
    });

    it("fails to settle while the fund's money is elsewhere", async () => {
      const { teller, fundShare, usdc, owner, alice } = await networkHelpers.loadFixture(invested);
      await teller.connect(alice).requestRedeem(await fundShare.balanceOf(alice), alice, alice);
      await teller.strike(NAV);
      await teller.invest(owner, 10n * MILLION);
      await time.increase(DAY);
      const { assets } = await teller.quoteOf(2n);

      await expect(teller.connect(alice).claim(2n, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerInsufficientLiquidity")
        .withArgs(assets, 0n);
      await usdc.transfer(teller, assets);
      await expect(teller.connect(alice).claim(2n, alice)).to.changeTokenBalance(ethers, usdc, alice, assets);
    });
  });

  describe("a claim by so much", () => {
    it("takes the oldest settled orders first, and leaves out those that wait", async () => {
      const { teller, fundShare, alice } = await networkHelpers.loadFixture(fixture);
      const asAlice = teller.connect(alice);
      await teller.setTerms({ ...FUND_TERMS, settleDelay: WEEK });
      await asAlice.requestDeposit(MILLION, alice, alice);
      await teller.setTerms(FUND_TERMS);
      for (const amount of [1_000n, 2_000n]) await asAlice.requestDeposit(amount, alice, alice);
      await time.increase(DAY);

      const shares = [1_000n, 2_000n].map((amount) => (amount * 10n ** 6n) / NAV);
      expect([await teller.maxDeposit(alice), await teller.maxMint(alice)]).to.deep.equal([
        3_000n,
        (shares[0] ?? 0n) + (shares[1] ?? 0n),
      ]);
      const half = ((shares[1] ?? 0n) * 500n) / 2_000n;
      await expect(asAlice["deposit(uint256,address)"](1_500n, alice)).to.changeTokenBalance(
        ethers,
        fundShare,
        alice,
        (shares[0] ?? 0n) + half,
      );
      expect(await teller.openOrdersOf(alice)).to.deep.equal([1n, 3n]);
      const { left, shares: rest } = await teller.quoteOf(3n);
      expect([left, rest]).to.deep.equal([1_500n, (shares[1] ?? 0n) - half]);
      await expect(asAlice["deposit(uint256,address)"](1_501n, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerInsufficientClaimable")
        .withArgs(alice, 1_501n, 1_500n);
      await expect(asAlice["mint(uint256,address)"](0n, alice)).to.be.revertedWithCustomError(
        teller,
        "FundTellerZeroAmount",
      );
      await asAlice["mint(uint256,address)"](rest, alice);
      await expect(asAlice.claim(3n, alice)).to.be.revertedWithCustomError(teller, "FundTellerNotClaimable");
      expect(await teller.openOrdersOf(alice)).to.deep.equal([1n]);
    });

    it("pays no more than the teller holds, and keeps the fee in parts", async () => {
      const { teller, fundShare, usdc, owner, alice, bob } = await networkHelpers.loadFixture(invested);
      const asAlice = teller.connect(alice);
      const shares = await fundShare.balanceOf(alice);
      await asAlice.requestRedeem(shares, alice, alice);
      await teller.strike(NAV);
      await time.increase(DAY);
      const { assets, fee } = await teller.quoteOf(2n);
      await teller.invest(owner, 10n * MILLION - assets / 3n);

      const held = assets / 3n;
      expect(await teller.maxWithdraw(alice)).to.equal(held);
      const most = await teller.maxRedeem(alice);
      expect([(assets * most) / shares, (assets * (most + 1n)) / shares]).to.deep.equal([held, held + 1n]);
      await expect(asAlice.withdraw(held + 1n, alice, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerInsufficientClaimable")
        .withArgs(alice, held + 1n, held);
      await expect(teller.connect(bob).withdraw(1n, bob, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerNotOperator")
        .withArgs(bob, alice);
      const burned = (shares * held + assets - 1n) / assets;
      await expect(asAlice.withdraw(held, bob, alice))
        .to.emit(teller, "OrderClaimed")
        .withArgs(2n, bob, held, 0n, (fee * burned) / shares);
      await usdc.transfer(teller, assets);
      await expect(asAlice.redeem(shares - burned, alice, alice)).to.changeTokenBalance(
        ethers,
        usdc,
        alice,
        assets - held,
      );
      expect((await teller.orderOf(2n)).fee).to.equal(fee);
      expect((await teller.quoteOf(2n)).slice(3)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });

  it("is worth its shares at the last value, and previews nothing", async () => {
    const { teller, fundShare } = await networkHelpers.loadFixture(invested);
    expect(await teller.totalAssets()).to.equal(((await fundShare.totalSupply()) * NAV) / 10n ** 6n);
    expect(await teller.convertToShares(MILLION)).to.equal((MILLION * 10n ** 6n) / NAV);
    for (const preview of ["previewDeposit", "previewMint", "previewWithdraw", "previewRedeem"] as const) {
      await expect(teller[preview](1n)).to.be.revertedWithCustomError(teller, "FundTellerAsynchronous");
    }
  });

  describe("redeemInstantly", () => {
    it("pays at the last value, less its fee rounded up, up to the day's limit", async () => {
      const { teller, usdc, alice, monday } = await networkHelpers.loadFixture(invested);
      const asAlice = teller.connect(alice);
      const shares = 500_001n * 10n ** 6n + 1n;
      const gross = (shares * NAV) / 10n ** 6n;
      const fee = (gross * 50n + 9_999n) / 10_000n;

      await expect(asAlice.redeemInstantly(shares, alice)).to.changeTokenBalance(ethers, usdc, alice, gross - fee);
      expect(await teller.instantLeft()).to.equal(MILLION - gross);
      await expect(asAlice.redeemInstantly(shares, alice))
        .to.be.revertedWithCustomError(teller, "FundTellerInstantLimit")
        .withArgs(gross, MILLION - gross);
      await time.increaseTo(monday + 3n * DAY);
      expect(await teller.instantLeft()).to.equal(MILLION);
      await asAlice.redeemInstantly(shares, alice);
    });

    it("adds up what leaves within a day, to its limit and not beyond", async () => {
      const { teller, alice } = await networkHelpers.loadFixture(invested);
      const asAlice = teller.connect(alice);
      const before = await teller.instantLeft();
      const gross = await teller.assetsFor(1_000n, NAV);
      for (const times of [1n, 2n]) {
        await asAlice.redeemInstantly(1_000n, alice);
        expect(await teller.instantLeft()).to.equal(before - times * gross);
      }
    });
  });

  it("pauses subscriptions, redemptions and claims one by one", async () => {
    const { teller, fundShare, alice } = await networkHelpers.loadFixture(invested);
    const asAlice = teller.connect(alice);
    const shares = await fundShare.balanceOf(alice);
    await teller.pause(7n);

    await expect(asAlice.requestDeposit(1n, alice, alice)).to.be.revertedWithCustomError(teller, "PausableFlagsPaused");
    await expect(asAlice.requestRedeem(shares, alice, alice))
      .to.be.revertedWithCustomError(teller, "PausableFlagsPaused")
      .withArgs(1);
    await expect(asAlice.redeemInstantly(1n, alice)).to.be.revertedWithCustomError(teller, "PausableFlagsPaused");
    await expect(asAlice.claim(1n, alice)).to.be.revertedWithCustomError(teller, "PausableFlagsPaused").withArgs(2);
  });

  it("refuses fees above all, and a cut-off beyond the day", async () => {
    const { teller, usdc, fundShare, calendar, owner } = await networkHelpers.loadFixture(fixture);

    await expect(teller.setTerms({ ...FUND_TERMS, feeBps: 10_001n }))
      .to.be.revertedWithCustomError(teller, "FundTellerInvalidFee")
      .withArgs(10_001n);
    await expect(teller.setTerms({ ...FUND_TERMS, instantFeeBps: 10_001n })).to.be.revertedWithCustomError(
      teller,
      "FundTellerInvalidFee",
    );
    const parts = await Promise.all([usdc, fundShare, calendar].map(async (part) => await part.getAddress()));
    await expect(
      ethers.deployContract("FundTeller", [
        parts as [string, string, string],
        owner,
        owner,
        FUND_TERMS,
        [DAY + 1n, NAV],
      ]),
    )
      .to.be.revertedWithCustomError(teller, "NavStrikesInvalidCutoff")
      .withArgs(DAY + 1n);
  });
});

describe("FundShare", () => {
  it("moves between admitted holders only, and not while halted", async () => {
    const { fundShare, owner, alice, bob } = await networkHelpers.loadFixture(invested);
    const asAlice = fundShare.connect(alice);
    await asAlice.transfer(bob, 5n);
    await fundShare.setAllowed(bob, false);

    await expect(asAlice.transfer(bob, 1n))
      .to.be.revertedWithCustomError(fundShare, "FundShareNotAllowed")
      .withArgs(bob);
    await expect(fundShare.connect(bob).transfer(alice, 1n))
      .to.be.revertedWithCustomError(fundShare, "FundShareNotAllowed")
      .withArgs(bob);
    await fundShare.setHalted(true);
    await expect(asAlice.transfer(owner, 1n)).to.be.revertedWithCustomError(fundShare, "FundShareHalted");
    await fundShare.setHalted(false);
    await asAlice.transfer(owner, 1n);
    expect(await fundShare.decimals()).to.equal(6n);
  });

  it("is minted and burned by the teller only", async () => {
    const { fundShare, teller, owner, alice } = await networkHelpers.loadFixture(invested);

    await expect(fundShare.mint(alice, 1n)).to.be.revertedWithCustomError(fundShare, "FundShareUnauthorized");
    await expect(fundShare.connect(alice).burn(alice, 1n))
      .to.be.revertedWithCustomError(fundShare, "FundShareUnauthorized")
      .withArgs(alice, teller);
    await expect(fundShare.connect(alice).setTeller(alice)).to.be.revertedWithCustomError(
      fundShare,
      "OwnableUnauthorizedAccount",
    );
    await expect(fundShare.spend(alice, owner, 0n)).to.be.revertedWithCustomError(fundShare, "FundShareUnauthorized");
  });

  it("names its teller as the vault of the money it takes, while it has one", async () => {
    const { fundShare, teller, usdc, alice } = await networkHelpers.loadFixture(fixture);

    expect(await fundShare.vault(usdc)).to.equal(await teller.getAddress());
    expect(await fundShare.vault(alice)).to.equal(ethers.ZeroAddress);
    await expect(fundShare.setTeller(alice)).to.emit(fundShare, "VaultUpdate").withArgs(usdc, ethers.ZeroAddress);
    expect(await fundShare.vault(usdc)).to.equal(ethers.ZeroAddress);
    expect(await fundShare.vault(ethers.ZeroAddress)).to.equal(ethers.ZeroAddress);
    await expect(fundShare.setTeller(teller)).to.emit(fundShare, "VaultUpdate").withArgs(usdc, teller);
  });
});
