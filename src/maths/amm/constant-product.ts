import { sqrtDown } from "../integer.ts";

/** What a fee leaves of the amount in: 997 of 1000. */
export interface FeeFactor {
  readonly kept: bigint;
  readonly of: bigint;
}

/** Fee of the project's constant-product pool. */
export const THREE_PER_MILLE: FeeFactor = { kept: 997n, of: 1_000n };

/** Reserves on the side that is sold and the side that is bought [token wei]. */
export interface Reserves {
  readonly in: bigint;
  readonly out: bigint;
}

/** Amount bought, `floor(in kept Rout / (Rin of + in kept))`, as the contract computes it. */
export function constantProductOut(amountIn: bigint, reserves: Reserves, fee: FeeFactor = THREE_PER_MILLE): bigint {
  const kept = amountIn * fee.kept;
  const under = reserves.in * fee.of + kept;
  return under === 0n ? 0n : (kept * reserves.out) / under;
}

/** Amount to sell for `amountOut`, `floor(Rin out of / ((Rout - out) kept)) + 1`; undefined beyond the reserve. */
export function constantProductIn(
  amountOut: bigint,
  reserves: Reserves,
  fee: FeeFactor = THREE_PER_MILLE,
): bigint | undefined {
  if (amountOut >= reserves.out) return undefined;
  return (reserves.in * amountOut * fee.of) / ((reserves.out - amountOut) * fee.kept) + 1n;
}

/** Liquidity of a first deposit before the part that stays: `floor(sqrt(a b))`. */
export function geometricMean(a: bigint, b: bigint): bigint {
  return sqrtDown(a * b);
}
