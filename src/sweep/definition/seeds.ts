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

function refuse(text: string): never {
  throw new UsageError(
    `--seeds is "${text}".`,
    `Give seeds from 0 to ${MAX_SEED}, each once, as a range or a list: 1..500, or 7,11,100..199.`,
  );
}

/**
 * Reads seeds as `1..500`, `7` or `1..100,200..299`.
 *
 * @throws {@link UsageError} for anything else, and for a seed that is given twice.
 */
export function parseSeeds(text: string): readonly SeedRange[] {
  const ranges = text.split(",").map((part) => {
    const match = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(part);
    const from = Number(match?.[1] ?? Number.NaN);
    const to = match?.[2] === undefined ? from : Number(match[2]);
    return from <= to && to <= MAX_SEED ? { from, to } : refuse(text);
  });
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  if (sorted.some(({ from }, at) => from <= (sorted[at - 1]?.to ?? -1))) refuse(text);
  return countSeeds(ranges) > MAX_SEEDS ? refuse(text) : ranges;
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
