import {
  atEnd,
  casualStaker,
  days,
  defineScenario,
  each,
  equivocate,
  equivocationRule,
  escapedShare,
  ether,
  hours,
  observer,
  percent,
  queueDepth,
  report,
  seconds,
  slashesSoFar,
  steadyOperator,
  totalLoss,
  type Seconds,
  type TimelineEntry,
} from "../src/index.ts";

const FAULT = days(1);
/** One operator for each detection latency, 0 to 24 days: ten days past the 14-day window. */
const LATENCIES = Array.from({ length: 25 }, (_, latency) => latency);
const HOLDERS_EACH = 12;

type Population = "operators" | "holders" | "watcher";

/** A fault can be proved from the next block on. */
const reportedAt = (latency: number): Seconds => FAULT + (latency === 0 ? seconds(12) : days(latency));

/** Every operator commits the same fault at the same time; each is reported one day later than the one before. */
const timeline = LATENCIES.flatMap((latency): TimelineEntry<Population, "service">[] => [
  { at: FAULT, shock: equivocate({ operator: `operators-${latency + 1}`, sets: ["service"] }) },
  { at: reportedAt(latency), shock: report({ by: "watcher", operator: `operators-${latency + 1}`, set: "service" }) },
]);

export default defineScenario({
  name: "withdrawal-race",
  question: "How late may a fault be reported before the stake behind it has got away?",
  seed: 42,
  clock: { step: hours(12), steps: 54 },
  restaking: { preset: "mainnet" },
  avss: { service: { rule: equivocationRule({ slash: percent(100) }), module: { kind: "instant" } } },
  populations: {
    operators: {
      count: LATENCIES.length,
      agent: steadyOperator({}),
      stake: each(ether(1)),
      allocations: { service: percent(50) },
    },
    holders: {
      count: LATENCIES.length * HOLDERS_EACH,
      agent: casualStaker({ notice: percent(12) }),
      stake: each(ether(32)),
      delegateTo: "operators",
    },
    watcher: { count: 1, agent: observer({}) },
  },
  timeline,
  metrics: { escaped: escapedShare("holders"), queued: queueDepth(), loss: totalLoss(), slashes: slashesSoFar() },
  expect: { slashes: atEnd({ equal: BigInt(LATENCIES.length) }) },
});
