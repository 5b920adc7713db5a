import { expect } from "chai";

import depeg from "../../scenarios/depeg/scenario.ts";
import { type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const valuesOf = ({ rows }: RunRecord, metric: string): readonly bigint[] =>
  rows.map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => valuesOf(record, metric).at(-1) ?? -1n;

describe("depeg", () => {
  let shut: RunRecord;
  let open: RunRecord;

  before(async () => {
    ({ record: shut } = await quickRun(depeg));
    ({ record: open } = await quickRun(depeg, { variant: "redemptions" }));
  });

  it("says what it means on every page", () => {
    expectPlainPages([shut, open]);
  });

  it("keeps every law and meets its expectations, shut and open", () => {
    for (const { invariants, passed } of [shut, open]) {
      expect(invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
      expect(passed).to.equal(true);
    }
  });

  it("opens a discount that nothing closes while the vault takes no redemptions", () => {
    const course = valuesOf(shut, "discount");
    const opened = course.findIndex((discount) => discount > WAD / 100n);
    expect(opened).to.be.within(1, 8);
    for (const discount of course.slice(opened)) expect(discount > WAD / 100n).to.equal(true);
    expect(shut.actions.filter(({ type }) => type === "vaultRequest")).to.deep.equal([]);
  });

  it("closes it to the cost of waiting where the vault redeems and somebody buys to redeem", () => {
    // 8 % a year for seven days, and a margin of 0.2 %; the pool's fee comes on top.
    const floor = (8n * WAD * 7n) / 36_500n + WAD / 500n;
    const end = last(open, "discount");
    expect(end < last(shut, "discount") / 4n).to.equal(true);
    expect(end > floor / 2n && end < 2n * floor).to.equal(true);
    expect(last(open, "arbitrage") > 1_200n * WAD).to.equal(true);
  });

  it("pays those who redeem what is behind their shares, after the queue", () => {
    const claims = open.actions.filter(({ type, outcome }) => type === "vaultClaim" && outcome.status === "ok");
    expect(claims.length).to.be.greaterThan(0);
    const first = open.actions.find(({ type }) => type === "vaultRequest")?.step ?? 0;
    // Seven days are 28 steps.
    expect((claims[0]?.step ?? 0) - first).to.be.greaterThan(27);
  });

  it("leaves what is behind the token untouched: the loss is borne by who sells", () => {
    for (const record of [shut, open]) expect(new Set(valuesOf(record, "nav")).size).to.equal(1);
    expect(last(shut, "traders") < last(open, "traders")).to.equal(true);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("depeg", shut);
    const [once, again] = await bytesTwice(depeg, { seed: 5, steps: 20 });
    expect(again).to.equal(once);
  });
});
