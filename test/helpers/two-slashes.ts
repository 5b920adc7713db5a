import { defineAgent } from "../../src/model/agent.ts";
import { observer } from "../../src/model/agents/observer.ts";
import { each, listed } from "../../src/model/distribution.ts";
import { atEnd } from "../../src/model/expectation.ts";
import { lossOf, totalLoss } from "../../src/model/metrics/losses.ts";
import { revertedActions } from "../../src/model/metrics/activity.ts";
import { totalRestaked } from "../../src/model/metrics/stake.ts";
import { equivocationRule } from "../../src/model/rule.ts";
import { defineScenario } from "../../src/model/scenario.ts";
import { equivocate } from "../../src/model/shocks/faults.ts";
import { report, slash } from "../../src/model/shocks/justice.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { blocks, days } from "../../src/units/durations.ts";

const operator = defineAgent<object>({ name: "test-operator", role: "operator", decide: () => [] });
const leaver = defineAgent<{ at: bigint }>({
  name: "test-leaver",
  role: "staker",
  decide: ({ now, params }) => (now === params.at ? [{ type: "undelegate" }] : []),
});
export const gambler = defineAgent<object>({
  name: "test-gambler",
  role: "staker",
  decide: ({ random }) => [{ type: "queueWithdrawal", strategy: "lst", depositShares: random.bigint(3n) }],
});

/** Last block in which the first exit can still be slashed. */
export const lastBlock = days(1) + blocks(100_800);

/** One slash in the last slashable block of an exit, one just after it, and stakers who ask for what they may not. */
export const twoSlashes = defineScenario({
  name: "two-slashes",
  question: "Who escapes the slash just after the window?",
  seed: 5,
  clock: { step: days(1), steps: 16 },
  avss: {
    oracle: { rule: equivocationRule({ slash: percent(50) }), redistributeTo: "victim" },
    availability: { module: { kind: "direct", slasher: "victim" } },
  },
  populations: {
    operators: {
      count: 2,
      agent: operator({}),
      stake: listed([ether(10), ether(7)]),
      allocations: { oracle: percent(40), availability: percent(60) },
    },
    early: { count: 1, agent: leaver({ at: days(1) }), stake: each(ether(30)), delegateTo: "operators-1" },
    stayers: { count: 3, agent: observer({}), stake: each(ether("3.000000000000000001")), delegateTo: "operators-1" },
    gamblers: { count: 2, agent: gambler({}), stake: each(ether(1)), delegateTo: "operators-2" },
    victim: { count: 1, agent: observer({}) },
  },
  timeline: [
    { at: days(2), shock: equivocate({ operator: "operators-1", sets: ["oracle"] }), note: "operators-1 lies" },
    { at: lastBlock, shock: report({ by: "victim", operator: "operators-1", set: "oracle" }) },
    {
      at: lastBlock + blocks(1),
      shock: slash({ avs: "availability", operator: "operators-1", fraction: percent(10) }),
    },
  ],
  metrics: { restaked: totalRestaked(), lost: totalLoss(), early: lossOf("early"), reverted: revertedActions() },
  expect: { lost: atEnd({ above: ether(9) }) },
});
