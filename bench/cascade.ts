/**
 * Times a long liquidation cascade: 1,000 steps, 200 leveraged agents, a price that falls in a random walk with jumps.
 *
 * Reports steps and actions a second, memory after 100 and 1,000 steps, and whether history slows a run: the time of a
 * step in the last tenth against the first tenth. Run: `npm run bench:cascade`; BENCH_STEPS shortens it.
 */
import { mkdir, writeFile } from "node:fs/promises";

import {
  createWorld,
  defineScenario,
  each,
  equally,
  ether,
  honestOperator,
  jumpDiffusion,
  liquidator,
  listed,
  looper,
  minutes,
  observer,
  openChain,
  percent,
  pricePath,
  run,
  seconds,
  WAD,
  badDebt,
  liquidatedValue,
} from "../src/index.ts";
import { describeMachine } from "./measure.ts";

const STEPS = Number(process.env["BENCH_STEPS"] ?? 1_000);
const LOOPERS = 196;
const RESULTS = new URL("./results/", import.meta.url);
const ETHER = 230_000_000_000n;
const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const common = { bonusFee: 0n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve };
const lending = { kind: "lending", market: "core" } as const;

/** Ether against dollars: loopers owe dollars against ether, at health factors from 1.05 to 2. */
const debts = Array.from({ length: LOOPERS }, (_, at) => {
  const health = 10_500n + (9_500n * BigInt(at)) / BigInt(LOOPERS);
  return (((20_000_000_000n * 2_300n) / 1_000_000n) * 1_000_000n * 78n * 100n) / (health * 1_000n);
});

const scenario = defineScenario({
  name: "bench-cascade",
  question: "How fast is a long cascade?",
  seed: 1,
  clock: { step: seconds(60), steps: STEPS },
  lst: { initialStake: ether(1_000) },
  avss: { oracle: { module: { kind: "direct", slasher: "governor" } } },
  defi: {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
    ],
    pools: [
      {
        id: "pool",
        kind: "constantProduct",
        tokens: ["usd", "weth"],
        liquidity: [230_000_000_000_000n, ether(100_000)],
        provider: "maker",
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: ETHER },
      { id: "one", kind: "fixed", base: null, decimals: 8 },
    ],
    lending: [
      {
        id: "core",
        reserves: [
          { token: "weth", feed: "ether", ltv: 7_500n, lt: 7_800n, bonus: 10_500n, borrowable: true, ...common },
          { token: "usd", feed: "one", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
        ],
        eModes: [],
        closeFactor: "default",
        flashFeeBps: 0n,
        insurance: [],
      },
    ],
  },
  populations: {
    operators: { count: 1, agent: honestOperator({}), stake: each(ether(100)), allocations: { oracle: percent(100) } },
    liquidators: { count: 2, agent: liquidator({ markets: ["core"], sellOn: { weth: "pool" } }) },
    loopers: {
      count: LOOPERS,
      agent: looper({
        market: "core",
        collateral: "weth",
        debt: "usd",
        pool: "pool",
        actBelow: percent(102),
        restore: percent(110),
        attention: percent(2),
      }),
      positions: [{ ...lending, supplied: { weth: each(ether(20)) }, borrowed: { usd: listed(debts) } }],
    },
    lenders: {
      count: 1,
      agent: observer({}),
      positions: [{ ...lending, supplied: { usd: equally(20_000_000_000_000n) } }],
    },
    maker: { count: 1, agent: observer({}) },
    governor: { count: 1, agent: observer({}) },
  },
  timeline: [
    {
      at: minutes(1),
      shock: pricePath({
        feed: "ether",
        path: jumpDiffusion({
          from: ETHER,
          every: seconds(60),
          length: minutes(STEPS),
          volatility: percent(400),
          drift: 0n - percent(10_000),
          jumps: { perYear: percent(1_000_000), mean: 0n - percent(1.5), deviation: percent(0.5) },
        }),
      }),
    },
  ],
  metrics: { badDebt: badDebt(), liquidated: liquidatedValue() },
});

const stamps: number[] = [];
const memory: Record<string, number> = {};
const chain = process.env["BENCH_CHAIN"] === "anvil" ? "anvil" : "in-process";
const backend = await openChain(chain);
const { record } = await run(scenario, {
  createWorld: async (spec) => {
    const world = await createWorld(spec, { backend });
    stamps.push(performance.now());
    return world;
  },
  onStep: (done) => {
    stamps.push(performance.now());
    if (done === Math.min(100, STEPS) || done === STEPS) memory[`step ${done}`] = process.memoryUsage.rss();
  },
});
await backend.close();

const times = stamps.slice(1).map((stamp, at) => stamp - (stamps[at] ?? stamp));
const tenth = Math.max(1, Math.floor(times.length / 10));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const total = times.reduce((sum, one) => sum + one, 0) / 1000;
const result = {
  benchmark: "cascade",
  chain,
  steps: STEPS,
  agents: LOOPERS + 4,
  actions: record.actions.length,
  liquidations: record.actions.filter(({ type, outcome }) => type === "liquidate" && outcome.status === "ok").length,
  seconds: total,
  stepsPerSecond: STEPS / total,
  actionsPerSecond: record.actions.length / total,
  firstTenthMs: mean(times.slice(0, tenth)),
  lastTenthMs: mean(times.slice(-tenth)),
  lastOverFirst: mean(times.slice(-tenth)) / mean(times.slice(0, tenth)),
  memoryMiB: Object.fromEntries(Object.entries(memory).map(([step, bytes]) => [step, Math.round(bytes / 2 ** 20)])),
  machine: await describeMachine(),
};
console.log(JSON.stringify(result, null, 2));
await mkdir(RESULTS, { recursive: true });
await writeFile(new URL(`cascade-${chain}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
