import { bootstrap, LEAST, MISSES, type Bootstrap, type Estimate } from "./bootstrap.ts";
import { sorted } from "./sample.ts";

/** Probabilities below this share of the largest one add nothing to any sum. */
const NOTHING = 1e-20;

/** Probabilities of a binomial count about its most likely value, up to a common factor; only products and quotients. */
function binomial(count: number, share: number) {
  const mode = Math.min(count, Math.floor((count + 1) * share));
  const odds = share / (1 - share);
  const below: number[] = [];
  for (let at = mode, weight = 1; at > 0 && weight > NOTHING; at--) {
    weight *= at / (count - at + 1) / odds;
    below.push(weight);
  }
  const weights = [...below.toReversed(), 1];
  for (let at = mode, weight = 1; at < count && weight > NOTHING; at++) {
    weight *= ((count - at) / (at + 1)) * odds;
    weights.push(weight);
  }
  return { first: mode - below.length, weights };
}

/**
 * Ranks of the two order statistics, counted from 1, between which a quantile lies: on neither side do more than 2.5 % of
 * all samples miss it, whatever the distribution is. A rank of 0 or above the count means that the sample is too small.
 *
 * Source: David and Nagaraja, Order Statistics (2003), section 7.1.
 *
 * @param share - Within (0, 1).
 */
export function quantileRanks(count: number, share: number): readonly [low: number, high: number] {
  const { first, weights } = binomial(count, share);
  const allowed = MISSES * weights.reduce((sum, weight) => sum + weight, 0);
  let low = first;
  for (let sum = weights[0] ?? 0; sum <= allowed; sum += weights[low - first] ?? 0) low += 1;
  let high = first + weights.length;
  for (let sum = weights.at(-1) ?? 0; sum <= allowed; sum += weights[high - first - 1] ?? 0) high -= 1;
  return [low, high];
}

/**
 * A quantile with its interval: between two order statistics, exact for every distribution. Where several values belong to
 * one group they are no sample of their own; whole groups are then drawn, see {@link bootstrap}.
 *
 * @param values - Sample; not empty.
 * @param of - The share that lies below the quantile, and the statistic that estimates it.
 */
export function estimateQuantile(
  values: readonly number[],
  of: { readonly share: number; readonly statistic: (ordered: Float64Array) => number },
  how: Bootstrap,
): Estimate {
  const { groups, least = LEAST } = how;
  const count = values.length;
  if (groups !== undefined && new Set(groups).size < count) return bootstrap(values, of.statistic, how);
  const ordered = sorted(values);
  const value = of.statistic(ordered);
  const [low, high] = quantileRanks(count, of.share);
  if (count < least || low < 1 || high > count) return { value, low: null, high: null, count };
  return { value, low: ordered[low - 1] ?? value, high: ordered[high - 1] ?? value, count };
}
