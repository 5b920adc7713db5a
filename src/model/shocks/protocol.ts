import type { Wei } from "../../units/units.ts";
import type { PausableFunction } from "../action.ts";
import type { Member } from "../names.ts";
import type { Shock } from "../shock.ts";

/** The LST's validators lose stake; holders feel it at the next pool report. */
export function validatorLoss(amount: Wei): Extract<Shock<never, never>, { type: "validatorLoss" }> {
  return { type: "validatorLoss", amount };
}

/** The LST's validators earn; holders feel it at the next pool report. */
export function validatorReward(amount: Wei): Extract<Shock<never, never>, { type: "validatorReward" }> {
  return { type: "validatorReward", amount };
}

/** The validator behind a staker's pod loses `gwei`; `slashed` lets anybody prove the stale balance. */
export function podPenalty<const P extends string>(options: {
  readonly staker: Member<P>;
  readonly gwei: bigint;
  readonly slashed: boolean;
}): Extract<Shock<P, never>, { type: "podPenalty" }> {
  return { type: "podPenalty", ...options };
}

/** Pauses functions of the protocol. */
export function pause(functions: readonly PausableFunction[]): Extract<Shock<never, never>, { type: "pause" }> {
  return { type: "pause", functions, paused: true };
}

/** Lifts a pause. */
export function unpause(functions: readonly PausableFunction[]): Extract<Shock<never, never>, { type: "pause" }> {
  return { type: "pause", functions, paused: false };
}

/** The AVS's owner proposes another slasher; it may slash once the notice has passed. */
export function swapSlasher<const P extends string, const S extends string>(options: {
  readonly set: S;
  readonly slasher: Member<P>;
}): Extract<Shock<P, S>, { type: "swapSlasher" }> {
  return { type: "swapSlasher", ...options };
}
