import type { ActionResult } from "./fact.ts";
import type { View } from "./view.ts";

/** What a law may look at after a step. */
export interface InvariantContext {
  readonly before: View;
  readonly after: View;
  readonly results: readonly ActionResult[];
  /** Actions executed since the run began, this step included. */
  readonly actionsSoFar: number;
}

/** Values that contradict a law. */
export type Breach = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** A law of the accounting, as a sentence and a check; `check` returns the contradiction, or null. */
export interface Invariant {
  readonly name: string;
  readonly sentence: string;
  readonly check: (context: InvariantContext) => Breach | null;
}

/** Makes a law of one's own. */
export function defineInvariant(invariant: Invariant): Invariant {
  return invariant;
}
