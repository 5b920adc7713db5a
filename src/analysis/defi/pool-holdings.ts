import { balanceOf, bear, claim, minus, splitByWeight } from "./account-book.ts";
import { between, feesOf } from "./accounts.ts";
import { hold, type Sheeting } from "./holdings.ts";

/** Pools: what traders trade against, and the administrator's fees beside it. */
export function bookPools(at: Sheeting): void {
  for (const [id, { tokens, balances, adminFees }] of Object.entries(at.defi.pools)) {
    for (const [place, token] of tokens.entries()) {
      hold(at, between("pool", id), [token, balances[place] ?? 0n]);
      hold(at, feesOf(id), [token, adminFees[place] ?? 0n]);
    }
  }
}

/** Pools whose liquidity is no token: their owners have what is in them. Call when all else is booked. */
export function bookOwnedPools(at: Sheeting): void {
  for (const [id, { holders }] of Object.entries(at.defi.pools)) {
    if (id in at.defi.tokens) continue;
    const account = between("pool", id);
    const owners = Object.entries(holders);
    const parts = splitByWeight(
      balanceOf(at.book, account),
      owners.map(([, weight]) => weight),
    );
    for (const [place, [by]] of owners.entries()) {
      const capacity = parts[place] ?? 0n;
      if (capacity > 0n) claim(at.book, account, { by, layer: "provider", tier: 0, capacity });
      else bear(at.book, account, { by, layer: "provider", tier: 0, capacity: minus(capacity) });
    }
  }
}
