import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { ALL, CURVE, deployLending, RAY, USD, WAD } from "../../../helpers/lending.ts";
import { growth, rates } from "../../../helpers/lending-oracle.ts";

const connection = await network.create();
const { networkHelpers } = connection;
const { time } = networkHelpers;

const halfUp = (a: bigint, b: bigint): bigint => (a + b / 2n) / b;
const up = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** Alice has plenty of collateral; carol lends gold at a kinked rate, and the treasury keeps 15 %. */
async function fixture() {
  const world = await deployLending(connection);
  const silver = await world.list({ price: 100n * USD, ltvBps: 9_000n, ltBps: 9_000n, bonusBps: 10_500n });
  const gold = await world.list({ curve: CURVE, reserveFactorBps: 1_500n });
  await world.pool.connect(world.alice).supply(silver.asset, 10n ** 30n, world.alice);
  await world.pool.connect(world.carol).supply(gold.asset, 1_000n * WAD, world.carol);
  return { ...world, silver, gold };
}

/** The reserve as the rule's text keeps it. */
interface Model {
  supplyIndex: bigint;
  debtIndex: bigint;
  supplyRate: bigint;
  borrowRate: bigint;
  updatedAt: bigint;
  scaledSupply: bigint;
  scaledDebt: bigint;
  scaledTreasury: bigint;
  cash: bigint;
}

function accrue(model: Model, now: bigint): void {
  const elapsed = now - model.updatedAt;
  const before = model.debtIndex;
  if (model.supplyRate !== 0n) {
    model.supplyIndex = halfUp(growth(model.supplyRate, elapsed).linear * model.supplyIndex, RAY);
  }
  if (model.scaledDebt !== 0n) {
    model.debtIndex = halfUp(growth(model.borrowRate, elapsed).compounded * before, RAY);
    const interest = (model.scaledDebt * (model.debtIndex - before)) / RAY;
    model.scaledTreasury += (halfUp(interest * 1_500n, 10_000n) * RAY) / model.supplyIndex;
  }
  model.updatedAt = now;
}

function takeRates(model: Model): void {
  const usage = { debt: up(model.scaledDebt * model.debtIndex, RAY), cash: model.cash, deficit: 0n };
  const { borrow, supply } = rates(CURVE, { ...usage, reserveFactorBps: 1_500n });
  [model.borrowRate, model.supplyRate] = [borrow, supply];
}

describe("LendingPool interest", () => {
  it("agrees with the rule's text to the unit, whatever is done when", async () => {
    const verb = fc.constantFrom("supply", "withdraw", "borrow", "repay", "accrue");
    const steps = fc.array(
      fc.record({
        verb,
        amount: fc.bigInt({ min: 2n, max: 100n * WAD }),
        wait: fc.bigInt({ min: 1n, max: 40n * 86_400n }),
      }),
      { minLength: 4, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { pool, gold, alice, carol } = await networkHelpers.loadFixture(fixture);
        const first = await pool.reserveOf(gold.asset);
        const model: Model = {
          ...{ supplyIndex: RAY, debtIndex: RAY, supplyRate: 0n, borrowRate: 0n, updatedAt: first.updatedAt },
          ...{ scaledSupply: 1_000n * WAD, scaledDebt: 0n, scaledTreasury: 0n, cash: 1_000n * WAD },
        };
        for (const { verb: wanted, amount, wait } of plan) {
          const now = BigInt(await time.latest()) + wait;
          await time.setNextBlockTimestamp(now);
          accrue(model, now);
          const supplied = (model.scaledSupply * model.supplyIndex) / RAY;
          const owed = up(model.scaledDebt * model.debtIndex, RAY);
          if (wanted === "supply") {
            await pool.connect(carol).supply(gold.asset, amount, carol);
            model.scaledSupply += (amount * RAY) / model.supplyIndex;
            model.cash += amount;
          } else if (wanted === "withdraw" && amount <= supplied && amount <= model.cash) {
            await pool.connect(carol).withdraw(gold.asset, amount, carol);
            model.scaledSupply -= up(amount * RAY, model.supplyIndex);
            model.cash -= amount;
          } else if (wanted === "borrow" && amount <= model.cash) {
            await pool.connect(alice).borrow(gold.asset, amount, alice);
            model.scaledDebt += up(amount * RAY, model.debtIndex);
            model.cash -= amount;
          } else if (wanted === "repay" && owed > 0n) {
            await pool.connect(alice).repay(gold.asset, amount, alice);
            const paid = amount < owed ? amount : owed;
            model.scaledDebt -= paid === owed ? model.scaledDebt : (paid * RAY) / model.debtIndex;
            model.cash += paid;
          } else await pool.accrue(gold.asset);
          takeRates(model);

          const books = await pool.reserveOf(gold.asset);
          const told = Object.fromEntries(Object.keys(model).map((name) => [name, books[name as keyof Model]]));
          expect(told).to.deep.equal(model);
        }
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it("shows interest until now in every view, as the next touch would book it", async () => {
    const { pool, gold, alice, carol } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).borrow(gold.asset, 950n * WAD, alice);
    await time.increase(30 * 86_400);
    const [supplyIndex, debtIndex] = await pool.indexesOf(gold.asset);
    const shown = {
      supply: await pool.totalSupplyOf(gold.asset),
      debt: await pool.totalDebtOf(gold.asset),
      treasury: await pool.treasuryAccrualOf(gold.asset),
    };
    expect(supplyIndex).to.be.greaterThan(RAY);
    expect(shown.supply).to.equal((1_000n * WAD * supplyIndex) / RAY);
    expect(shown.debt).to.equal(up(950n * WAD * debtIndex, RAY));
    expect(await pool.supplyOf(gold.asset, carol)).to.equal(shown.supply);
    expect(await pool.debtOf(gold.asset, alice)).to.equal(shown.debt);

    await time.setNextBlockTimestamp(BigInt(await time.latest()) + 1n);
    await pool.accrue(gold.asset);
    const { scaledTreasury, supplyIndex: booked } = await pool.reserveOf(gold.asset);
    expect((scaledTreasury * booked) / RAY).to.be.within(shown.treasury, shown.treasury + 10n ** 15n);
  });

  it("turns the treasury's earnings into its claims", async () => {
    const { pool, gold, alice, treasury, bob } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).borrow(gold.asset, 950n * WAD, alice);
    await time.increase(30 * 86_400);

    await expect(pool.connect(bob).mintToTreasury(gold.asset)).to.emit(pool, "TreasuryMinted");
    const earned = await pool.supplyOf(gold.asset, treasury);
    const interest = (await pool.debtOf(gold.asset, alice)) - 950n * WAD;
    expect(earned).to.be.within((interest * 15n) / 100n - 2n, (interest * 15n) / 100n);
    expect((await pool.reserveOf(gold.asset)).scaledTreasury).to.equal(0n);
    await pool.connect(treasury).withdraw(gold.asset, ALL, treasury);
  });

  it("counts the treasury's earnings towards the supply cap", async () => {
    const { pool, book, gold, alice, carol } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).borrow(gold.asset, 950n * WAD, alice);
    await time.increase(30 * 86_400);
    await pool.accrue(gold.asset);
    const supplied = await pool.totalSupplyOf(gold.asset);
    await book.setTerms(gold.asset, { ...gold.listing, supplyCap: supplied + WAD / 2n });

    await expect(pool.connect(carol).supply(gold.asset, WAD / 4n, carol)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolCapExceeded",
    );
  });
});
