import { expect } from "chai";

import ezeth from "../../scenarios/ezeth-2024/scenario.ts";
import { minutes, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectHistoryPage } from "../helpers/history-page.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const WAD = 10n ** 18n;
const FROZEN = minutes(27);

const valuesOf = ({ rows }: RunRecord, metric: string): readonly bigint[] =>
  rows.map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => valuesOf(record, metric).at(-1) ?? -1n;
const lowest = (record: RunRecord, metric: string): bigint =>
  valuesOf(record, metric).reduce((low, one) => (one < low ? one : low));

/** Actions of a type, and of one population where `of` names it. */
function acted({ actions }: RunRecord, type: string, of = ""): readonly RunRecord["actions"][number][] {
  return actions.filter((action) => action.type === type && action.agent.startsWith(of));
}

describe("ezeth-2024", () => {
  let record: RunRecord;
  let fundamental: RunRecord;
  let unfrozen: RunRecord;
  let spot: RunRecord;

  before(async () => {
    ({ record } = await quickRun(ezeth));
    ({ record: fundamental } = await quickRun(ezeth, { variant: "fundamental" }));
    ({ record: unfrozen } = await quickRun(ezeth, { variant: "unfrozen" }));
    ({ record: spot } = await quickRun(ezeth, { variant: "spot" }));
  });

  it("lays history, replay and error with their sources side by side on its page in the documentation", async () => {
    await expectHistoryPage(record);
  });

  it("says what it means on every page", () => {
    expectPlainPages([record, fundamental, unfrozen, spot]);
  });

  it("keeps every law and meets its expectations", () => {
    for (const { invariants, passed } of [record, fundamental, unfrozen, spot]) {
      expect(invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
      expect(passed).to.equal(true);
    }
  });

  it("comes near the published outcomes, none of them an input", () => {
    const inputs = record.history?.inputs.map(({ name, value }) => `${name} ${value}`).join("\n") ?? "";
    const errors = Object.fromEntries(
      (record.history?.outcomes ?? []).map(({ metric, error }) => [metric, Math.abs(Number(error) / 1e18)]),
    );
    for (const { name } of record.history?.outcomes ?? []) expect(inputs).not.to.include(name);
    expect(Object.keys(errors)).to.have.members(["seizedPrice", "cascade", "poolEther", "badShare"]);
    expect(errors["seizedPrice"]).to.be.lessThan(0.06);
    // What accounts owed, and who sold when, was not published: of the right size, no more.
    for (const metric of ["cascade", "poolEther", "badShare"]) expect(errors[metric], metric).to.be.lessThan(0.5);
  });

  it("splits what credit accounts pay as published: 3 % for the liquidator, 1 % for the protocol", () => {
    const terms = ezeth.defi?.lending?.[0]?.reserves.find(({ token }) => token === "ezeth");
    const paid = (terms?.bonus ?? 0n) - 10_000n;
    const fee = (paid * (terms?.bonusFee ?? 0n)) / 10_000n;
    expect([paid - fee, fee]).to.deep.equal([300n, 100n]);
  });

  it("reports less than par five minutes after history did, and says so", () => {
    const below = record.rows.find(({ metrics }) => BigInt(metrics["oracle"] ?? 0) < WAD);
    expect(BigInt(below?.time ?? 0)).to.equal(minutes(30));
    const [first] = record.actions.filter(
      ({ type, outcome }) => type === "isolatedLiquidate" && outcome.status === "ok",
    );
    expect(record.rows[first?.step ?? 0]?.time).to.equal(minutes(31).toString());
    const told = record.history?.inputs.find(({ name }) => name.startsWith("First report below par"));
    expect(told?.value).to.include("02:25").and.include("02:30");
  });

  it("is over within half an hour", () => {
    expect(last(record, "cascade") > minutes(10) && last(record, "cascade") < minutes(30)).to.equal(true);
    expect(last(record, "liquidated86") > 0n && last(record, "liquidated77") > 0n).to.equal(true);
  });

  it("lets liquidators sell into the depth that providers take out", () => {
    const sold = acted(record, "isolatedLiquidate", "sellers");
    expect(sold.some(({ outcome }) => outcome.status === "ok")).to.equal(true);
    expect(sold.some(({ outcome }) => JSON.stringify(outcome).includes("Unprofitable"))).to.equal(true);
    // Their sales alone take the pool below what sales without liquidations leave.
    expect(lowest(record, "poolEther") < lowest(fundamental, "poolEther")).to.equal(true);
  });

  it("is damped by an oracle that tells the market late, and never its lowest", () => {
    expect(lowest(record, "oracle") > (110n * lowest(record, "market")) / 100n).to.equal(true);
  });

  it("limits the damage by that lag: priced by the pool at once, far more is left unpaid at 86 %", () => {
    expect(last(spot, "bad86") > 10n * last(record, "bad86")).to.equal(true);
    expect(last(spot, "liquidated86") > last(record, "liquidated86")).to.equal(true);
    expect(lowest(spot, "market") < lowest(record, "market")).to.equal(true);
  });

  it("leaves a little bad debt at 86 %, and none at 77 %", () => {
    expect(last(record, "badShare") > 0n && last(record, "badShare") < WAD / 100n).to.equal(true);
    expect(last(record, "bad77")).to.equal(0n);
  });

  it("stops accounts from adding collateral, and nobody from liquidating them", () => {
    const tried = acted(record, "supply", "accounts");
    const refused = tried.filter(({ step }) => BigInt(record.rows[step]?.time ?? 0) > FROZEN);
    expect(refused.length).to.be.greaterThan(0);
    for (const { outcome } of refused) expect(outcome).to.include({ status: "reverted" });
    expect(last(record, "liquidatedCredit") > 0n).to.equal(true);
    expect(acted(unfrozen, "supply", "accounts").some(({ outcome }) => outcome.status === "ok")).to.equal(true);
    expect(last(unfrozen, "liquidatedCredit") < last(record, "liquidatedCredit") / 2n).to.equal(true);
  });

  it("liquidates nobody where lenders price the token by what is behind it: interest is all that grows", () => {
    expect([...acted(fundamental, "isolatedLiquidate"), ...acted(fundamental, "liquidate")]).to.deep.equal([]);
    for (const metric of ["bad86", "bad77", "badCredit"]) expect(last(fundamental, metric)).to.equal(0n);
    expect(lowest(fundamental, "market") < (90n * WAD) / 100n).to.equal(true);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("ezeth-2024", record);
    const [once, again] = await bytesTwice(ezeth, { seed: 9, steps: 35 });
    expect(again).to.equal(once);
  });
});
