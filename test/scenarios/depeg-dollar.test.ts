import { expect } from "chai";

import depeg from "../../scenarios/depeg/scenario.ts";
import { days, hours, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const FRIDAY = days(4) + hours(23);
const MONDAY = days(7) + hours(13);

type Span = readonly [from: bigint, until: bigint];
const within = ({ rows }: RunRecord, [from, until]: Span, metric: string): readonly bigint[] =>
  rows
    .filter(({ time }) => BigInt(time) >= from && BigInt(time) < until)
    .map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => within(record, [0n, days(99)], metric).at(-1) ?? -1n;
const lowest = (values: readonly bigint[]): bigint => values.reduce((low, one) => (one < low ? one : low));

/** Actions of a type with their time, of one population where `of` names it. */
function acted({ actions }: RunRecord, type: string, of = ""): readonly RunRecord["actions"][number][] {
  return actions.filter((action) => action.type === type && action.agent.startsWith(of));
}

describe("depeg of a dollar on a Friday evening", () => {
  let alike: RunRecord;
  let first: RunRecord;

  before(async () => {
    ({ record: alike } = await quickRun(depeg, { variant: "dollar-friday" }));
    ({ record: first } = await quickRun(depeg, { variant: "dollar-first-come" }));
  });

  it("says what it means on every page", () => {
    expectPlainPages([alike, first]);
  });

  it("keeps every law and meets its expectations, whoever is paid", () => {
    for (const { invariants, passed } of [alike, first]) {
      expect(invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
      expect(passed).to.equal(true);
    }
  });

  it("stands at par until the reserve is impaired, and never again in its backing", () => {
    for (const record of [alike, first]) {
      expect(new Set(within(record, [0n, FRIDAY], "backing"))).to.deep.equal(new Set([WAD]));
      expect(within(record, [FRIDAY, days(99)], "backing").every((backing) => backing < WAD)).to.equal(true);
    }
  });

  it("pays nobody from Friday night to Monday: who waits, waits for the banks", () => {
    for (const record of [alike, first]) {
      const paid = [...acted(record, "dollarClaim"), ...acted(record, "dollarServe")];
      const times = paid.map(({ step }) => BigInt(record.rows[step]?.time ?? 0));
      expect(times.length).to.be.greaterThan(0);
      expect(times.filter((time) => time < MONDAY)).to.deep.equal([]);
    }
  });

  it("falls on its market while the oracle keeps answering 1.00", () => {
    const weekend: Span = [FRIDAY, MONDAY];
    for (const record of [alike, first]) {
      expect(lowest(within(record, weekend, "market")) < (98n * WAD) / 100n).to.equal(true);
      expect(new Set(within(record, [0n, days(99)], "oracle"))).to.deep.equal(new Set([WAD]));
    }
    // From Monday on holders sell past what a dollar redeems for.
    const below = within(alike, [MONDAY, days(12)], "discount").filter((discount) => discount > WAD / 20n);
    expect(below.length).to.be.greaterThan(0);
  });

  it("swaps at par through the window until the price leaves the band, then refuses", () => {
    for (const record of [alike, first]) {
      const swaps = acted(record, "dollarSwap", "desk");
      const frozen = swaps.findIndex(({ outcome }) => outcome.status === "reverted");
      expect(frozen).to.be.greaterThan(1);
      for (const { outcome } of swaps.slice(frozen)) {
        expect(outcome).to.include({ status: "reverted", error: "SwapWindowFrozen" });
      }
    }
  });

  it("uses up buffer, junior tranche and backstop before a holder loses anything", () => {
    // 10 % of 9.1 millions are lost, pots hold 0.4, and 12.1 millions are out.
    const expected = WAD - ((910_000n - 400_000n) * WAD) / 12_100_000n;
    const rate = within(alike, [FRIDAY, FRIDAY + hours(1)], "rate")[0] ?? 0n;
    expect(rate <= expected && rate > expected - 10n).to.equal(true);
  });

  it("pays all alike the same rate, and par to who comes first while there is cash", () => {
    const settled = within(alike, [MONDAY, days(99)], "rate");
    expect((settled[0] ?? 0n) - lowest(settled) < WAD / 1_000n).to.equal(true);
    expect(new Set(within(first, [0n, days(99)], "rate"))).to.deep.equal(new Set([WAD]));
  });

  it("moves the loss to those who come last where the first are paid at par", () => {
    const spread = (record: RunRecord): bigint => last(record, "insiders") - last(record, "waiting");
    expect(spread(alike) > 0n).to.equal(true);
    expect(spread(first) > 2n * spread(alike)).to.equal(true);
    expect(last(first, "insiders") > last(alike, "insiders")).to.equal(true);
    expect(last(first, "waiting") < last(alike, "waiting")).to.equal(true);
    // What a dollar would pay if all were paid alike keeps falling: each who leaves at par takes from who stays.
    expect(last(first, "nav") < last(alike, "nav")).to.equal(true);
  });

  it("touches nothing behind the restaking token", () => {
    for (const record of [alike, first]) expect(new Set(within(record, [0n, days(99)], "restaked")).size).to.equal(1);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("depeg-dollar-friday", alike);
    const [once, again] = await bytesTwice(depeg, { seed: 5, steps: 50, variant: "dollar-friday" });
    expect(again).to.equal(once);
  });
});
