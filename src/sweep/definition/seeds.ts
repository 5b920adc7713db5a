import { UsageError } from "../../errors/usage-error.ts";

/** Largest seed: it stands in file names and in JSON numbers, so 32 bits hold it. */
const MAX_SEED = 2 ** 32 - 1;
/** Most seeds of one sweep. */
const MAX_SEEDS = 10_000_000;

/** Seeds from one to another, both included. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** Longest text that a message quotes. */
const SHOWN = 60;

function refuse(text: string, reason: string, hint: string): never {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  throw new UsageError(`--seeds is "${shown}": ${reason}.`, hint);
}

const EXAMPLE = "for example 1..500, or 7,11,100..199";

/** Reads one seed or one range of them. */
function parseRange(part: string, text: string): SeedRange {
  const match = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part);
  if (match === null) {
    const reason = part.trim() === "" ? "a seed is missing" : `"${part.trim().slice(0, SHOWN)}" is no seed`;
    return refuse(text, reason, `Give whole numbers from 0 to ${MAX_SEED}, as a range or a list, ${EXAMPLE}.`);
  }
  const first = match[1] ?? "";
  const last = match[2] ?? first;
  const [from, to] = [Number(first), Number(last)];
  const large = [first, last].find((end) => Number(end) > MAX_SEED);
  if (large !== undefined) refuse(text, `${large.slice(0, SHOWN)} is too large`, `The largest seed is ${MAX_SEED}.`);
  if (from > to) refuse(text, `the range ${from}..${to} is empty`, `Give the lower end first: ${to}..${from}.`);
  return { from, to };
}

/**
 * Reads seeds as `1..500`, `7` or `1..100,200..299`; a range stays a range, however long.
 *
 * @throws {@link UsageError} for anything else, for a seed that is given twice, and for more than a sweep can have.
 */
export function parseSeeds(text: string): readonly SeedRange[] {
  const ranges = text.split(",").map((part) => parseRange(part, text));
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const twice = sorted.find(({ from }, at) => from <= (sorted[at - 1]?.to ?? -1));
  if (twice !== undefined) refuse(text, `seed ${twice.from} is given twice`, `Give each seed once, ${EXAMPLE}.`);
  const count = countSeeds(ranges);
  if (count <= MAX_SEEDS) return ranges;
  const [{ from }] = ranges as [SeedRange];
  const most = `${from}..${Math.min(MAX_SEED, from + MAX_SEEDS - 1)}`;
  return refuse(text, `that is ${count} seeds`, `A sweep has at most ${MAX_SEEDS} runs: give fewer, such as ${most}.`);
}

/** Number of seeds in ranges. */
export function countSeeds(ranges: readonly SeedRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** The seed at a place, counted from 0. */
export function seedAt(ranges: readonly SeedRange[], place: number): number {
  let left = place;
  for (const { from, to } of ranges) {
    if (left <= to - from) return from + left;
    left -= to - from + 1;
  }
  throw new UsageError(`There is no seed at place ${place}.`, "This is a defect: please report it.");
}

/** Writes ranges as {@link parseSeeds} reads them. */
export function formatSeeds(ranges: readonly SeedRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}..${to}`)).join(",");
}
