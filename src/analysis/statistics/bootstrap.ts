import { expandedTail } from "./expanded-tail.ts";
import { quantile, sorted, type Draw } from "./sample.ts";

/** A number and the interval that holds it; null where the sample is too small to tell. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Size of the sample. */
  readonly count: number;
}

/** How an interval is made. */
export interface Bootstrap {
  readonly draw: Draw;
  /** Resamples; 1,000 by default. */
  readonly resamples?: number;
  /** Part of the values that the statistic rests on: 5 % for what lies beyond the 95th percentile; all by default. */
  readonly part?: number;
  /** Fewest values for an interval. */
  readonly least?: number;
  /**
   * What each value belongs to, where some do not come by chance of their own: all values of one seed. Whole groups are
   * then drawn; without it every value stands alone.
   */
  readonly groups?: readonly (number | string)[];
}

const RESAMPLES = 1_000;
const CONFIDENCE = 0.95;
/** Below this a resample says little but which values there happen to be. */
export const LEAST = 20;

/** Part of all intervals that may miss the truth on one side. */
export const MISSES = (1 - CONFIDENCE) / 2;
/** Values beyond a level that their mean is told from: with fewer, an interval holds it far less often than it says. */
const BEYOND = 10;

/**
 * Fewest values for the interval of a quantile. No resample leaves the sample: the chance that all of it lies on one side
 * of the quantile, `(1 - rarer)^n`, must not exceed what an interval may miss there. 72 for the 95th percentile, 368 for the 99th.
 */
export function leastFor(share: number): number {
  const rarer = Math.min(share, 1 - share);
  return Math.max(LEAST, Math.ceil(Math.log(MISSES) / Math.log1p(-rarer)));
}

/** Fewest values for the interval of the mean beyond a level: ten beyond it. 200 for 95 %, 1,000 for 99 %. */
export function leastForShortfall(level: number): number {
  return Math.max(leastFor(level), Math.ceil(BEYOND / (1 - level) - 1e-9));
}

/**
 * A statistic with its percentile bootstrap interval of 95 %, expanded for what few values tell ({@link expandedTail}).
 *
 * The percentile interval rather than BCa: BCa's acceleration comes from a jackknife, which is not consistent for
 * quantiles and degenerates where many values are equal, as losses that are mostly zero are. Its ends are always values
 * that the statistic can have.
 *
 * @param values - Sample; not empty.
 * @param statistic - Of a sample from the least to the most.
 */
export function bootstrap(
  values: readonly number[],
  statistic: (ordered: Float64Array) => number,
  how: Bootstrap,
): Estimate {
  const { draw, resamples = RESAMPLES, part = 1, least = LEAST } = how;
  const ordered = sorted(values);
  const count = ordered.length;
  const value = statistic(ordered);
  const members = placesOf(values, how.groups);
  if (count < least || members.length < Math.min(least, LEAST)) return { value, low: null, high: null, count };
  const found = new Float64Array(resamples);
  const tally = new Uint32Array(count);
  const again = new Float64Array(count);
  for (let turn = 0; turn < resamples; turn++) {
    tally.fill(0);
    let size = 0;
    for (let at = 0; at < members.length; at++) {
      for (const place of members[draw(members.length)] ?? []) {
        tally[place] = (tally[place] ?? 0) + 1;
        size += 1;
      }
    }
    const resample = size <= again.length ? again.subarray(0, size) : new Float64Array(size);
    spread(ordered, tally, resample);
    found[turn] = statistic(resample);
  }
  found.sort();
  const tail = expandedTail(members.length * part);
  return { value, low: quantile(found, tail), high: quantile(found, 1 - tail), count };
}

/** Places of each group's values in the ordered sample. */
function placesOf(values: readonly number[], groups?: readonly (number | string)[]): readonly (readonly number[])[] {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  if (groups === undefined) return order.map((_, place) => [place]);
  const members = new Map<number | string, number[]>();
  order.forEach((at, place) => {
    const group = groups[at] ?? at;
    const known = members.get(group);
    if (known === undefined) members.set(group, [place]);
    else known.push(place);
  });
  // In the order in which the groups come in the sample: which of equal values is first does not matter then.
  const first = [...new Set(groups)];
  return first.flatMap((group) => (members.has(group) ? [members.get(group) ?? []] : []));
}

/** Writes a resample in order without sorting it: each value as often as it was drawn. */
function spread(ordered: Float64Array, tally: Uint32Array, into: Float64Array): void {
  let next = 0;
  for (let at = 0; at < ordered.length; at++) {
    for (let left = tally[at] ?? 0; left > 0; left--) into[next++] = ordered[at] ?? 0;
  }
}

/** Half an interval's width as a share of its value; 0 where both are 0, and null without an interval. */
export function relativeHalfWidth({ value, low, high }: Estimate): number | null {
  if (low === null || high === null) return null;
  const half = (high - low) / 2;
  if (half === 0) return 0;
  return value === 0 ? Number.POSITIVE_INFINITY : half / Math.abs(value);
}
