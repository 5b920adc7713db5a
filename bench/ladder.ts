/**
 * The ladder: the same calls (a) as one ethers transaction each, in this process, (c) through the stage, in this process,
 * (d) through the stage, on anvil, and (e) in a bare loop of forge, which is the ceiling. What is missing is (b), one ethers
 * transaction each against anvil: anvil runs with pruned history here, where ethers waits for its receipts in vain.
 *
 * Run: `npm run bench:ladder`; BENCH_PAIRS=2 for a first look. What is not installed (anvil, forge) is left out and said so.
 */
import { mkdir, writeFile } from "node:fs/promises";

import { BrowserProvider } from "ethers";

import { openChain, type ChainBackend } from "../src/index.ts";
import { openForge } from "./ladder/forge.ts";
import { deposits, liquidations, SIZE, type Work } from "./ladder/works.ts";
import { costOf, describeMachine, show, spread } from "./measure.ts";

/** How often all ways are timed, one right after the other, in alternating order. */
const PAIRS = Number(process.env["BENCH_PAIRS"] ?? 5);
/** Seconds between steps: far more than the transactions in between take. */
const JUMP = 1_000_000n;
const RESULTS = new URL("./results/", import.meta.url);
const CHAINS = ["in-process", "anvil"] as const;
const MAKERS = [deposits, liquidations] as const;
type Chain = (typeof CHAINS)[number];

/** Time of each way, round by round [s]. */
interface Times {
  readonly naive: number[];
  readonly stage: number[];
}

async function onStage({ world, actions, name }: Work): Promise<number> {
  const { time } = await world.read();
  const { wall } = await costOf(async () => {
    const results = await world.perform({ time: time + JUMP, actions });
    const failed = results.find(({ outcome }) => outcome.status !== "ok");
    if (failed !== undefined) throw new Error(`${name} failed: ${JSON.stringify(failed.outcome)}`);
  });
  return wall;
}

async function oneByOne({ transact }: Work): Promise<number> {
  const { wall } = await costOf(async () => {
    for (let done = 0; done < SIZE; done += 1) await transact();
  });
  return wall;
}

/** Opens a chain; undefined where it is not installed. */
async function tryChain(chain: Chain): Promise<ChainBackend | undefined> {
  try {
    return await openChain(chain);
  } catch (error) {
    console.log(`${chain} is left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Times one deed on every chain, in rounds; forge's loop once a round too. */
async function measure(make: (typeof MAKERS)[number], perSecond: ((loop: string) => number) | undefined) {
  const works = new Map<Chain, Work>();
  const times = new Map<Chain, Times>();
  const closers: (() => Promise<void>)[] = [];
  for (const chain of CHAINS) {
    const backend = await tryChain(chain);
    if (backend === undefined) continue;
    const provider = new BrowserProvider(backend.provider, undefined, { cacheTimeout: -1 });
    provider.pollingInterval = 4;
    const work = await make(backend, await provider.getSigner());
    process.stderr.write(`${chain}: ${work.name} is set up\n`);
    await onStage(work);
    if (chain === "in-process") await oneByOne(work);
    works.set(chain, work);
    times.set(chain, { naive: [], stage: [] });
    closers.push(async () => {
      provider.destroy();
      await backend.close();
    });
  }
  const loops: number[] = [];
  const [some] = works.values();
  for (let round = 0; round < PAIRS; round += 1) {
    const order = round % 2 === 0 ? [...works] : [...works].reverse();
    for (const [chain, work] of order) {
      if (chain === "in-process") times.get(chain)?.naive.push(await oneByOne(work));
      times.get(chain)?.stage.push(await onStage(work));
    }
    if (perSecond !== undefined && some !== undefined && round < 3) loops.push(perSecond(some.loop));
    process.stderr.write(`${some?.name ?? ""}: round ${round + 1} of ${PAIRS}\n`);
  }
  for (const close of closers) await close();
  return { name: some?.name ?? "", times, loops };
}

function report({ name, times, loops }: Awaited<ReturnType<typeof measure>>) {
  const rate = (values: readonly number[]) => spread(values.map((wall) => SIZE / wall));
  const ratio = (over: readonly number[], under: readonly number[]) =>
    spread(over.map((wall, at) => wall / (under[at] ?? Number.NaN)));
  const [own, anvil] = [times.get("in-process"), times.get("anvil")];
  const rungs = {
    ...(own === undefined ? {} : { a: rate(own.naive) }),
    ...(own === undefined ? {} : { c: rate(own.stage) }),
    ...(anvil === undefined ? {} : { d: rate(anvil.stage) }),
    ...(loops.length === 0 ? {} : { e: spread(loops) }),
  };
  const ratios = {
    ...(own === undefined ? {} : { "c/a": ratio(own.naive, own.stage) }),
    ...(own === undefined || anvil === undefined ? {} : { "d/c": ratio(own.stage, anvil.stage) }),
    ...(anvil === undefined || loops.length === 0
      ? {}
      : { "d/e": spread(loops.map((loop, at) => SIZE / (anvil.stage[at] ?? Number.NaN) / loop)) }),
  };
  return { work: name, actionsAStep: SIZE, rungs, ratios };
}

const MEANING: Readonly<Record<string, string>> = {
  a: "one ethers transaction each, in this process",
  c: "through the stage, in this process",
  d: "through the stage, anvil",
  e: "a bare loop of forge: the ceiling",
};

const forge = await openForge();
if (forge === undefined) console.log("forge is left out: its optional package is not installed");
const works = [];
for (const make of MAKERS) {
  const result = report(await measure(make, forge?.perSecond));
  works.push(result);
  console.log(`\n${result.work}, ${SIZE} a step; median (least to most) of ${PAIRS} rounds`);
  for (const [rung, value] of Object.entries(result.rungs)) {
    console.log(`  (${rung}) ${show(value, 0).padEnd(26)} a second  ${MEANING[rung] ?? ""}`);
  }
  for (const [name, value] of Object.entries(result.ratios)) console.log(`  ${name} ${show(value, 2)}`);
}
await forge?.close();
await mkdir(RESULTS, { recursive: true });
const text = JSON.stringify({ benchmark: "ladder", rounds: PAIRS, works, machine: await describeMachine() }, null, 2);
await writeFile(new URL("ladder.json", RESULTS), `${text}\n`);
