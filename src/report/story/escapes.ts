import { compareBigint, compareText, leastOf } from "../format/text.ts";
import type { RunExit, RunRecord, RunSlash } from "../run-record.ts";

import { sum } from "./sums.ts";

/** One way out, with what the slashes took and what they missed. */
export interface Escape {
  readonly exit: RunExit;
  readonly lost: bigint;
  /** What the slashes that missed it would have taken at the same fractions. */
  readonly saved: bigint;
  readonly fate: "escaped" | "hit" | "partly" | "early" | "untouched";
  /** Seconds from the last slashable instant to the first slash that missed it. */
  readonly escapedBy: bigint | null;
  /** Seconds of the slashable window that were left when the last slash hit it; 0 is the very last instant. */
  readonly caughtWith: bigint | null;
  readonly why: string;
}

/** The slashes of a run, and for each the instant of its fault where a case tells it. */
interface Course {
  readonly slashes: readonly RunSlash[];
  readonly faults: ReadonlyMap<string, bigint>;
}

/**
 * Reads every exit's fate, the largest stakes at issue first.
 *
 * An exit escapes a slash that came after its last slashable instant, though the fault did not: one that was
 * safe before the fault was never in danger of it.
 */
export function readEscapes(record: RunRecord): Escape[] {
  const course: Course = {
    slashes: record.slashes,
    faults: new Map(
      record.cases.flatMap(({ slash, faultAt }) => (slash === null ? [] : [[slash, BigInt(faultAt)] as const])),
    ),
  };
  return record.exits
    .map((exit) => readEscape(exit, course))
    .sort((a, b) => compareBigint(b.saved + b.lost, a.saved + a.lost) || compareText(a.exit.id, b.exit.id));
}

function readEscape(exit: RunExit, { slashes, faults }: Course): Escape {
  const until = BigInt(exit.slashableUntil);
  const missed = exit.escaped.filter(({ slash }) => (faults.get(slash) ?? until) <= until);
  const ids = new Set(missed.map(({ slash }) => slash));
  const concerned = slashesAt(exit, slashes).filter(({ id }) => ids.has(id) || exit.hitBy.includes(id));
  const takings = takingsOf(BigInt(exit.requested), concerned);
  const timesOf = (wanted: boolean): bigint[] =>
    concerned.filter(({ id }) => ids.has(id) === wanted).map(({ time }) => BigInt(time));
  return {
    exit,
    lost: BigInt(exit.lost),
    saved: sum([...ids].map((id) => takings.get(id) ?? 0n)),
    fate: fateOf(exit, missed.length),
    escapedBy: leastOf(timesOf(true).map((time) => time - until)),
    caughtWith: leastOf(timesOf(false).map((time) => until - time)),
    why: missed.map(({ slash, why }) => `${slash}: ${why}`).join("; "),
  };
}

function fateOf(exit: RunExit, missed: number): Escape["fate"] {
  if (exit.hitBy.length > 0) return missed === 0 ? "hit" : "partly";
  if (missed > 0) return "escaped";
  return exit.escaped.length > 0 ? "early" : "untouched";
}

/**
 * What each slash took, or would have taken had it not missed, of a value: one after the other, in their order.
 */
export function takingsOf(requested: bigint, slashes: readonly RunSlash[]): Map<string, bigint> {
  const takings = new Map<string, bigint>();
  let value = requested;
  for (const slash of slashes) {
    const taken = fractionOf(value, slash);
    value -= taken;
    takings.set(slash.id, taken);
  }
  return takings;
}

/** The slashes that hit an exit or missed it, in order of time. */
export function slashesAt(exit: RunExit, slashes: readonly RunSlash[]): RunSlash[] {
  const ids = new Set([...exit.hitBy, ...exit.escaped.map(({ slash }) => slash)]);
  return slashes
    .filter(({ id }) => ids.has(id))
    .sort((a, b) => compareBigint(BigInt(a.time), BigInt(b.time)) || a.step - b.step);
}

/** What a slash takes of a value that it reaches: the fall of the operator's maximum magnitude. */
function fractionOf(value: bigint, slash: RunSlash): bigint {
  const before = BigInt(slash.maxMagnitude.before);
  return before === 0n ? 0n : (value * (before - BigInt(slash.maxMagnitude.after))) / before;
}
