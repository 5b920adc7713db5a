import type { Result } from "ethers";

import type { CoreWorld, Request } from "./core-world.ts";

/** A value as vectors write it. */
export type Observed = string | boolean | null | { readonly [field: string]: Observed } | readonly Observed[];

/** Who and what to look at. */
export interface Cast {
  readonly operators: readonly string[];
  /** Operator sets by name; their place is their id, counted from 1. */
  readonly sets: readonly string[];
  readonly stakers: readonly string[];
  /** Address of the strategy. */
  readonly strategy: string;
}

/** One question and what its answer is called. */
interface Reading {
  readonly request: Request;
  readonly read: (values: Result) => Observed;
}

export const text = (value: unknown): string => String(value);
const first = (values: Result): Observed => text(values[0]);

/** Operator set by name, as the contracts take it. */
export function setOf(world: CoreWorld, cast: Cast, name: string): [avs: string, id: number] {
  return [world.addressOf("avs"), cast.sets.indexOf(name) + 1];
}

function ofOperator(world: CoreWorld, cast: Cast, operator: string): Record<string, Reading> {
  const args = [world.addressOf(operator), cast.strategy];
  const allocations = (fn: string): Reading => ({ request: { to: "allocationManager", fn, args }, read: first });
  const delegation = (fn: string): Reading => ({ request: { to: "operatorDelegation", fn, args }, read: first });
  return {
    maxMagnitude: allocations("maxMagnitude"),
    allocatableMagnitude: allocations("allocatableMagnitude"),
    encumberedMagnitude: allocations("encumberedMagnitude"),
    shares: delegation("operatorShares"),
    slashableSharesInQueue: delegation("slashableSharesInQueue"),
  };
}

/** Allocation to one set, as one reading of three fields. */
function ofAllocation(world: CoreWorld, cast: Cast, place: { operator: string; set: string }): Record<string, Reading> {
  const operator = world.addressOf(place.operator);
  const set = setOf(world, cast, place.set);
  const request: Request = { to: "allocationManager", fn: "allocationOf", args: [operator, set, cast.strategy] };
  const allocation = (read: Reading["read"]): Reading => ({ request, read });
  const field = (values: Result, name: string): bigint => BigInt(text((values[0] as Result).getValue(name)));
  return {
    currentMagnitude: allocation((values) => text(field(values, "currentMagnitude"))),
    pendingDiff: allocation((values) => text(field(values, "pendingDiff"))),
    effectBlock: allocation((values) => {
      const instant = field(values, "effectAt");
      return text(instant === 0n ? 0n : instant - world.origin);
    }),
    slashable: {
      request: { to: "avsRegistry", fn: "isOperatorSlashable", args: [operator, set] },
      read: (values) => values[0] === true,
    },
    slashableShares: {
      request: {
        to: "allocationManager",
        fn: "minSlashableStake",
        args: [operator, set, cast.strategy, world.chain.now],
      },
      read: first,
    },
  };
}

function ofStaker(world: CoreWorld, cast: Cast, staker: string): Record<string, Reading> {
  const account = world.addressOf(staker);
  const request: Request = { to: "operatorDelegation", fn: "withdrawableShares", args: [account, [cast.strategy]] };
  const shares = (index: number): Reading => ({ request, read: (values) => text((values[index] as Result)[0]) });
  return {
    depositShares: shares(1),
    depositScalingFactor: {
      request: { to: "operatorDelegation", fn: "depositScalingFactor", args: [account, cast.strategy] },
      read: first,
    },
    withdrawableShares: shares(0),
    delegatedTo: {
      request: { to: "operatorDelegation", fn: "delegatedTo", args: [account] },
      read: (values) => (BigInt(text(values[0])) === 0n ? null : world.nameOf(text(values[0]))),
    },
  };
}

type Tree = Reading | { readonly [field: string]: Tree };

function isReading(tree: Tree): tree is Reading {
  return "request" in tree && "read" in tree;
}

function leaves(tree: Tree): Reading[] {
  return isReading(tree) ? [tree] : Object.values(tree).flatMap(leaves);
}

function fill(tree: Tree, answers: ReadonlyMap<Reading, Observed>): Observed {
  if (isReading(tree)) return answers.get(tree) ?? null;
  return Object.fromEntries(Object.entries(tree).map(([field, branch]) => [field, fill(branch, answers)]));
}

/** Everything that `after` of a trace can hold, read in one call. */
export async function observe(world: CoreWorld, cast: Cast): Promise<Observed> {
  const operators = cast.operators.map((operator): [string, Tree] => {
    const sets = cast.sets.map((set) => [set, ofAllocation(world, cast, { operator, set })] as const);
    return [operator, { ...ofOperator(world, cast, operator), allocations: Object.fromEntries(sets) }];
  });
  const stakers = cast.stakers.map((staker): [string, Tree] => [staker, ofStaker(world, cast, staker)]);
  const tree: Tree = { operators: Object.fromEntries(operators), stakers: Object.fromEntries(stakers) };

  const readings = leaves(tree);
  const requests = [...new Set(readings.map(({ request }) => request))];
  const answers = await world.ask(requests);
  const answerTo = new Map(requests.map((request, index) => [request, answers[index] as Result]));
  return fill(
    tree,
    new Map(readings.map((reading) => [reading, reading.read(answerTo.get(reading.request) as Result)])),
  );
}
