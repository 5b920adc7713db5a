import type { Magnitude, Seconds, Shares, Wad, Wei } from "../units/units.ts";
import type { PlannedAction } from "./action.ts";
import type { DefiFact } from "./defi/defi.ts";

/** Exact loss of one holder in one slash, from the preview taken in the same transaction right before it. */
export interface HolderLoss {
  readonly layer: "operator" | "staker" | "withdrawal";
  readonly holder: string;
  /** Withdrawal's id where the layer is withdrawal. */
  readonly position: string | null;
  /** Withdrawable (or released) shares before and after. */
  readonly before: Shares;
  readonly after: Shares;
}

/** What one slash did in one strategy. */
export interface SlashedStrategy {
  readonly strategy: string;
  readonly wadSlashed: Wad;
  readonly magnitude: { readonly before: Magnitude; readonly after: Magnitude };
  readonly maxMagnitude: { readonly before: Magnitude; readonly after: Magnitude };
  readonly operatorShares: Shares;
  readonly queueShares: Shares;
  readonly losses: readonly HolderLoss[];
}

/** What an action did, decoded from events: the engine's own ledger is built from facts, not from views. */
export type Fact = CoreFact | DefiFact;

/** What happened to stake, cases, pool and rewards. */
export type CoreFact =
  | {
      readonly kind: "slash";
      readonly set: string;
      readonly slashId: bigint;
      readonly operator: string;
      /** The rule's reason, or the action's where no rule judged. */
      readonly cause: string;
      /** Fraction of the allocation asked for; per strategy in the order of `strategies`. */
      readonly wads: readonly Wad[];
      readonly strategies: readonly SlashedStrategy[];
      readonly releasableAt: Seconds;
      /** Case that was executed, if any. */
      readonly case: string | null;
    }
  | {
      readonly kind: "deposited";
      readonly staker: string;
      readonly strategy: string;
      readonly tokens: Wei;
      readonly shares: Shares;
    }
  | {
      readonly kind: "withdrawalQueued";
      readonly id: string;
      readonly staker: string;
      readonly operator: string | null;
      readonly strategy: string;
      readonly trigger: "withdrawal" | "undelegation" | "forced";
      readonly scaledShares: Shares;
      /** Withdrawable shares when queued. */
      readonly shares: Shares;
      readonly slashableUntil: Seconds;
      readonly completableAt: Seconds;
    }
  | {
      readonly kind: "withdrawalCompleted";
      readonly id: string;
      readonly staker: string;
      readonly strategy: string;
      readonly shares: Shares;
      /** Tokens paid; 0 when received as shares. */
      readonly tokens: Wei;
      readonly receive: "tokens" | "shares";
    }
  | {
      readonly kind: "escrowCleared";
      readonly set: string;
      readonly slashId: bigint;
      readonly strategy: string;
      readonly shares: Shares;
      readonly tokens: Wei;
      /** Participant that received it; null when burned. */
      readonly recipient: string | null;
    }
  | { readonly kind: "caseOpened"; readonly case: string; readonly set: string; readonly operator: string }
  | {
      readonly kind: "caseClosed";
      readonly case: string;
      readonly result: "executed" | "vetoed" | "rejected" | "expired";
      readonly reason: string;
    }
  | { readonly kind: "donated"; readonly who: string; readonly strategy: string; readonly tokens: Wei }
  | { readonly kind: "rewardsPaid"; readonly set: string; readonly avs: string; readonly amount: Wei }
  | { readonly kind: "rewardsClaimed"; readonly participant: string; readonly amount: Wei }
  | { readonly kind: "poolReported"; readonly before: Wad; readonly after: Wad; readonly fee: Wei };

/** A revert, decoded; errors without a known name are Panic, Error or Unknown. */
export type Outcome =
  | { readonly status: "ok" }
  | {
      readonly status: "reverted";
      readonly error: string;
      readonly args: Readonly<Record<string, string | number | boolean | null>>;
    };

/** One action after its transaction; order is that of the batch. */
export interface ActionResult {
  readonly planned: PlannedAction;
  readonly outcome: Outcome;
  readonly gas: bigint;
  readonly facts: readonly Fact[];
}
