import type { Observed } from "./observe.ts";

/** Where and how something differs from what was expected. */
export interface Difference {
  /** Step, from 0; -1 for the outcome of the whole case. */
  readonly step: number;
  /** Path of the field, such as `after.stakers.alice.withdrawableShares`. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Writes a value so that two can be told apart at a glance. */
export function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The first field of `expected` that `got` does not have, or has otherwise; undefined when there is none. */
export function firstDifference(
  field: string,
  expected: unknown,
  got: Observed | undefined,
): Omit<Difference, "step"> | undefined {
  if (got === undefined)
    return { field, expected: show(expected), got: "no such observable: the runner does not know it" };
  if (isTree(expected)) {
    if (!isTree(got)) return { field, expected: show(expected), got: show(got) };
    for (const [name, value] of Object.entries(expected)) {
      const difference = firstDifference(`${field}.${name}`, value, (got as Record<string, Observed>)[name]);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return show(expected) === show(got) ? undefined : { field, expected: show(expected), got: show(got) };
}
