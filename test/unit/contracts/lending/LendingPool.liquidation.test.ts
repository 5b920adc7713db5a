import { expect } from "chai";
import { network } from "hardhat";

import {
  ALL,
  borrowAsAlice,
  deployEtherAndDollars,
  deployLending,
  DOLLAR,
  INACTIVE,
  liquidate,
  LTV_ZERO,
  PAUSED,
  USD,
  WAD,
} from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** Alice has ten ether and owes 20,000 dollars; ether has fallen. */
function at(price: bigint) {
  return {
    fixture: async () => {
      const world = await deployEtherAndDollars(connection);
      await borrowAsAlice(world);
      await world.ether.setPrice(price * USD);
      return world;
    },
  }.fixture;
}
const ill = at(2_395n);
const broken = at(2_340n);
const bankrupt = at(1_800n);
const well = at(2_470n);

/** Ether and dollars supplied by alice, who owes dollars and a third asset. */
async function twoByTwo() {
  const world = await deployEtherAndDollars(connection);
  const { pool, alice, carol, ether, dollars, list } = world;
  const gold = await list({ price: 100n * USD });
  await pool.connect(carol).supply(gold.asset, 1_000n * WAD, carol);
  await pool.connect(alice).supply(ether.asset, 10n * WAD, alice);
  await pool.connect(alice).borrow(dollars.asset, 10_000n * DOLLAR, alice);
  await pool.connect(alice).borrow(gold.asset, 100n * WAD, alice);
  return { ...world, gold };
}

