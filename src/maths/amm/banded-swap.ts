import { divUp } from "../integer.ts";

/** Scale of a square root of a price: 2^96. */
const Q96 = 1n << 96n;
/** A million parts of a fee. */
const PIPS = 1_000_000n;
const WORD = 1n << 256n;

/** A banded pool, as its contract counts it. */
export interface BandedPool {
  /** Square roots of prices, rising, one more than bands [Q96]. */
  readonly edges: readonly bigint[];
  /** Liquidity of each band. */
  readonly liquidity: readonly bigint[];
  /** Square root of the price of the first token in the second [Q96]. */
  readonly price: bigint;
  /** [1e6 = 100 %]. */
  readonly feePips: bigint;
}

/** What selling to a banded pool does. */
export interface BandedSwap {
  /** What the bands take, fee included, and what they give [token wei]. */
  readonly sold: bigint;
  readonly bought: bigint;
  /** The price afterwards [Q96]. */
  readonly price: bigint;
}

const firstUp = (low: bigint, high: bigint, liquidity: bigint): bigint =>
  divUp(divUp(liquidity * Q96 * (high - low), high), low);
const firstDown = (low: bigint, high: bigint, liquidity: bigint): bigint =>
  (liquidity * Q96 * (high - low)) / high / low;
const secondUp = (low: bigint, high: bigint, liquidity: bigint): bigint => divUp(liquidity * (high - low), Q96);
const secondDown = (low: bigint, high: bigint, liquidity: bigint): bigint => (liquidity * (high - low)) / Q96;

/** Price within a band once an amount has come in. */
function priceAfter(price: bigint, liquidity: bigint, order: { amount: bigint; isDown: boolean }): bigint {
  const { amount, isDown } = order;
  if (!isDown) return price + (amount * Q96) / liquidity;
  const scaled = liquidity * Q96;
  // As the contract: where the product passes 2^256 it divides first.
  if (amount * price < WORD - scaled) return divUp(scaled * price, scaled + amount * price);
  return divUp(scaled, scaled / price + amount);
}

/** One band's part of a sale: what it takes, fee apart, what the fee is, what it gives. */
function stepIn(
  band: { readonly price: bigint; readonly target: bigint; readonly liquidity: bigint },
  order: { readonly remaining: bigint; readonly isDown: boolean; readonly feePips: bigint },
): { taken: bigint; bought: bigint; price: bigint } {
  const { price, target, liquidity } = band;
  const { remaining, isDown, feePips } = order;
  if (liquidity === 0n) return { taken: 0n, bought: 0n, price: target };
  const usable = (remaining * (PIPS - feePips)) / PIPS;
  const [up, down] = isDown ? [firstUp, secondDown] : [secondUp, firstDown];
  const span = (end: bigint): readonly [bigint, bigint] => (isDown ? [end, price] : [price, end]);
  const whole = up(...span(target), liquidity);
  if (usable < whole) {
    const end = priceAfter(price, liquidity, { amount: usable, isDown });
    return { taken: remaining, bought: down(...span(end), liquidity), price: end };
  }
  const fee = divUp(whole * feePips, PIPS - feePips);
  return { taken: whole + fee, bought: down(...span(target), liquidity), price: target };
}

/** Bands in the order in which a sale crosses them, each with the edge at its far end. */
function ahead({ edges, liquidity }: BandedPool, isDown: boolean): readonly { target: bigint; liquidity: bigint }[] {
  const bands = liquidity.map((depth, k) => ({ target: edges[isDown ? k : k + 1] ?? 0n, liquidity: depth }));
  return isDown ? bands.toReversed() : bands;
}

/**
 * Sells to a banded pool, band by band, with its contract's rounding.
 *
 * @param isDown - Whether the first token is sold: its price falls.
 * @returns What finds liquidity; a sale beyond it is refused by the contract.
 */
export function bandedSwap(pool: BandedPool, isDown: boolean, amount: bigint): BandedSwap {
  let [remaining, bought, price] = [amount, 0n, pool.price];
  for (const { target, liquidity } of ahead(pool, isDown)) {
    if (remaining <= 0n) break;
    if (isDown ? target >= price : target <= price) continue;
    const done = stepIn({ price, target, liquidity }, { remaining, isDown, feePips: pool.feePips });
    remaining -= done.taken;
    bought += done.bought;
    price = done.price;
  }
  return { sold: amount - remaining, bought, price };
}

/**
 * What has to be sold until the price is at a limit, fee included, each band in closed form; no more than the bands take.
 *
 * @param limit - Square root of the price to stop at [Q96].
 */
export function bandedAmountTo(pool: BandedPool, isDown: boolean, limit: bigint): bigint {
  let [amount, price] = [0n, pool.price];
  for (const { target, liquidity } of ahead(pool, isDown)) {
    if (isDown ? target >= price : target <= price) continue;
    if (isDown ? price <= limit : price >= limit) break;
    const end = isDown ? (target > limit ? target : limit) : target < limit ? target : limit;
    const taken = isDown ? firstUp(end, price, liquidity) : secondUp(price, end, liquidity);
    amount += taken + divUp(taken * pool.feePips, PIPS - pool.feePips);
    price = end;
  }
  return amount;
}
