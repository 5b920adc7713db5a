import { readFile, realpath } from "node:fs/promises";
import path from "node:path";

import { looksLikePath } from "../engine/scenario-files.ts";
import { SweepFileError } from "../errors/sweep-file-error.ts";
import { UsageError } from "../errors/usage-error.ts";
import { NOWHERE, type Locate } from "../sweep/definition/locate.ts";
import { readSweepFile, type ReadSweep } from "../sweep/definition/read-sweep-file.ts";
import type { SweepFile } from "../sweep/definition/sweep-file-schema.ts";
import { parseSweepSet } from "../sweep/definition/values-text.ts";
import {
  AUTO,
  parseChain,
  parseClock,
  parseOut,
  parseSeed,
  parseSteps,
  parseWholeNumber,
  requireText,
} from "./arguments.ts";

/** What the sweep's command line says. */
export interface SweepArguments {
  readonly scenario: string | undefined;
  readonly variant: string;
  readonly set: string;
  readonly seeds: string;
  readonly repeats: string;
  readonly sample: string;
  readonly points: string;
  readonly seed: string;
  readonly steps: string;
  readonly clock: string;
  readonly stopWhen: string;
  readonly jobs: string;
  readonly chain: string;
  readonly engine: string;
  readonly redis: string;
  readonly out: string;
  readonly resume: boolean;
  readonly json: boolean;
}

function oneOf<const W extends readonly string[]>(text: string, option: string, words: W): W[number] | undefined {
  if (text === AUTO) return undefined;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`${option} is "${text}".`, `Give ${words.join(", ")}.`);
}

const count = (text: string, option: string, max: number): number | undefined =>
  text === AUTO ? undefined : parseWholeNumber(text, { option, min: 1, max });
const given = (text: string): string | undefined => (text === AUTO ? undefined : text);

/** Every worker has a chain of its own; a node that others share is none. */
function readChain(text: string): SweepFile["chain"] {
  if (text === AUTO) return undefined;
  const chain = parseChain(text);
  if (typeof chain === "string") return chain;
  throw new UsageError("A sweep's workers cannot share a node.", "Use --chain in-process or --chain anvil.");
}

/** Fields that a command line gives; what it leaves out is a file's, or usual. */
function readOptions(args: SweepArguments): Partial<SweepFile> {
  const options = {
    variant: given(args.variant),
    set: args.set === AUTO ? undefined : parseSweepSet(args.set),
    seeds: given(args.seeds),
    repeats: count(args.repeats, "--repeats", 10_000_000),
    sample: oneOf(args.sample, "--sample", ["grid", "lhs", "sobol"]),
    points: count(args.points, "--points", 1_000_000),
    seed: parseSeed(args.seed),
    steps: parseSteps(args.steps),
    clock: parseClock(args.clock),
    stopWhen: given(args.stopWhen),
    jobs: count(args.jobs, "--jobs", 1024),
    chain: readChain(args.chain),
    engine: oneOf(args.engine, "--engine", ["local", "bullmq"]),
    out: parseOut(args.out),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Options that say what a sweep is, by the names of their arguments; the others say how it is made. */
const SAYING = [
  "variant",
  "set",
  "seeds",
  "repeats",
  "sample",
  "points",
  "seed",
  "steps",
  "clock",
  "stopWhen",
] as const;

/**
 * Refuses options that say what a sweep is where a folder's own goes on: that one is what it is.
 *
 * @throws {@link UsageError} naming the first of them.
 */
export function assertSaysNothing(args: SweepArguments): void {
  const found = SAYING.find((name) => args[name] !== AUTO);
  if (found === undefined) return;
  const option = `--${found.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(
    `${option} would make it another sweep than the one in ${args.out}.`,
    `Leave it out to finish that one, or name the scenario and another folder to begin a sweep.`,
  );
}

/** Reads a sweep file; its scenario's path is seen from where it lies. */
async function readFileOf(file: string): Promise<ReadSweep> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
    throw new SweepFileError(file, `it cannot be read (${reason}).`, { cause: error });
  }
  const read = readSweepFile(text, file);
  const { scenario } = read.sweep;
  if (!looksLikePath(scenario)) return read;
  const seen = path.relative(process.cwd(), path.resolve(path.dirname(file), scenario));
  return { ...read, sweep: { ...read.sweep, scenario: seen.startsWith(".") ? seen : `./${seen}` } };
}

/** Where a path leads, links followed as far as it exists. */
async function whereto(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(await whereto(parent), path.basename(file));
  }
}

/** Refuses a file's folder that a link leads out of the working folder. */
async function assertBelowHere({ sweep: { out }, locate }: ReadSweep): Promise<void> {
  if (out === undefined) return;
  const inside = path.relative(await whereto(process.cwd()), await whereto(path.resolve(out)));
  if (!inside.startsWith("..") && !path.isAbsolute(inside)) return;
  const told = `out: "${out}" leads out of the working folder by a link.`;
  throw locate(["out"], new UsageError(told, "Use --out for such a place."));
}

/**
 * Reads what a sweep is told: a scenario and options, or a file and options that go before it.
 *
 * @returns The sweep, and how to tell of a refusal where the file says what is refused; an option has no such place.
 * @throws {@link UsageError} for an option that cannot be, {@link SweepFileError} for a file that cannot.
 */
export async function readSweepRequest(args: SweepArguments): Promise<ReadSweep> {
  const options = readOptions(args);
  const wanted = requireText(args.scenario, {
    argument: "The scenario",
    hint: "Name one, or give a sweep file, for example `npx hardhat sweep alex --seeds 1..20`.",
  });
  if (!/\.(ya?ml|json)$/i.test(wanted)) return { sweep: { scenario: wanted, ...options }, locate: NOWHERE };
  const file = await readFileOf(wanted);
  if (options.out === undefined) await assertBelowHere(file);
  // Seeds and repeats take each other's place.
  const { seeds, repeats, ...rest } = file.sweep;
  const own = options.seeds === undefined && options.repeats === undefined;
  const drawn = { ...(seeds === undefined ? {} : { seeds }), ...(repeats === undefined ? {} : { repeats }) };
  const locate: Locate = (field, error) =>
    Object.hasOwn(options, String(field[0])) ? error : file.locate(field, error);
  return { sweep: { ...rest, ...(own ? drawn : {}), ...options }, locate };
}
