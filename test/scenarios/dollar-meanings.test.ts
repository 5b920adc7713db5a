import { expect } from "chai";

import scenario from "../../scenarios/dollar-meanings/scenario.ts";
import { days, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const ETHER = 10n ** 18n;
/** Dollars of a participant's equity in ether, by its price in the same row. */
const dollarsAt = ({ rows }: RunRecord, time: bigint, metric: string): bigint => {
  const row = rows.findLast((one) => BigInt(one.time) <= time);
  return (BigInt(row?.metrics[metric] ?? 0) * BigInt(row?.metrics["ether"] ?? 0)) / ETHER / ETHER;
};

describe("dollar-meanings", () => {
  let record: RunRecord;

  before(async () => {
    ({ record } = await quickRun(scenario));
  });

  const acted = (type: string, of: string) =>
    record.actions.filter((action) => action.type === type && action.agent.startsWith(of));
  const end = days(50);
  const linesOf = (party: string) => record.defi?.parties.find((one) => one.party === party)?.lines ?? [];

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("keeps every law and meets its expectations", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("never secures a service with a dollar: what is slashed is staked ether", () => {
    expect(record.slashes).to.have.length(1);
    expect(JSON.stringify(record.slashes)).not.to.include("usd");
  });

  it("(a) leaves whom dollars fund with the slash, the price of ether and the liquidation", () => {
    const causes = new Set(linesOf("trader").map(({ channel }) => channel));
    expect(causes).to.include("slash").and.include("liquidation");
    expect(acted("liquidate", "liquidators").some(({ outcome }) => outcome.status === "ok")).to.equal(true);
    expect(dollarsAt(record, end, "trader") < (8n * dollarsAt(record, 0n, "trader")) / 10n).to.equal(true);
    // Who lent the ether is paid for it and loses nothing.
    const lender = linesOf("lender").filter(({ channel }) => channel !== "price");
    expect(lender.some(({ channel, amount }) => channel === "interest" && BigInt(amount) > 0n)).to.equal(true);
    expect(lender.every(({ amount }) => BigInt(amount) >= 0n)).to.equal(true);
  });

  it("(b) leaves who lends dollars to an intermediary with a promise, and with its losses", () => {
    expect(dollarsAt(record, days(3), "clients")).to.equal(0n);
    const [before, after] = [dollarsAt(record, 0n, "clients"), dollarsAt(record, end, "clients")];
    expect(after < (8n * before) / 10n && after > before / 2n).to.equal(true);
    // The slash befell the intermediary's token; its clients have no claim on it, and so no line of it.
    expect(linesOf("intermediary").map(({ channel }) => channel)).to.include("slash");
    for (const client of ["clients-1", "clients-2"]) {
      expect(new Set(linesOf(client).map(({ channel }) => channel))).to.deep.equal(new Set(["transfers", "price"]));
    }
  });

  it("(c) pays who holds a fund what its bills earn, keeps strangers out, and can shut the door", () => {
    const [stranger] = acted("fundSubscribe", "stranger");
    expect(stranger?.outcome).to.include({ status: "reverted", error: "FundTellerNotAllowed" });
    const redeems = acted("fundRedeem", "saver").map(({ outcome }) => outcome.status);
    expect(redeems).to.deep.equal(["reverted", "ok"]);
    const income = linesOf("saver").filter(({ channel }) => channel === "fundIncome");
    expect(income.some(({ amount }) => BigInt(amount) > 0n)).to.equal(true);
    expect(linesOf("saver").some(({ channel }) => channel === "slash")).to.equal(false);
    const gained = dollarsAt(record, end, "saver") - dollarsAt(record, 0n, "saver");
    // 5 % a year on 300 thousand for 45 days, less what left early.
    expect(gained > 1_000n && gained < 2_000n).to.equal(true);
  });

  it("(d) pays rewards out of a treasury, until it is empty", () => {
    const paid = acted("transferToken", "treasury").filter(({ outcome }) => outcome.status === "ok");
    expect(paid).to.have.length(25);
    const gift = linesOf("depositor").find(
      ({ channel, with: other }) => channel === "transfers" && other === "treasury",
    );
    const given = linesOf("treasury").find(({ channel }) => channel === "transfers");
    expect(BigInt(gift?.amount ?? 0) > 0n).to.equal(true);
    expect(BigInt(gift?.amount ?? 0) + BigInt(given?.amount ?? 0)).to.equal(0n);
    const reward = (until: bigint): bigint =>
      dollarsAt(record, until, "depositor") - dollarsAt(record, 0n, "depositor");
    expect(reward(days(25))).to.equal(25_000n);
    expect(reward(end) - 25_000n < 10n).to.equal(true);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("dollar-meanings", record);
    const [once, again] = await bytesTwice(scenario, { seed: 4, steps: 45 });
    expect(again).to.equal(once);
  });
});
