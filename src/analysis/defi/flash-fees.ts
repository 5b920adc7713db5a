import type { LendingView } from "../../model/defi/lending.ts";
import type { Fact } from "../../model/fact.ts";
import { scale } from "./view-changes.ts";

type FlashLoan = Extract<Fact, { kind: "flashLoaned" }>;

/** A reserve of a market, what happened in the step, and its index of claims before and after. */
export interface FlashedReserve {
  readonly market: LendingView;
  readonly id: string;
  readonly token: string;
  readonly facts: readonly Fact[];
  readonly index: readonly [before: bigint, after: bigint];
}

/** Who was paid what of the fees of flash loans, and the index of claims without them. */
export interface FlashFees {
  readonly loans: readonly FlashLoan[];
  /** Index as interest alone has made it. */
  readonly index: bigint;
  /** What each participant's claims grew by. */
  readonly gains: ReadonlyMap<string, bigint>;
}

/** Claims on a reserve: all of them, the index they grow by, and what each participant has, in the market or its insurance. */
interface Claims {
  all: bigint;
  index: bigint;
  readonly of: Map<string, bigint>;
}

function openClaims({ market, token, index: [before] }: FlashedReserve, index: bigint): Claims {
  const of = new Map<string, bigint>();
  const add = (who: string, amount: bigint): void => {
    of.set(who, (of.get(who) ?? 0n) + scale(amount, index, before));
  };
  for (const [who, { supplied }] of Object.entries(market.accounts)) add(who, supplied[token] ?? 0n);
  for (const [who, { assets }] of Object.entries(market.insurance[token]?.stakers ?? {})) add(who, assets);
  return { all: scale(market.reserves[token]?.supplied ?? 0n, index, before), index, of };
}

/** Claims that come and go by other facts than flash loans. */
function move(claims: Claims, { id, token }: FlashedReserve, fact: Fact): void {
  const add = (who: string, amount: bigint): void => {
    claims.all += amount;
    claims.of.set(who, (claims.of.get(who) ?? 0n) + amount);
  };
  if (fact.kind === "lendingMoved" && fact.market === id && fact.token === token) {
    if (fact.move === "supply") add(fact.who, fact.amount);
    if (fact.move === "withdraw") add(fact.who, 0n - fact.amount);
  }
  if (fact.kind === "liquidated" && fact.market === id && fact.collateral === token) {
    add(fact.borrower, 0n - fact.seized);
    claims.all += fact.fee;
  }
}

/** Fees of a step, one loan after the other: each is shared by those who have claims at that moment. */
function share(at: FlashedReserve, index: bigint): { readonly end: bigint; readonly gains: Map<string, bigint> } {
  const claims = openClaims(at, index);
  const gains = new Map<string, bigint>();
  for (const fact of at.facts) {
    move(claims, at, fact);
    if (fact.kind !== "flashLoaned" || fact.market !== at.id || fact.token !== at.token) continue;
    const part = fact.fee - fact.treasuryFee;
    for (const [who, held] of claims.of) {
      const gain = scale(part, held, claims.all);
      claims.of.set(who, held + gain);
      gains.set(who, (gains.get(who) ?? 0n) + gain);
    }
    claims.index += scale(claims.index, part, claims.all);
    claims.all += fact.fee;
  }
  return { end: claims.index, gains };
}

/** Most rounds in which the index without fees is sought; each leaves a fee's part of the claims of what the last left. */
const ROUNDS = 12;

/**
 * Tells interest from fees of flash loans in a reserve's index: the index which, with the step's fees added one after the
 * other, becomes the one that stands afterwards.
 */
export function flashFees(at: FlashedReserve): FlashFees {
  const loans = at.facts.filter((fact): fact is FlashLoan => {
    return fact.kind === "flashLoaned" && fact.market === at.id && fact.token === at.token;
  });
  const [before, after] = at.index;
  if (loans.length === 0) return { loans, index: after, gains: new Map() };
  let index = after;
  let shared = share(at, index);
  for (let round = 0; round < ROUNDS && shared.end !== after; round += 1) {
    const next = index + after - shared.end;
    index = next < before ? before : next;
    shared = share(at, index);
  }
  return { loans, index, gains: shared.gains };
}
