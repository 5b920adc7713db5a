import { expect } from "chai";

import { withdrawable } from "../../../../src/maths/leverage/loop.ts";
import { bestSale, capitalLeft, holdValue } from "../../../../src/maths/liquidation/inventory.ts";

const WAD = 10n ** 18n;
const YEAR = 31_536_000n;
const none = { funding: 0n, delay: 0n, margin: 0n };

describe("holdValue", () => {
  const price = { numerator: 107n, denominator: 100n };

  it("is NAV less what waiting costs, rounded down", () => {
    expect(holdValue(100n, price, none)).to.equal(107n);
    // 5 % a year for a tenth of it, and half a percent of margin: 1 % off.
    const carry = { funding: WAD / 20n, delay: YEAR / 10n, margin: WAD / 200n };
    expect(holdValue(100n * WAD, price, carry)).to.equal((107n * WAD * 99n) / 100n);
    expect(holdValue(1n, { numerator: 199n, denominator: 100n }, none)).to.equal(1n);
  });

  it("is nothing where waiting eats it all, or without a price", () => {
    expect(holdValue(100n, price, { ...none, margin: 2n * WAD })).to.equal(0n);
    expect(holdValue(100n, { numerator: 1n, denominator: 0n }, none)).to.equal(0n);
  });
});

describe("capitalLeft", () => {
  it("is the limit less what is tied up, within the wallet", () => {
    expect(capitalLeft(100n, 30n, 1_000n)).to.equal(70n);
    expect(capitalLeft(100n, 30n, 50n)).to.equal(50n);
    expect(capitalLeft(100n, 130n, 50n)).to.equal(0n);
  });
});

describe("bestSale", () => {
  // A pool of a million each: it pays par for the first, ever less for more.
  const POOL = 10n ** 24n;
  const sell = (amount: bigint): bigint => (POOL * amount) / (POOL + amount);
  const hold = (amount: bigint): bigint => (amount * 81n) / 100n;

  it("sells until the next unit brings less than it is worth to keep", () => {
    // The marginal price (1 / (1 + x))^2 is 0.81 at a ninth of the pool.
    const amount = bestSale(POOL, { sell, hold, limit: POOL });
    expect(amount / 10n ** 18n).to.be.within(111_110n, 111_112n);
  });

  it("sells all that it has, or may, where the pool still pays more", () => {
    expect(bestSale(50_000n, { sell, hold, limit: 500_000n })).to.equal(50_000n);
    expect(bestSale(500_000n, { sell, hold, limit: 7_000n })).to.equal(7_000n);
  });

  it("sells nothing where the first unit brings less already, or where there is nothing", () => {
    expect(bestSale(500n, { sell: (amount) => amount / 2n, hold, limit: 500n })).to.equal(0n);
    expect(bestSale(0n, { sell, hold, limit: 500n })).to.equal(0n);
  });
});

describe("withdrawable", () => {
  const threshold = (95n * WAD) / 100n;

  it("is what leaves the health at the floor, rounded down", () => {
    // HF = 0.95 C / D = 1 at C = D / 0.95.
    const free = withdrawable({ collateral: 200n, debt: 95n }, WAD, threshold);
    expect(free).to.equal(100n);
    const health = (threshold * (200n - free)) / 95n;
    expect(health).to.equal(WAD);
    expect(withdrawable({ collateral: 200n, debt: 96n }, WAD, threshold)).to.equal(98n);
  });

  it("is nothing at or below the floor, and all without a debt", () => {
    expect(withdrawable({ collateral: 100n, debt: 95n }, WAD, threshold)).to.equal(0n);
    expect(withdrawable({ collateral: 100n, debt: 99n }, WAD, threshold)).to.equal(0n);
    expect(withdrawable({ collateral: 100n, debt: 0n }, WAD, threshold)).to.equal(100n);
    expect(withdrawable({ collateral: 100n, debt: 1n }, WAD, 0n)).to.equal(0n);
  });
});
