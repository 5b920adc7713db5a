import type { Wad } from "../../units/units.ts";
import { FEE_SCALE, scaledBalances, stableFee, stablePrice, stableSwap, type StablePool } from "../amm/stable-swap.ts";
import { lastWhere } from "../search/bisect.ts";

/** What an arbitrageur wants of a StableSwap pool. */
export interface StableTarget {
  /** Coin paid and coin bought, by index. */
  readonly pay: number;
  readonly buy: number;
  /** Most that the next unit may cost, in token wei of the coin paid for one of the coin bought, fee included [WAD]. */
  readonly target: Wad;
  /** Most that can be paid [token wei]. */
  readonly capital: bigint;
}

/** What the next unit of `buy` costs in `pay`, fee included, rounded down [WAD]; undefined where nothing trades. */
export function marginalCost(pool: StablePool, pay: number, buy: number): Wad | undefined {
  const price = stablePrice(pool, buy, pay);
  const xp = scaledBalances(pool);
  const fee = stableFee(xp[pay] ?? 0n, xp[buy] ?? 0n, pool);
  return price === undefined || fee === undefined || fee >= FEE_SCALE
    ? undefined
    : (price * FEE_SCALE) / (FEE_SCALE - fee);
}

/**
 * Greatest amount to pay to a StableSwap pool before the next unit costs more than a target.
 *
 * The marginal price has no inverse, but only rises: bisection finds the amount to the wei.
 *
 * @returns Amounts paid and bought; zero when already the first unit costs too much.
 */
export function arbitrageStableSwap(
  pool: StablePool,
  { pay, buy, target, capital }: StableTarget,
): { readonly amountIn: bigint; readonly amountOut: bigint } {
  const isWorth = (amount: bigint): boolean => {
    const after = amount === 0n ? pool : stableSwap(pool, [pay, buy], amount)?.after;
    const cost = after === undefined ? undefined : marginalCost(after, pay, buy);
    return cost !== undefined && cost <= target;
  };
  if (!isWorth(0n)) return { amountIn: 0n, amountOut: 0n };
  const amountIn = lastWhere(0n, capital, isWorth);
  return { amountIn, amountOut: amountIn === 0n ? 0n : (stableSwap(pool, [pay, buy], amountIn)?.amountOut ?? 0n) };
}
