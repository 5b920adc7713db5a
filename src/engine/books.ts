import type { ExitTrack } from "../analysis/exits.ts";
import type { YieldBook } from "../analysis/yield-attribution.ts";
import type { ActionResult } from "../model/fact.ts";
import type { SlashNotice, View } from "../model/view.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { RunCase, RunSlash } from "../report/run-record.ts";

/** What a step did, as the books need it. */
export interface StepResult {
  readonly step: number;
  readonly before: View;
  readonly after: View;
  readonly results: readonly ActionResult[];
}

/** A slash of the record while the run still moves its escrow. */
export type SlashEntry = Omit<RunSlash, "destination"> & {
  readonly slashId: bigint;
  readonly destination: {
    readonly kind: "burned" | "redistributed";
    readonly recipient: string | null;
    burned: bigint;
    redistributed: bigint;
    readonly total: bigint;
    readonly releasableAt: bigint;
  };
};

/** Everything that a run remembers besides its rows and actions: built from facts, never from balances. */
export interface Ledger {
  readonly spec: WorldSpec;
  readonly slashes: SlashEntry[];
  readonly notices: SlashNotice[];
  readonly exits: Map<string, ExitTrack>;
  readonly cases: Map<string, RunCase>;
  readonly reported: string[];
  readonly refusals: { readonly fault: string; readonly at: bigint }[];
  /** Losses by holder [wei when slashed]. */
  readonly losses: Record<string, bigint>;
  readonly yields: YieldBook;
  burned: bigint;
  redistributed: bigint;
}
