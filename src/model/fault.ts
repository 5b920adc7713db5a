import type { Seconds, Wad, Wei } from "../units/units.ts";

/**
 * What an operator did wrong, as the evidence will say it.
 *
 * Equivocation leaves two signed statements that contradict each other (world signs them with the operator's
 * key); the others leave traces in the mock service's own state.
 */
export type FaultDeed =
  | { readonly kind: "equivocation"; readonly subject: bigint }
  | { readonly kind: "downtime"; readonly from: Seconds; readonly until: Seconds }
  | { readonly kind: "price"; readonly round: bigint; readonly price: Wad }
  | { readonly kind: "withholding"; readonly task: bigint }
  | { readonly kind: "forgery"; readonly release: bigint; readonly amount: Wei }
  | { readonly kind: "plain"; readonly fraction: Wad };

/** A fault that happened: facts that watchers learn once their detection latency has passed. */
export interface Fault {
  /** Unique in the run. */
  readonly id: string;
  readonly set: string;
  readonly operator: string;
  readonly at: Seconds;
  readonly deed: FaultDeed;
}
