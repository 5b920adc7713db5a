import { WAD, type Wad } from "../../units/units.ts";
import { divUp, maximum, minimum, sqrtDown } from "../integer.ts";

/** Scale of a square root of a price: 2^96. */
const Q96 = 1n << 96n;

/** The decimals of a pair, `10^decimals` each. */
export interface PairUnits {
  readonly first: bigint;
  readonly second: bigint;
}

/**
 * Square root of a price as a banded pool counts it, rounded down [Q96].
 *
 * @param price - Whole second tokens for one whole first token [WAD].
 */
export function sqrtPriceX96(price: Wad, units: PairUnits): bigint {
  return sqrtDown((price * units.second * Q96 * Q96) / (WAD * units.first));
}

/** Liquidity between two prices, and where the price is, as square roots [Q96]. */
export interface Band {
  readonly low: bigint;
  readonly high: bigint;
  readonly price: bigint;
}

/** Amounts of both tokens that `liquidity` in a band asks of its provider, rounded up [token wei]. */
export function bandAmountsUp({ low, high, price }: Band, liquidity: bigint): readonly [bigint, bigint] {
  const here = minimum(maximum(price, low), high);
  const first = divUp(divUp(liquidity * Q96 * (high - here), high), here);
  return [first, divUp(liquidity * (here - low), Q96)];
}

/** A band's part of a pool's whole liquidity. */
export interface WeightedBand extends Band {
  /** [WAD]. */
  readonly weight: Wad;
}

/**
 * Greatest liquidity over several bands, shared by their weights, that two amounts pay for.
 *
 * @returns Liquidity of each band; all zero where an amount that is needed is missing.
 */
export function liquidityFor(bands: readonly WeightedBand[], amounts: readonly [bigint, bigint]): readonly bigint[] {
  const shares = (total: bigint): readonly bigint[] => bands.map(({ weight }) => (total * weight) / WAD);
  const isPaid = (total: bigint): boolean => {
    const needed = shares(total).map((liquidity, k) =>
      bandAmountsUp(bands[k] ?? { low: 1n, high: 1n, price: 1n }, liquidity),
    );
    const sum = (which: 0 | 1): bigint => needed.reduce((all, pair) => all + pair[which], 0n);
    return sum(0) <= amounts[0] && sum(1) <= amounts[1];
  };
  let [known, open] = [0n, 1n << 127n];
  while (known < open) {
    const middle = (known + open + 1n) / 2n;
    if (isPaid(middle)) known = middle;
    else open = middle - 1n;
  }
  return shares(known);
}
