import { expect } from "chai";

import { scaledBalances, stableFee, stableInvariant, stableSwap } from "../../src/maths/amm/stable-swap.ts";
import { seizureFor } from "../../src/maths/liquidation/call.ts";
import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const WAD = 10n ** 18n;
const text = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner)));

/** Cases of the published kinds with numbers of our own; what is expected is worked out apart from the contracts. */
describe("cases that no published file holds", () => {
  const runner = new ConformanceRunner("timestamp");

  after(async () => {
    await runner.close();
  });

  interface Case {
    readonly title?: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly expected: Readonly<Record<string, unknown>>;
  }

  async function expectAgreement(...cases: readonly Case[]): Promise<void> {
    const vectors = cases.map((single, k) => ({ id: `OWN-0${k + 1}`, ...(text(single) as Case) }));
    const parsed = parseConformanceFile("own.json", JSON.stringify({ format: "defi-vectors/1", vectors }));
    for (const single of parsed) expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
  }

  const pool = { amp: 200_000n, fee: 1_000_000n, offpegMultiplier: 0n };
  const three = [165n * 10n ** 24n, 219n * 10n ** 24n, 15n * 10n ** 24n];

  it("price and trade three coins, one of them scarce", async () => {
    const rates = [WAD, 10n ** 30n, 10n ** 30n];
    const balances = three.map((balance, k) => (balance * WAD) / (rates[k] ?? WAD));
    const trade = stableSwap({ ...pool, balances, rates }, [1, 2], 10n ** 12n);
    const { amp, fee } = pool;
    await expectAgreement(
      { inputs: { xp: three, amp }, expected: { D: stableInvariant(three, amp) } },
      {
        inputs: { i: "1", j: "2", dx: "1000000000000", balances, rates, amp, fee, mult: "0" },
        expected: { dy: trade?.amountOut, feeRate: fee, newBalances: trade?.after.balances },
      },
    );
  });

  /** What a change of balances costs, straight from the formula. */
  function change(balances: readonly bigint[], after: readonly bigint[], terms: typeof pool) {
    const rates = balances.map(() => WAD);
    const D = (list: readonly bigint[]) => stableInvariant(scaledBalances({ balances: list, rates }), terms.amp) ?? 0n;
    const n = BigInt(balances.length);
    const [D0, D1] = [D(balances), D(after)];
    const base = { ...terms, fee: (terms.fee * n) / (4n * (n - 1n)) };
    const fees = balances.map((old, k) => {
      const now = after[k] ?? 0n;
      const ideal = (D1 * old) / D0;
      const apart = ideal > now ? ideal - now : now - ideal;
      return ((stableFee(old + now, (D0 + D1) / n, base) ?? 0n) * apart) / 10n ** 10n;
    });
    return { D0, D1, D2: D(after.map((balance, k) => balance - (fees[k] ?? 0n))), fees };
  }

  it("add and remove unequal amounts, with any supply outstanding", async () => {
    const balances = [10n ** 24n, 13n * 10n ** 23n];
    const terms = { amp: 20_000n, fee: 4_000_000n, offpegMultiplier: 20_000_000_000n };
    const { amp, fee, offpegMultiplier: mult } = terms;
    const supply = 2_200_000n * WAD + 7n;
    const inputs = { balances, rates: [WAD, WAD], amp, fee, mult, supply };
    const deposit = change(balances, [10n ** 24n + 10n ** 23n, 13n * 10n ** 23n], terms);
    const withdrawal = change(balances, [10n ** 24n - 5n * 10n ** 22n, 13n * 10n ** 23n - WAD], terms);
    await expectAgreement(
      {
        inputs: { ...inputs, amounts: [10n ** 23n, 0n] },
        expected: { ...deposit, mint: (supply * (deposit.D2 - deposit.D0)) / deposit.D0 },
      },
      {
        inputs: { ...inputs, amounts: [5n * 10n ** 22n, WAD] },
        expected: { ...withdrawal, burn: (supply * (withdrawal.D0 - withdrawal.D2)) / withdrawal.D0 + 1n },
      },
      {
        inputs: { ...inputs, burn: 10n ** 20n },
        expected: { amounts: balances.map((balance) => (balance * 10n ** 20n) / supply) },
      },
    );
  });

  it("accumulate prices over a history of reserves", async () => {
    const steps = [
      [10n ** 12n, 500n * WAD, 600n],
      [9n * 10n ** 11n, 555n * WAD, 1_200n],
    ] as const;
    const sums = [0, 1].map((which) =>
      steps.reduce((sum, [r0, r1, dt]) => {
        const [over, under] = which === 0 ? [r1, r0] : [r0, r1];
        return sum + ((over << 112n) / under) * dt;
      }, 0n),
    );
    await expectAgreement(
      { inputs: { steps }, expected: { price0Cumulative: sums[0], price1Cumulative: sums[1] } },
      { inputs: { r0: "100000", r1: "777777", dt: "60" }, expected: { cum0: ((777_777n << 112n) / 100_000n) * 60n } },
    );
  });

  it("lock one floor for a batch of withdrawals, and pay each its own", async () => {
    const requests = [100n * WAD, 250n * WAD, 50n * WAD];
    const shares = requests.map((amount) => (amount * 5n) / 6n);
    const rate = 1_188n * 10n ** 24n;
    const claimable = shares.map((share) => (share * rate) / 10n ** 27n);
    const total = shares.reduce((sum, share) => sum + share, 0n);
    const expected = { claimable, ethToLock: (total * rate) / 10n ** 27n, sharesToBurn: total };
    const totals = { totalPooled: 9n * 10n ** 24n, shares: 75n * 10n ** 23n };
    await expectAgreement(
      { inputs: { requests, ...totals, maxShareRateE27: rate }, expected },
      { inputs: { requests: "as OWN-01", maxShareRateE27: rate }, expected },
    );
  });

  it("convert shares at the pool that a case gives, however it calls it", async () => {
    const [pooled, all, eth] = [
      8_546_678_919_798_380_412_478_546n,
      8_632_145_708_996_364_216_603_337n,
      10n ** 17n + 7n,
    ];
    const shares = (eth * all) / pooled;
    const back = (shares * pooled) / all;
    const expected = { shares, back, ceilBack: back + 1n };
    await expectAgreement(
      { inputs: { totalPooled: pooled, shares: all, eth }, expected },
      { inputs: { preEther: pooled, totalShares: all, eth }, expected },
    );
  });

  it("lend a few wei, and leave a treasury that accrued nothing without any", async () => {
    const [scaledDebt, rate, i0] = [16_000_986n, 643_600_621_516_162_088_228_692_007n, 10n ** 27n];
    const i1 = 1_000_000_020_408_442_037_151_352_597n;
    await expectAgreement(
      {
        inputs: { debt: 10n, avail: 1n, deficit: 1n, uopt: "7874", base: "0", s1: "3315", s2: "3315", rf: "10000" },
        expected: { borrowRateRay: 521_248_524_758_402_463_012_058_497n, liquidityRateRay: 0n },
      },
      {
        inputs: { scaledDebt, i0, rate, dt: "1", rf: "1733", liquidityIndex: 17n * 10n ** 26n },
        expected: { i1, debtAccrued: 0n, treasuryAmount: 0n, treasuryScaled: 0n },
      },
    );
  });

  it("take a fee on what a price grew by as it is published, to its last digit", async () => {
    // A price that grows by less than its last digit pays nothing yet; the last row is one of chance.
    const rows = [
      [10n ** 24n + 999_999n, 10n ** 24n, WAD, 1_000n],
      [10n ** 24n + 10n ** 6n, 10n ** 24n, WAD, 1_000n],
      [3_000_000_000_000_000_007n, 1_300_000_000_000_000_001n, 2_300_000_000_000_000_000n, 1_500n],
      [22_851_397_046_132_785_690_217_453n, 19_736_110_582_223_411_907_653_001n, 1_102_345_678_901_234_567n, 3_000n],
    ] as const;
    const growth = rows.map(([total, supply, oldPrice, feeBps]) => {
      const tempPrice = (total * WAD) / supply;
      const grown = tempPrice > oldPrice ? ((tempPrice - oldPrice) * supply) / WAD : 0n;
      const feeEth = (grown * feeBps) / 10_000n;
      const newPrice = ((total - feeEth) * WAD) / supply;
      const feeMint = (feeEth * WAD) / newPrice;
      return {
        inputs: { totalEthE36: total * WAD, supply, oldPrice, feeBps },
        expected: { tempPrice, feeEth, newPrice, feeMint },
      };
    });
    await expectAgreement(...growth);
  });

  it("smooth a report whose validators alone earned more than its ceiling, or lost", async () => {
    const before = { preEther: 9n * 10n ** 24n, preShares: 75n * 10n ** 23n, limit: "750000" };
    const maxEther = 900_675n * 10n ** 19n;
    const late = { ...before, clDelta: -5_000n * WAD, wVault: 10_000n * WAD, elVault: 10_000n * WAD };
    await expectAgreement(
      {
        inputs: { ...before, clDelta: 7_000n * WAD, wVault: "5", elVault: "5" },
        expected: { maxEther, withdrawalsWithdrawn: "0", elWithdrawn: "0", sharesToBurnLimit: "0" },
      },
      { inputs: late, expected: { maxEther, withdrawalsWithdrawn: 10_000n * WAD, elWithdrawn: 1_750n * WAD } },
    );
  });

  it("round down a break-even below zero, too", async () => {
    const terms = { lb: "10100", feeBps: "1000" };
    await expectAgreement(
      {
        inputs: { ...terms, repay: 100n * WAD, gas: 9n * 10n ** 17n + 1n },
        expected: { netSeizedValue: 1_009n * 10n ** 17n, maxSlippageE6: "-1", maxSlippageBps: "-1" },
      },
      {
        inputs: { ...terms, repay: WAD, gas: 2n * 10n ** 16n },
        expected: { netSeizedValue: 1_009n * 10n ** 15n, maxSlippageE6: "-10902", maxSlippageBps: "-110" },
      },
    );
  });

  it("grow a cap, and take what a composite price leaves out", async () => {
    const ratio = 1_034_656_878_645_040_505n;
    const growth = (ratio * 875n * 10n ** 6n) / 10_000n / 31_536_000n;
    await expectAgreement(
      {
        inputs: { snapshotRatio: ratio, maxYearlyBps: "875", dt: "604800" },
        expected: { growthPerSecScaled: growth, maxRatio: ratio + (growth * 604_800n) / 10n ** 6n },
      },
      { inputs: { shortfall: "0.05" }, expected: { hfThresholdWad: (WAD * WAD) / ((95n * WAD) / 100n) } },
    );
  });

  /** The cascade by formulas alone: seizures and trades as agents work them out. */
  function cascade(inputs: { lb: bigint; liqFee: bigint; shock: bigint; positions: bigint[][] }, isForced: boolean) {
    const rate = (107n * WAD) / 100n;
    const terms = { amp: 20_000n, fee: 4_000_000n, offpegMultiplier: 0n, rates: [WAD, rate] };
    const etherPrice = 2_300n * 10n ** 8n;
    let stage = stableSwap({ ...terms, balances: [4_000n * WAD, 4_000n * WAD] }, [1, 0], inputs.shock)?.after;
    const positions = inputs.positions.map(([held = 0n, owed = 0n]) => ({ held, owed }));
    const log: unknown[] = [];
    let [steps, deficit, stopped] = [0n, 0n, "none-liquidatable"];
    const priceNow = (): bigint => {
      if (stage === undefined) return expect.fail("the pool does not trade");
      const xp = scaledBalances(stage);
      const d = stableInvariant(xp, terms.amp) ?? 0n;
      const [x0 = 0n, x1 = 1n] = xp;
      const dr = ((((d / 4n) * d) / x0) * d) / x1;
      const flat = (terms.amp * 2n * x0) / 100n;
      const spot = (((WAD * (flat + (dr * x0) / x1)) / (flat + dr)) * rate) / WAD;
      return (spot * etherPrice) / WAD;
    };
    for (;;) {
      const price = priceNow();
      const ranked = positions.flatMap(({ held, owed }, index) => {
        const debtBase = (owed * etherPrice + WAD - 1n) / WAD;
        const weighted = ((held * price) / WAD) * 9_500n;
        return owed === 0n ? [] : [{ index, debtBase, health: (weighted * WAD + debtBase / 2n) / debtBase / 10_000n }];
      });
      const worst = ranked.reduce<(typeof ranked)[number] | undefined>(
        (least, one) => (least === undefined || one.health < least.health ? one : least),
        undefined,
      );
      const position = positions[worst?.index ?? -1];
      if (worst === undefined || position === undefined || worst.health >= WAD || stage === undefined) break;
      const single = {
        collateral: { amount: position.held, price, unit: WAD },
        debt: { amount: position.owed, price: etherPrice, unit: WAD },
        ...{ health: worst.health, bonusBps: inputs.lb, feeBps: inputs.liqFee },
      };
      const { repaid, seized, fee } = seizureFor(single, position.owed);
      const trade = stableSwap(stage, [1, 0], seized);
      if (trade === undefined) return expect.fail("the pool does not trade");
      if (!isForced && trade.amountOut < repaid) {
        log.push(["unprofitable", BigInt(worst.index), worst.health]);
        stopped = "unprofitable";
        break;
      }
      log.push([BigInt(worst.index), worst.health, repaid, seized, trade.amountOut]);
      steps += 1n;
      position.held -= seized + fee;
      position.owed -= repaid;
      if (position.held === 0n) {
        deficit += position.owed;
        position.owed = 0n;
      }
      stage = trade.after;
    }
    const left = positions.map(({ held, owed }) => [held, owed]);
    return { steps, stopped, deficit, log, positions: left, finalBalances: stage?.balances, finalPrice: priceNow() };
  }

  it("cascade to an account whose liquidation would leave dust, named as in the market that the model follows", async () => {
    const position = [830_891_894_801_447_168n, 874_000_000_000_000_000n];
    const venue = {
      pool: [4_000n * WAD, 4_000n * WAD],
      amp: "20000",
      fee: "4000000",
      mult: "0",
      rate: (107n * WAD) / 100n,
    };
    const market = { positions: [position], lt: "9500", lb: "10100", liqFee: "0", ethUsd: "230000000000" };
    await expectAgreement({
      title: "Cascade, oracle=market, liquidators forced",
      inputs: { ...venue, ...market, shock: 2_283n * WAD },
      expected: {
        priceAfterShock: "242148659992",
        log: [["MustNotLeaveDust", "0", "950847631965973534"]],
        ...{ steps: "0", stopped: "MustNotLeaveDust", deficit: "0", positions: [position] },
      },
    });
  });

  for (const [liquidators, isForced] of [
    ["rational", false],
    ["forced", true],
  ] as const) {
    for (const [lb, liqFee] of [
      [10_500n, 0n],
      [10_100n, 1_000n],
      [10_500n, 1_000n],
    ] as const) {
      it(`cascade with a bonus of ${lb}, a fee of ${liqFee} and ${liquidators} liquidators`, async () => {
        const positions = [985n, 962n, 941n, 930n, 0n].map((owed) => [1_000n * WAD, owed * WAD]);
        const own = { lb, liqFee, shock: 2_750n * WAD, positions };
        const common = { amp: "20000", fee: "4000000", mult: "0", rate: (107n * WAD) / 100n, lt: "9500" };
        const world = { pool: [4_000n * WAD, 4_000n * WAD], ethUsd: "230000000000", closeFactorRules: "Aave" };
        const inputs = { ...own, ...common, ...world };
        const title = `Cascade, oracle=market, liquidators ${liquidators}`;
        await expectAgreement({ title, inputs, expected: cascade(own, isForced) });
      });
    }
  }
});
