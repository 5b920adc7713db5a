import type { DollarSpec, DollarView } from "../../model/defi/dollars.ts";
import type { Wei } from "../../units/units.ts";
import { balanceOf, bring, claim, splitByWeight } from "./account-book.ts";
import { backstopOf, between, bufferOf } from "./accounts.ts";
import { hold, locate, loosen, worthIn, type Sheeting } from "./holdings.ts";
import { fundMoney } from "./real-assets.ts";

function bookReserve(at: Sheeting, { id, settlement, reserve }: DollarSpec, view: DollarView): void {
  const account = between("dollar", id);
  hold(at, account, [settlement, view.cash + view.swapCash + view.buffer + view.junior + view.backstop]);
  loosen(at, account, [settlement, 8n]);
  if (reserve.fund !== null) hold(at, account, [reserve.fund.id, view.fundShares]);
  bring(at.book, account, worthIn(at, settlement, view.termMarked));
  for (const { holder, amount, filled, claimable } of view.queue) {
    claim(at.book, account, { by: holder, layer: "dollarHolder", tier: 3, capacity: worthIn(at, id, amount - filled) });
    // The queue keeps it apart: what happens to the reserve touches it no more.
    hold(at, holder, [settlement, claimable]);
  }
}

/** Dollars: what backs them, and who waits for it. */
export function bookDollars(at: Sheeting): ReadonlyMap<string, bigint> {
  const waiting = new Map<string, bigint>();
  for (const spec of at.spec.defi?.dollars ?? []) {
    const view = at.defi.dollars[spec.id];
    if (view === undefined) continue;
    bookReserve(at, spec, view);
    const queued = view.queue.reduce((sum, { amount, filled }) => sum + amount - filled, 0n);
    waiting.set(spec.id, queued);
  }
  return waiting;
}

const least = (a: Wei, b: Wei): Wei => (a < b ? a : b);

/**
 * Who owns what the reserve holds beyond the dollars: backstop, junior tranche, buffer, in the reverse of the order in
 * which they bear losses. Call when all dollars are booked.
 */
export function bookDollarLayers(at: Sheeting): void {
  for (const { id, settlement } of at.spec.defi?.dollars ?? []) {
    const view = at.defi.dollars[id];
    if (view === undefined) continue;
    const account = between("dollar", id);
    let left = balanceOf(at.book, account);
    const take = (by: string, layer: "backstop" | "junior" | "buffer", most: Wei): Wei => {
      const capacity = least(left > 0n ? left : 0n, most);
      const tier = { buffer: 0, junior: 1, backstop: 2 }[layer];
      claim(at.book, account, { by, layer, tier, capacity });
      left -= capacity;
      return capacity;
    };
    take(backstopOf(id), "backstop", worthIn(at, settlement, view.backstop));
    const junior = between("junior", id);
    const owned = take(junior, "junior", worthIn(at, settlement, view.junior));
    take(bufferOf(id), "buffer", left > 0n ? left : 0n);
    const owners = Object.entries(view.juniorHolders);
    const parts = splitByWeight(
      owned,
      owners.map(([, shares]) => shares),
    );
    for (const [place, [by]] of owners.entries()) {
      claim(at.book, junior, { by, layer: "junior", tier: 0, capacity: parts[place] ?? 0n });
    }
  }
}

/**
 * Orders at funds that wait for their day: money paid in, or shares handed in. The rest of the teller's money is a part of
 * what the fund's shares are worth, and nobody's besides.
 */
export function bookFundOrders(at: Sheeting): ReadonlyMap<string, bigint> {
  for (const { id, settlement } of at.spec.defi?.funds ?? []) {
    locate(at, settlement, fundMoney(at.defi.funds[id]));
    for (const { holder, side, amount } of at.defi.funds[id]?.orders ?? []) {
      const owner = at.defi.dollars[holder] === undefined ? holder : between("dollar", holder);
      if (side === "subscribe") hold(at, owner, [settlement, amount]);
      else bring(at.book, owner, worthIn(at, id, amount));
    }
  }
  return new Map();
}
