import type { Wad } from "../../units/units.ts";
import { defineAgent } from "../agent.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** Keeps what it promised and does nothing else. */
export const steadyOperator = defineAgent<object>({ name: "steady-operator", role: "operator", decide: () => [] });

/**
 * Comes to the aid of a set that lost stake to another operator's slash: raises its own allocation to the set's entry
 * in `upTo`, as far as its stake is free.
 */
export const supportingOperator = defineAgent<{ upTo: Readonly<Record<string, Wad>> }>({
  name: "supporting-operator",
  numbers: USUAL_NUMBERS,
  role: "operator",
  decide: ({ me, view, params }) => {
    const weakened = new Set(view.slashes.filter(({ operator }) => operator !== me).map(({ set }) => set));
    return view.allocations
      .filter(({ operator, set, effectAt }) => operator === me && weakened.has(set) && effectAt === null)
      .flatMap(({ set, strategy, current }) => {
        const free = view.operators[me]?.strategies[strategy]?.allocatable ?? 0n;
        const wanted = (params.upTo[set] ?? 0n) - current;
        const raise = wanted < free ? wanted : free;
        return raise > 0n ? [{ type: "allocate", set, strategy, magnitude: current + raise }] : [];
      });
  },
});
