import { worthOf } from "../../model/defi/worth.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Wei } from "../../units/units.ts";
import { splitByWeight, type AccountBook } from "./account-book.ts";
import { betweenKind } from "./accounts.ts";
import type { Channel, Line } from "./lines.ts";
import type { Deposits } from "./stability-deposits.ts";

/** What actions are valued with: the world as it was before them but at its new prices, and as it is after them. */
export interface FlowContext {
  readonly spec: WorldSpec;
  /** The world before the step, untouched. */
  readonly origin: WorldView;
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

/** How deep claims upon claims are followed. */
const DEPTH = 12;

/** Gives an amount to an account's owners, through everything in between. */
export function spread(
  at: FlowContext,
  account: string,
  order: Move & { readonly amount: Wei; depth?: number },
): Line[] {
  const { channel, with: other, amount, depth = 0 } = order;
  if (amount === 0n) return [];
  if (betweenKind(account) === null) return [{ party: account, channel, with: other, layer: null, amount }];
  const owners = at.book.bearings.get(account) ?? [];
  if (depth >= DEPTH) return [];
  const parts = splitByWeight(
    amount,
    owners.map(({ capacity }) => capacity),
  );
  return owners.flatMap(({ by }, place) => spread(at, by, { ...order, amount: parts[place] ?? 0n, depth: depth + 1 }));
}

/** Worth of tokens at the step's new prices [wei]. */
export function worth(at: FlowContext, token: string, amount: bigint): Wei {
  return worthOf(at.after.defi, token, amount);
}

export function line(party: string, move: Move, amount: Wei): Line[] {
  return amount === 0n ? [] : [{ party, channel: move.channel, with: move.with, layer: null, amount }];
}
