import type { Seconds } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import { firstIncident, type IncidentFilter } from "../../incident.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** One measure of a guardian or governor. */
export interface Measure {
  /** Time from the detection to the measure: a multisignature's minutes, a vote's days. */
  readonly latency: Delay;
  /** Freeze, LTV 0, pause, caps, another feed, cover, inject: any actions of the administrator. */
  readonly actions: readonly Action[];
}

/** What somebody responsible watches for, and what follows. */
export interface GuardianParams {
  /** Shock of the timeline that it reacts to. */
  readonly after: IncidentFilter;
  /** Time from the shock until it is noticed. */
  readonly detect: Delay;
  readonly measures: readonly Measure[];
}

/** Actions whose time lies in the step: each once, its own delays drawn once for the member. */
function due({ view, now, fate, params }: AgentContext<GuardianParams>): readonly Action[] {
  const at = firstIncident(view.incidents, params.after);
  if (at === null) return [];
  const noticed: Seconds = at + drawDelay(params.detect, fate);
  return params.measures.flatMap(({ latency, actions }) => {
    const acts: Seconds = noticed + drawDelay(latency, fate);
    // A measure without any delay waits for the step after the shock: nobody reacts within a block.
    const from = view.time > at ? view.time : at - 1n;
    return from < acts && acts <= now ? actions : [];
  });
}

/**
 * Reacts to a shock with the administrator's powers: freeze in minutes, governance in days. Each measure is in the
 * run's log with its time. Source: spec of behaviours 5.7.
 */
export const guardian = defineAgent<GuardianParams>({
  name: "guardian",
  numbers: USUAL_NUMBERS,
  role: "observer",
  actsAs: "protocol",
  decide: due,
});

/** The same for who acts with a wallet and powers of its own: a treasury that donates, a backer that injects. */
export const backer = defineAgent<GuardianParams>({
  name: "backer",
  numbers: USUAL_NUMBERS,
  role: "observer",
  decide: due,
});
