import type { Unit, UnitTypes } from "./metric.ts";

/** Limits in the metric's own unit; each optional, all must hold. */
export interface Limits<U extends Unit> {
  readonly above?: UnitTypes[U];
  readonly below?: UnitTypes[U];
  readonly equal?: UnitTypes[U];
}

/** What a scenario expects of one of its metrics. */
export interface Expectation<U extends Unit = Unit> {
  /** Which rows it looks at. */
  readonly when: "end" | "always" | "peak";
  readonly limits: Limits<U>;
}

/** The last row's value. */
export function atEnd<const L extends Limits<Unit>>(limits: L): { readonly when: "end"; readonly limits: L } {
  return { when: "end", limits };
}

/** Every row's value. */
export function always<const L extends Limits<Unit>>(limits: L): { readonly when: "always"; readonly limits: L } {
  return { when: "always", limits };
}

/** The largest value of all rows. */
export function atPeak<const L extends Limits<Unit>>(limits: L): { readonly when: "peak"; readonly limits: L } {
  return { when: "peak", limits };
}
