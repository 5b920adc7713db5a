import { valueOf } from "../model/view-values.ts";
import type { AllocationView, WorldView } from "../model/view.ts";
import type { Seconds, Wei } from "../units/units.ts";

/** A staker's part of an operator's stake in a set. */
export interface StakerWeight {
  readonly staker: string;
  /** [wei] */
  readonly weight: Wei;
}

/** What an operator puts at the risk of a set, and whose it is. */
export interface OperatorWeight {
  readonly operator: string;
  /** Share of its rewards the operator keeps before its stakers [bips]. */
  readonly splitBips: number;
  /** Slashable stake [wei]. */
  readonly weight: Wei;
  readonly stakers: readonly StakerWeight[];
}

/** Who secured which set from `at` on, until the next snapshot. */
export interface StakeSnapshot {
  readonly at: Seconds;
  readonly sets: Readonly<Record<string, readonly OperatorWeight[]>>;
}

/** Share of a set's rewards that an operator keeps [bips]. */
export type SplitOf = (operator: string, set: string) => number;

/**
 * Reads off a view who secures which set with what.
 *
 * An operator's weight is the value of its slashable shares over the set's strategies: stake earns as long as it is
 * slashable, also after the operator left. A staker's weight is the same part of its own withdrawable shares,
 * `floor(value * slashable shares / operator shares)` a strategy. Queued withdrawals earn nothing.
 *
 * @param splitOf - Operator's share by set; by default its general one.
 */
export function stakeSnapshot(view: WorldView, splitOf?: SplitOf): StakeSnapshot {
  const split = splitOf ?? ((operator: string) => view.operators[operator]?.splitBips ?? 0);
  const bySet = new Map<string, Map<string, AllocationView[]>>();
  for (const allocation of view.allocations) {
    if (allocation.slashableShares <= 0n) continue;
    const operators = bySet.get(allocation.set) ?? new Map<string, AllocationView[]>();
    operators.set(allocation.operator, [...(operators.get(allocation.operator) ?? []), allocation]);
    bySet.set(allocation.set, operators);
  }
  const delegators = stakersByOperator(view);
  const sets = [...bySet].map(([set, operators]) => {
    const weights = [...operators].map(([operator, allocations]) => ({
      operator,
      splitBips: split(operator, set),
      weight: allocations.reduce(
        (sum, { strategy, slashableShares }) => sum + valueOf(view, strategy, slashableShares),
        0n,
      ),
      stakers: stakerWeights(view, delegators.get(operator) ?? [], allocations),
    }));
    return [set, weights] as const;
  });
  return { at: view.time, sets: Object.fromEntries(sets) };
}

function stakersByOperator(view: WorldView): Map<string, string[]> {
  const delegators = new Map<string, string[]>();
  for (const [staker, { delegatedTo }] of Object.entries(view.stakers)) {
    if (delegatedTo !== null) delegators.set(delegatedTo, [...(delegators.get(delegatedTo) ?? []), staker]);
  }
  return delegators;
}

function stakerWeights(view: WorldView, stakers: readonly string[], allocations: readonly AllocationView[]) {
  return stakers.flatMap((staker): readonly StakerWeight[] => {
    let weight = 0n;
    for (const { operator, strategy, slashableShares } of allocations) {
      const shares = view.operators[operator]?.strategies[strategy]?.shares ?? 0n;
      const held = view.stakers[staker]?.stakes[strategy]?.withdrawable ?? 0n;
      if (shares > 0n) weight += (valueOf(view, strategy, held) * slashableShares) / shares;
    }
    return weight > 0n ? [{ staker, weight }] : [];
  });
}
