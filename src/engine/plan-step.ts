import { BehaviourError, guarded } from "../errors/behaviour-error.ts";
import type { Action, PlannedAction } from "../model/action.ts";
import type { Agent } from "../model/agent.ts";
import type { Fault } from "../model/fault.ts";
import { subjectOf, type Incident } from "../model/incident.ts";
import { expandShock } from "../model/shocks/expand.ts";
import type { View } from "../model/view.ts";
import type { Seconds } from "../units/units.ts";
import { digest, streamFor } from "./random.ts";
import type { DueEntry } from "./timeline.ts";

/** A participant that decides: its agent and its place in its population. */
export interface Cast {
  readonly id: string;
  readonly index: number;
  readonly agent: Agent<string>;
}

/** What a step is planned from. */
export interface StepPlan {
  readonly seed: number;
  readonly step: number;
  readonly now: Seconds;
  readonly view: View;
  readonly cast: readonly Cast[];
  readonly due: readonly DueEntry[];
  readonly order: "shuffle" | "declared";
  readonly member: (name: string) => string;
}

/** What a step will do. */
export interface PlannedStep {
  readonly actions: readonly PlannedAction[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  /** Shocks that happened for the first time. */
  readonly incidents: readonly Incident[];
}

interface Turn {
  readonly key: string;
  readonly actions: readonly PlannedAction[];
}

/**
 * Orders whole turns by a hash of seed, step and who: a participant more or less does not change the others' order,
 * and each one's own actions stay in the order it wants.
 */
function shuffle(turns: readonly Turn[], seed: number, step: number): readonly Turn[] {
  const ranked = turns.map((turn) => ({ turn, rank: digest(seed, "order", step, turn.key) }));
  return ranked.sort((a, b) => a.rank.compare(b.rank)).map(({ turn }) => turn);
}

/** Whether a decision is a list of actions; the world judges each action when it encodes it. */
function isActions(wanted: unknown): wanted is readonly Action[] {
  const isAction = (action: unknown): boolean =>
    typeof action === "object" && action !== null && "type" in action && typeof action.type === "string";
  return Array.isArray(wanted) && wanted.every(isAction);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "a list with something else in it" : typeof value;
}

/** Lets every agent decide, adds the due shocks, orders what came together. Pure. */
export function planStep(plan: StepPlan): PlannedStep {
  const { seed, step, now, view } = plan;
  const turns: Turn[] = plan.cast.map(({ id, index, agent }) => {
    const streams = { random: streamFor(seed, id, step), fate: streamFor(seed, id, 0) };
    const where = `agent "${id}" (${agent.name}) in step ${step}`;
    const wanted: unknown = guarded(where, () => agent.decide({ me: id, index, now, view, ...streams }));
    if (!isActions(wanted))
      throw new BehaviourError(where, `it returned ${describe(wanted)}, which is no list of actions`);
    return { key: id, actions: wanted.map((action) => ({ agent: agent.actsAs ?? id, origin: "agent", action })) };
  });
  const faults: Fault[] = [];
  const notes: string[] = [];
  const incidents = plan.due
    .filter(({ phase = 0 }) => phase === 0)
    .map(({ shock }): Incident => ({ at: now, type: shock.type, subject: subjectOf(shock) }));
  const shocked: PlannedAction[] = [];
  for (const { shock, note, ...moment } of plan.due) {
    const known = { view, faults: [...view.faults, ...faults], now, member: plan.member };
    const expanded = expandShock({ ...known, ...moment }, shock);
    faults.push(...expanded.faults);
    shocked.push(...expanded.actions);
    notes.push(...[note, expanded.note].filter((text) => typeof text === "string"));
  }
  const all = [...turns, { key: "timeline", actions: shocked }].filter(({ actions }) => actions.length > 0);
  const ordered = plan.order === "shuffle" ? shuffle(all, seed, step) : all;
  return { actions: ordered.flatMap(({ actions }) => actions), faults, notes, incidents };
}
