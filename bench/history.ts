/**
 * Asks whether history slows a run: 10,000 steps of ten calls and one read each, on every chain that is installed, with
 * plain calls (token transfers) and with heavy ones (deposits of delegated stakers, seven events each).
 *
 * Reports the time of a step in the last tenth against the first, and how the memory of the process that holds the chain
 * grows per step: this one, or anvil's. Run: `npm run bench:history`; BENCH_STEPS shortens it, BENCH_CHAIN and
 * BENCH_CALLS (transfers, deposits) pick some. Each case has a process of its own, so that none inherits memory.
 */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { createAnvilBackend, openChain, type ChainBackend, type PlannedAction } from "../src/index.ts";
import { deposits } from "./ladder/works.ts";
import { CHAINS, describeMachine, readOptions, wholeFrom, wordFrom } from "./measure.ts";

await readOptions(import.meta.url);

const STEPS = wholeFrom("BENCH_STEPS", 10_000);
const CALLS = 10;
/** Seconds between steps. */
const STEP = 12n;
/** Caches and pools have filled by then. */
const WARM = Math.floor(STEPS / 10);
const only = wordFrom("BENCH_CHAIN", CHAINS, undefined);
const KINDS = ["transfers", "deposits"] as const;
const onlyKind = wordFrom("BENCH_CALLS", KINDS, undefined);
const RESULTS = new URL("./results/", import.meta.url);

/** Resident memory of a process [bytes]; undefined where the system has no /proc. */
async function residentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Opens a chain; the process that holds it may change. */
async function open(chain: string): Promise<{ readonly backend: ChainBackend; readonly pid: () => number }> {
  if (chain === "in-process") return { backend: await openChain("in-process"), pid: () => process.pid };
  let pid = 0;
  const backend = await createAnvilBackend((started) => (pid = started));
  return { backend, pid: () => pid };
}

/** A deposit as the plain transfer of its token. */
const transferOf = (planned: PlannedAction): PlannedAction => ({
  ...planned,
  action: { type: "donate", strategy: "token", amount: 1n },
});

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

async function measure(chain: string, kind: string) {
  const { backend, pid } = await open(chain);
  const { world, actions: depositing } = await deposits(backend);
  const actions = kind === "transfers" ? depositing.map(transferOf) : depositing;
  let { time } = await world.read();
  const times: number[] = [];
  const memory = new Map<number, number | undefined>();
  for (let step = 1; step <= STEPS; step += 1) {
    const from = ((step * CALLS) % actions.length) - CALLS;
    const start = performance.now();
    time += STEP;
    const results = await world.perform({ time, actions: actions.slice(from < 0 ? -CALLS : from).slice(0, CALLS) });
    await world.read();
    times.push(performance.now() - start);
    if (results.some(({ outcome }) => outcome.status !== "ok")) throw new Error(`step ${step} failed on ${chain}`);
    if (step % WARM === 0) {
      globalThis.gc?.();
      memory.set(step, await residentOf(pid()));
      process.stderr.write(`${chain}, ${kind}: step ${step} of ${STEPS}\n`);
    }
  }
  await backend.close();
  const [warm, end] = [memory.get(WARM), memory.get(WARM * 10)];
  return {
    chain,
    calls: kind,
    stepsPerSecond: 1000 / mean(times),
    firstTenthMs: mean(times.slice(0, WARM)),
    lastTenthMs: mean(times.slice(-WARM)),
    lastOverFirst: mean(times.slice(-WARM)) / mean(times.slice(0, WARM)),
    memoryMiB: Object.fromEntries([...memory].map(([step, bytes]) => [step, bytes && Math.round(bytes / 2 ** 20)])),
    ...(warm === undefined || end === undefined
      ? {}
      : { kilobytesPerStep: (end - warm) / 1024 / (9 * WARM), endOverWarm: end / warm }),
  };
}

/** Measures one case in a process of its own. */
function measureApart(chain: string, kind: string): unknown {
  const env = { ...process.env, BENCH_CASE: `${chain} ${kind}` };
  const file = fileURLToPath(import.meta.url);
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const said = execFileSync(process.execPath, [...process.execArgv, file], {
    env,
    encoding: "utf8",
    stdio: [...stdio],
  });
  return JSON.parse(said);
}

const [ownChain, ownKind] = process.env["BENCH_CASE"]?.split(" ") ?? [];
if (ownChain !== undefined && ownKind !== undefined) {
  console.log(JSON.stringify(await measure(ownChain, ownKind)));
} else {
  const chains = CHAINS.filter((chain) => (only ?? chain) === chain);
  const kinds = KINDS.filter((kind) => (onlyKind ?? kind) === kind);
  const cases = chains.flatMap((chain) => kinds.map((kind) => measureApart(chain, kind)));
  const result = { benchmark: "history", steps: STEPS, callsAStep: CALLS, cases, machine: await describeMachine() };
  console.log(JSON.stringify(result, null, 2));
  await mkdir(RESULTS, { recursive: true });
  await writeFile(new URL("history.json", RESULTS), `${JSON.stringify(result, null, 2)}\n`);
}
