/**
 * StableSwap by its equation alone, in exact integers: no iteration of the contract's is repeated here.
 *
 * `Ann S + D = Ann D + D^(N+1) / (N^N prod x)`, with `Ann = A N` and `A` in hundredths. Multiplied out it has integer
 * coefficients, and each side is monotone in the unknown, so bisection finds the root.
 */

const product = (values: readonly bigint[]) => values.reduce((all, value) => all * value, 1n);
const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);

/** Left less right side of the equation, times `100 N^N prod x`. */
function excess(xp: readonly bigint[], amp: bigint, d: bigint): bigint {
  const n = BigInt(xp.length);
  const scale = n ** n * product(xp);
  return amp * n * scale * (sum(xp) - d) + 100n * (scale * d - d ** (n + 1n));
}

/** The greatest number in [0, high] at which a falling condition holds. */
function bisect(high: bigint, holds: (value: bigint) => boolean): bigint {
  let low = 0n;
  let top = high;
  while (low < top) {
    const middle = (low + top + 1n) / 2n;
    if (holds(middle)) low = middle;
    else top = middle - 1n;
  }
  return low;
}

/** The invariant of scaled balances, rounded down. */
export function exactInvariant(xp: readonly bigint[], amp: bigint): bigint {
  return bisect(sum(xp), (d) => excess(xp, amp, d) >= 0n);
}

/** The least balance of coin `j` with which the invariant reaches `d`. */
export function exactBalance(j: number, xp: readonly bigint[], terms: { readonly amp: bigint; readonly d: bigint }) {
  const withJ = (y: bigint) => xp.map((x, k) => (k === j ? y : x));
  return bisect(10n ** 40n, (y) => excess(withJ(y), terms.amp, terms.d) < 0n || y === 0n) + 1n;
}
