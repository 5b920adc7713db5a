import { WAD } from "../../units/units.ts";
import type { Price } from "../arbitrage/constant-product.ts";
import { discountFloor, type RedemptionCarry } from "../arbitrage/redemption.ts";
import { minimum, positive } from "../integer.ts";
import { goldenSection } from "../search/golden-section.ts";

/**
 * What collateral is worth to who keeps it until it is redeemed: `K NAV (1 - r tau - k)`, rounded down; nothing where
 * waiting eats it all.
 *
 * @param price - True worth of one smallest part of collateral, in smallest parts of debt.
 */
export function holdValue(amount: bigint, price: Price, carry: RedemptionCarry): bigint {
  const kept = positive(WAD - discountFloor(carry));
  return price.denominator === 0n ? 0n : (amount * price.numerator * kept) / (price.denominator * WAD);
}

/** Own funds that are free: the limit less what is tied up, and no more than the wallet has. */
export function capitalLeft(limit: bigint, tiedUp: bigint, wallet: bigint): bigint {
  return minimum(positive(limit - tiedUp), wallet);
}

/** What a holder of collateral can do with it. */
export interface SaleTerms {
  /** What selling brings; rises ever more slowly. */
  readonly sell: (amount: bigint) => bigint;
  /** What keeping is worth. */
  readonly hold: (amount: bigint) => bigint;
  /** Most that it sells at once. */
  readonly limit: bigint;
}

/**
 * How much of its collateral a holder sells: up to where the next unit brings less than it is worth to keep.
 *
 * @returns Zero where already the first does.
 */
export function bestSale(held: bigint, { sell, hold, limit }: SaleTerms): bigint {
  const most = minimum(held, limit);
  if (most <= 0n) return 0n;
  const gain = (amount: bigint): bigint => sell(amount) - hold(amount);
  const best = goldenSection(1n, most, gain);
  const amount = gain(most) >= gain(best) ? most : best;
  return gain(amount) > 0n ? amount : 0n;
}
