import type { Seconds } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { defineAgent } from "../agent.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** Whether a multiple of `every` lies in (from, until]. */
function due(every: Seconds, from: Seconds, until: Seconds): boolean {
  return every > 0n && until / every > from / every;
}

/** Reports the validators' balances to the liquid staking token `every` so often, and finalises what it can pay. */
export const poolReporter = defineAgent<{ readonly every: Seconds }>({
  name: "pool-reporter",
  numbers: USUAL_NUMBERS,
  role: "observer",
  decide: ({ view, now, params }) => {
    if (!due(params.every, view.time, now)) return [];
    const waiting: readonly Action[] = view.lst.unfinalized > 0n ? [{ type: "finalizeUnstakes" }] : [];
    return [{ type: "reportPool" }, ...waiting];
  },
});

/** Pays into a strategy for nothing, once, at `at`: a donation that lifts every share. */
export const donor = defineAgent<{ readonly at: Seconds; readonly strategy: string; readonly amount: bigint }>({
  name: "donor",
  numbers: USUAL_NUMBERS,
  role: "observer",
  decide: ({ view, now, params: { at, strategy, amount } }) =>
    view.time < at && at <= now ? [{ type: "donate", strategy, amount }] : [],
});
