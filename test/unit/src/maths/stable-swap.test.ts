import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import {
  scaledBalances,
  stableBalance,
  stableFee,
  stableInvariant,
  stablePrice,
  stableSpot,
  stableSwap,
} from "../../../../src/maths/amm/stable-swap.ts";
import { arbitrageStableSwap, marginalCost } from "../../../../src/maths/arbitrage/stable-swap.ts";
import { deployStableSwap, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const math = await connection.ethers.deployContract("MarketMath__Harness");

const pools = fc.record({
  balances: fc.array(fc.bigInt({ min: 10n ** 20n, max: 10n ** 24n }), { minLength: 2, maxLength: 4 }),
  amp: fc.bigInt({ min: 100n, max: 1_000_000n }),
  fee: fc.bigInt({ min: 0n, max: 10n ** 8n }),
  offpegMultiplier: fc.bigInt({ min: 0n, max: 5n * 10n ** 10n }),
  rate: fc.bigInt({ min: 9n * 10n ** 17n, max: 2n * WAD }),
});
const withRates = ({
  rate,
  ...pool
}: {
  balances: bigint[];
  amp: bigint;
  fee: bigint;
  offpegMultiplier: bigint;
  rate: bigint;
}) => ({
  ...pool,
  rates: pool.balances.map((_, k) => (k === 1 ? rate : WAD)),
});
const runs = { seed: 11, numRuns: 150 };

describe("StableSwap formulas against the contract's library", () => {
  it("agree on invariant, balance and spot price to the unit", async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (drawn) => {
        const { amp, ...pool } = withRates(drawn);
        const xp = scaledBalances(pool);
        const d = stableInvariant(xp, amp) ?? 0n;
        expect(d).to.equal(await math.invariant(xp, amp));
        expect(stableBalance(1, xp, { amp, d })).to.equal(await math.balanceFor(1, xp, amp, d));
        expect(stableSpot(xp, amp, 1)).to.equal(await math.spotPrice(xp, amp, 1));
      }),
      runs,
    );
  });

  it("agree on what a swap gives, and its fee, to the unit", async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.bigInt({ min: 1n, max: 10n ** 24n }), async (drawn, dx) => {
        const pool = withRates(drawn);
        const wanted = await math.swap(pool, 0, 1, dx);
        const trade = stableSwap(pool, [0, 1], dx);
        expect([trade?.amountOut, trade?.feeRate]).to.deep.equal([wanted.out, wanted.feeRate]);
        const left = (pool.balances[1] ?? 0n) - wanted.out - wanted.adminFee;
        expect(trade?.after.balances.slice(0, 2)).to.deep.equal([(pool.balances[0] ?? 0n) + dx, left]);
      }),
      runs,
    );
  });

  it("follow a deployed pool through a history of swaps", async () => {
    const terms = {
      balances: [4_000n * WAD, 4_000n * WAD],
      rates: [WAD, (107n * WAD) / 100n],
      offpegMultiplier: 2n * 10n ** 10n,
    };
    const { pool, first, second, alice } = await deployStableSwap(connection, terms);
    let twin = { amp: 20_000n, fee: 4_000_000n, ...terms };
    for (const amount of [500n * WAD, 1_234_567n, 2_000n * WAD, 3n]) {
      const trade = stableSwap(twin, [1, 0], amount);
      if (trade === undefined) return expect.fail("the twin does not trade");
      expect(trade.amountOut).to.equal(await pool.quote(second, first, amount));
      if (trade.amountOut === 0n) continue;
      await pool.connect(alice).swap(second, first, amount, 0, alice);
      twin = { ...twin, balances: [...trade.after.balances] };
      expect([...(await pool.state()).balances]).to.deep.equal(twin.balances);
      expect(stablePrice(twin, 1, 0)).to.equal(await pool.spotPrice(second, first));
    }
  });

  it("agree on the dynamic fee", async () => {
    for (const [xi, xj] of [
      [1n, 1n],
      [3n, 1n],
      [10n ** 24n, 7n],
    ] as const) {
      const terms = { fee: 4_000_000n, offpegMultiplier: 20_000_000_000n };
      expect(stableFee(xi, xj, terms)).to.equal(await math.dynamicFee(xi, xj, terms.fee, terms.offpegMultiplier));
    }
  });

  it("answer nothing where the contract reverts", () => {
    expect(stableInvariant([WAD, 0n], 20_000n)).to.equal(undefined);
    expect(stableInvariant([35_517_510_972_568n, 1_112n], 10_000n)).to.equal(undefined);
    expect(stableBalance(0, [WAD, 0n], { amp: 20_000n, d: WAD })).to.equal(undefined);
    expect(stableInvariant([0n, 0n], 20_000n)).to.equal(0n);
  });

  it("sell nothing to a pool whose providers have all left, nor arbitrage it", async () => {
    const terms = { fee: 4_000_000n, offpegMultiplier: 20_000_000_000n };
    const left = { balances: [0n, 0n], rates: [WAD, WAD], amp: 20_000n, ...terms };
    await expect(math.dynamicFee(0n, 0n, terms.fee, terms.offpegMultiplier)).to.be.revert(connection.ethers);
    expect(stableFee(0n, 0n, terms)).to.equal(undefined);
    expect(stableSwap(left, [0, 1], 1n)).to.equal(undefined);
    expect(stableSwap(left, [0, 1], WAD)?.amountOut).to.equal(0n);
    const none = { amountIn: 0n, amountOut: 0n };
    expect(arbitrageStableSwap(left, { pay: 0, buy: 1, target: WAD, capital: WAD })).to.deep.equal(none);
  });
});

describe("arbitrageStableSwap", () => {
  const pool = {
    balances: [4_000n * WAD, 7_000n * WAD],
    rates: [WAD, (107n * WAD) / 100n],
    ...{ amp: 20_000n, fee: 4_000_000n, offpegMultiplier: 0n },
  };
  const capital = 10n ** 30n;

  it("buys until the next unit costs the target, and not a wei more", () => {
    const target = (1_069n * WAD) / 1_000n;
    const { amountIn } = arbitrageStableSwap(pool, { pay: 0, buy: 1, target, capital });
    const costAfter = (amount: bigint) => {
      const after = stableSwap(pool, [0, 1], amount)?.after;
      return after === undefined ? undefined : marginalCost(after, 0, 1);
    };
    expect(amountIn > 0n).to.equal(true);
    expect((costAfter(amountIn) ?? 0n) <= target).to.equal(true);
    expect((costAfter(amountIn + 1n) ?? 0n) > target).to.equal(true);
  });

  it("gains less when it buys more, or less, at that price", () => {
    const target = (1_069n * WAD) / 1_000n;
    const gain = (amount: bigint) => ((stableSwap(pool, [0, 1], amount)?.amountOut ?? 0n) * target) / WAD - amount;
    const { amountIn } = arbitrageStableSwap(pool, { pay: 0, buy: 1, target, capital });
    for (const step of [WAD, 100n * WAD]) {
      expect(gain(amountIn) > gain(amountIn - step)).to.equal(true);
      expect(gain(amountIn) > gain(amountIn + step)).to.equal(true);
    }
  });

  it("stays within its capital, and does nothing when the first unit costs too much", () => {
    const target = (1_069n * WAD) / 1_000n;
    expect(arbitrageStableSwap(pool, { pay: 0, buy: 1, target, capital: 5n * WAD }).amountIn).to.equal(5n * WAD);
    const none = { amountIn: 0n, amountOut: 0n };
    expect(arbitrageStableSwap(pool, { pay: 0, buy: 1, target: WAD / 2n, capital })).to.deep.equal(none);
  });
});
