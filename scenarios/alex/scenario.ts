import {
  act,
  atEnd,
  days,
  defineScenario,
  each,
  ether,
  honestOperator,
  hours,
  lossOf,
  lstRate,
  patientStaker,
  percent,
  plainStaker,
  priceDeviationRule,
  restakingStaker,
  securityOf,
  totalRestaked,
  watcher,
  withholdingRule,
  wrongPrice,
} from "../../src/index.ts";

import { behind, worthOf } from "./metrics.ts";

/** The day on which a new release of the oracle's software makes one operator's price wrong. */
const BUG = days(120);
const FIRST_ROUND = 1n;
const PRICE = percent(100);

/** What every operator lets the two services slash. */
const promised = { oracle: percent(50), availability: percent(40) };
/** Three holders with each operator. */
const holdersOperators = Array.from({ length: 12 }, (_, index) =>
  index < 3 ? ("northstar" as const) : (`operators-${Math.floor(index / 3)}` as const),
);

export default defineScenario({
  name: "alex",
  question: "Alex restakes for months and an oracle's bug slashes the operator: better or worse than plain staking?",
  seed: 42,
  clock: { step: days(1), steps: 150 },
  restaking: { preset: "mainnet" },
  lst: { yearlyYield: percent("3.2"), reportEvery: days(1), initialStake: ether(100_000) },
  avss: {
    oracle: {
      service: "oracle",
      rule: priceDeviationRule({ band: percent(5), slash: percent(10) }),
      module: { kind: "instant" },
      rewards: { amount: ether("0.3"), every: days(7) },
    },
    availability: {
      service: "availability",
      rule: withholdingRule({ slash: percent(5) }),
      module: { kind: "instant" },
      rewards: { amount: ether("0.15"), every: days(7) },
    },
  },
  populations: {
    alex: {
      count: 1,
      agent: restakingStaker({ operator: "northstar", strategy: "lst", exitAboveLoss: percent(1) }),
      ether: each(ether(32)),
    },
    saver: { count: 1, agent: plainStaker({}), ether: each(ether(32)) },
    northstar: { count: 1, agent: honestOperator({}), stake: each(ether(100)), allocations: promised },
    operators: { count: 3, agent: honestOperator({}), stake: each(ether(100)), allocations: promised },
    holders: { count: 12, agent: patientStaker({}), stake: each(ether(64)), delegateTo: { list: holdersOperators } },
    watcher: { count: 1, agent: watcher({ latency: days(1), sets: ["oracle"] }) },
  },
  timeline: [
    { at: BUG - days(1), shock: act({ by: "oracle", action: { type: "openRound", set: "oracle" } }) },
    ...([1, 2, 3] as const).map((index) => ({
      at: BUG,
      shock: act({
        by: `operators-${index}`,
        action: { type: "submitPrice", set: "oracle", round: FIRST_ROUND, price: PRICE },
      }),
    })),
    {
      at: BUG,
      shock: wrongPrice({ operator: "northstar", set: "oracle", deviation: percent(30) }),
      note: "a bug in the oracle's new release: northstar reports a price 30 % too high",
    },
    { at: BUG + hours(12), shock: act({ by: "oracle", action: { type: "openRound", set: "oracle" } }) },
  ],
  metrics: {
    alex: worthOf("alex"),
    saver: worthOf("saver"),
    behind: behind("alex", "saver"),
    loss: lossOf("alex"),
    restaked: totalRestaked(),
    oracle: securityOf("oracle"),
    availability: securityOf("availability"),
    rate: lstRate(),
  },
  expect: { behind: atEnd({ above: ether(1) }), loss: atEnd({ above: ether(1) }) },
});
