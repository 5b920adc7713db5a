import { compareBigint, compareText, leastOf } from "../format/text.ts";
import type { RunExit, RunRecord, RunSlash } from "../run-record.ts";

import { sum } from "./sums.ts";

/** One way out, with what the slashes took and what they missed. */
export interface Escape {
  readonly exit: RunExit;
  readonly lost: bigint;
  /** What the slashes that missed it would have taken at the same fractions. */
  readonly saved: bigint;
  readonly fate: "escaped" | "hit" | "partly" | "untouched";
  /** Seconds from the last slashable instant to the first slash that missed it. */
  readonly escapedBy: bigint | null;
  /** Seconds of the slashable window that were left when the last slash hit it; 0 is the very last instant. */
  readonly caughtWith: bigint | null;
  readonly why: string;
}

/** Reads every exit's fate, the largest saving first. */
export function readEscapes(record: RunRecord): Escape[] {
  const slashes = new Map(record.slashes.map((slash) => [slash.id, slash]));
  return record.exits
    .map((exit) => readEscape(exit, slashes))
    .sort((a, b) => compareBigint(b.saved + b.lost, a.saved + a.lost) || compareText(a.exit.id, b.exit.id));
}

function readEscape(exit: RunExit, slashes: ReadonlyMap<string, RunSlash>): Escape {
  const missed = new Set(exit.escaped.map(({ slash }) => slash));
  const saved = savedBy(exit, slashes);
  const until = BigInt(exit.slashableUntil);
  const past = [...missed].flatMap((id) => timesOf(slashes.get(id))).filter((time) => time > until);
  const within = exit.hitBy.flatMap((id) => timesOf(slashes.get(id)));
  return {
    exit,
    lost: BigInt(exit.lost),
    saved,
    fate: fateOf(exit),
    escapedBy: leastOf(past.map((time) => time - until)),
    caughtWith: leastOf(within.map((time) => until - time)),
    why: exit.escaped.map(({ why }) => why).join(" "),
  };
}

function fateOf(exit: RunExit): Escape["fate"] {
  if (exit.hitBy.length === 0) return exit.escaped.length === 0 ? "untouched" : "escaped";
  return exit.escaped.length === 0 ? "hit" : "partly";
}

function timesOf(slash: RunSlash | undefined): bigint[] {
  return slash === undefined ? [] : [BigInt(slash.time)];
}

function savedBy(exit: RunExit, slashes: ReadonlyMap<string, RunSlash>): bigint {
  const missed = new Set(exit.escaped.map(({ slash }) => slash));
  const concerned = [...slashes.values()].filter(({ id }) => missed.has(id) || exit.hitBy.includes(id));
  let value = BigInt(exit.requested);
  const saved: bigint[] = [];
  for (const slash of concerned.sort((a, b) => compareBigint(BigInt(a.time), BigInt(b.time)))) {
    const taken = fractionOf(value, slash);
    value -= taken;
    if (missed.has(slash.id)) saved.push(taken);
  }
  return sum(saved);
}

/** What a slash takes of a value that it reaches: the fall of the operator's maximum magnitude. */
export function fractionOf(value: bigint, slash: RunSlash): bigint {
  const before = BigInt(slash.maxMagnitude.before);
  return before === 0n ? 0n : (value * (before - BigInt(slash.maxMagnitude.after))) / before;
}
