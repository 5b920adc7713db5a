import { defineMetric, type Metric } from "../metric.ts";
import { queuedValue, restakedValue } from "../view-values.ts";

/** Value of all delegated shares. */
export function totalRestaked(): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: "value of all shares delegated to operators",
    read: ({ view }) => restakedValue(view),
  });
}

/** Slashable stake behind an operator set. */
export function securityOf<const S extends string>(set: S): Metric<"wei", S> {
  return defineMetric<"wei", S>({
    unit: "wei",
    description: `slashable stake behind ${set}`,
    parts: () => ({ "operator set": set }),
    read: ({ view }) => view.sets[set]?.slashable ?? 0n,
  });
}

/** Value of all open withdrawals at today's slashing factor. */
export function queueDepth(): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: "value of all open withdrawals",
    read: ({ view }) => queuedValue(view),
  });
}

/** Ether per share of the liquid staking token. */
export function lstRate(): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: "ether per share of the liquid staking token",
    read: ({ view }) => view.lst.rate,
  });
}
