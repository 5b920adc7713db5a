import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import * as oracle from "../../../helpers/lending-oracle.ts";

const { ethers } = await network.create();
const math = await ethers.deployContract("LendingMath__Harness");

const RAY = 10n ** 27n;
const amount = (max: bigint, min = 0n) => fc.bigInt({ min, max });
const runs = { numRuns: 60, seed: 11 };

const side = fc.record({
  amount: amount(10n ** 26n),
  price: amount(10n ** 14n, 1n),
  unit: fc.constantFrom(10n ** 6n, 10n ** 8n, 10n ** 18n),
});

describe("RayMath", () => {
  it("rounds half up, down and up, without overflow", async () => {
    expect(await math.mulDivNear(1n, 1n, 2n)).to.equal(1n);
    expect(await math.mulDivNear(1n, 1n, 3n)).to.equal(0n);
    expect(await math.mulDivNear(2n, 1n, 3n)).to.equal(1n);
    expect(await math.mulDivNear(2n ** 255n, 3n, 4n)).to.equal((2n ** 255n * 3n) / 4n);
    expect([...(await math.ray(RAY + 1n, RAY / 2n))].slice(0, 3)).to.deep.equal([
      RAY / 2n + 1n,
      RAY / 2n,
      RAY / 2n + 1n,
    ]);
    expect([...(await math.ray(1n, 3n))].slice(3)).to.deep.equal([RAY / 3n, RAY / 3n, RAY / 3n + 1n]);
    expect([...(await math.bps(3n, 5_000n))]).to.deep.equal([2n, 1n, 2n]);
  });
});

describe("InterestMath", () => {
  it("grows debts and supplies as the rule's text says", async () => {
    await fc.assert(
      fc.asyncProperty(amount(10n * RAY), amount(4n * 31_536_000n), async (rate, elapsed) => {
        const { compounded, linear } = await math.growth(rate, elapsed);
        expect({ compounded, linear }).to.deep.equal(oracle.growth(rate, elapsed));
      }),
      runs,
    );
  });

  it("asks for the rate that the curve gives, on both sides of the kink and on it", async () => {
    const curve = { optimalBps: 9_000n, baseBps: 100n, slope1Bps: 270n, slope2Bps: 8_000n };
    for (const debt of [0n, 1n, 899n, 900n, 901n, 1_000n]) {
      const told = await math.borrowRate(curve, (debt * RAY) / 1_000n);
      const usage = { debt, cash: 1_000n - debt, deficit: 0n, reserveFactorBps: 0n };
      expect(told).to.equal(oracle.rates(curve, usage).borrow);
    }
  });
});

describe("HealthMath", () => {
  it("weighs accounts as the rule's text says", async () => {
    const held = fc.record({
      of: side,
      ltv: fc.constantFrom(0n, 5_000n, 9_300n),
      lt: fc.constantFrom(5_000n, 9_300n, 9_500n),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(held, { maxLength: 4 }), fc.array(side, { maxLength: 4 }), async (colls, debts) => {
        const expected = oracle.account(
          colls.map(({ of, ltv, lt }) => ({ ...of, ltv, lt })),
          debts,
        );
        const fractions = colls.map(({ ltv, lt }): [bigint, bigint] => [ltv, lt]);
        const told = await math.health(
          colls.map(({ of }) => of),
          fractions,
          debts,
        );
        expect(told.tally.collateralBase).to.equal(expected.collateral);
        expect(told.tally.debtBase).to.equal(expected.debt);
        expect([told.factor, told.ltvBps, told.ltBps]).to.deep.equal([expected.health, expected.ltv, expected.lt]);
        const hasNone = colls.some(({ ltv }) => ltv === 0n);
        expect(told.tally.hasLtvZero).to.equal(hasNone);
      }),
      runs,
    );
  });
});

