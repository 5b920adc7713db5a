import { bandedSwap } from "../../maths/amm/banded-swap.ts";
import { constantProductOut } from "../../maths/amm/constant-product.ts";
import { stableSwap, type StablePool } from "../../maths/amm/stable-swap.ts";
import { WAD } from "../../units/units.ts";
import type { DefiView } from "./defi.ts";
import type { PoolView } from "./pools.ts";
import type { Amount } from "./tokens.ts";

/** What a sale on a pool brings, for any amount. */
export type SellFunction = (amount: Amount) => Amount;

/** A StableSwap pool as the formulas want it. */
export function stablePoolOf(pool: PoolView): StablePool {
  const { balances, rates, amplification: amp, fee, offpegMultiplier } = pool;
  return { balances, rates, amp, fee, offpegMultiplier };
}

/**
 * How much selling `sell` for `buy` on a pool brings, before anybody else trades, to the wei. A banded
 * pool refuses to take more than its bands do: there it stays what they give.
 *
 * @returns Undefined where the pool does not exist, is paused, or does not trade the pair.
 */
export function sellFunction(view: DefiView, id: string, pair: readonly [string, string]): SellFunction | undefined {
  const pool = view.pools[id];
  const [from, to] = pair.map((token) => pool?.tokens.indexOf(token) ?? -1);
  if (pool === undefined || pool.paused || from === undefined || to === undefined || from < 0 || to < 0)
    return undefined;
  if (pool.kind === "stableSwap") {
    const state = stablePoolOf(pool);
    return (amount) => (amount === 0n ? 0n : (stableSwap(state, [from, to], amount)?.amountOut ?? 0n));
  }
  const reserves = { in: pool.balances[from] ?? 0n, out: pool.balances[to] ?? 0n };
  if (pool.kind === "constantProduct") return (amount) => constantProductOut(amount, reserves);
  const { bands } = pool;
  return bands === undefined ? undefined : (amount) => bandedSwap(bands, from === 0, amount).bought;
}

/** Price of a token in another on a pool, before fees and for a small amount [WAD per whole token]; 0 without one. */
export function spotOf(view: DefiView, id: string, pair: readonly [string, string]): bigint {
  const pool = view.pools[id];
  const [base, quote] = pair.map((token) => pool?.spot[pool.tokens.indexOf(token)] ?? 0n);
  return base === undefined || quote === undefined || quote === 0n ? 0n : (base * WAD) / quote;
}
