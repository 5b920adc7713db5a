import type { Scenario } from "../model/scenario.ts";
import { phasesOf } from "../model/shocks/expand-defi.ts";
import { SECONDS_PER_BLOCK, type Seconds } from "../units/units.ts";

/** First instant at or after `time` that the clock can show. */
export function align(time: Seconds, secondsPerUnit: bigint): Seconds {
  return ((time + secondsPerUnit - 1n) / secondsPerUnit) * secondsPerUnit;
}

/**
 * Times at which a run makes a step: the grid's, the timeline's and those asked for besides, rising.
 *
 * Where the clock counts blocks, a time between two blocks moves to the later one.
 */
export function stepTimes(scenario: Scenario): readonly Seconds[] {
  const { step, steps, also = [], mode = "timestamp" } = scenario.clock;
  const unit = mode === "blocknumber" ? SECONDS_PER_BLOCK : 1n;
  const grid = Array.from({ length: steps }, (_, at) => step * BigInt(at + 1));
  const end = step * BigInt(steps);
  const extra = (scenario.timeline ?? [])
    .flatMap(({ at, shock }) => phasesOf(shock).map((phase) => at + phase))
    .filter((time) => time <= end);
  const times = new Set([...grid, ...extra, ...also].map((time) => align(time, unit)));
  return [...times].sort((a, b) => (a < b ? -1 : 1));
}
