/** Mistakes that must not compile: the compiler refuses this file when one of them does. */
import { observer } from "../../../../src/model/agents/observer.ts";
import { each } from "../../../../src/model/distribution.ts";
import { atEnd } from "../../../../src/model/expectation.ts";
import { lossOf } from "../../../../src/model/metrics/losses.ts";
import { securityOf, totalRestaked } from "../../../../src/model/metrics/stake.ts";
import { timeToLastExit } from "../../../../src/model/metrics/activity.ts";
import { defineScenario } from "../../../../src/model/scenario.ts";
import { equivocate } from "../../../../src/model/shocks/faults.ts";
import { pause } from "../../../../src/model/shocks/protocol.ts";
import { act, slash } from "../../../../src/model/shocks/justice.ts";
import { ether, percent } from "../../../../src/units/amounts.ts";
import { days } from "../../../../src/units/durations.ts";
import type { Seconds, Wei } from "../../../../src/units/units.ts";

const wei: Wei = ether(1);
const second: Seconds = days(1);

export const sound = defineScenario({
  name: "sound",
  question: "Does a sound scenario compile?",
  seed: 1,
  clock: { step: days(1), steps: 3 },
  avss: { oracle: { module: { kind: "direct", slasher: "watcher" } }, bridge: { redistributeTo: "watcher" } },
  populations: {
    operators: { count: 2, agent: observer({}), stake: each(wei), allocations: { oracle: percent(50) } },
    stakers: { count: 2, agent: observer({}), stake: each(wei), delegateTo: "operators-1" },
    watcher: { count: 1, agent: observer({}) },
  },
  timeline: [
    { at: days(1), shock: slash({ avs: "oracle", operator: "operators-1", fraction: percent(10) }) },
    { at: days(1), shock: equivocate({ operator: "operators-2", sets: ["oracle", "bridge"] }) },
    { at: days(2), shock: pause(["slash"]) },
    { at: days(2), shock: act({ by: "protocol", action: { type: "reportPool" } }) },
    { at: days(2), shock: act({ by: "oracle", action: { type: "openRound", set: "oracle" } }) },
    { at: days(2), shock: act({ by: "operators-2", action: { type: "undelegate" } }) },
  ],
  metrics: {
    restaked: totalRestaked(),
    security: securityOf("oracle"),
    loss: lossOf("stakers"),
    wait: timeToLastExit(),
  },
  expect: { restaked: atEnd({ above: wei }), wait: atEnd({ below: second }) },
});

const base = {
  name: "mistake",
  question: "Does a mistake compile?",
  seed: 1,
  clock: { step: days(1), steps: 3 },
} as const;

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  // @ts-expect-error an operator of no population
  timeline: [{ at: days(1), shock: slash({ avs: "oracle", operator: "nobody", fraction: percent(10) }) }],
  metrics: {},
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  // @ts-expect-error an operator set that is not declared
  timeline: [{ at: days(1), shock: slash({ avs: "rollup", operator: "operators", fraction: percent(10) }) }],
  metrics: {},
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  // @ts-expect-error an allocation to an operator set that is not declared
  populations: { operators: { count: 1, agent: observer({}), allocations: { rollup: percent(1) } } },
  metrics: {},
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  // @ts-expect-error a delegation to a population that is not declared
  populations: { stakers: { count: 1, agent: observer({}), delegateTo: "nobody" } },
  metrics: {},
});

defineScenario({
  ...base,
  // @ts-expect-error a slasher of no population
  avss: { oracle: { module: { kind: "direct", slasher: "nobody" } } },
  populations: { operators: { count: 1, agent: observer({}) } },
  metrics: {},
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  // @ts-expect-error a metric of an operator set that is not declared
  metrics: { security: securityOf("rollup") },
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  // @ts-expect-error a metric of a population that is not declared
  metrics: { loss: lossOf("nobody") },
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  metrics: { restaked: totalRestaked() },
  // @ts-expect-error an expectation on a metric that is not declared
  expect: { staked: atEnd({ above: wei }) },
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  metrics: { wait: timeToLastExit() },
  // @ts-expect-error wei where the metric counts seconds
  expect: { wait: atEnd({ above: wei }) },
});

defineScenario({
  ...base,
  // @ts-expect-error wei where seconds are wanted
  clock: { step: wei, steps: 3 },
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  metrics: {},
});

defineScenario({
  ...base,
  avss: { oracle: {} },
  populations: { operators: { count: 1, agent: observer({}) } },
  // @ts-expect-error a time in wei
  timeline: [{ at: wei, shock: pause(["slash"]) }],
  metrics: {},
});
