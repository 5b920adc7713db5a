import type { Seconds, Shares, Wad, Wei } from "../units/units.ts";
import type { ActionResult } from "./fact.ts";
import type { PartNames } from "./part-names.ts";
import type { View } from "./view.ts";

/** Units of metrics and the brand their values have. */
export interface UnitTypes {
  readonly wei: Wei;
  readonly wad: Wad;
  readonly seconds: Seconds;
  readonly shares: Shares;
  readonly count: bigint & { readonly unit?: "count" };
}
export type Unit = keyof UnitTypes;

/** What a metric may read after a step. */
export interface MetricContext {
  readonly view: View;
  /** State when the run began. */
  readonly first: View;
  /** This step's actions. */
  readonly results: readonly ActionResult[];
  /** Losses so far by holder [wei at the time of the slash]; queued withdrawals count for their holder. */
  readonly losses: Readonly<Record<string, Wei>>;
  /** Ids of a population's members. */
  readonly members: (population: string) => readonly string[];
  /** The metric's own value after the step before; 0 at the start. */
  readonly previous: bigint;
  /** Time since the step before; 0 at the start. */
  readonly elapsed?: Seconds;
}

/** A named, unit-bearing reader of the state after a step. */
export interface Metric<U extends Unit = Unit, Names extends string = never> {
  readonly unit: U;
  readonly description: string;
  readonly read: (context: MetricContext) => bigint;
  readonly mentions?: readonly Names[];
  /** What it measures: a part that nothing declares is refused. */
  readonly parts?: () => PartNames;
}

/** Makes a metric. `read` is pure; its result is in `unit`. Only `mentions` says which names it needs. */
export function defineMetric<const U extends Unit, Names extends string = never>(
  metric: Metric<U, Names>,
): Metric<U, NoInfer<Names>> {
  return metric;
}
