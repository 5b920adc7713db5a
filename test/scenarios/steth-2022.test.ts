import { expect } from "chai";

import steth from "../../scenarios/steth-2022/scenario.ts";
import { days, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectHistoryPage } from "../helpers/history-page.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const after = ({ rows }: RunRecord, time: bigint, metric: string): readonly bigint[] =>
  rows.filter((row) => BigInt(row.time) >= time).map(({ metrics }) => BigInt(metrics[metric] ?? 0));

describe("steth-2022", () => {
  const twins = new Map<string, RunRecord>();
  const of = (name: string): RunRecord => {
    const twin = twins.get(name);
    if (twin === undefined) throw new RangeError(`${name} was not run`);
    return twin;
  };
  let record: RunRecord;
  let redeemable: RunRecord;

  before(async () => {
    ({ record } = await quickRun(steth));
    for (const variant of Object.keys(steth.variants ?? {})) {
      twins.set(variant, (await quickRun(steth, { variant })).record);
    }
    redeemable = of("redemptions");
  });

  it("lays history, replay and error with their sources side by side on its page in the documentation", async () => {
    await expectHistoryPage(record);
  });

  it("says what it means on every page", () => {
    expectPlainPages([record, ...twins.values()]);
  });

  it("keeps every law and meets its expectations", () => {
    for (const { invariants, passed } of [record, ...twins.values()]) {
      expect(invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
      expect(passed).to.equal(true);
    }
  });

  it("comes to the published prices and shares of the pool within a few percent, none of them an input", () => {
    const inputs = record.history?.inputs.map(({ name, value }) => `${name} ${value}`).join("\n") ?? "";
    for (const { name, error, metric } of record.history?.outcomes ?? []) {
      const limit = metric.startsWith("share") ? 0.05 : 0.01;
      expect(Math.abs(Number(error) / 1e18), name).to.be.lessThan(limit);
      expect(inputs).not.to.include(name);
    }
    expect(record.history?.outcomes).to.have.length(5);
  });

  it("keeps its discount for more than thirty days where nobody can redeem", () => {
    const course = after(record, days(2), "discount");
    expect(after(record, days(32), "discount").length).to.be.greaterThan(60);
    for (const discount of course) expect(discount > (3n * WAD) / 100n).to.equal(true);
  });

  it("closes to carry and queue days where everybody can", () => {
    // 4 % a year for seven days, and a margin of 0.2 %.
    const floor = (4n * WAD * 7n) / 36_500n + WAD / 500n;
    for (const discount of after(redeemable, days(40), "discount")) expect(discount < 2n * floor).to.equal(true);
  });

  it("falls further for each token sold, the emptier the pool is of ether", () => {
    const per = (from: bigint, to: bigint, sold: bigint): bigint => {
      const [a, b] = [after(record, from, "market")[0] ?? 0n, after(record, to, "market")[0] ?? 0n];
      return (a - b) / sold;
    };
    // A thousand tokens on day two, at a share of 30 %; three hundred on day thirty, below 22 %.
    expect(per(days("29.5"), days(30), 300n) > per(days("1.5"), days(2), 1_000n)).to.equal(true);
  });

  it("liquidates less where the threshold was raised: without that the sales of June begin a cascade", () => {
    const end = (one: RunRecord, metric: string): bigint => after(one, 0n, metric).at(-1) ?? -1n;
    // At 75 % as at 81 %, nobody is liquidated before the threshold is raised.
    expect(after(of("threshold-75"), 0n, "liquidated").slice(0, 17)).to.deep.equal(
      Array.from({ length: 17 }, () => 0n),
    );
    expect(end(record, "liquidated")).to.equal(0n);
    expect(end(of("threshold-75"), "liquidated") > 500n * WAD).to.equal(true);
    // What is liquidated is sold on the same pool.
    expect(end(of("threshold-75"), "market") < (end(record, "market") * 9n) / 10n).to.equal(true);
    for (const one of [record, of("threshold-75")]) expect(end(one, "insolvency")).to.equal(0n);
  });

  it("pays for that in the tail: the same crash leaves more insolvent where the threshold was raised", () => {
    const end = (name: string): bigint => after(of(name), 0n, "insolvency").at(-1) ?? -1n;
    expect(end("crash-threshold-75") > 0n).to.equal(true);
    expect(end("crash") * 10n > end("crash-threshold-75") * 11n).to.equal(true);
  });

  it("leaves what is behind the token untouched", () => {
    expect(new Set(after(record, 0n, "nav")).size).to.equal(1);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("steth-2022", record);
    const [once, again] = await bytesTwice(steth, { seed: 6, steps: 20 });
    expect(again).to.equal(once);
  });
});
