import { expect } from "chai";
import { network } from "hardhat";

import {
  ALL,
  borrowAsAlice,
  deployEtherAndDollars,
  DOLLAR,
  FROZEN,
  INACTIVE,
  LTV_ZERO,
  NOT_BORROWABLE,
  PAUSED,
  RAY,
  USD,
  WAD,
} from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  return await deployEtherAndDollars(connection);
}

async function borrowed() {
  const world = await deployEtherAndDollars(connection);
  await borrowAsAlice(world);
  return world;
}

/** Brings a reserve's supply index to one and a half. */
async function grown() {
  const world = await deployEtherAndDollars(connection);
  const { pool, dollars, carol, alice } = world;
  await pool.connect(alice).supply(world.ether.asset, 1_000n * WAD, alice);
  await dollars.scripted.setRates(RAY / 2n, RAY / 2n);
  await pool.accrue(dollars.asset);
  await networkHelpers.time.increase(31_536_000);
  await dollars.scripted.setRates(0n, 0n);
  await pool.accrue(dollars.asset);
  return { ...world, carol };
}

describe("LendingPool", () => {
  describe("supply", () => {
    it("mints claims, takes the tokens, and uses a first supply as collateral", async () => {
      const { pool, ether, alice } = await networkHelpers.loadFixture(fixture);

      const call = pool.connect(alice).supply(ether.asset, WAD, alice);
      await expect(call).to.emit(pool, "Supplied").withArgs(ether.asset, alice, alice, WAD);
      await expect(call).to.emit(pool, "CollateralSet").withArgs(ether.asset, alice, true);
      await expect(call).to.emit(ether.claim, "Transfer").withArgs(ethers.ZeroAddress, alice, WAD);
      await expect(call).to.changeTokenBalances(ethers, ether.asset, [alice, pool], [-WAD, WAD]);
      expect(await pool.supplyOf(ether.asset, alice)).to.equal(WAD);
      expect((await pool.reserveOf(ether.asset)).cash).to.equal(WAD);
    });

    it("gives the claim to somebody else, and leaves a second supply as it is used", async () => {
      const { pool, ether, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.connect(bob).supply(ether.asset, WAD, alice);
      await pool.connect(alice).setUseAsCollateral(ether.asset, false);
      await pool.connect(alice).supply(ether.asset, WAD, alice);

      const position = await pool.positionOf(ether.asset, alice);
      expect([position.scaledSupply, position.isCollateral]).to.deep.equal([2n * WAD, false]);
      expect(await pool.supplyOf(ether.asset, bob)).to.equal(0n);
    });

    it("does not use what has no LTV as collateral", async () => {
      const { pool, book, ether, alice } = await networkHelpers.loadFixture(fixture);
      await book.restrict(ether.asset, LTV_ZERO);
      await pool.connect(alice).supply(ether.asset, WAD, alice);

      expect((await pool.positionOf(ether.asset, alice)).isCollateral).to.equal(false);
    });

    it("needs no price", async () => {
      const { pool, ether, alice } = await networkHelpers.loadFixture(fixture);
      await ether.setPrice(0n);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      expect(await pool.supplyOf(ether.asset, alice)).to.equal(WAD);
    });

    it("fills a cap to the last unit, the treasury's earnings counted", async () => {
      const { pool, book, dollars, alice } = await networkHelpers.loadFixture(fixture);
      await book.setTerms(dollars.asset, { ...dollars.listing, supplyCap: 1_000_010n * DOLLAR });

      await expect(pool.connect(alice).supply(dollars.asset, 10n * DOLLAR + 1n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolCapExceeded")
        .withArgs(dollars.asset, 1_000_010n * DOLLAR + 1n, 1_000_010n * DOLLAR);
      await pool.connect(alice).supply(dollars.asset, 10n * DOLLAR, alice);
    });

    it("reverts for nothing, for too little to be a claim, for a tax, and while restricted", async () => {
      const { pool, book, dollars, ether, alice } = await networkHelpers.loadFixture(grown);
      const own = pool.connect(alice);
      for (const amount of [0n, 1n]) {
        await expect(own.supply(dollars.asset, amount, alice)).to.be.revertedWithCustomError(
          pool,
          "LendingPoolZeroAmount",
        );
      }
      await ether.asset.setTax(100n);
      await expect(own.supply(ether.asset, 100n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolWrongTransfer")
        .withArgs(ether.asset, 100n, 99n);
      for (const bit of [INACTIVE, PAUSED, FROZEN]) {
        await book.restrict(dollars.asset, bit);
        await expect(own.supply(dollars.asset, DOLLAR, alice))
          .to.be.revertedWithCustomError(pool, "LendingPoolRestricted")
          .withArgs(dollars.asset, bit);
        await book.relax(dollars.asset, bit);
      }
    });
  });

  describe("withdraw", () => {
    it("pays all that a claim is worth, and ends its use as collateral", async () => {
      const { pool, ether, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, WAD, alice);

      const call = pool.connect(alice).withdraw(ether.asset, ALL, bob);
      await expect(call).to.emit(pool, "Withdrawn").withArgs(ether.asset, alice, bob, WAD);
      await expect(call).to.emit(pool, "CollateralSet").withArgs(ether.asset, alice, false);
      await expect(call).to.emit(ether.claim, "Transfer").withArgs(alice, ethers.ZeroAddress, WAD);
      await expect(call).to.changeTokenBalance(ethers, ether.asset, bob, WAD);
      expect((await pool.reserveOf(ether.asset)).scaledSupply).to.equal(0n);
    });

    it("burns rounded up, and leaves nothing of all", async () => {
      const { pool, dollars, alice } = await networkHelpers.loadFixture(grown);
      await pool.connect(alice).supply(dollars.asset, 10n, alice);
      // Ten units at an index of 1.5 are six scaled ones, worth nine.
      expect((await pool.positionOf(dollars.asset, alice)).scaledSupply).to.equal(6n);
      expect(await pool.supplyOf(dollars.asset, alice)).to.equal(9n);
      await pool.connect(alice).withdraw(dollars.asset, 4n, alice);
      expect((await pool.positionOf(dollars.asset, alice)).scaledSupply).to.equal(3n);
      await pool.connect(alice).withdraw(dollars.asset, ALL, alice);
      expect((await pool.positionOf(dollars.asset, alice)).scaledSupply).to.equal(0n);
    });

    it("reverts without claims or cash, and a gift of tokens is no cash", async () => {
      const { pool, dollars, carol, bob } = await networkHelpers.loadFixture(borrowed);
      const cash = 980_000n * DOLLAR;
      const lent = 1_000_000n * DOLLAR;
      await dollars.asset.connect(bob).transfer(pool, lent);

      await expect(pool.connect(carol).withdraw(dollars.asset, ALL, carol))
        .to.be.revertedWithCustomError(pool, "LendingPoolInsufficientCash")
        .withArgs(dollars.asset, lent, cash);
      await expect(pool.connect(carol).withdraw(dollars.asset, lent + 1n, carol))
        .to.be.revertedWithCustomError(pool, "LendingPoolInsufficientBalance")
        .withArgs(dollars.asset, lent + 1n, lent);
      await expect(pool.connect(bob).withdraw(dollars.asset, ALL, bob)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolZeroAmount",
      );
      await pool.connect(carol).withdraw(dollars.asset, cash, carol);
    });

    it("leaves a borrower healthy, to the last unit", async () => {
      const { pool, ether, alice } = await networkHelpers.loadFixture(borrowed);
      // 20,000 / 0.81 dollars of ether have to stay.
      const least = (20_000n * WAD * 10_000n) / (8_100n * 3_500n);

      await expect(
        pool.connect(alice).withdraw(ether.asset, 10n * WAD - least + 10n ** 12n, alice),
      ).to.be.revertedWithCustomError(pool, "LendingPoolUnhealthy");
      await pool.connect(alice).withdraw(ether.asset, 10n * WAD - least - 10n ** 12n, alice);
    });

    it("goes on while frozen, and stops while paused", async () => {
      const { pool, book, ether, dollars, alice, carol } = await networkHelpers.loadFixture(borrowed);
      await book.restrict(dollars.asset, FROZEN);
      await pool.connect(carol).withdraw(dollars.asset, 1n, carol);
      await book.connect((await ethers.getSigners())[2]).pause(1n);
      for (const call of [
        async () => await pool.connect(carol).withdraw(dollars.asset, 1n, carol),
        async () => await pool.connect(alice).repay(dollars.asset, 1n, alice),
        async () => await pool.connect(alice).borrow(dollars.asset, 1n, alice),
        async () => await pool.connect(alice).setUseAsCollateral(ether.asset, false),
        async () => await ether.claim.connect(alice).transfer(carol, 1n),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(pool, "LendingPoolRestricted");
      }
    });
  });

  describe("borrow", () => {
    it("lends up to the LTV, and not a unit more", async () => {
      const { pool, ether, dollars, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      const most = 2_747_500_000n;

      await expect(pool.connect(alice).borrow(dollars.asset, most + 1n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolInsufficientCollateral")
        .withArgs(alice, (most + 1n) * 100n, most * 100n);
      const call = pool.connect(alice).borrow(dollars.asset, most, alice);
      await expect(call).to.emit(pool, "Borrowed").withArgs(dollars.asset, alice, alice, most);
      await expect(call).to.changeTokenBalance(ethers, dollars.asset, alice, most);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(most);
    });

    it("goes on behalf of another as far as it was allowed", async () => {
      const { pool, ether, dollars, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      await expect(pool.connect(alice).approveDelegation(dollars.asset, bob, 10n * DOLLAR))
        .to.emit(pool, "DelegationSet")
        .withArgs(dollars.asset, alice, bob, 10n * DOLLAR);

      await expect(pool.connect(bob).borrow(dollars.asset, 10n * DOLLAR + 1n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolInsufficientDelegation")
        .withArgs(dollars.asset, 10n * DOLLAR + 1n, 10n * DOLLAR);
      await pool.connect(bob).borrow(dollars.asset, 4n * DOLLAR, alice);
      expect(await pool.delegationOf(dollars.asset, alice, bob)).to.equal(6n * DOLLAR);
      await pool.connect(alice).approveDelegation(dollars.asset, bob, ALL);
      await pool.connect(bob).borrow(dollars.asset, 4n * DOLLAR, alice);
      expect(await pool.delegationOf(dollars.asset, alice, bob)).to.equal(ALL);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(8n * DOLLAR);
    });

    it("fills a cap to the last unit", async () => {
      const { pool, book, ether, dollars, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      await book.setTerms(dollars.asset, { ...dollars.listing, borrowCap: 7n });

      await expect(pool.connect(alice).borrow(dollars.asset, 8n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolCapExceeded")
        .withArgs(dollars.asset, 8n, 7n);
      await pool.connect(alice).borrow(dollars.asset, 7n, alice);
    });

    it("reverts for nothing, without cash or collateral, and where it is not allowed", async () => {
      const { pool, book, ether, dollars, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, 10_000n * WAD, alice);
      const own = pool.connect(alice);

      await expect(own.borrow(dollars.asset, 0n, alice)).to.be.revertedWithCustomError(pool, "LendingPoolZeroAmount");
      await expect(own.borrow(dollars.asset, 1_000_001n * DOLLAR, alice)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolInsufficientCash",
      );
      await expect(pool.connect(bob).borrow(dollars.asset, 1n, bob)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolUnhealthy",
      );
      for (const bit of [INACTIVE, PAUSED, FROZEN]) {
        await book.restrict(dollars.asset, bit);
        await expect(own.borrow(dollars.asset, 1n, alice)).to.be.revertedWithCustomError(pool, "LendingPoolRestricted");
        await book.relax(dollars.asset, bit);
      }
      await book.restrict(dollars.asset, NOT_BORROWABLE);
      await expect(own.borrow(dollars.asset, 1n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolNotBorrowable")
        .withArgs(dollars.asset, 0n);
    });
  });

  describe("repay", () => {
    it("takes what is owed and not more, from whoever pays", async () => {
      const { pool, dollars, alice, bob } = await networkHelpers.loadFixture(borrowed);
      const owed = 20_000n * DOLLAR;

      await pool.connect(bob).repay(dollars.asset, 1n, alice);
      expect(await pool.debtOf(dollars.asset, alice)).to.equal(owed - 1n);
      const call = pool.connect(bob).repay(dollars.asset, ALL, alice);
      await expect(call)
        .to.emit(pool, "Repaid")
        .withArgs(dollars.asset, bob, alice, owed - 1n);
      await expect(call).to.changeTokenBalances(ethers, dollars.asset, [bob, pool], [1n - owed, owed - 1n]);
      expect((await pool.positionOf(dollars.asset, alice)).scaledDebt).to.equal(0n);
    });

    it("burns rounded down, and all of all", async () => {
      const { pool, dollars, alice, ether } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      await pool.connect(alice).borrow(dollars.asset, 1_000n, alice);
      await dollars.scripted.setRates(RAY, 0n);
      await pool.accrue(dollars.asset);
      await networkHelpers.time.increase(31_536_000);
      await dollars.scripted.setRates(0n, 0n);
      await pool.accrue(dollars.asset);
      const { debtIndex } = await pool.reserveOf(dollars.asset);
      expect(debtIndex).to.be.within((26n * RAY) / 10n, (27n * RAY) / 10n);

      await expect(pool.connect(alice).repay(dollars.asset, 2n, alice)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolZeroAmount",
      );
      await pool.connect(alice).repay(dollars.asset, 100n, alice);
      expect((await pool.positionOf(dollars.asset, alice)).scaledDebt).to.equal(1_000n - (100n * RAY) / debtIndex);
      await pool.connect(alice).repay(dollars.asset, ALL, alice);
      expect((await pool.reserveOf(dollars.asset)).scaledDebt).to.equal(0n);
    });

    it("reverts for nothing and where nothing is owed, and goes on while frozen", async () => {
      const { pool, book, dollars, alice, bob } = await networkHelpers.loadFixture(borrowed);
      await book.restrict(dollars.asset, FROZEN);
      await expect(pool.connect(alice).repay(dollars.asset, 0n, alice)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolZeroAmount",
      );
      await expect(pool.connect(bob).repay(dollars.asset, 1n, bob))
        .to.be.revertedWithCustomError(pool, "LendingPoolNoDebt")
        .withArgs(bob, dollars.asset);
      await pool.connect(alice).repay(dollars.asset, 1n, alice);
    });
  });

  describe("setUseAsCollateral", () => {
    it("changes what backs a debt, as far as health allows", async () => {
      const { pool, ether, dollars, alice } = await networkHelpers.loadFixture(borrowed);
      await expect(pool.connect(alice).setUseAsCollateral(ether.asset, false)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolUnhealthy",
      );
      await pool.connect(alice).repay(dollars.asset, ALL, alice);
      await pool.connect(alice).setUseAsCollateral(ether.asset, false);
      await pool.connect(alice).setUseAsCollateral(ether.asset, false);
      expect((await pool.accountData(alice)).collateralBase).to.equal(0n);
      await expect(pool.connect(alice).setUseAsCollateral(ether.asset, true))
        .to.emit(pool, "CollateralSet")
        .withArgs(ether.asset, alice, true);
    });

    it("reverts without supply and without LTV", async () => {
      const { pool, book, ether, alice } = await networkHelpers.loadFixture(fixture);
      await expect(pool.connect(alice).setUseAsCollateral(ether.asset, true))
        .to.be.revertedWithCustomError(pool, "LendingPoolCannotBeCollateral")
        .withArgs(ether.asset, alice);
      await pool.connect(alice).supply(ether.asset, WAD, alice);
      await pool.connect(alice).setUseAsCollateral(ether.asset, false);
      await book.restrict(ether.asset, LTV_ZERO);
      await expect(pool.connect(alice).setUseAsCollateral(ether.asset, true)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolCannotBeCollateral",
      );
    });
  });

  describe("collateral without LTV", () => {
    it("adds nothing to what may be borrowed, stays collateral, and leaves first", async () => {
      const { pool, book, ether, dollars, alice } = await networkHelpers.loadFixture(borrowed);
      await pool.connect(alice).supply(dollars.asset, 50_000n * DOLLAR, alice);
      await book.restrict(ether.asset, LTV_ZERO);

      const data = await pool.accountData(alice);
      expect([data.collateralBase, data.hasLtvZero]).to.deep.equal([85_000n * USD, true]);
      expect(data.avgLtvBps).to.equal(4_411n);
      await expect(pool.connect(alice).withdraw(dollars.asset, 1n, alice))
        .to.be.revertedWithCustomError(pool, "LendingPoolLtvZeroFirst")
        .withArgs(alice, dollars.asset);
      await expect(dollars.claim.connect(alice).transfer(pool, 1n)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolLtvZeroFirst",
      );
      await expect(pool.connect(alice).setUseAsCollateral(dollars.asset, false)).to.be.revertedWithCustomError(
        pool,
        "LendingPoolLtvZeroFirst",
      );
      await pool.connect(alice).withdraw(ether.asset, ALL, alice);
      await pool.connect(alice).withdraw(dollars.asset, 1n, alice);
    });

    it("leaves freely where nothing is owed", async () => {
      const { pool, book, ether, dollars, alice } = await networkHelpers.loadFixture(borrowed);
      await pool.connect(alice).supply(dollars.asset, 50_000n * DOLLAR, alice);
      await book.restrict(ether.asset, LTV_ZERO);
      await pool.connect(alice).repay(dollars.asset, ALL, alice);
      await pool.connect(alice).withdraw(dollars.asset, ALL, alice);
    });
  });

  describe("setCategory", () => {
    const inside = { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_100n };

    it("gives the category's risk, and only while it holds", async () => {
      const { pool, book, dollars, alice } = await networkHelpers.loadFixture(borrowed);
      await book.setCategory(1, { risk: inside, collateralBits: 1n, borrowableBits: 2n });

      await expect(pool.connect(alice).setCategory(1)).to.emit(pool, "AccountCategorySet").withArgs(alice, 1n);
      expect((await pool.accountData(alice)).avgLtBps).to.equal(9_500n);
      await pool.connect(alice).borrow(dollars.asset, 12_550n * DOLLAR, alice);
      await expect(pool.connect(alice).setCategory(0)).to.be.revertedWithCustomError(pool, "LendingPoolUnhealthy");
      await pool.connect(alice).repay(dollars.asset, 12_550n * DOLLAR, alice);
      await pool.connect(alice).setCategory(0);
      expect(await pool.categoryOf(alice)).to.equal(0n);
    });

    it("reverts for what does not exist, and for debts that cannot be owed there", async () => {
      const { pool, book, dollars, alice } = await networkHelpers.loadFixture(borrowed);
      await expect(pool.connect(alice).setCategory(9))
        .to.be.revertedWithCustomError(pool, "LendingPoolUnknownCategory")
        .withArgs(9n);
      await book.setCategory(1, { risk: inside, collateralBits: 1n, borrowableBits: 1n });
      await expect(pool.connect(alice).setCategory(1))
        .to.be.revertedWithCustomError(pool, "LendingPoolNotBorrowable")
        .withArgs(dollars.asset, 1n);
    });
  });
});
