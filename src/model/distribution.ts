import type { Wad, Wei } from "../units/units.ts";
import { WAD } from "../units/units.ts";

/** How an amount is spread over the members of a population. Plain data; exact in whole wei. */
export type Distribution =
  /** The same for each. */
  | { readonly kind: "each"; readonly amount: Wei }
  /** A total in equal parts. */
  | { readonly kind: "equal"; readonly total: Wei }
  /** A total in proportion to `1 / rank^(tenths/10)`: rank 1 is the largest. */
  | { readonly kind: "zipf"; readonly total: Wei; readonly tenths: number }
  /** A total in proportion to the weights, one per member. */
  | { readonly kind: "weights"; readonly total: Wei; readonly weights: readonly bigint[] }
  /** One amount per member. */
  | { readonly kind: "list"; readonly amounts: readonly Wei[] };

/** The same amount for each member. */
export function each(amount: Wei): Distribution {
  return { kind: "each", amount };
}

/** A total in equal parts. */
export function equally(total: Wei): Distribution {
  return { kind: "equal", total };
}

/** A total skewed by Zipf's law. `tenths: 10` is the classical exponent 1, larger is more skewed. */
export function zipf(options: { total: Wei; tenths: number }): Distribution {
  return { kind: "zipf", ...options };
}

/** A total split by weights, one per member. */
export function weighted(options: { total: Wei; weights: readonly bigint[] }): Distribution {
  return { kind: "weights", ...options };
}

/** One amount per member. */
export function listed(amounts: readonly Wei[]): Distribution {
  return { kind: "list", amounts };
}

/** Largest `r` with `r^n <= value`. */
export function integerRoot(value: bigint, n: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << (BigInt(value.toString(2).length) / n + 1n);
  for (;;) {
    const next = ((n - 1n) * guess + value / guess ** (n - 1n)) / n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** `WAD / rank^(tenths/10)`, exact to the floor: no floating point takes part. */
function zipfWeight(rank: number, tenths: number): Wad {
  return integerRoot(WAD ** 10n / BigInt(rank) ** BigInt(tenths), 10n);
}

/**
 * Splits `total` in proportion to `weights`; what rounding leaves goes, one wei each, to the largest remainders.
 *
 * @returns Parts in the order of the weights; they sum to `total` exactly.
 */
export function split(total: Wei, weights: readonly bigint[]): readonly Wei[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight, at) => ({ at, part: (total * weight) / sum, rest: (total * weight) % sum }));
  let left = total - parts.reduce((a, { part }) => a + part, 0n);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  const extra = new Set<number>();
  for (const { at } of byRest)
    if (left > 0n) {
      extra.add(at);
      left -= 1n;
    }
  return parts.map(({ at, part }) => part + (extra.has(at) ? 1n : 0n));
}

/** Amounts of `count` members, in order. */
export function distribute(distribution: Distribution, count: number): readonly Wei[] {
  const members = Array.from({ length: count }, (_, at) => at);
  switch (distribution.kind) {
    case "each":
      return members.map(() => distribution.amount);
    case "equal":
      return split(
        distribution.total,
        members.map(() => 1n),
      );
    case "zipf":
      return split(
        distribution.total,
        members.map((at) => zipfWeight(at + 1, distribution.tenths)),
      );
    case "weights":
      return split(distribution.total, distribution.weights);
    case "list":
      return distribution.amounts;
  }
}
