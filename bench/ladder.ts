/**
 * The ladder: the same calls as one ethers transaction each, (a) in this process and (b) against anvil, through the stage,
 * (c) in this process and (d) on anvil, and (e) in a bare loop of forge, which is the ceiling. (b) has an anvil of its own
 * over HTTP that keeps its history, as a user of ethers would start it.
 *
 * Run: `npm run bench`; BENCH_PAIRS=2 for a first look. What is not installed (anvil, forge) is left out and said so.
 */
import { mkdir, writeFile } from "node:fs/promises";

import { BrowserProvider } from "ethers";

import { openChain, type ChainChoice } from "../src/index.ts";
import { openForge } from "./ladder/forge.ts";
import { startPlainAnvil, type PlainAnvil } from "./ladder/plain-anvil.ts";
import { deposits, liquidations, SIZE, type Work } from "./ladder/works.ts";
import { costOf, describeMachine, readOptions, show, spread, wholeFrom } from "./measure.ts";

await readOptions(import.meta.url);

/** How often all ways are timed, one right after the other, in alternating order. */
const PAIRS = wholeFrom("BENCH_PAIRS", 5);
/** Seconds between steps: far more than the transactions in between take. */
const JUMP = 1_000_000n;
/** Rounds of forge's loop, which varies little and takes longest. */
const MOST_LOOPS = 3;
const RESULTS = new URL("./results/", import.meta.url);
const MAKERS = [deposits, liquidations] as const;
type Make = (typeof MAKERS)[number];
type Forge = Awaited<ReturnType<typeof openForge>>;

/** A deed set up on a chain. */
interface Site {
  readonly work: Work;
  readonly transact: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One way to do the deed `SIZE` times; gives the time that it took [s]. */
type Way = (site: Site) => Promise<number>;

const onStage: Way = async ({ work: { world, actions, name } }) => {
  const { time } = await world.read();
  const { wall } = await costOf(async () => {
    const results = await world.perform({ time: time + JUMP, actions });
    const failed = results.find(({ outcome }) => outcome.status !== "ok");
    if (failed !== undefined) throw new Error(`${name} failed: ${JSON.stringify(failed.outcome)}`);
  });
  return wall;
};

const oneByOne: Way = async ({ transact }) => {
  const { wall } = await costOf(async () => {
    for (let done = 0; done < SIZE; done += 1) await transact();
  });
  return wall;
};

type Chain = "own" | "pruned" | "plain";
type Rung = "a" | "b" | "c" | "d";
const RUNGS: Readonly<Record<Rung, { readonly chain: Chain; readonly way: Way; readonly meaning: string }>> = {
  a: { chain: "own", way: oneByOne, meaning: "one ethers transaction each, in this process" },
  b: { chain: "plain", way: oneByOne, meaning: "one ethers transaction each, anvil" },
  c: { chain: "own", way: onStage, meaning: "through the stage, in this process" },
  d: { chain: "pruned", way: onStage, meaning: "through the stage, anvil" },
};
const LETTERS = ["a", "b", "c", "d"] as const satisfies readonly Rung[];
const RATIOS = ["c/a", "d/b", "d/c"] as const;

/** Sets the deed up on a chain; undefined where the chain is not installed. */
async function tryChain(choice: ChainChoice, make: Make): Promise<Site | undefined> {
  let backend;
  try {
    backend = await openChain(choice);
  } catch (error) {
    console.log(`${String(choice)} is left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const provider = new BrowserProvider(backend.provider, undefined, { cacheTimeout: -1 });
  provider.pollingInterval = 4;
  const work = await make(backend);
  const transact = work.transactBy(await provider.getSigner());
  process.stderr.write(`${String(choice)}: ${work.name} is set up\n`);
  const close = async () => {
    provider.destroy();
    await backend.close();
  };
  return { work, transact, close };
}

/** Times one deed in every way, in rounds after one to warm up; forge's loop once a round too. */
async function measure(make: Make, plain: PlainAnvil | undefined, forge: Forge) {
  const choices = { own: "in-process", pruned: "anvil", plain: plain?.url } as const;
  const sites = new Map<Chain, Site>();
  for (const chain of ["own", "pruned", "plain"] as const) {
    const choice = choices[chain];
    const site = choice === undefined ? undefined : await tryChain(choice, make);
    if (site !== undefined) sites.set(chain, site);
  }
  const times: Record<Rung, number[]> = { a: [], b: [], c: [], d: [] };
  const loops: number[] = [];
  const { name = "", loop = "" } = [...sites.values()][0]?.work ?? {};
  for (let round = -1; round < PAIRS; round += 1) {
    for (const rung of round % 2 === 0 ? LETTERS : LETTERS.toReversed()) {
      const site = sites.get(RUNGS[rung].chain);
      // A run has many steps, one right after the other: each way goes once untimed after the others' turns.
      if (site !== undefined) await RUNGS[rung].way(site);
      const wall = site === undefined ? undefined : await RUNGS[rung].way(site);
      if (wall !== undefined && round >= 0) times[rung].push(wall);
    }
    if (round >= 0 && forge !== undefined && loops.length < MOST_LOOPS) loops.push(forge.perSecond(loop));
    process.stderr.write(round < 0 ? `${name}: warm\n` : `${name}: round ${round + 1} of ${PAIRS}\n`);
  }
  for (const { close } of sites.values()) await close();
  return { name, times, loops };
}

function report({ name, times, loops }: Awaited<ReturnType<typeof measure>>) {
  const rungs = Object.fromEntries([
    ...LETTERS.filter((rung) => times[rung].length > 0).map(
      (rung) => [rung, spread(times[rung].map((wall) => SIZE / wall))] as const,
    ),
    ...(loops.length === 0 ? [] : [["e", spread(loops)] as const]),
  ]);
  const ratios = Object.fromEntries([
    ...RATIOS.flatMap((ratio) => {
      const [over, under] = ratio.split("/") as [Rung, Rung];
      const values = times[over].map((wall, at) => (times[under][at] ?? Number.NaN) / wall);
      return values.length === 0 || times[under].length === 0 ? [] : [[ratio, spread(values)] as const];
    }),
    ...(loops.length === 0 || times.d.length === 0
      ? []
      : [["d/e", spread(loops.map((perSecond, at) => SIZE / (times.d[at] ?? Number.NaN) / perSecond))] as const]),
  ]);
  return { work: name, actionsAStep: SIZE, rungs, ratios };
}

const meaningOf = (rung: string): string =>
  rung === "e" ? "a bare loop of forge: the ceiling" : RUNGS[rung as Rung].meaning;

const forge = await openForge();
if (forge === undefined) console.log("forge is left out: its optional package is not installed");
const plain = await startPlainAnvil();
if (plain === undefined) console.log("(b) is left out: the optional package of anvil is not installed");
const works = [];
for (const make of MAKERS) {
  const result = report(await measure(make, plain, forge));
  works.push(result);
  console.log(`\n${result.work}, ${SIZE} a step; median (least to most) of ${PAIRS} rounds`);
  for (const [rung, value] of Object.entries(result.rungs)) {
    console.log(`  (${rung}) ${show(value, 0).padEnd(26)} a second  ${meaningOf(rung)}`);
  }
  for (const [name, value] of Object.entries(result.ratios)) console.log(`  ${name} ${show(value, 2)}`);
}
await forge?.close();
plain?.stop();
await mkdir(RESULTS, { recursive: true });
const text = JSON.stringify({ benchmark: "ladder", rounds: PAIRS, works, machine: await describeMachine() }, null, 2);
await writeFile(new URL("ladder.json", RESULTS), `${text}\n`);
