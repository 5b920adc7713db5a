import type { Seconds } from "../../units/units.ts";
import { positionKey } from "../defi/health-log.ts";
import { worthOf } from "../defi/worth.ts";
import { defineMetric, type Metric, type MetricContext } from "../metric.ts";

/** Which positions are looked at: in all markets, or in one; that could be liquidated for longer than so. */
interface Stalled {
  readonly market?: string;
  readonly longerThan: Seconds;
}

/** Debts, at true worth, of positions that nobody has liquidated for so long [wei]. */
function stalled({ view }: MetricContext, { market, longerThan }: Stalled): readonly bigint[] {
  const { defi, time, unhealthySince = {} } = view;
  const isLate = (place: string, owner: string): boolean => {
    const since = unhealthySince[positionKey(place, owner)];
    return (market === undefined || market === place) && since !== undefined && time - since > longerThan;
  };
  const pooled = Object.entries(defi.lending).flatMap(([place, { accounts }]) =>
    Object.entries(accounts)
      .filter(([owner]) => isLate(place, owner))
      .map(([, { borrowed }]) =>
        Object.entries(borrowed).reduce((sum, [token, amount]) => sum + worthOf(defi, token, amount), 0n),
      ),
  );
  const isolated = Object.entries(defi.isolated).flatMap(([place, { loan, positions }]) =>
    Object.entries(positions)
      .filter(([owner]) => isLate(place, owner))
      .map(([, { borrowed }]) => worthOf(defi, loan, borrowed)),
  );
  return [...pooled, ...isolated];
}

/** Positions that could be liquidated for longer than so, and were not: how inactive liquidators are. */
export function stalledPositions(which: Stalled): Metric<"count"> {
  return defineMetric({
    unit: "count",
    description: `positions in ${which.market ?? "all markets"} below health one for more than ${which.longerThan} s`,
    parts: () => ({ market: which.market }),
    read: (context) => BigInt(stalled(context, which).length),
  });
}

/** Their debt, at true worth. */
export function stalledDebt(which: Stalled): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `debt in ${which.market ?? "all markets"} below health one for more than ${which.longerThan} s`,
    parts: () => ({ market: which.market }),
    read: (context) => stalled(context, which).reduce((sum, debt) => sum + debt, 0n),
  });
}
