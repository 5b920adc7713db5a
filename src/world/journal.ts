import type { CaseView, ServiceView, UnstakeView } from "../model/view.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { GWEI } from "../units/units.ts";

/** A withdrawal in the queue: what its event said, once for all. */
export interface OpenWithdrawal {
  readonly number: bigint;
  readonly id: string;
  readonly staker: string;
  readonly operator: string | null;
  readonly strategy: string;
  readonly scaledShares: bigint;
  /** The contracts' clock when it was queued. */
  readonly start: bigint;
}

/** A round that a service opened. */
export interface OpenRound {
  readonly topic: string;
  readonly round: bigint;
  /** The contracts' clock. */
  readonly openedAt: bigint;
  /** Oracle: whether the median is published. */
  published: boolean;
}

/** A case of a slasher module, and how to name it to the module. */
export interface JournalCase extends CaseView {
  readonly request: bigint;
  readonly address: string;
}

/** A rewards root with the earnings behind it. */
export interface JournalRoot {
  readonly index: number;
  readonly until: bigint;
  readonly activeAt: bigint;
  readonly disabled: boolean;
  /** Cumulative amounts by participant. */
  readonly earnings: Readonly<Record<string, bigint>>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type JournalService = Mutable<Omit<ServiceView, "lastHeartbeat" | "tasks">> & {
  lastHeartbeat: Record<string, bigint>;
  tasks: { id: bigint; openedAt: bigint; attested: string[] }[];
};

/**
 * What a world remembers from its own events, so that a read asks only for what changed.
 *
 * Plain data: a snapshot is a copy.
 */
export interface Journal {
  /** The contracts' clock of the newest step. */
  clock: bigint;
  readonly withdrawals: Map<bigint, OpenWithdrawal>;
  /** Number of every withdrawal ever, by its id. */
  readonly withdrawalNumbers: Map<string, bigint>;
  /** Withdrawals queued so far, by staker. */
  readonly queued: Map<string, number>;
  /** Operators that are or were in a set. */
  readonly members: Map<string, string[]>;
  readonly cases: Map<string, JournalCase>;
  readonly rounds: Map<string, OpenRound[]>;
  readonly services: Map<string, JournalService>;
  readonly unstakes: Map<bigint, Mutable<UnstakeView>>;
  /** Beacon balances behind the pods [gwei]. */
  readonly podGwei: Map<string, bigint>;
  readonly registered: Set<string>;
  /** Operators with a setting that may take effect at some later time. */
  readonly unsettled: Set<string>;
  readonly submissions: { set: string; amount: bigint; from: bigint; until: bigint }[];
  readonly roots: JournalRoot[];
  readonly claimed: Map<string, bigint>;
}

/** Beacon balances behind the stakes of native strategies [gwei]. */
function podBalances(spec: WorldSpec): Map<string, bigint> {
  const native = new Set(spec.strategies.filter(({ asset }) => asset === "native").map(({ id }) => id));
  const balances = spec.participants.map(({ id, stakes }): [string, bigint] => {
    const own = stakes.filter(({ strategy }) => native.has(strategy));
    return [id, own.reduce((sum, { amount }) => sum + amount, 0n) / GWEI];
  });
  return new Map(balances.filter(([, balance]) => balance > 0n));
}

/** The journal of a world at its beginning. */
export function openJournal(spec: WorldSpec, clock: bigint): Journal {
  const members = new Map(spec.sets.map(({ id }): [string, string[]] => [id, []]));
  for (const { id, allocations } of spec.operators) {
    for (const set of new Set(allocations.map((one) => one.set))) members.get(set)?.push(id);
  }
  const services = spec.sets.map(({ id, service }): [string, JournalService] => [
    id,
    { kind: service, round: 0n, price: 0n, lastHeartbeat: {}, tasks: [] },
  ]);
  return {
    clock,
    withdrawals: new Map(),
    withdrawalNumbers: new Map(),
    queued: new Map(),
    members,
    cases: new Map(),
    rounds: new Map(spec.sets.map(({ id }) => [id, []])),
    services: new Map(services),
    unstakes: new Map(),
    podGwei: podBalances(spec),
    registered: new Set(spec.operators.map(({ id }) => id)),
    unsettled: new Set(),
    submissions: [],
    roots: [],
    claimed: new Map(),
  };
}

/** Remembers that an operator is of interest to a set. */
export function noteMember(journal: Journal, set: string, operator: string): void {
  const members = journal.members.get(set);
  if (members !== undefined && !members.includes(operator)) members.push(operator);
}
