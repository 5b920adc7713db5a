import type { Seconds, Wad, Wei } from "../units/units.ts";
import type { Action, PausableFunction } from "./action.ts";
import type { Member } from "./names.ts";
import type { DefiShock } from "./shocks/defi-shock.ts";

/** What happens to the world from outside, as plain data. `P`: populations, `S`: operator sets of the scenario. */
export type Shock<P extends string = string, S extends string = string> = CoreShock<P, S> | DefiShock<P, S>;

/** What happens to operators, their services, the staking pool and the restaking core. */
export type CoreShock<P extends string = string, S extends string = string> =
  /** Signs two contradicting statements for each set. */
  | { readonly type: "equivocate"; readonly operator: Member<P>; readonly sets: readonly S[] }
  | { readonly type: "downtime"; readonly operator: Member<P>; readonly sets: readonly S[]; readonly length: Seconds }
  /** Submits a price off by `deviation` (signed) in the running round. */
  | { readonly type: "wrongPrice"; readonly operator: Member<P>; readonly set: S; readonly deviation: Wad }
  | { readonly type: "withholdData"; readonly operator: Member<P>; readonly set: S }
  | { readonly type: "forgeRelease"; readonly operator: Member<P>; readonly set: S; readonly amount: Wei }
  /** The mock validators lose stake; the next pool report says so. */
  | { readonly type: "validatorLoss"; readonly amount: Wei }
  | { readonly type: "validatorReward"; readonly amount: Wei }
  | { readonly type: "podPenalty"; readonly staker: Member<P>; readonly gwei: bigint; readonly slashed: boolean }
  | { readonly type: "pause"; readonly functions: readonly PausableFunction[]; readonly paused: boolean }
  | { readonly type: "swapSlasher"; readonly set: S; readonly slasher: Member<P> }
  /** Slashes at once, by the set's direct slasher. */
  | { readonly type: "slash"; readonly avs: S; readonly operator: Member<P>; readonly fraction: Wad }
  /** Reports the newest fault of `operator` on `set`, by the named member. */
  | { readonly type: "report"; readonly by: Member<P>; readonly operator: Member<P>; readonly set: S }
  /** Vetoes, or executes, the newest open case of the set. */
  | { readonly type: "veto"; readonly by: Member<P>; readonly set: S }
  | { readonly type: "execute"; readonly by: Member<P>; readonly set: S }
  /** Any action at an exact time, of any member, of an AVS (by its name) or of the protocol's administrator. */
  | { readonly type: "act"; readonly by: Member<P> | S | "protocol"; readonly action: Action };

/** One entry of a scenario's timeline; `at` may lie between the grid's steps and makes a step of its own. */
export interface TimelineEntry<P extends string = string, S extends string = string> {
  readonly at: Seconds;
  readonly shock: Shock<P, S>;
  /** Narration for timelines and reports. */
  readonly note?: string;
}
