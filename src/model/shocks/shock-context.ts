import type { Seconds } from "../../units/units.ts";
import type { PlannedAction } from "../action.ts";
import type { Fault } from "../fault.ts";
import type { View } from "../view.ts";

/** What a shock becomes in its step. */
export interface ExpandedShock {
  readonly actions: readonly PlannedAction[];
  readonly faults: readonly Fault[];
  /** Why it became nothing, where it did. */
  readonly note: string | null;
}

/** What a shock may look at. */
export interface ShockContext {
  readonly view: View;
  /** Faults so far, those of earlier shocks of the same step included. */
  readonly faults: readonly Fault[];
  readonly now: Seconds;
  /** The member that a name of the scenario stands for. */
  readonly member: (name: string) => string;
  /** For shocks that act more than once: how often this one did before; default 0. */
  readonly phase?: number;
  /** For a price path: the answer that is due. */
  readonly price?: bigint;
}
