import { WAD, type Wad } from "../../units/units.ts";
import type { DefiView } from "./defi.ts";
import type { Amount } from "./tokens.ts";

/** Two tokens of a pool: what is priced or sold, and what for. */
export interface Pair {
  readonly pool: string;
  readonly token: string;
  readonly against: string;
}

/**
 * Price of a whole token in whole units of another [WAD], before fees.
 *
 * @param sight - The pool's spot, or the average over its window: what a slower eye sees.
 * @returns Null where the pool holds no such tokens or does not price them.
 */
export function priceOn(
  view: DefiView,
  { pool, token, against }: Pair,
  sight: "spot" | "average" = "spot",
): Wad | null {
  const state = view.pools[pool];
  const prices = state?.[sight];
  const [one, other] = [prices?.[state?.tokens.indexOf(token) ?? -1], prices?.[state?.tokens.indexOf(against) ?? -1]];
  return one === undefined || other === undefined || other === 0n ? null : (one * WAD) / other;
}

/** What a whole token is worth by what its issuer last said [wei of ether]; by what stands behind it elsewhere. */
export function reportedWorth(view: DefiView, token: string): Wad {
  return view.vaults[token]?.reportedRate ?? view.tokens[token]?.worth ?? 0n;
}

/** What a whole token is truly worth [wei of ether]. */
export function trueWorth(view: DefiView, token: string): Wad {
  return view.tokens[token]?.worth ?? 0n;
}

/**
 * Discount of a token on a pool against its worth, `1 - price worth(against) / worth(token)`; below zero: a premium.
 *
 * @param worthOf - By whose account; default the issuer's.
 */
export function discountOn(
  view: DefiView,
  pair: Pair,
  { sight = "spot", worthOf = reportedWorth }: { sight?: "spot" | "average"; worthOf?: typeof trueWorth } = {},
): Wad {
  const price = priceOn(view, pair, sight);
  const worth = worthOf(view, pair.token);
  if (price === null || worth === 0n) return 0n;
  return WAD - (price * worthOf(view, pair.against)) / worth;
}

/** Smallest parts of a token in a wallet. */
export function walletOf(view: DefiView, who: string, token: string): Amount {
  return view.balances[who]?.[token] ?? 0n;
}
