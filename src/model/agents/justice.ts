import type { Seconds } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { defineAgent } from "../agent.ts";

/**
 * Reports each fault on the named sets once it has been known for `latency`, and executes the cases it may.
 *
 * `sets` null: every set.
 */
export const watcher = defineAgent<{ latency: Seconds; sets: readonly string[] | null }>({
  name: "watcher",
  role: "observer",
  decide: ({ me, now, view, params }) => {
    const watched = (set: string): boolean => params.sets === null || params.sets.includes(set);
    const reports = view.faults
      .filter((fault) => watched(fault.set) && now >= fault.at + params.latency && !view.reported.includes(fault.id))
      .map((fault): Action => ({ type: "reportFault", fault }));
    const executions = view.cases
      .filter(({ set, state, reportedBy }) => watched(set) && state === "open" && reportedBy === me)
      .filter(({ executableFrom, expiresAt }) => now >= executableFrom && (expiresAt === null || now <= expiresAt))
      .map(({ id }): Action => ({ type: "executeCase", case: id }));
    return [...reports, ...executions];
  },
});

/** Sends slashed shares on their way as soon as their escrow allows it. */
export const escrowClearer = defineAgent<object>({
  name: "escrow-clearer",
  role: "observer",
  decide: ({ now, view }) =>
    view.escrows
      .filter(({ releasableAt }) => now >= releasableAt)
      .map(({ set, slashId, strategy }) => ({ type: "clearEscrow", set, slashId, strategy })),
});
