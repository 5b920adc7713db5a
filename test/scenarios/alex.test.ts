import { expect } from "chai";

import alex from "../../scenarios/alex/scenario.ts";
import { days, ether, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

describe("alex", () => {
  let record: RunRecord;
  const earningsOf = (participant: string) => {
    const found = record.earnings.find((earning) => earning.participant === participant);
    if (found === undefined) throw new RangeError(`${participant} has no earnings`);
    return found;
  };
  const incomeFrom = (participant: string, payer: string): bigint =>
    BigInt(earningsOf(participant).income.find((income) => income.payer === payer)?.amount ?? 0);
  const lastMetric = (name: string): bigint => BigInt(record.rows.at(-1)?.metrics[name] ?? 0);

  before(async () => {
    ({ record } = await quickRun(alex));
  });

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("keeps every invariant and meets every expectation", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.expectations.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("climbs the ladder without a refusal: stakes, restakes, delegates", () => {
    const mine = record.actions.filter(({ agent }) => agent === "alex");
    expect(mine.slice(0, 3).map(({ type }) => type)).to.deep.equal(["stakeEther", "deposit", "delegate"]);
    expect(mine.filter(({ outcome }) => outcome.status !== "ok")).to.deep.equal([]);
  });

  it("earns from staking, from the oracle and from availability for months", () => {
    for (const payer of ["staking", "oracle", "availability"]) {
      expect(incomeFrom("alex", payer) > 0n, payer).to.equal(true);
    }
    expect(incomeFrom("alex", "oracle") > incomeFrom("alex", "availability")).to.equal(true);
  });

  it("loses once, to the oracle's price rule, 10 % of what was promised", () => {
    expect(record.slashes).to.have.length(1);
    const [slash] = record.slashes;
    expect(slash?.set).to.equal("oracle");
    expect(BigInt(slash?.time ?? 0) > days(120)).to.equal(true);
    expect(earningsOf("alex").losses.map(({ slash: id }) => id)).to.deep.equal([slash?.id]);
    const lost = BigInt(earningsOf("alex").losses[0]?.amount ?? 0);
    expect(lost > ether("1.6") && lost < ether("1.65"), lost.toString()).to.equal(true);
  });

  it("ends worse than plain staking, by what the ledger and the wallets agree on", () => {
    const { net, plainStaking } = earningsOf("alex");
    expect(BigInt(net) < BigInt(plainStaking)).to.equal(true);
    const behind = lastMetric("saver") - lastMetric("alex");
    expect(behind).to.equal(lastMetric("behind"));
    expect(behind > ether(1)).to.equal(true);
  });

  it("leaves after the slash and gets its stake out when the delay has passed", () => {
    const exit = record.exits.find(({ holder }) => holder === "alex");
    expect(exit?.hitBy).to.deep.equal([]);
    expect(BigInt(exit?.completedAt ?? 0) > BigInt(exit?.slashableUntil ?? 0)).to.equal(true);
    // More than was queued: the liquid staking token goes on earning in the queue.
    expect(BigInt(exit?.received ?? 0) > BigInt(exit?.requested ?? 0)).to.equal(true);
  });

  it("matches its golden metrics", async () => {
    await expectGolden("alex", record);
  });

  it("gives the same bytes for the same seed", async () => {
    const [once, again] = await bytesTwice(alex, { seed: 7, steps: 20 });
    expect(again).to.equal(once);
  });
});
