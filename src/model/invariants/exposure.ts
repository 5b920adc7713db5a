import type { Seconds } from "../../units/units.ts";
import type { Invariant, InvariantContext } from "../invariant.ts";
import type { View } from "../view.ts";

/** An allocation at one time: what a fault committed then could cost, and the running totals since the run began. */
interface Capture {
  readonly time: Seconds;
  readonly stake: bigint;
  readonly slashed: bigint;
  readonly added: bigint;
}

const keyOf = ({ operator, set, strategy }: { operator: string; set: string; strategy: string }): string =>
  `${operator}\n${set}\n${strategy}`;

/** Magnitude that slashes of this step took from each allocation. */
function slashedNow(results: InvariantContext["results"]): ReadonlyMap<string, bigint> {
  const taken = new Map<string, bigint>();
  for (const fact of results.flatMap(({ facts }) => facts)) {
    if (fact.kind !== "slash") continue;
    for (const { strategy, magnitude } of fact.strategies) {
      const key = keyOf({ operator: fact.operator, set: fact.set, strategy });
      taken.set(key, (taken.get(key) ?? 0n) + magnitude.before - magnitude.after);
    }
  }
  return taken;
}

/** Magnitude that may have come into force in this step: what was pending, and what was allocated without delay. */
function addedNow({ before, results }: InvariantContext): ReadonlyMap<string, bigint> {
  const added = new Map<string, bigint>();
  for (const allocation of before.allocations) {
    if (allocation.pending > 0n) added.set(keyOf(allocation), allocation.pending + 0n);
  }
  for (const { planned, outcome } of results) {
    const { action, agent: operator } = planned;
    if (outcome.status === "reverted" || action.type !== "allocate") continue;
    const key = keyOf({ operator, set: action.set, strategy: action.strategy });
    added.set(key, (added.get(key) ?? 0n) + action.magnitude);
  }
  return added;
}

/**
 * I9, for one run: it remembers the captures of the slashable window.
 *
 * @param window - Deallocation delay: how long a fault can still be slashed.
 */
export function slashesStayWithinCapturedStake(window: Seconds): Invariant {
  const captures = new Map<string, Capture[]>();
  const start = (view: View): void => {
    for (const allocation of view.allocations) {
      captures.set(keyOf(allocation), [{ time: view.time, stake: allocation.current, slashed: 0n, added: 0n }]);
    }
  };
  return {
    name: "I9 slashes stay within captured stake",
    sentence:
      "Since any moment of the slashable window, an operator set has slashed no more of an allocation than stood there then or was added since.",
    check: (context) => {
      if (captures.size === 0) start(context.before);
      const taken = slashedNow(context.results);
      const gained = addedNow(context);
      for (const allocation of context.after.allocations) {
        const key = keyOf(allocation);
        const history = captures.get(key) ?? [{ time: context.before.time, stake: 0n, slashed: 0n, added: 0n }];
        const last = history.at(-1);
        const slashed = (last?.slashed ?? 0n) + (taken.get(key) ?? 0n);
        const added = (last?.added ?? 0n) + (gained.get(key) ?? 0n);
        const over = history.find((then) => slashed - then.slashed > then.stake + added - then.added);
        if (over !== undefined) {
          const { operator, set, strategy } = allocation;
          const totals = { slashed: slashed - over.slashed, captured: over.stake, added: added - over.added };
          return { operator, set, strategy, since: over.time, ...totals };
        }
        const kept = history.filter(({ time }) => time + window >= context.after.time);
        captures.set(key, [...kept, { time: context.after.time, stake: allocation.current, slashed, added }]);
      }
      return null;
    },
  };
}
