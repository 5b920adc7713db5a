import { expect } from "chai";
import { network } from "hardhat";

import { DAY, deployStablecoin, MILLION, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const NAV = 1_042_317n;

/** Alice holds one million dollars, backed by a million of cash. */
async function fixture() {
  const world = await deployStablecoin(connection, { firstNav: NAV });
  await world.reserve.connect(world.alice).mint(MILLION, world.alice);
  return world;
}

describe("ReserveBuckets", () => {
  describe("term assets", () => {
    it("count at their haircut, rounded down, and come back in full when due", async () => {
      const { reserve, usdc, custodian, alice, monday } = await networkHelpers.loadFixture(fixture);
      await expect(reserve.placeTerm(custodian, 333_333n, WAD / 3n, monday + DAY)).to.changeTokenBalance(
        ethers,
        usdc,
        custodian,
        333_333n,
      );

      const value = (333_333n * 10n ** 12n * (WAD - WAD / 3n)) / WAD;
      expect(await reserve.termValue()).to.equal(value);
      expect(await reserve.assetsMarked()).to.equal((MILLION - 333_333n) * 10n ** 12n + value);
      await expect(reserve.collectTerm(1n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsNotDue")
        .withArgs(1n, monday + DAY);
      await time.increaseTo(monday + DAY);
      await expect(reserve.connect(alice).collectTerm(1n))
        .to.emit(reserve, "TermCollected")
        .withArgs(1n, 333_333n, 333_333n);
      expect([await reserve.cash(), await reserve.termValue(), await reserve.terms()]).to.deep.equal([MILLION, 0n, []]);
    });

    it("stay on the books when the custodian cannot pay", async () => {
      const { reserve, usdc, custodian } = await networkHelpers.loadFixture(fixture);
      await reserve.placeTerm(custodian, 100n, 0n, 0n);
      await usdc.connect(custodian).approve(reserve, 99n);

      await expect(reserve.collectTerm(1n)).to.be.revertedWithCustomError(usdc, "ERC20InsufficientAllowance");
      expect(await reserve.terms()).to.deep.equal([1n]);
      await reserve.impairTerm(1n, 1n);
      await reserve.collectTerm(1n);
      expect(await reserve.cash()).to.equal(MILLION - 1n);
    });

    it("can be written off whole, and sold for nothing", async () => {
      const { reserve, custodian } = await networkHelpers.loadFixture(fixture);
      await reserve.placeTerm(custodian, 100n, 0n, 0n);
      await expect(reserve.impairTerm(1n, 101n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsInvalidLoss")
        .withArgs(101n, 100n);
      await reserve.impairTerm(1n, 100n);
      expect(await reserve.gap()).to.equal(100n * 10n ** 12n);

      await reserve.sellTerm(1n, 0n);
      await expect(reserve.sellTerm(1n, 0n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsUnknownTerm")
        .withArgs(1n);
      for (const attempt of [
        () => reserve.markTerm(9n, 0n),
        () => reserve.impairTerm(9n, 0n),
        () => reserve.collectTerm(9n),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(reserve, "ReserveBucketsUnknownTerm").withArgs(9n);
      }
    });

    it("take no haircut above all, no more cash than there is, and no more than 64", async () => {
      const { reserve, custodian } = await networkHelpers.loadFixture(fixture);

      await expect(reserve.placeTerm(custodian, 1n, WAD + 1n, 0n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsInvalidHaircut")
        .withArgs(WAD + 1n);
      await expect(reserve.placeTerm(custodian, MILLION + 1n, 0n, 0n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsInsufficientCash")
        .withArgs(MILLION + 1n, MILLION);
      for (let k = 0; k < 64; k += 1) await reserve.placeTerm(custodian, 1n, 0n, 0n);
      await expect(reserve.placeTerm(custodian, 1n, 0n, 0n))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsTooManyTerms")
        .withArgs(64n);
    });
  });

  describe("the fund", () => {
    it("keeps its worth from order to shares to order to cash, but for the fee", async () => {
      const { reserve, teller } = await networkHelpers.loadFixture(fixture);
      await reserve.subscribeFund(MILLION / 2n);
      const shares = (MILLION / 2n) * 10n ** 6n;
      const worth = ((shares / NAV) * NAV) / 10n ** 6n;
      expect(await reserve.fundValue()).to.equal(worth);

      await time.increase(DAY);
      await expect(reserve.collectFund(1n))
        .to.emit(reserve, "FundCollected")
        .withArgs(1n, 0n, shares / NAV);
      expect(await reserve.fundValue()).to.equal(worth);
      await reserve.redeemFund(shares / NAV);
      await teller.strike(NAV);
      const net = worth - (worth * 10n + 9_999n) / 10_000n;
      expect(await reserve.fundValue()).to.equal(net);
      await time.increase(DAY);
      await reserve.collectFund(2n);
      expect([await reserve.fundValue(), await reserve.cash()]).to.deep.equal([0n, MILLION / 2n + net]);
    });

    it("rises with its value, as surplus, and is redeemed at once for the fee", async () => {
      const { reserve, teller } = await networkHelpers.loadFixture(fixture);
      await reserve.subscribeFund(MILLION / 2n);
      await time.increase(DAY);
      await reserve.collectFund(1n);
      await teller.strike((NAV * 11n) / 10n);

      expect(await reserve.surplus()).to.be.greaterThan(49_000n * WAD);
      const shares = 100n * 10n ** 6n;
      const gross = (shares * ((NAV * 11n) / 10n)) / 10n ** 6n;
      await reserve.redeemFundInstantly(shares);
      expect(await reserve.cash()).to.equal(MILLION / 2n + gross - (gross * 50n + 9_999n) / 10_000n);
    });
  });

  it("counts no gift as backing", async () => {
    const { reserve, usdc } = await networkHelpers.loadFixture(fixture);
    await usdc.transfer(reserve, MILLION);

    expect([await reserve.cash(), await reserve.surplus()]).to.deep.equal([MILLION, 0n]);
  });

  it("swaps another gem than its money only through its own balance", async () => {
    const { reserve, dollar, usdc, owner } = await networkHelpers.loadFixture(fixture);
    const gem = await ethers.deployContract("Token__MockForMarkets", [18]);
    const gate = { epochLength: 1n, epochCap: 0n, blockLimit: 0n, calendar: ethers.ZeroAddress };
    const curve = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };
    const other = await ethers.deployContract("DollarReserve", [owner, dollar, usdc, ethers.ZeroAddress, gate, curve]);
    const window = await ethers.deployContract("SwapWindow", [owner, dollar, gem, other]);
    await other.wire(ethers.ZeroAddress, ethers.ZeroAddress, window);

    for (const attempt of [() => other.fillWindow(1n), () => other.drainWindow(1n)]) {
      await expect(attempt()).to.be.revertedWithCustomError(reserve, "ReserveBucketsInvalidParts");
    }
  });
});