describe("LendingPool liquidations", () => {
  describe("close factor", () => {
    it("is half of all debt just below one (AAVE-03)", async () => {
      const world = await networkHelpers.loadFixture(ill);
      const { pool, ether, dollars, alice, bob, treasury } = world;

      const call = liquidate(world);
      await expect(call).to.changeTokenBalance(ethers, ether.asset, bob, 4_363_256_784_968_684_758n);
      await expect(call).to.changeTokenBalance(ethers, dollars.asset, bob, -10_000n * DOLLAR);
      expect(await pool.supplyOf(ether.asset, treasury)).to.equal(20_876_826_722_338_205n);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(10_000n * DOLLAR);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    });

    it("is all at a health of 0.95 or below (AAVE-04)", async () => {
      const world = await networkHelpers.loadFixture(broken);
      await liquidate(world);
      expect(await world.pool.debtOf(world.dollars.asset, world.alice)).to.equal(0n);
      expect((await world.pool.positionOf(world.ether.asset, world.alice)).isCollateral).to.equal(true);
    });

    it("counts half of all debt, not of the one repaid", async () => {
      const world = await networkHelpers.loadFixture(twoByTwo);
      const { pool, ether, dollars, gold, alice, bob } = world;
      await ether.setPrice(2_400n * USD);
      await pool.connect(bob).liquidate(ether.asset, dollars.asset, alice, ALL, false);

      expect(await pool.debtOf(dollars.asset, alice)).to.equal(0n);
      expect(await pool.debtOf(gold.asset, alice)).to.equal(100n * WAD);
    });

    it("may be a fixed part, or always all", async () => {
      for (const [closeFactor, left] of [
        [1, 15_000n],
        [2, 0n],
      ] as const) {
        const world = await networkHelpers.loadFixture(ill);
        const { treasury, flashFeeBps, flashTreasuryBps } = await world.book.policy();
        const policy = { treasury, flashFeeBps, flashTreasuryBps, closeFactor, closeFactorBps: 2_500n };
        await world.book.setPolicy(policy);
        await liquidate(world);
        expect(await world.pool.debtOf(world.dollars.asset, world.alice)).to.equal(left * DOLLAR);
      }
    });
  });

  describe("refusals", () => {
    it("reverts for the healthy, to the last unit", async () => {
      const world = await networkHelpers.loadFixture(well);
      await expect(liquidate(world))
        .to.be.revertedWithCustomError(world.pool, "LendingPoolHealthy")
        .withArgs(world.alice, 1_000_350_000_000_000_000n);
    });

    it("reverts for oneself, for nothing, for what is no collateral or no debt", async () => {
      const world = await networkHelpers.loadFixture(ill);
      const { pool, ether, dollars, alice, bob } = world;
      const refused = async (call: Promise<unknown>, error: string) => {
        await expect(call).to.be.revertedWithCustomError(pool, error);
      };

      await refused(liquidate(world, ALL, { by: alice }), "LendingPoolSelfLiquidation");
      await refused(liquidate(world, 0n), "LendingPoolZeroAmount");
      await refused(
        pool.connect(bob).liquidate(dollars.asset, dollars.asset, alice, ALL, false),
        "LendingPoolNotCollateral",
      );
      await refused(pool.connect(bob).liquidate(ether.asset, ether.asset, alice, ALL, false), "LendingPoolNoDebt");
    });

    it("reverts where the asset is no collateral any more", async () => {
      const world = await networkHelpers.loadFixture(ill);
      const { pool, book, ether, dollars, alice, list } = world;
      const silver = await list({ price: USD, ltvBps: 100n, ltBps: 100n, bonusBps: 10_000n });
      await pool.connect(alice).supply(silver.asset, WAD, alice);
      await book.setTerms(ether.asset, { ...ether.listing, risk: { ltvBps: 0n, ltBps: 0n, bonusBps: 0n } });

      await expect(liquidate(world))
        .to.be.revertedWithCustomError(pool, "LendingPoolNotCollateral")
        .withArgs(alice, ether.asset);
      expect((await pool.accountData(alice)).collateralBase).to.equal(USD);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(20_000n * DOLLAR);
    });

    it("reverts while either reserve is inactive or paused", async () => {
      const world = await networkHelpers.loadFixture(ill);
      for (const side of [world.ether, world.dollars]) {
        for (const bit of [INACTIVE, PAUSED]) {
          await world.book.restrict(side.asset, bit);
          await expect(liquidate(world))
            .to.be.revertedWithCustomError(world.pool, "LendingPoolRestricted")
            .withArgs(side.asset, bit);
          await world.book.relax(side.asset, bit);
        }
      }
    });

    it("reverts rather than leave dust, and nothing moves (AAVE-07)", async () => {
      const world = await networkHelpers.loadFixture(broken);
      const { pool, ether, dollars, alice } = world;
      await expect(liquidate(world, 19_500n * DOLLAR))
        .to.be.revertedWithCustomError(pool, "LendingPoolMustNotLeaveDust")
        .withArgs(alice);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(20_000n * DOLLAR);
      expect(await pool.supplyOf(ether.asset, alice)).to.equal(10n * WAD);
    });

    it("passes on what a permissioned collateral says, and gives its claims instead", async () => {
      const world = await deployEtherAndDollars(connection, { token: "Token__MockForLending" });
      await borrowAsAlice(world);
      await world.ether.setPrice(2_395n * USD);
      const token = await ethers.getContractAt("Token__MockForLending", world.ether.asset);
      await token.refuse(world.bob, true);

      await expect(liquidate(world)).to.be.revertedWithCustomError(token, "TokenRefused").withArgs(world.bob);
      await liquidate(world, ALL, { receivesClaims: true });
      expect(await world.pool.supplyOf(world.ether.asset, world.bob)).to.equal(4_363_256_784_968_684_758n);
    });

    it("reverts without cash to pay the collateral, but moves claims", async () => {
      const world = await networkHelpers.loadFixture(ill);
      const { pool, ether, dollars, dave, carol, bob } = world;
      await pool.connect(dave).supply(dollars.asset, 100_000n * DOLLAR, dave);
      await pool.connect(dave).borrow(ether.asset, 9n * WAD, dave);

      await expect(liquidate(world)).to.be.revertedWithCustomError(pool, "LendingPoolInsufficientCash");
      const call = liquidate(world, ALL, { receivesClaims: true });
      await expect(call).to.emit(ether.claim, "Transfer").withArgs(world.alice, bob, 4_363_256_784_968_684_758n);
      expect((await pool.positionOf(ether.asset, bob)).isCollateral).to.equal(false);
      expect((await pool.reserveOf(ether.asset)).cash).to.equal(WAD);
      await ether.claim.connect(bob).transfer(carol, WAD);
    });
  });

  describe("bad debt", () => {
    it("is what collateral without bonus did not pay, booked as a deficit (AAVE-09)", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, ether, dollars, alice, carol } = world;

      const call = liquidate(world);
      await expect(call).to.emit(pool, "DeficitCreated").withArgs(dollars.asset, alice, 2_857_142_857n);
      await expect(call).to.changeTokenBalance(ethers, dollars.asset, world.bob, -17_142_857_143n);
      const books = await pool.reserveOf(dollars.asset);
      expect([books.deficit, books.scaledDebt]).to.deep.equal([2_857_142_857n, 0n]);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(0n);
      expect((await pool.positionOf(ether.asset, alice)).isCollateral).to.equal(false);
      // Suppliers' claims stay as they are on paper.
      expect(await pool.supplyOf(dollars.asset, carol)).to.equal(1_000_000n * DOLLAR);
      expect(books.cash + books.deficit).to.equal(1_000_000n * DOLLAR);
    });

    it("is written off in every reserve", async () => {
      const world = await networkHelpers.loadFixture(twoByTwo);
      const { pool, ether, dollars, gold, alice, bob } = world;
      await ether.setPrice(500n * USD);

      await pool.connect(bob).liquidate(ether.asset, dollars.asset, alice, ALL, false);
      const [ofDollars, ofGold] = [await pool.reserveOf(dollars.asset), await pool.reserveOf(gold.asset)];
      expect(ofDollars.deficit).to.equal(10_000n * DOLLAR - 4_761_904_762n);
      expect(ofGold.deficit).to.equal(100n * WAD);
      expect([ofDollars.scaledDebt, ofGold.scaledDebt]).to.deep.equal([0n, 0n]);
      expect((await pool.accountData(alice)).debtBase).to.equal(0n);
    });

    it("waits while other collateral is left", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, dollars, alice, carol, list } = world;
      const silver = await list({ price: USD, ltvBps: 100n, ltBps: 100n, bonusBps: 10_000n });
      await pool.connect(carol).supply(silver.asset, WAD, carol);
      await pool.connect(alice).supply(silver.asset, WAD, alice);

      const outcome = await pool
        .connect(world.bob)
        .liquidate.staticCall(world.ether.asset, dollars.asset, alice, ALL, false);
      expect(outcome.isBadDebt).to.equal(false);
      await liquidate(world);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(2_857_142_857n);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    });

    it("is recognised with collateral that is worth nothing, for nothing", async () => {
      const world = await deployLending(connection);
      const { pool, list, alice, bob, carol } = world;
      const dust = await list({ price: 10n ** 30n, ltvBps: 5_000n, ltBps: 5_000n, bonusBps: 10_500n });
      const dollars = await list({ decimals: 6 });
      await pool.connect(carol).supply(dollars.asset, 100n * DOLLAR, carol);
      await pool.connect(alice).supply(dust.asset, 1_000n, alice);
      await pool.connect(alice).borrow(dollars.asset, 10n * DOLLAR, alice);
      await dust.setPrice(1n);

      const call = pool.connect(bob).liquidate(dust.asset, dollars.asset, alice, ALL, true);
      await expect(call).to.changeTokenBalance(ethers, dollars.asset, bob, 0n);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(10n * DOLLAR);
      expect(await pool.supplyOf(dust.asset, bob)).to.equal(1_000n);
    });

    it("works where collateral and debt are one asset", async () => {
      const world = await deployLending(connection);
      const { pool, list, alice, bob, carol } = world;
      const gold = await list({ price: 100n * USD, ltvBps: 9_000n, ltBps: 9_000n, bonusBps: 10_500n });
      await pool.connect(carol).supply(gold.asset, 1_000n * WAD, carol);
      await pool.connect(alice).supply(gold.asset, 100n * WAD, alice);
      await pool.connect(alice).borrow(gold.asset, 90n * WAD, alice);
      await world.book.setTerms(gold.asset, {
        ...gold.listing,
        risk: { ltvBps: 8_000n, ltBps: 8_000n, bonusBps: 10_500n },
      });

      await pool.connect(bob).liquidate(gold.asset, gold.asset, alice, ALL, false);
      expect(await pool.debtOf(gold.asset, alice)).to.equal(0n);
      expect(await pool.supplyOf(gold.asset, alice)).to.equal(100n * WAD - (90n * WAD * 10_500n) / 10_000n);
      const { cash, deficit } = await pool.reserveOf(gold.asset);
      expect([cash, deficit]).to.deep.equal([1_100n * WAD - (90n * WAD * 10_500n) / 10_000n, 0n]);
    });
  });

  describe("eliminateDeficit", () => {
    it("gives up claims of anybody for it", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, dollars, carol } = world;
      await liquidate(world);

      const call = pool.connect(carol).eliminateDeficit(dollars.asset, 1_000n * DOLLAR);
      await expect(call)
        .to.emit(pool, "DeficitCovered")
        .withArgs(dollars.asset, carol, 1_000n * DOLLAR);
      await expect(call)
        .to.emit(dollars.claim, "Transfer")
        .withArgs(carol, ethers.ZeroAddress, 1_000n * DOLLAR);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(1_857_142_857n);
      expect(await pool.supplyOf(dollars.asset, carol)).to.equal(999_000n * DOLLAR);
    });

    it("reverts for more than there is, for nothing, and without claims", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, dollars, carol, bob } = world;
      await liquidate(world);
      const refused = async (who: typeof carol, amount: bigint, error: string) => {
        await expect(pool.connect(who).eliminateDeficit(dollars.asset, amount)).to.be.revertedWithCustomError(
          pool,
          error,
        );
      };

      await refused(carol, 2_857_142_858n, "LendingPoolDeficitTooSmall");
      await refused(carol, 0n, "LendingPoolZeroAmount");
      await refused(bob, 1n, "LendingPoolInsufficientBalance");
    });

    it("keeps the giver healthy", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, ether, dollars, dave } = world;
      await liquidate(world);
      await pool.connect(dave).supply(dollars.asset, 1_000n * DOLLAR, dave);
      await pool.connect(world.carol).supply(ether.asset, WAD, world.carol);
      await pool.connect(dave).borrow(ether.asset, WAD / 4n, dave);

      await expect(pool.connect(dave).eliminateDeficit(dollars.asset, 900n * DOLLAR)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolUnhealthy",
      );
    });

    it("asks nothing of a giver whose claims back no debt", async () => {
      const world = await networkHelpers.loadFixture(bankrupt);
      const { pool, book, ether, dollars, dave } = world;
      await liquidate(world);
      await pool.connect(dave).supply(dollars.asset, 1_000n * DOLLAR, dave);
      await pool.connect(dave).setUseAsCollateral(dollars.asset, false);
      await pool.connect(dave).supply(ether.asset, WAD, dave);
      await pool.connect(dave).borrow(dollars.asset, 100n * DOLLAR, dave);
      await book.restrict(ether.asset, LTV_ZERO);

      await pool.connect(dave).eliminateDeficit(dollars.asset, 900n * DOLLAR);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(1_957_142_857n);
    });
  });
});
