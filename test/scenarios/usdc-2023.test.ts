import { expect } from "chai";

import usdc from "../../scenarios/usdc-2023/scenario.ts";
import { days, hours, minutes, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectHistoryPage } from "../helpers/history-page.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const TOLD = days(5) + hours(3) + minutes(11);
const GUARANTEED = days(6) + hours(22) + minutes(15);
const BANKS_OPEN = days(7) + hours(13);
/** Equal weights on 1, 0.924 and 0.77, which is what the scenario lets a holder hope for. */
const HOPE = ((1_000n + 924n + 770n) * WAD) / 3_000n;

type Span = readonly [from: bigint, until: bigint];
const ALWAYS: Span = [0n, days(99)];
const WEEKEND: Span = [TOLD + hours(6), GUARANTEED];
const within = ({ rows }: RunRecord, [from, until]: Span, metric: string): readonly bigint[] =>
  rows
    .filter(({ time }) => BigInt(time) >= from && BigInt(time) < until)
    .map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => within(record, ALWAYS, metric).at(-1) ?? -1n;
const lowest = (values: readonly bigint[]): bigint => values.reduce((low, one) => (one < low ? one : low));
const peak = (values: readonly bigint[]): bigint => values.reduce((top, one) => (one > top ? one : top));
const timeOf = (record: RunRecord, step: number): bigint => BigInt(record.rows[step]?.time ?? 0);
const attempts = ({ actions }: RunRecord) => actions.filter(({ type }) => type === "liquidate");

describe("usdc-2023", () => {
  let record: RunRecord;
  let hardCoded: RunRecord;
  let unrescued: RunRecord;

  before(async () => {
    ({ record } = await quickRun(usdc));
    ({ record: hardCoded } = await quickRun(usdc, { variant: "hard-coded" }));
    ({ record: unrescued } = await quickRun(usdc, { variant: "unrescued" }));
  });

  it("lays history, replay and error with their sources side by side on its page in the documentation", async () => {
    await expectHistoryPage(record);
  });

  it("says what it means on every page", () => {
    expectPlainPages([record, hardCoded, unrescued]);
  });

  it("keeps every law, and is whole again where deposits are guaranteed, and there alone", () => {
    for (const { invariants, passed } of [record, hardCoded, unrescued]) {
      expect(invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
      expect(passed).to.equal(true);
    }
    expect(last(record, "backing") >= last(unrescued, "backing") + WAD / 20n).to.equal(true);
  });

  it("comes to the published prices within three percent, none of them an input", () => {
    const outcomes = record.history?.outcomes ?? [];
    const inputs = record.history?.inputs.map(({ name, value }) => `${name} ${value}`).join("\n") ?? "";
    expect(outcomes).to.have.length(4);
    for (const { name, error, metric } of outcomes) {
      expect(inputs).not.to.include(name);
      // Who lends to whom was not published: the insolvency is of the right size, no more.
      if (metric !== "recognised") expect(Math.abs(Number(error) / 1e18), name).to.be.lessThan(0.03);
      else expect(Math.abs(Number(error) / 1e18), name).to.be.lessThan(3);
    }
  });

  it("redeems nobody while the banks are shut", () => {
    const paid = record.actions.filter(({ type }) => type === "dollarClaim");
    const queued = record.actions.filter(({ type }) => type === "dollarRedeem");
    expect(queued.some(({ step }) => timeOf(record, step) < BANKS_OPEN)).to.equal(true);
    expect(paid.length).to.be.greaterThan(0);
    expect(paid.filter(({ step }) => timeOf(record, step) < BANKS_OPEN)).to.deep.equal([]);
  });

  it("trades at what a holder may hope for, outcome by outcome and weight by weight", () => {
    const prices = [...within(record, WEEKEND, "usdc")].sort((a, b) => (a < b ? -1 : 1));
    const median = prices[prices.length >> 1] ?? 0n;
    expect(median > (HOPE * 98n) / 100n && median < (HOPE * 101n) / 100n).to.equal(true);
    // What is behind it is 0.924 of a dollar all along, and the market pays less.
    expect(new Set(within(record, WEEKEND, "backing"))).to.deep.equal(
      new Set([lowest(within(record, ALWAYS, "backing"))]),
    );
    expect(median < lowest(within(record, WEEKEND, "backing"))).to.equal(true);
  });

  it("takes the other dollar along, which is minted against it at par", () => {
    const [one, other] = [within(record, WEEKEND, "usdc"), within(record, WEEKEND, "dai")];
    for (const [at, price] of one.entries()) {
      const apart = (other[at] ?? 0n) - price;
      expect(apart >= -(WAD / 1_000n) && apart < WAD / 100n).to.equal(true);
    }
    const minted = record.actions.filter(({ type, outcome }) => type === "dollarSwap" && outcome.status === "ok");
    expect(minted.length).to.be.greaterThan(5);
  });

  it("empties the pool of the coin that nobody doubts, which costs a tenth more than par", () => {
    expect(peak(within(record, WEEKEND, "safeShare")) < WAD / 20n).to.equal(true);
    expect(lowest(within(record, WEEKEND, "usdt")) > (110n * WAD) / 100n).to.equal(true);
  });

  it("leaves most unhealthy accounts alone: a bonus of a hundredth does not pay for the sale", () => {
    const weekend = attempts(record).filter(({ step }) => timeOf(record, step) < GUARANTEED);
    const refused = weekend.filter(({ outcome }) => outcome.status === "reverted");
    expect(refused.length > 3 * (weekend.length - refused.length)).to.equal(true);
    expect(refused.some(({ outcome }) => JSON.stringify(outcome).includes("FlashLiquidatorUnprofitable"))).to.equal(
      true,
    );
    expect(last(record, "underwater") > 0n).to.equal(true);
  });

  it("liquidates on the way up, at a price that has passed already", () => {
    const before = within(record, [0n, GUARANTEED], "profit").at(-1) ?? 0n;
    const [profit, hoursAfter] = [last(record, "profit") - before, within(record, [GUARANTEED, BANKS_OPEN], "oracle")];
    expect(profit > before / 2n).to.equal(true);
    // The oracle still tells the price of an hour ago when the market is nearly at par.
    expect(lowest(hoursAfter) < (92n * WAD) / 100n).to.equal(true);
    expect(peak(within(record, [GUARANTEED, GUARANTEED + hours(2)], "usdc")) > (98n * WAD) / 100n).to.equal(true);
  });

  it("liquidates nobody where the price is hard-coded, lends at par, and hides the loss with its lenders", () => {
    expect(attempts(hardCoded)).to.deep.equal([]);
    expect(peak(within(hardCoded, WEEKEND, "badDebt")) > 2n * peak(within(record, WEEKEND, "badDebt"))).to.equal(true);
    expect(peak(within(hardCoded, WEEKEND, "borrowed")) > peak(within(record, WEEKEND, "borrowed"))).to.equal(true);
    expect(last(hardCoded, "recognised")).to.equal(0n);
    expect(peak(within(hardCoded, ALWAYS, "utilisation"))).to.equal(WAD);
  });

  it("costs lenders more where nobody guarantees the deposit", () => {
    expect(last(unrescued, "badDebt") > 2n * last(record, "badDebt")).to.equal(true);
    expect(last(unrescued, "usdc") < (93n * WAD) / 100n).to.equal(true);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("usdc-2023", record);
    const [once, again] = await bytesTwice(usdc, { seed: 8, steps: 12 });
    expect(again).to.equal(once);
  });
});
