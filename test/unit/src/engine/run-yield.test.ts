import { expect } from "chai";

import { run } from "../../../../src/engine/run.ts";
import { honestOperator } from "../../../../src/model/agents/honest-operator.ts";
import { escrowClearer } from "../../../../src/model/agents/justice.ts";
import { observer } from "../../../../src/model/agents/observer.ts";
import { patientStaker, restakingStaker } from "../../../../src/model/agents/stakers.ts";
import { each } from "../../../../src/model/distribution.ts";
import { totalRestaked } from "../../../../src/model/metrics/stake.ts";
import { defineScenario } from "../../../../src/model/scenario.ts";
import { slash } from "../../../../src/model/shocks/justice.ts";
import type { RunRecord } from "../../../../src/report/run-record.ts";
import { ether, percent } from "../../../../src/units/amounts.ts";
import { days } from "../../../../src/units/durations.ts";
import { PaperWorld } from "../../../helpers/paper-world.ts";

const scenario = defineScenario({
  name: "a-year-of-fees",
  question: "What did the fees bring, and what did the slash take?",
  seed: 1,
  clock: { step: days(1), steps: 30 },
  lst: { yearlyYield: percent("3.65"), reportEvery: days(1) },
  avss: {
    oracle: {
      module: { kind: "direct", slasher: "thief" },
      redistributeTo: "thief",
      rewards: { amount: ether(7), every: days(7) },
    },
    archive: { rewards: { amount: ether(1), every: days(7) } },
  },
  populations: {
    operators: {
      count: 1,
      agent: honestOperator({}),
      stake: each(ether(100)),
      allocations: { oracle: percent(50), archive: percent(25) },
      commission: percent(10),
    },
    stakers: { count: 1, agent: patientStaker({}), stake: each(ether(300)), delegateTo: "operators" },
    late: {
      count: 1,
      agent: restakingStaker({ operator: "operators", strategy: "lst", exitAboveLoss: percent(90) }),
      ether: each(ether(32)),
    },
    thief: { count: 1, agent: observer({}) },
    keeper: { count: 1, agent: escrowClearer({}) },
  },
  timeline: [{ at: days(20), shock: slash({ avs: "oracle", operator: "operators", fraction: percent(100) }) }],
  metrics: { restaked: totalRestaked() },
});

describe("run, yield attribution", () => {
  let record: RunRecord;
  before(async () => {
    record = (await run(scenario, { createWorld: (spec) => Promise.resolve(new PaperWorld(spec)) })).record;
  });

  const earningOf = (participant: string): RunRecord["earnings"][number] => {
    const found = record.earnings.find((earning) => earning.participant === participant);
    if (found === undefined) throw new TypeError(`nobody earned as ${participant}`);
    return found;
  };
  const income = (participant: string, payer: string): bigint =>
    BigInt(earningOf(participant).income.find((line) => line.payer === payer)?.amount ?? "0");

  it("pays each finished period once and splits it by commission and stake", () => {
    const payments = record.actions.filter(({ type, origin }) => type === "payRewards" && origin === "engine");
    expect(payments.map(({ args }) => [args["set"], args["until"]])).to.have.length(8);
    const paid = ["operators", "stakers", "late"].reduce((sum, id) => sum + income(id, "archive"), 0n);
    expect(paid <= ether(4)).to.equal(true);
    expect(paid >= ether(4) - 100n).to.equal(true);
    expect(income("operators", "archive") > income("late", "archive")).to.equal(true);
  });

  it("publishes a root after each payment", () => {
    const roots = record.actions.filter(({ type }) => type === "submitRewardsRoot");
    expect(roots).to.have.length(4);
    expect(roots.every(({ outcome }) => outcome.status === "ok")).to.equal(true);
  });

  it("counts ether as capital from the moment it is staked", () => {
    const late = earningOf("late");
    expect(late.capital).to.equal(ether(32).toString());
    expect(BigInt(late.plainStaking) > 0n).to.equal(true);
    expect(late.losses.map((line) => line.slash)).to.deep.equal(["oracle#1"]);
  });

  it("nets income and losses exactly", () => {
    for (const earning of record.earnings) {
      const earned = earning.income.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      const lost = earning.losses.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      expect(BigInt(earning.net)).to.equal(earned - lost);
    }
  });

  it("books what was slashed as income of the recipient", () => {
    const taken = record.slashes.reduce((sum, { value }) => sum + BigInt(value), 0n);
    const drift = income("thief", "redistribution:oracle") - taken;
    expect(drift >= 0n && drift < taken / 100n).to.equal(true);
    expect(record.slashes[0]?.destination).to.include({ kind: "redistributed", recipient: "thief", escrow: "0" });
  });

  it("ends worse than plain staking for who was slashed by half", () => {
    const stakers = earningOf("stakers");
    expect(BigInt(stakers.net) < BigInt(stakers.plainStaking)).to.equal(true);
    expect(income("stakers", "staking") > 0n).to.equal(true);
  });
});
