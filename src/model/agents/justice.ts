import type { Seconds } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { days } from "../../units/durations.ts";
import { defineAgent, type Agent } from "../agent.ts";
import { drawDelay, type Delay } from "../delay.ts";
import type { Fault } from "../fault.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** What a watcher watches. */
export interface WatcherParams<S extends string> {
  /** Time from a fault, once it can be proved, to its report. */
  readonly latency: Delay;
  /** Operator sets; null: every set. */
  readonly sets: readonly S[] | null;
  /** Time after which a refused report is tried again; default 1 day. */
  readonly retry?: Seconds;
}

/** When a fault can be proved: silence has to last first. */
function provableAt({ at, deed }: Fault): Seconds {
  return deed.kind === "downtime" ? deed.until : at;
}

const defineWatcher = defineAgent<WatcherParams<string>>({
  name: "watcher",
  numbers: USUAL_NUMBERS,
  role: "observer",
  decide: ({ me, now, view, params, fate }) => {
    const latency = drawDelay(params.latency, fate);
    const watched = (set: string): boolean => params.sets === null || params.sets.includes(set);
    const waits = (id: string): boolean =>
      view.refusals.some(({ fault, at }) => fault === id && now < at + (params.retry ?? days(1)));
    const reports = view.faults
      .filter((fault) => watched(fault.set) && now >= provableAt(fault) + latency)
      .filter(({ id }) => !view.reported.includes(id) && !waits(id))
      .map((fault): Action => ({ type: "reportFault", fault }));
    const executions = view.cases
      .filter(({ set, state, reportedBy }) => watched(set) && state === "open" && reportedBy === me)
      .filter(({ executableFrom, expiresAt }) => now >= executableFrom && (expiresAt === null || now <= expiresAt))
      .map(({ id }): Action => ({ type: "executeCase", case: id }));
    return [...reports, ...executions];
  },
});

/** Reports each fault on its sets `latency` after it can be proved, and executes the cases that this made. */
export function watcher<const S extends string = never>(params: WatcherParams<S>): Agent<S> {
  return defineWatcher(params);
}

/** Sends slashed shares on their way as soon as their escrow allows it. */
export const escrowClearer = defineAgent<object>({
  name: "escrow-clearer",
  role: "observer",
  decide: ({ now, view }) =>
    view.escrows
      .filter(({ releasableAt }) => now >= releasableAt)
      .map(({ set, slashId, strategy }) => ({ type: "clearEscrow", set, slashId, strategy })),
});
