/** Draws a whole number in [0, below): the project's own stream. */
export type Draw = (below: number) => number;

/** Numbers from the least to the most. */
export function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Value below which a share of a sample lies: linear between the two nearest order statistics.
 *
 * Definition 7 of Hyndman and Fan (1996), which DuckDB's `quantile_cont`, NumPy and R use: position `(n - 1) p`.
 *
 * @param ordered - Sample from the least to the most; not empty.
 * @param share - Within [0, 1].
 */
export function quantile(ordered: ArrayLike<number>, share: number): number {
  const position = (ordered.length - 1) * share;
  const below = Math.floor(position);
  const low = ordered[below] ?? Number.NaN;
  const high = ordered[Math.min(below + 1, ordered.length - 1)] ?? Number.NaN;
  return low === high ? low : low + (high - low) * (position - below);
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum / values.length;
}

/** Variance of a sample, with n - 1; NaN below two values. */
export function variance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += ((values[at] ?? 0) - centre) ** 2;
  return sum / (values.length - 1);
}

/**
 * Value at risk: the loss that a share `level` of runs does not exceed.
 *
 * The empirical quantile `inf {x : F(x) >= level}`, an observed value and never one in between.
 *
 * @param ordered - Losses from the least to the most; a loss is positive. Not empty.
 */
export function valueAtRisk(ordered: ArrayLike<number>, level: number): number {
  return ordered[rankOf(ordered.length, level) - 1] ?? Number.NaN;
}

/**
 * Expected shortfall: mean of the worst share `1 - level` of losses, the run at the edge counted in part.
 *
 * Source: Acerbi and Tasche, "On the coherence of expected shortfall" (2002), the estimator of their proposition 4.1.
 *
 * @param ordered - Losses from the least to the most; a loss is positive. Not empty.
 */
export function expectedShortfall(ordered: ArrayLike<number>, level: number): number {
  const count = ordered.length;
  const edge = rankOf(count, level);
  let sum = (ordered[edge - 1] ?? 0) * (edge - count * level);
  for (let at = edge; at < count; at++) sum += ordered[at] ?? 0;
  return sum / (count * (1 - level));
}

/** Rank of the quantile, from 1; a product that is whole but for the machine's rounding counts as whole. */
function rankOf(count: number, level: number): number {
  const product = count * level;
  const nearest = Math.round(product);
  const exact = Math.abs(product - nearest) < 1e-9 * Math.max(1, count) ? nearest : Math.ceil(product);
  return Math.min(count, Math.max(1, exact));
}
