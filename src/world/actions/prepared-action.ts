import type { Wad } from "../../units/units.ts";
import type { Journal } from "../journal.ts";
import type { Call } from "../stage-driver.ts";
import type { RawState } from "../view/raw-state.ts";
import type { WorldContext } from "../world-context.ts";

/** What somebody does along with an action: its failure is nobody's concern, its events count. */
export interface SideOrder {
  readonly actor: string;
  readonly calls: readonly Call[];
}

/** What an action becomes on the chain. */
export interface PreparedAction {
  readonly calls: readonly Call[];
  readonly gasLimit?: bigint;
  /** View whose answer attributes a slash to its holders. */
  readonly probe?: Call;
  /** How to read the probe: the lens adds the verdict to the preview. */
  readonly probeKind?: "preview" | "verdict";
  /** What has to happen right before, and what others do right after. */
  readonly before?: readonly SideOrder[];
  readonly after?: readonly SideOrder[];
  /** Fractions asked for, where the action itself says them. */
  readonly wads?: readonly Wad[];
}

/** What an action is prepared from. */
export interface ActionContext {
  readonly world: WorldContext;
  readonly journal: Journal;
  /** State before the step. */
  readonly state: RawState;
  /** Participant that acts, and its account. */
  readonly agent: string;
  readonly actor: string;
  /** Asks a view at the state before the step. */
  readonly ask: (call: Call) => Promise<string>;
}

/** Gas of an action that walks over every holder of an operator [gas]. */
export const HEAVY_GAS = 400_000_000n;
