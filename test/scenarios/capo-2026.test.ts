import { expect } from "chai";

import { healthOf, HOLDERS } from "../../scenarios/capo-2026/borrowers.ts";
import { CAP, LIVE } from "../../scenarios/capo-2026/market.ts";
import capo from "../../scenarios/capo-2026/scenario.ts";
import { type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectHistoryPage } from "../helpers/history-page.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const last = ({ rows }: RunRecord, metric: string): bigint => BigInt(rows.at(-1)?.metrics[metric] ?? "-1");
const first = ({ rows }: RunRecord, metric: string): bigint => BigInt(rows[0]?.metrics[metric] ?? "-1");

describe("capo-2026", () => {
  let record: RunRecord;
  const liquidated = (): ReadonlySet<string> =>
    new Set(
      record.actions
        .filter(({ type, outcome }) => type === "liquidate" && outcome.status === "ok")
        .map(({ args }) => args["borrower"] as string),
    );

  before(async () => {
    ({ record } = await quickRun(capo));
  });

  it("lays history, replay and error with their sources side by side on its page in the documentation", async () => {
    await expectHistoryPage(record);
  });

  it("says what it means on every page", async () => {
    expectPlainPages([record, (await quickRun(capo, { variant: "uncapped" })).record]);
  });

  it("keeps every law and meets its expectations", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("liquidates whoever stood below 1 / (1 - 2.857 %), and nobody else", () => {
    // The threshold of the published case: a health factor of 1.02942 when the snapshot was set.
    const threshold = (LIVE * 10_000n) / CAP;
    const expected = Array.from({ length: HOLDERS }, (_, at) => at).filter((at) => healthOf(at) <= threshold);
    expect(threshold).to.equal(10_294n);
    const hit = liquidated();
    for (let at = 0; at < HOLDERS; at++) {
      // The cap grows by 9.68 % a year from an hour ago: a basis point decides nothing but the account at the edge.
      if (healthOf(at) === threshold) continue;
      expect(hit.has(`loopers-${at + 1}`), `health ${healthOf(at)}`).to.equal(expected.includes(at));
    }
  });

  it("leaves the market and what is behind the token where they were", () => {
    expect(last(record, "nav")).to.equal(first(record, "nav"));
    const [before, after] = [first(record, "market"), last(record, "market")];
    expect(((before - after) * 10_000n) / before < 50n).to.equal(true);
  });

  it("makes no bad debt, and gives liquidators the bonus and the mispricing", () => {
    expect(last(record, "badDebt")).to.equal(0n);
    const share = (last(record, "profit") * 10_000n) / last(record, "liquidated");
    // 1 % less the protocol's tenth, and 2.86 %, less what the sales cost them in the pool.
    expect(share > 300n && share < 386n, `${share} bp`).to.equal(true);
    expect(first(record, "loopers") - last(record, "loopers") >= last(record, "profit")).to.equal(true);
  });

  it("liquidates nobody without the cap", async () => {
    const { record: twin } = await quickRun(capo, { variant: "uncapped" });
    expect(last(twin, "accounts")).to.equal(0n);
    expect(last(twin, "loopers") * WAD > first(twin, "loopers") * ((WAD * 999n) / 1_000n)).to.equal(true);
  });

  it("lays history and replay side by side, with no outcome among the inputs", () => {
    const names = record.history?.inputs.map(({ name }) => name) ?? [];
    expect(record.history?.outcomes.map(({ name }) => name)).to.include("Accounts liquidated");
    for (const { name, error } of record.history?.outcomes ?? []) {
      expect(names).not.to.include(name);
      if (error !== null) expect(Math.abs(Number(error) / 1e18), name).to.be.lessThan(0.5);
    }
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("capo-2026", record);
    const [once, again] = await bytesTwice(capo, { seed: 3, steps: 10 });
    expect(again).to.equal(once);
  });
});
