import { WAD, type Seconds } from "../../units/units.ts";
import type { DefiView } from "./defi.ts";

/** Since when positions could be liquidated, by market and owner; those that cannot are not in it. */
export type HealthLog = Readonly<Record<string, Seconds>>;

/** Name of a position in the log. */
export const positionKey = (market: string, owner: string): string => `${market}/${owner}`;

/** Positions of pooled and isolated markets whose health is below one. */
function unhealthy(view: DefiView): readonly string[] {
  const pooled = Object.entries(view.lending).flatMap(([market, { accounts }]) =>
    Object.entries(accounts).flatMap(([owner, { health }]) =>
      health !== null && health < WAD ? [positionKey(market, owner)] : [],
    ),
  );
  const isolated = Object.entries(view.isolated).flatMap(([market, { positions }]) =>
    Object.entries(positions).flatMap(([owner, { healthy, health }]) =>
      !healthy && health !== null ? [positionKey(market, owner)] : [],
    ),
  );
  return [...pooled, ...isolated];
}

/** The log after a step: who is still below one keeps its instant, who fell below it gets this one. */
export function followHealth(before: HealthLog, view: DefiView, now: Seconds): HealthLog {
  return Object.fromEntries(unhealthy(view).map((position) => [position, before[position] ?? now]));
}