describe("LiquidationMath", () => {
  const WHOLE = 10n ** 18n;
  const terms = { bonusBps: 10_500n, feeBps: 1_000n, closeFactor: 0, closeFactorBps: 0n };
  const account = (health: bigint, held = 10n, owed = 20_000n) => ({
    collateral: { amount: held * WHOLE, price: 2_400n * 10n ** 8n, unit: WHOLE },
    debt: { amount: owed * 10n ** 6n, price: 10n ** 8n, unit: 10n ** 6n },
    debtBase: owed * 10n ** 8n,
    healthFactor: health,
  });

  it("agrees with the rule's text on random accounts and offers", async () => {
    const order = fc.record({
      collateral: side,
      debt: side.map((one) => ({ ...one, amount: one.amount + 1n })),
      others: amount(10n ** 20n),
      health: fc.constantFrom(0n, 95n * 10n ** 16n, 95n * 10n ** 16n + 1n, 10n ** 18n - 1n),
      bonus: fc.constantFrom(10_000n, 10_100n, 10_500n, 11_000n),
      fee: fc.constantFrom(0n, 1_000n, 10_000n),
      mode: fc.constantFrom(0, 1, 2),
      part: fc.constantFrom(0n, 1n, 3_333n, 10_000n),
      asked: amount(10n ** 27n, 1n),
    });
    await fc.assert(
      fc.asyncProperty(order, async ({ collateral, debt, others, health, bonus, fee, mode, part, asked }) => {
        const totalDebt = (debt.amount * debt.price + debt.unit - 1n) / debt.unit + others;
        const closeFactor = mode === 0 ? "default" : mode === 2 ? "full" : part;
        const shared = { collateral, debt, totalDebt, health, bonus, fee, asked } as const;
        const expected = oracle.liquidation({ ...shared, closeFactor });
        const target = { collateral, debt, debtBase: totalDebt, healthFactor: health };
        const own = { bonusBps: bonus, feeBps: fee, closeFactor: mode, closeFactorBps: part };
        const { closable, size, leavesDust } = await math.liquidation(target, own, asked);
        const told = { most: closable, repaid: size.repaid, seized: size.seized, treasury: size.fee };
        expect({ ...told, isDust: leavesDust }).to.deep.equal(expected);
      }),
      { ...runs, numRuns: 150 },
    );
  });

  it("closes all at a health of 0.95, and half of all debt just above it", async () => {
    const all = await math.liquidation(account(95n * 10n ** 16n), terms, 10n ** 30n);
    const half = await math.liquidation(account(95n * 10n ** 16n + 1n), terms, 10n ** 30n);

    expect(all.closable).to.equal(20_000n * 10n ** 6n);
    expect(half.closable).to.equal(10_000n * 10n ** 6n);
  });

  it("closes all of a side worth less than two thousand, but not of one worth just that", async () => {
    const health = 99n * 10n ** 16n;
    const small = account(health, 1n, 1_999n);
    const exact = { ...account(health, 1n, 2_000n), debtBase: 2_000n * 10n ** 8n };
    const thin = { ...exact, collateral: { ...exact.collateral, price: 2_000n * 10n ** 8n - 1n } };

    expect((await math.liquidation(small, terms, 10n ** 30n)).closable).to.equal(1_999n * 10n ** 6n);
    expect((await math.liquidation(exact, terms, 10n ** 30n)).closable).to.equal(1_000n * 10n ** 6n);
    expect((await math.liquidation(thin, terms, 10n ** 30n)).closable).to.equal(2_000n * 10n ** 6n);
  });

  it("lets a thousand stay on each side, and not a unit less", async () => {
    const health = 9n * 10n ** 17n;
    const left = async (repaid: bigint) => (await math.liquidation(account(health), terms, repaid)).leavesDust;

    expect(await left(19_000n * 10n ** 6n)).to.equal(false);
    expect(await left(19_000n * 10n ** 6n + 1n)).to.equal(true);
    expect(await left(20_000n * 10n ** 6n)).to.equal(false);
  });
});
