import type { Scenario } from "../model/scenario.ts";
import type { TimelineEntry } from "../model/shock.ts";
import { phasesOf } from "../model/shocks/expand-defi.ts";
import { pointAt, pointsOf, type Noise, type PricePoint } from "../model/shocks/price-path.ts";
import type { Seconds } from "../units/units.ts";
import { streamFor } from "./random.ts";
import { align } from "./step-times.ts";

/** An entry of the timeline as it acts in one step. */
export interface DueEntry extends Pick<TimelineEntry, "shock" | "note"> {
  /** How often it acted before, for entries that act more than once. */
  readonly phase?: number;
  /** Answer that a price path asks for now. */
  readonly price?: bigint;
}

/** A scenario's timeline with every path drawn. */
export interface Timeline {
  readonly unit: bigint;
  readonly entries: readonly { readonly entry: TimelineEntry; readonly points: readonly PricePoint[] }[];
}

/**
 * Draws the paths of a timeline, once for the run.
 *
 * @param unit - Seconds of one unit of the contracts' clock.
 */
export function openTimeline(scenario: Scenario, unit: bigint): Timeline {
  const noise: Noise = (label, index) => streamFor(scenario.seed, label, index);
  const entries = (scenario.timeline ?? []).map((entry) => {
    const { shock } = entry;
    return { entry, points: shock.type === "pricePath" ? pointsOf(shock.path, shock.feed, noise) : [] };
  });
  return { unit, entries };
}

/** What a path asks for in the step that ends the time from `before`: its newest point, where that is a new one. */
function duePoint({ entry, points }: Timeline["entries"][number], before: Seconds, now: Seconds): readonly DueEntry[] {
  const newest = pointAt(points, now - entry.at);
  const known = before < entry.at ? -1 : pointAt(points, before - entry.at);
  const price = points[newest]?.price;
  if (newest === known || price === undefined) return [];
  const { shock, note } = entry;
  const phase = known === -1 ? 0 : 1;
  return [phase === 0 && note !== undefined ? { shock, note, phase, price } : { shock, phase, price }];
}

/**
 * Entries that act in a step.
 *
 * @param before - Time of the step before.
 * @param now - Time of the step.
 */
export function dueEntries({ entries, unit }: Timeline, before: Seconds, now: Seconds): readonly DueEntry[] {
  return entries.flatMap((one) => {
    const { at, shock, note } = one.entry;
    if (shock.type === "pricePath") return duePoint(one, before, now);
    return phasesOf(shock).flatMap((offset, phase): readonly DueEntry[] => {
      if (align(at + offset, unit) !== now) return [];
      return [phase === 0 && note !== undefined ? { shock, note, phase } : { shock, phase }];
    });
  });
}
