import type { LendingAccountView, LendingView } from "../../model/defi/lending.ts";
import { PROTOCOL } from "../../model/names.ts";
import { balanceOf, claim } from "./account-book.ts";
import { between, NOBODY, treasuryOf } from "./accounts.ts";
import { hold, loosen, worthIn, type Sheeting } from "./holdings.ts";

interface Place {
  readonly at: Sheeting;
  readonly market: string;
}

/** A claim on a reserve: suppliers bear its deficit together, after the insurance. */
function supplied({ at, market }: Place, by: string, { token, amount }: { token: string; amount: bigint }): void {
  const layer = by === treasuryOf(market) ? "treasury" : "supplier";
  claim(at.book, between("reserve", market, token), { by, layer, tier: 1, capacity: worthIn(at, token, amount) });
}

/**
 * What somebody has in a market. Who also owes there has a position of its own: it is worth nothing at least, and what
 * it cannot pay falls on those it owes to.
 */
function bookAccount(place: Place, who: string, account: LendingAccountView): void {
  const { at, market } = place;
  const debts = Object.entries(account.borrowed).filter(([, amount]) => amount > 0n);
  const position = between("position", market, who);
  const by = debts.length === 0 ? who : position;
  for (const [token, amount] of Object.entries(account.supplied)) supplied(place, by, { token, amount });
  for (const [token, amount] of debts) {
    const capacity = worthIn(at, token, amount);
    claim(at.book, position, { by: between("reserve", market, token), layer: "supplier", tier: 1, capacity });
  }
  bookEquity(at, position, who);
}

/** The owner's part of a position: what it is worth beyond its debts. */
export function bookEquity(at: Sheeting, position: string, owner: string): void {
  const capacity = balanceOf(at.book, position);
  if (capacity > 0n) claim(at.book, position, { by: owner, layer: "borrower", tier: 0, capacity });
}

function bookInsurance(place: Place, token: string, view: LendingView["insurance"][string]): void {
  const { at, market } = place;
  const insurance = between("insurance", market, token);
  const capacity = worthIn(at, token, view.assets);
  claim(at.book, between("reserve", market, token), { by: insurance, layer: "insurance", tier: 0, capacity });
  for (const [by, { assets }] of Object.entries(view.stakers)) {
    claim(at.book, insurance, { by, layer: "insurance", tier: 0, capacity: worthIn(at, token, assets) });
  }
}

/** Claims on a reserve that no account of the view shows. */
function restOfClaims(market: LendingView, token: string): bigint {
  const reserve = market.reserves[token];
  if (reserve === undefined) return 0n;
  const own = Object.values(market.accounts).reduce((sum, { supplied: held }) => sum + (held[token] ?? 0n), 0n);
  const rest = reserve.supplied - own - reserve.treasury - (market.insurance[token]?.assets ?? 0n);
  return rest > 0n ? rest : 0n;
}

/** Pooled markets: reserves, accounts, treasury and insurance. */
export function bookLending(at: Sheeting): void {
  for (const [market, view] of Object.entries(at.defi.lending)) {
    const place = { at, market };
    for (const [token, reserve] of Object.entries(view.reserves)) {
      hold(at, between("reserve", market, token), [token, reserve.cash]);
      loosen(at, between("reserve", market, token), [token, 2n * BigInt(Object.keys(view.accounts).length) + 4n]);
      supplied(place, treasuryOf(market), { token, amount: reserve.treasury });
      const rest = restOfClaims(view, token);
      if (rest > BigInt(Object.keys(view.accounts).length) + 2n) supplied(place, NOBODY, { token, amount: rest });
    }
    for (const [who, account] of Object.entries(view.accounts)) bookAccount(place, who, account);
    for (const [token, insurance] of Object.entries(view.insurance)) bookInsurance(place, token, insurance);
  }
}

/**
 * Vaults that supply to an isolated market: who holds their shares bears what the market cannot pay.
 *
 * @returns What they have there together.
 */
function bookMarketVaults(at: Sheeting, market: string, supply: (by: string, amount: bigint) => void): bigint {
  let all = 0n;
  for (const [id, { markets }] of Object.entries(at.defi.marketVaults)) {
    const held = markets[market]?.supplied ?? 0n;
    supply(between("marketVault", id), held);
    all += held;
  }
  return all;
}

/** Isolated markets: one loan, one collateral. */
export function bookIsolated(at: Sheeting): void {
  for (const [id, view] of Object.entries(at.defi.isolated)) {
    const market = between("isolated", id);
    hold(at, market, [view.loan, view.totalSupply - view.totalBorrow]);
    loosen(at, market, [view.loan, 2n * BigInt(Object.keys(view.positions).length) + 4n]);
    const supply = (by: string, amount: bigint): void => {
      const layer = by === treasuryOf(id) ? "treasury" : "supplier";
      claim(at.book, market, { by, layer, tier: 0, capacity: worthIn(at, view.loan, amount) });
    };
    const vaults = bookMarketVaults(at, id, supply);
    // What the fee's recipient has is the market's; so is the fee that is due and not yet in anybody's shares.
    const own = Object.entries(view.positions).filter(([who]) => who !== PROTOCOL);
    const fees = view.totalSupply - own.reduce((sum, [, position]) => sum + position.supplied, vaults);
    if (fees > BigInt(own.length) + 2n) supply(treasuryOf(id), fees);
    for (const [who, { supplied: held, borrowed, collateral }] of Object.entries(view.positions)) {
      if (who !== PROTOCOL) supply(who, held);
      const position = between("position", id, who);
      hold(at, position, [view.collateral, collateral]);
      const capacity = worthIn(at, view.loan, borrowed);
      claim(at.book, position, { by: market, layer: "supplier", tier: 1, capacity });
      bookEquity(at, position, who);
    }
  }
}
