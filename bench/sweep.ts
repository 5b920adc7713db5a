/**
 * Times a sweep: 1,000 runs of a liquidation cascade of 200 steps and 50 agents, by one worker and by one a core.
 *
 * First a twenty-fifth as many runs by one worker and by all, paired, for what the second one brings; then the whole sweep.
 * Then one run here, for where its time goes: waiting for the chain, by method, and everything else. Rates count from the
 * first run that is handed in, so set-up is not among them; the total has everything.
 * Run: `npm run bench:sweep`; BENCH_RUNS shortens it, BENCH_CHAIN picks the chain (anvil where it is installed).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { createWorld, openChain, run, type ChainBackend } from "../src/index.ts";
import fiftyAgents from "./cascade/fifty-agents.ts";
import { CHAINS, describeMachine, readOptions, wholeFrom, wordFrom } from "./measure.ts";

await readOptions(import.meta.url);

const RUNS = wholeFrom("BENCH_RUNS", 1_000);
const CHAIN = wordFrom("BENCH_CHAIN", CHAINS, "anvil");
const RESULTS = new URL("./results/", import.meta.url);
const HARDHAT = fileURLToPath(new URL("../node_modules/hardhat/dist/src/cli.js", import.meta.url));
const SCENARIO = fileURLToPath(new URL("./cascade/fifty-agents.ts", import.meta.url));

/** Makes a sweep as its user would, and times it. */
async function sweep(jobs: number, runs: number) {
  const folder = await mkdtemp(path.join(tmpdir(), "faultline-bench-"));
  const what = ["sweep", SCENARIO, "--seeds", `1..${runs}`, "--chain", CHAIN, "--clock", "timestamp"];
  const args = [...what, "--jobs", String(jobs), "--out", path.join(folder, "sweep"), "--json"];
  const start = performance.now();
  const child = spawn(process.execPath, [HARDHAT, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  const stamps: number[] = [];
  let failures = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { readonly event: string; readonly status?: string };
    if (event.event !== "run") continue;
    stamps.push((performance.now() - start) / 1000);
    if (event.status === "failed") failures += 1;
    if (stamps.length % Math.ceil(runs / 10) === 0) process.stderr.write(`${stamps.length} of ${runs} by ${jobs}\n`);
  }
  const [code] = (await ended) as [number | null];
  await rm(folder, { recursive: true, force: true });
  if (code === null || stamps.length < runs) throw new Error(`the sweep ended with ${String(code)}`);
  const [first = 0, last = 0] = [stamps[0], stamps.at(-1)];
  const seconds = (performance.now() - start) / 1000;
  return { jobs, runs, failures, seconds, firstRunAfter: first, runsPerSecond: (runs - 1) / (last - first) };
}

/** Adds up how long requests take, by method. */
function watch(backend: ChainBackend): { readonly waits: Map<string, number>; readonly backend: ChainBackend } {
  const waits = new Map<string, number>();
  const { provider } = backend;
  const request = provider.request.bind(provider);
  provider.request = async (asked) => {
    const start = performance.now();
    try {
      return await request(asked);
    } finally {
      waits.set(asked.method, (waits.get(asked.method) ?? 0) + (performance.now() - start) / 1000);
    }
  };
  return { waits, backend };
}

/** Where the time of one run goes [s]. */
async function whereItGoes() {
  const { waits, backend } = watch(await openChain(CHAIN));
  let begun = 0;
  const { record } = await run(fiftyAgents, {
    clock: "timestamp",
    createWorld: async (spec) => {
      const world = await createWorld(spec, { backend });
      waits.clear();
      begun = performance.now();
      return world;
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  await backend.close();
  const chain = [...waits.values()].reduce((sum, one) => sum + one, 0);
  const byMethod = Object.fromEntries([...waits].sort(([, a], [, b]) => b - a));
  return { seconds, actions: record.actions.length, chain, byMethod, everythingElse: seconds - chain };
}

const cores = availableParallelism();
const few = Math.max(2 * cores, Math.ceil(RUNS / 25));
const alone = await sweep(1, few);
const together = await sweep(cores, few);
const whole = await sweep(cores, RUNS);
const result = {
  benchmark: "sweep",
  chain: CHAIN,
  steps: 200,
  agents: 50,
  alone,
  together,
  togetherOverAlone: together.runsPerSecond / alone.runsPerSecond,
  whole,
  oneRun: await whereItGoes(),
  machine: await describeMachine(),
};
console.log(JSON.stringify(result, null, 2));
await mkdir(RESULTS, { recursive: true });
await writeFile(new URL(`sweep-${CHAIN}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
