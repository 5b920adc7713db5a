/**
 * Times a long liquidation cascade: 1,000 steps, 200 leveraged agents, a price that falls in a random walk with jumps.
 *
 * Reports steps and actions a second, memory after 100 and 1,000 steps, and whether history slows a run: the time of a
 * step in the last tenth against the first tenth. Run: `npm run bench:cascade`; BENCH_STEPS shortens it,
 * BENCH_CHAIN=anvil takes that chain instead of the one in this process.
 */
import { mkdir, writeFile } from "node:fs/promises";

import { createWorld, openChain, run } from "../src/index.ts";
import { cascade, OTHERS } from "./cascade/scenario.ts";
import { CHAINS, describeMachine, readOptions, wholeFrom, wordFrom } from "./measure.ts";

await readOptions(import.meta.url);

const STEPS = wholeFrom("BENCH_STEPS", 1_000);
const LOOPERS = 196;
const RESULTS = new URL("./results/", import.meta.url);
const stamps: number[] = [];
const memory: Record<string, number> = {};
const chain = wordFrom("BENCH_CHAIN", CHAINS, "in-process");
const backend = await openChain(chain);
const { record } = await run(cascade({ loopers: LOOPERS, steps: STEPS }), {
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
  agents: LOOPERS + OTHERS,
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
