import { bandedAmountTo, bandedSwap, type BandedPool } from "../amm/banded-swap.ts";
import { minimum, sqrtDown } from "../integer.ts";
import { WAD, type Wad } from "../../units/units.ts";

const Q96 = 1n << 96n;
const PIPS = 1_000_000n;

/** What an arbitrageur wants of a banded pool. */
export interface BandedTarget {
  /** Whether it pays the first token, and so buys the second. */
  readonly isDown: boolean;
  /** Most that the next unit may cost, in token wei paid for one bought, fee included [WAD]. */
  readonly target: Wad;
  /** Most that can be paid [token wei]. */
  readonly capital: bigint;
}

/** Square root of the price at which the next unit costs the target, fee included, on the careful side [Q96]. */
function limitOf({ isDown, target }: BandedTarget, feePips: bigint): bigint {
  const [kept, of] = [target * (PIPS - feePips), WAD * PIPS];
  // A unit of the second token costs 1 / price of the first, one of the first costs the price of the second.
  return isDown ? sqrtDown((of * Q96 * Q96) / kept) + 1n : sqrtDown((kept * Q96 * Q96) / of);
}

/**
 * Greatest amount to pay to a banded pool before the next unit costs more than a target: to the price `P (1 - fee)` of the
 * target, band by band in closed form.
 *
 * @returns Amounts paid and bought; zero when already the first unit costs too much.
 */
export function arbitrageBanded(
  pool: BandedPool,
  wanted: BandedTarget,
): { readonly amountIn: bigint; readonly amountOut: bigint } {
  if (wanted.target <= 0n || pool.feePips >= PIPS) return { amountIn: 0n, amountOut: 0n };
  const all = bandedAmountTo(pool, wanted.isDown, limitOf(wanted, pool.feePips));
  const { sold, bought } = bandedSwap(pool, wanted.isDown, minimum(all, wanted.capital));
  return bought === 0n ? { amountIn: 0n, amountOut: 0n } : { amountIn: sold, amountOut: bought };
}
