import { constantProductOut, THREE_PER_MILLE, type FeeFactor, type Reserves } from "../amm/constant-product.ts";
import { positive, sqrtDown } from "../integer.ts";

/** A price as a fraction of token wei. */
export interface Price {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A trade against a pool that is worth making. */
export interface Arbitrage {
  /** Zero when no trade is worth it. */
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  /** What is left of the amount in once the amount out was sold elsewhere, rounded down. */
  readonly profit: bigint;
}

/**
 * Best amount to sell to a constant-product pool when what it gives can be sold elsewhere at a price:
 * `(sqrt(kept of x y m) - of x) / kept`, all rounded down.
 *
 * @param reserves - Of the pool.
 * @param price - What the amount out is worth elsewhere, in the token sold.
 * Source: the derivative of `m out(x) - x` is zero there.
 */
export function arbitrageConstantProduct(
  reserves: Reserves,
  price: Price,
  fee: FeeFactor = THREE_PER_MILLE,
): Arbitrage {
  const { kept, of } = fee;
  const square = (kept * of * reserves.in * reserves.out * price.numerator) / price.denominator;
  const amountIn = positive(sqrtDown(square) - of * reserves.in) / kept;
  const amountOut = constantProductOut(amountIn, reserves, fee);
  return { amountIn, amountOut, profit: (amountOut * price.numerator) / price.denominator - amountIn };
}

/**
 * Best round trip through two constant-product pools: sell to the first, sell what it gives to the second.
 *
 * Both together are one pool with reserves `x1 y2 of / N` and `y1 x2 kept / N`, `N = y2 of + y1 kept`; so the closed form
 * of one pool applies, and its square root is that of `x1 y1 x2 y2`.
 *
 * @param first - Reserves of the first pool: sold is what the trip begins with.
 * @param second - Reserves of the second pool: bought is what the trip begins with.
 */
export function roundTrip(first: Reserves, second: Reserves, fee: FeeFactor = THREE_PER_MILLE): Arbitrage {
  const { kept, of } = fee;
  const product = first.in * second.in * first.out * second.out;
  const under = kept * (second.in * of + first.out * kept);
  const above = sqrtDown(kept * kept * of * of * product) - of * of * first.in * second.in;
  const amountIn = under === 0n ? 0n : positive(above) / under;
  const amountOut = constantProductOut(constantProductOut(amountIn, first, fee), second, fee);
  return { amountIn, amountOut, profit: amountOut - amountIn };
}
