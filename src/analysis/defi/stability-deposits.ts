import type { DefiView } from "../../model/defi/defi.ts";
import type { Fact } from "../../model/fact.ts";
import { WAD } from "../../units/units.ts";
import { splitByWeight } from "./account-book.ts";
import { mapValues } from "./view-changes.ts";

/** A stability pool: all deposits, and what is left of each by its owner. */
export interface Deposits {
  readonly total: bigint;
  readonly left: Readonly<Record<string, bigint>>;
}

type PoolFact = Extract<Fact, { kind: "depositMoved" | "interestMinted" | "troveLiquidated" }>;

/** Least that has to be deposited for interest to be given out: a whole dollar, but for divisions. */
const FLOOR = WAD - 1_000n;
const EMPTY: Deposits = { total: 0n, left: {} };

const isOfPool = (fact: Fact): fact is PoolFact =>
  fact.kind === "depositMoved" || fact.kind === "interestMinted" || fact.kind === "troveLiquidated";

/** Parts of an amount by deposits. */
export function shareOut(amount: bigint, { left }: Deposits = EMPTY): readonly (readonly [string, bigint])[] {
  const parts = splitByWeight(amount, Object.values(left));
  return Object.keys(left).map((who, place) => [who, parts[place] ?? 0n] as const);
}

/** Whether there is enough in a pool for interest to be given to it. */
export const takesInterest = ({ total }: Deposits): boolean => total >= FLOOR;

function moved(deposits: Deposits, fact: PoolFact): Deposits {
  const { total, left } = deposits;
  if (fact.kind === "interestMinted") return deposits;
  if (fact.kind === "depositMoved") {
    return { total: total + fact.left - (left[fact.who] ?? 0n), left: { ...left, [fact.who]: fact.left } };
  }
  const paid = Object.fromEntries(shareOut(fact.debtOffset, deposits));
  return { total: total - fact.debtOffset, left: mapValues(left, (held, who) => held - (paid[who] ?? 0n)) };
}

function opened(defi: DefiView, { cdp, branch }: PoolFact): Deposits {
  const pool = defi.cdps[cdp]?.branches[branch]?.pool;
  return pool === undefined ? EMPTY : { total: pool.total, left: mapValues(pool.deposits, (one) => one.compounded) };
}

/**
 * Deposits of the stability pools as each fact found them: by them a liquidation, and interest, is shared out, whatever
 * else the step has done to them. Who moves a deposit has moved it already.
 */
export function depositsAt(defi: DefiView, facts: readonly Fact[]): ReadonlyMap<Fact, Deposits> {
  const now = new Map<string, Deposits>();
  const found = new Map<Fact, Deposits>();
  for (const fact of facts) {
    if (!isOfPool(fact)) continue;
    const pool = `${fact.cdp}/${fact.branch}`;
    const before = now.get(pool) ?? opened(defi, fact);
    const after = moved(before, fact);
    found.set(fact, fact.kind === "depositMoved" ? after : before);
    now.set(pool, after);
  }
  return found;
}
