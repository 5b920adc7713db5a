import { formatDuration } from "../units/format.ts";
import type { Seconds, Wei } from "../units/units.ts";

/** A way out, as far as it is known. */
export interface ExitTrack {
  readonly id: string;
  readonly holder: string;
  readonly operator: string | null;
  readonly strategy: string;
  readonly trigger: "withdrawal" | "undelegation" | "forced";
  readonly queuedAt: Seconds;
  readonly slashableUntil: Seconds;
  readonly completableAt: Seconds;
  readonly requested: Wei;
  completedAt: Seconds | null;
  received: Wei | null;
  lost: Wei;
  hitBy: string[];
}

/** A slash as far as an exit cares. */
export interface SlashMark {
  readonly id: string;
  readonly operator: string;
  readonly strategy: string;
  readonly time: Seconds;
  /** Part of the operator's whole magnitude it took [WAD]. */
  readonly wadSlashed: bigint;
}

/** A slash that an exit was too early for, and why. */
export interface Escape {
  readonly slash: string;
  readonly why: string;
}

/**
 * Slashes of the exit's own operator and strategy that came too late for it.
 *
 * @param exit - The exit.
 * @param slashes - All slashes of the run.
 * @returns One entry per slash escaped, in the slashes' order.
 */
export function escapesOf(exit: ExitTrack, slashes: readonly SlashMark[]): readonly Escape[] {
  return slashes
    .filter(({ operator, strategy }) => operator === exit.operator && strategy === exit.strategy)
    .filter(({ id, time, wadSlashed }) => wadSlashed > 0n && time > exit.slashableUntil && !exit.hitBy.includes(id))
    .map(({ id, time }) => ({ slash: id, why: escapeReason(exit, time) }));
}

function escapeReason(exit: ExitTrack, slashedAt: Seconds): string {
  const lead = formatDuration(slashedAt - exit.queuedAt);
  const late = formatDuration(slashedAt - exit.slashableUntil);
  const done = exit.completedAt !== null && exit.completedAt < slashedAt ? ", and it had been paid out" : "";
  return `queued ${lead} before the slash; its window ended ${late} earlier${done}`;
}
