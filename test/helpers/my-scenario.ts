import {
  atEnd,
  days,
  defineScenario,
  each,
  equivocate,
  equivocationRule,
  ether,
  leavingStaker,
  observer,
  patientStaker,
  percent,
  report,
  steadyOperator,
  totalLoss,
  totalRestaked,
} from "../../src/index.ts";

export default defineScenario({
  name: "my-scenario",
  question: "What does a lie cost those who stay, and those who are on their way out?",
  seed: 7,
  clock: { step: days(1), steps: 20 },
  avss: { oracle: { rule: equivocationRule({ slash: percent(50) }) } },
  populations: {
    operators: {
      count: 2,
      agent: steadyOperator({}),
      stake: each(ether(10)),
      allocations: { oracle: percent(50) },
    },
    stayers: { count: 2, agent: patientStaker({}), stake: each(ether(32)), delegateTo: "operators-1" },
    leavers: {
      count: 1,
      agent: leavingStaker({ at: days(1), operator: null }),
      stake: each(ether(32)),
      delegateTo: "operators-1",
    },
    watcher: { count: 1, agent: observer({}) },
  },
  timeline: [
    { at: days(2), shock: equivocate({ operator: "operators-1", sets: ["oracle"] }) },
    { at: days(3), shock: report({ by: "watcher", operator: "operators-1", set: "oracle" }) },
  ],
  metrics: { restaked: totalRestaked(), lost: totalLoss() },
  expect: { lost: atEnd({ above: ether(26), below: ether(27) }) },
});
