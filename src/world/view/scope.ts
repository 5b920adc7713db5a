import type { ActionResult } from "../../model/fact.ts";
import type { Decoded, DecodedEvent } from "../codec/prepared-contract.ts";
import type { Journal } from "../journal.ts";
import type { WorldContext } from "../world-context.ts";
import type { RawState } from "./raw-state.ts";

/** What a read asks for. */
export interface Scope {
  readonly stakers: readonly string[];
  readonly operators: readonly string[];
  /** Sets, each with the members of interest. */
  readonly sets: readonly { readonly id: string; readonly members: readonly string[] }[];
  readonly withdrawals: readonly bigint[];
  readonly switches: boolean;
}

/** What steps may have changed since the last read. */
export class Changes {
  readonly stakers = new Set<string>();
  readonly operators = new Set<string>();
  readonly sets = new Set<string>();
  /** Holders whose queued withdrawals may release another amount: operators that were slashed, stakers with pods. */
  readonly released = new Set<string>();
  switches = false;

  clear(): void {
    for (const names of [this.stakers, this.operators, this.sets, this.released]) names.clear();
    this.switches = false;
  }
}

/** Participants that can hold stake or receive slashed funds. */
export function holdersOf(world: WorldContext): readonly string[] {
  return world.spec.participants.filter(({ role }) => role !== "avs" && role !== "protocol").map(({ id }) => id);
}

/** Everything: the first read of a world, and the first after it was set back. */
export function wholeScope(world: WorldContext, journal: Journal): Scope {
  return {
    stakers: holdersOf(world),
    operators: world.spec.operators.map(({ id }) => id),
    sets: world.spec.sets.map(({ id }) => ({ id, members: journal.members.get(id) ?? [] })),
    withdrawals: [...journal.withdrawals.keys()],
    switches: true,
  };
}

/** Most stakers, members and withdrawals of one call: the chain in this process records every opcode, in memory. */
const CALL_WEIGHT = 48;

/** Splits a list into runs of bounded weight, never empty-handed: no items make no run. */
function split<T>(items: readonly T[], weightOf: (item: T) => number): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let weight = CALL_WEIGHT;
  for (const item of items) {
    const own = weightOf(item);
    if (weight + own > CALL_WEIGHT) {
      runs.push([]);
      weight = 0;
    }
    runs.at(-1)?.push(item);
    weight += own;
  }
  return runs;
}

/** Splits a scope into parts of bounded work; a small one stays whole. */
export function splitScope(scope: Scope): readonly [Scope, ...Scope[]] {
  const { stakers, operators, sets, withdrawals, switches } = scope;
  const members = sets.reduce((sum, set) => sum + set.members.length, 0);
  if (stakers.length + operators.length + members + withdrawals.length <= CALL_WEIGHT) return [scope];
  const none: Scope = { stakers: [], operators: [], sets: [], withdrawals: [], switches: false };
  return [
    { ...none, switches },
    ...split(operators, () => 2).map((part) => ({ ...none, operators: part })),
    ...split(sets, (set) => set.members.length).map((part) => ({ ...none, sets: part })),
    ...split(stakers, () => 1).map((part) => ({ ...none, stakers: part })),
    ...split(withdrawals, () => 1).map((part) => ({ ...none, withdrawals: part })),
  ];
}

/** Every text in a decoded value. */
function* textsIn(value: Decoded): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object") return;
  const parts: readonly Decoded[] = Object.values(value);
  for (const part of parts) yield* textsIn(part);
}

/** Whom and what one successful action touched: its agent, and every participant and set that an event names. */
export function noteChanges(
  changes: Changes,
  world: WorldContext,
  { planned, events }: { readonly planned: ActionResult["planned"]; readonly events: readonly DecodedEvent[] },
): void {
  const { agent, action } = planned;
  changes.stakers.add(agent);
  if (action.type === "pause") changes.switches = true;
  if ("set" in action && action.set !== null) changes.sets.add(action.set);
  if (action.type === "reportFault") changes.sets.add(action.fault.set);
  for (const event of events) {
    for (const text of textsIn(event.args)) {
      const name = world.book.participants.name(text);
      if (name === null) continue;
      changes.stakers.add(name);
      changes.operators.add(name);
      if (event.name === "OperatorSharesSlashed" || event.name === "BalanceUpdateRecorded") changes.released.add(name);
    }
  }
}

/** Members of a set whose state moves with time alone: a change that matures, a window that ends. */
function movingMembers(state: RawState, set: string): readonly string[] {
  const members = [...(state.sets.get(set)?.members ?? [])];
  return members
    .filter(([, { registered, slashable, allocations }]) => {
      return (!registered && slashable) || allocations.some(({ effectAt }) => effectAt !== 0n);
    })
    .map(([operator]) => operator);
}

/**
 * What has to be asked again: whatever steps touched and whatever moves with time alone. All else is as it was, since
 * nothing changes on this chain but by the world's own steps.
 */
export function changedScope(world: WorldContext, journal: Journal, at: { state: RawState; changes: Changes }): Scope {
  const { state, changes } = at;
  const moving = new Map(world.spec.sets.map(({ id }) => [id, movingMembers(state, id)]));
  const operators = new Set([...changes.operators, ...journal.unsettled, ...[...moving.values()].flat()]);
  const sets = world.spec.sets.flatMap(({ id }) => {
    const members = (journal.members.get(id) ?? []).filter((operator) => operators.has(operator));
    const pending = BigInt(state.sets.get(id)?.pendingSlasher ?? "0x0") !== 0n;
    return members.length > 0 || pending || changes.sets.has(id) ? [{ id, members }] : [];
  });
  const slashed = new Set([...changes.released].map((name) => world.book.participants.address(name)));
  const stakers = holdersOf(world).filter((id) => {
    return changes.stakers.has(id) || slashed.has(state.stakers.get(id)?.delegatedTo ?? "");
  });
  const withdrawals = [...journal.withdrawals.values()].filter(({ number, operator, staker }) => {
    const known = state.releasable.has(number);
    return !known || changes.released.has(staker) || (operator !== null && changes.released.has(operator));
  });
  return {
    stakers,
    operators: world.spec.operators.map(({ id }) => id).filter((id) => operators.has(id)),
    sets,
    withdrawals: withdrawals.map(({ number }) => number),
    switches: changes.switches,
  };
}
