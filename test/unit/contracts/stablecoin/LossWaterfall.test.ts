import { expect } from "chai";
import { network } from "hardhat";

import { backWith, DAY, deployStablecoin, MILLION, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DOLLARS = 1_000_000n * WAD;
const THOUSAND = 1_000n * 10n ** 6n;

async function fixture() {
  return await deployStablecoin(connection, { vesting: 10n * DAY });
}

/** A million dollars of Alice; cash of 200,000, the rest lent; buffer 10,000, junior tranche 50,000, backstop 20,000. */
async function layered() {
  const world = await fixture();
  const { reserve, junior, custodian, alice, bob, carol } = world;
  await reserve.connect(alice).mint(MILLION, alice);
  await reserve.placeTerm(custodian, 800n * THOUSAND, 0n, world.monday + 30n * DAY);
  await reserve.connect(carol).fundBuffer(10n * THOUSAND);
  await reserve.connect(carol).fundBackstop(20n * THOUSAND);
  await junior.connect(bob).deposit(50n * THOUSAND, bob);
  return world;
}

describe("LossWaterfall", () => {
  it("charges buffer, junior tranche and backstop before a holder (STB-02)", async () => {
    const { reserve, junior, bob } = await networkHelpers.loadFixture(layered);
    const percent = (value: bigint) => (value * WAD) / 100n;

    for (const [haircut, residual, juniorLoss] of [
      [percent(1n), 0n, 0n],
      [percent(5n), 0n, 30n],
      [percent(10n), 0n, 50n],
      [percent(15n), 40n, 50n],
    ] as const) {
      await reserve.markTerm(1n, haircut);
      expect(await reserve.gap()).to.equal((DOLLARS * 8n * haircut) / 10n / WAD);
      expect(await reserve.residual()).to.equal(residual * 1_000n * WAD);
      expect(await reserve.redemptionRate()).to.equal(WAD - residual * 10n ** 15n);
      expect(await junior.totalAssets()).to.equal((50n - juniorLoss) * THOUSAND);
    }
    expect(await junior.maxWithdraw(bob)).to.equal(0n);
    await reserve.markTerm(1n, 0n);
    expect([await reserve.redemptionRate(), await junior.totalAssets()]).to.deep.equal([WAD, 50n * THOUSAND]);
  });

  it("rounds the rate down, and a ratio with nothing in circulation is one", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { reserve } = world;
    expect([await reserve.backingRatio(), await reserve.backedRate()]).to.deep.equal([WAD, WAD]);
    await backWith(world, 3n * 10n ** 12n, 10n ** 12n);

    expect(await reserve.backingRatio()).to.equal(WAD / 3n);
    expect(await reserve.backedRate()).to.equal(WAD / 3n);
  });

  it("covers a gap for good, in the same order, and says what is left", async () => {
    const { reserve, junior, usdc } = await networkHelpers.loadFixture(layered);
    await reserve.impairTerm(1n, 120n * THOUSAND);
    const rate = await reserve.redemptionRate();

    await expect(reserve.cover())
      .to.emit(reserve, "GapCovered")
      .withArgs(10n * THOUSAND, 50n * THOUSAND, 20n * THOUSAND, 40_000n * WAD);
    expect([await reserve.buffer(), await usdc.balanceOf(junior), await reserve.backstop()]).to.deep.equal([
      0n,
      0n,
      0n,
    ]);
    expect(await reserve.cash()).to.equal(280n * THOUSAND);
    expect([await reserve.redemptionRate(), await reserve.residual()]).to.deep.equal([rate, 40_000n * WAD]);
  });

  it("repays backstop, then junior tranche, then fills the buffer and pays yield", async () => {
    const { reserve, junior, custodian } = await networkHelpers.loadFixture(layered);
    await reserve.impairTerm(1n, 70n * THOUSAND);
    await reserve.cover();
    expect([await reserve.owedToJunior(), await reserve.owedToBackstop()]).to.deep.equal([
      50n * THOUSAND,
      10n * THOUSAND,
    ]);
    await reserve.setBufferTarget(15n * THOUSAND);
    await reserve.sellTerm(1n, 830n * THOUSAND);
    expect(await reserve.surplus()).to.equal(100_000n * WAD);

    await expect(reserve.connect(custodian).sweepSurplus())
      .to.emit(reserve, "SurplusSwept")
      .withArgs(10n * THOUSAND, 15n * THOUSAND, 75n * THOUSAND);
    expect([await reserve.owedToJunior(), await reserve.owedToBackstop()]).to.deep.equal([0n, 0n]);
    expect([await reserve.backstop(), await reserve.buffer()]).to.deep.equal([20n * THOUSAND, 15n * THOUSAND]);
    expect(await reserve.surplus()).to.equal(0n);
    expect(await junior.unvested()).to.equal(75n * THOUSAND);
  });

  it("gives all surplus to the buffer while the junior tranche has no holders", async () => {
    const { reserve, alice, custodian } = await networkHelpers.loadFixture(fixture);
    await reserve.connect(alice).mint(MILLION, alice);
    await reserve.placeTerm(custodian, MILLION, 0n, 0n);
    await reserve.sellTerm(1n, MILLION + 7n);

    await reserve.sweepSurplus();
    expect([await reserve.buffer(), await reserve.cash()]).to.deep.equal([7n, MILLION]);
  });

  it("lets the owner take the backstop back only while there is no gap", async () => {
    const { reserve, usdc, carol } = await networkHelpers.loadFixture(layered);
    await reserve.markTerm(1n, 1n);
    await expect(reserve.withdrawBackstop(carol, 1n))
      .to.be.revertedWithCustomError(reserve, "LossWaterfallGapOpen")
      .withArgs(800_000n);
    await reserve.markTerm(1n, 0n);

    await expect(reserve.withdrawBackstop(carol, 20n * THOUSAND)).to.changeTokenBalance(
      ethers,
      usdc,
      carol,
      20n * THOUSAND,
    );
    await expect(reserve.withdrawBackstop(carol, 1n))
      .to.be.revertedWithCustomError(reserve, "LossWaterfallInsufficientBackstop")
      .withArgs(1n, 0n);
  });

  it("lets nobody but manager or owner cover, mark, lend or sell", async () => {
    const { reserve, alice } = await networkHelpers.loadFixture(layered);
    const asAlice = reserve.connect(alice);

    for (const attempt of [
      () => asAlice.cover(),
      () => asAlice.markTerm(1n, 0n),
      () => asAlice.impairTerm(1n, 0n),
      () => asAlice.sellTerm(1n, 0n),
      () => asAlice.placeTerm(alice, 1n, 0n, 0n),
      () => asAlice.subscribeFund(1n),
      () => asAlice.redeemFund(1n),
      () => asAlice.redeemFundInstantly(1n),
    ]) {
      await expect(attempt()).to.be.revertedWithCustomError(reserve, "ReserveBucketsUnauthorized").withArgs(alice);
    }
  });

  describe("the junior tranche", () => {
    it("cannot leave whole after a mark, and gets back what a recovery gives back", async () => {
      const { reserve, junior, bob } = await networkHelpers.loadFixture(layered);
      await reserve.markTerm(1n, WAD / 20n);
      const half = (await junior.balanceOf(bob)) / 2n;

      expect(await junior.previewRedeem(half)).to.be.closeTo(10n * THOUSAND, 1n);
      await junior.connect(bob).redeem(half, bob, bob);
      expect(await reserve.residual()).to.equal(0n);
      await reserve.markTerm(1n, 0n);
      expect(await junior.totalAssets()).to.be.closeTo(40n * THOUSAND, 1n);
    });

    it("takes no deposits while its loss is total or the reserve owes it", async () => {
      const { reserve, junior, carol, bob } = await networkHelpers.loadFixture(layered);
      await reserve.markTerm(1n, (WAD * 3n) / 40n);
      expect([await junior.maxDeposit(carol), await junior.maxMint(carol)]).to.deep.equal([0n, 0n]);
      await expect(junior.connect(carol).deposit(1n, carol)).to.be.revertedWithCustomError(
        junior,
        "ERC4626ExceededMaxDeposit",
      );
      await reserve.markTerm(1n, WAD / 20n);
      expect(await junior.maxDeposit(carol)).to.equal(ethers.MaxUint256);
      await reserve.cover();
      expect(await junior.maxDeposit(carol)).to.equal(0n);

      await expect(reserve.writeOffClaims())
        .to.emit(reserve, "ClaimsWrittenOff")
        .withArgs(30n * THOUSAND, 0n);
      await junior.connect(carol).deposit(20n * THOUSAND, carol);
      expect(await junior.previewRedeem(await junior.balanceOf(bob))).to.be.closeTo(20n * THOUSAND, 1n);
    });

    it("releases yield evenly, and loses what is not released first", async () => {
      const { reserve, junior, custodian, bob, carol } = await networkHelpers.loadFixture(layered);
      await reserve.sellTerm(1n, 820n * THOUSAND);
      await reserve.sweepSurplus();
      const start = BigInt(await time.latest());
      await junior.connect(carol).deposit(50n * THOUSAND, carol);
      expect(await junior.previewRedeem(await junior.balanceOf(carol))).to.be.lessThan(50n * THOUSAND + 1n);

      await time.increaseTo(start + 5n * DAY);
      expect(await junior.totalAssets()).to.equal(110n * THOUSAND);
      await reserve.placeTerm(custodian, 100n * THOUSAND, WAD / 5n, 0n);
      // Ten of the gap of twenty fall on the buffer, ten on what is not released.
      expect(await junior.totalAssets()).to.be.closeTo(110n * THOUSAND, THOUSAND / 1_000n);
      await reserve.cover();
      expect(await junior.unvested()).to.be.lessThan(THOUSAND);
      await time.increase(10n * DAY);
      expect(await junior.totalAssets()).to.equal(110n * THOUSAND);
      expect(await junior.maxWithdraw(bob)).to.be.closeTo(55n * THOUSAND, THOUSAND);
    });

    it("obeys the reserve only", async () => {
      const { junior, alice } = await networkHelpers.loadFixture(layered);

      for (const attempt of [() => junior.connect(alice).absorb(1n), () => junior.connect(alice).notifyYield(1n)]) {
        await expect(attempt()).to.be.revertedWithCustomError(junior, "JuniorTrancheUnauthorized").withArgs(alice);
      }
    });
  });
});
