import { WAD } from "../../units/units.ts";
import { defineMetric, type Metric } from "../metric.ts";
import type { View } from "../view.ts";
import { valueOf } from "../view-values.ts";

/** What slashes have taken from a population so far, queued withdrawals included. */
export function lossOf<const P extends string>(population: P): Metric<"wei", P> {
  return defineMetric<"wei", P>({
    unit: "wei",
    description: `slashed from ${population} so far`,
    parts: () => ({ population }),
    read: ({ losses, members }) => members(population).reduce((sum, id) => sum + (losses[id] ?? 0n), 0n),
  });
}

/** What slashes have taken from everybody so far. */
export function totalLoss(): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: "slashed from all holders so far",
    read: ({ losses }) => Object.values(losses).reduce((sum, loss) => sum + loss, 0n),
  });
}

/** Part of a population's starting stake that is neither delegated nor within reach of a slash any more. */
export function escapedShare<const P extends string>(population: P): Metric<"wad", P> {
  return defineMetric<"wad", P>({
    unit: "wad",
    description: `part of the starting stake of ${population} that a slash can no longer reach`,
    parts: () => ({ population }),
    read: ({ view, first, losses, members }) => {
      const ids = members(population);
      const total = ids.reduce((sum, id) => sum + reachable(first, id), 0n);
      if (total === 0n) return 0n;
      const held = ids.reduce((sum, id) => sum + reachable(view, id) + (losses[id] ?? 0n), 0n);
      return held >= total ? 0n : ((total - held) * WAD) / total;
    },
  });
}

/** Value that a slash now could reach: delegated stake and open withdrawals within their window. */
function reachable(view: View, id: string): bigint {
  const staker = view.stakers[id];
  const delegated = staker === undefined || staker.delegatedTo === null ? [] : Object.entries(staker.stakes);
  const stake = delegated.reduce(
    (sum, [strategy, { withdrawable }]) => sum + valueOf(view, strategy, withdrawable),
    0n,
  );
  return view.withdrawals
    .filter((exit) => exit.staker === id && exit.operator !== null && view.time <= exit.slashableUntil)
    .reduce((sum, exit) => sum + valueOf(view, exit.strategy, exit.shares), stake);
}
