import { worthOf } from "../../model/defi/worth.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Wei } from "../../units/units.ts";
import { addTo } from "../yield-attribution.ts";
import { splitByWeight, type AccountBook, type Bearing } from "./account-book.ts";
import { betweenKind, ROUNDING_ACCOUNT, surplusOf } from "./accounts.ts";
import type { Channel, Line } from "./lines.ts";
import type { Deposits } from "./stability-deposits.ts";

/** What actions are valued with: the world as it was before them but at its new prices, and as it is after them. */
export interface FlowContext {
  readonly spec: WorldSpec;
  readonly before: WorldView;
  readonly after: WorldView;
  /** Who owns what stands in between: after the step, and before its actions. */
  readonly book: AccountBook;
  readonly bookBefore: AccountBook;
  /** Deposits of the stability pools as each fact found them. */
  readonly deposits: ReadonlyMap<Fact, Deposits>;
  /** Collateral of the troves that are left at each liquidation of one. */
  readonly heirs: ReadonlyMap<Fact, Readonly<Record<string, bigint>>>;
}

/** Why something moved. */
export interface Move {
  readonly channel: Channel;
  readonly with: string;
}

/** Most rounds in which an amount is passed on; whatever runs in a circle is less after each. */
const ROUNDS = 256;

/** Who has what an account gains or loses: of a position its owner, while it is worth anything; else all by their claims. */
function ownersOf({ book }: FlowContext, account: string): readonly Bearing[] {
  const all = book.bearings.get(account) ?? [];
  const own = betweenKind(account) === "position" ? all.filter(({ tier }) => tier === 0) : [];
  return own.length > 0 ? own : all;
}

/** Gives what every account in between has to its owners. */
function passOn(at: FlowContext, amounts: ReadonlyMap<string, Wei>): Map<string, Wei> {
  const next = new Map<string, Wei>();
  for (const [account, amount] of amounts) {
    const owners = betweenKind(account) === null ? [] : ownersOf(at, account);
    const parts = splitByWeight(
      amount,
      owners.map(({ capacity }) => capacity),
    );
    const given = parts.reduce((sum, part) => sum + part, 0n);
    // A party keeps what it has, and so does whatever nobody owns.
    addTo(next, account, amount - given);
    for (const [place, { by }] of owners.entries()) addTo(next, by, parts[place] ?? 0n);
  }
  return next;
}

/** Who has what is left with an account: what nobody owns is its own, and a wei that still runs in a circle is rounding. */
function partyOf(at: FlowContext, account: string): string {
  if (betweenKind(account) === null) return account;
  return ownersOf(at, account).length === 0 ? surplusOf(account) : ROUNDING_ACCOUNT;
}

/**
 * Gives an amount to an account's owners, through everything in between and to its end, where claims run in a circle too:
 * to the wei, but for what nobody owns.
 */
export function spread(at: FlowContext, account: string, order: Move & { readonly amount: Wei }): Line[] {
  let amounts: ReadonlyMap<string, Wei> = new Map([[account, order.amount]]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = passOn(at, amounts);
    const isSame = [...next].every(([who, amount]) => amount === (amounts.get(who) ?? 0n));
    amounts = next;
    if (isSame) break;
  }
  return [...amounts].flatMap(([who, amount]) => line(partyOf(at, who), order, amount));
}

/** Worth of tokens at the step's new prices [wei]. */
export function worth(at: FlowContext, token: string, amount: bigint): Wei {
  return worthOf(at.after.defi, token, amount);
}

export function line(party: string, move: Move, amount: Wei): Line[] {
  return amount === 0n ? [] : [{ party, channel: move.channel, with: move.with, layer: null, amount }];
}
