import { bps, type Wad } from "../../src/index.ts";

/*
 * 29 AVSs with strongly skewed stake (published: the number, and that a few have millions of ether where others have a
 * few thousand). Assumed: the exact parts of an operator's stake that each may slash, in basis points; 5.6 % stay free.
 */
const MAIN = { availability: 2600, bridge: 1600, oracle: 1100 } as const;
const SMALL = [
  700, 500, 400, 300, 260, 220, 200, 180, 160, 150, 140, 130, 120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 15, 10, 5,
];
/** Operators outside the first seven serve the largest AVSs only. */
const SMALL_SERVED_BY_ALL = 5;

type SmallAvs = `avs-${number}`;
type Allocations = Readonly<Record<keyof typeof MAIN | SmallAvs, Wad>>;

const nameOf = (index: number): SmallAvs => `avs-${index + 4}`;

/** The 26 AVSs behind the three that play a part: plain services, slashable all the same. */
export const smallAvss = Object.fromEntries(SMALL.map((_, index) => [nameOf(index), {}])) as Record<SmallAvs, object>;

function allocate(small: readonly number[]): Allocations {
  const parts = { ...MAIN, ...Object.fromEntries(small.map((part, index) => [nameOf(index), part])) };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, bps(part)])) as Allocations;
}

/** What each of the seven largest operators allocates, and each of the others. */
export const majorAllocations = allocate(SMALL);
export const minorAllocations = allocate(SMALL.slice(0, SMALL_SERVED_BY_ALL));
