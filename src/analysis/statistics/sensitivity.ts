import type { Estimate } from "./bootstrap.ts";
import { momentsOf, sharesOf, type Column } from "./main-effects.ts";
import { mean, quantile, sorted, type Draw } from "./sample.ts";

/** How far one parameter alone moves the answer. */
export interface TornadoBar {
  readonly parameter: string;
  /** Mean answer where the parameter is lowest, and where it is highest. */
  readonly low: number;
  readonly high: number;
  /** `high - low` and its interval. */
  readonly difference: Estimate;
}

/** Share of the answer's variance that one parameter explains by itself. */
export interface SobolIndex extends Estimate {
  readonly parameter: string;
}

/** How a sample is drawn again. */
export interface Resampling {
  readonly draw: Draw;
  /** What each run belongs to, where some do not come by chance of their own; without it every run stands alone. */
  readonly groups?: readonly (number | string)[];
}

const RESAMPLES = 200;
const CONFIDENCE = 0.95;
/** Fewest groups that can be drawn again, and most that are told apart. */
const LEAST = 20;
const MOST = 500;

/** Runs by the group that is drawn as a whole; where there are very many, some are put together by lot. */
function clustersOf(count: number, { draw, groups }: Resampling): readonly (readonly number[])[] {
  const members = new Map<number | string, number[]>();
  for (let run = 0; run < count; run++) {
    const group = groups?.[run] ?? run;
    const known = members.get(group);
    if (known === undefined) members.set(group, [run]);
    else known.push(run);
  }
  const all = [...members.values()];
  if (all.length <= MOST) return all;
  const clusters = Array.from({ length: MOST }, (): number[] => []);
  all.forEach((runs, at) => clusters[at < MOST ? at : draw(MOST)]?.push(...runs));
  return clusters;
}

const resample = (count: number, draw: Draw): readonly number[] => Array.from({ length: count }, () => draw(count));

/** The interval about a value, its ends moved by as much as resamples are off on average. */
function intervalOf(value: number, found: readonly number[]): Pick<Estimate, "low" | "high"> {
  const ordered = sorted(found);
  const bias = mean(ordered) - value;
  const tail = (1 - CONFIDENCE) / 2;
  return {
    low: Math.min(value, quantile(ordered, tail) - bias),
    high: Math.max(value, quantile(ordered, 1 - tail) - bias),
  };
}

/** Which runs are at the lower and at the upper end of a parameter. */
function endsOf(values: readonly number[]): readonly (-1 | 0 | 1)[] {
  const ordered = sorted(values);
  const [floor, roof] = new Set(values).size <= 5 ? [0, 1] : [0.2, 0.8];
  const [below, above] = [quantile(ordered, floor), quantile(ordered, roof)];
  return values.map((value) => (value <= below ? -1 : value >= above ? 1 : 0));
}

/** Mean answers at both ends of a parameter, over clusters. */
function meansAtEnds(
  ends: readonly (-1 | 0 | 1)[],
  answers: readonly number[],
  drawn: readonly (readonly number[])[],
): readonly [low: number, high: number] {
  const [sums, counts] = [new Float64Array(3), new Float64Array(3)];
  for (const runs of drawn) {
    for (const run of runs) {
      const end = (ends[run] ?? 0) + 1;
      sums[end] = (sums[end] ?? 0) + (answers[run] ?? 0);
      counts[end] = (counts[end] ?? 0) + 1;
    }
  }
  const [low = 0, , high = 0] = sums;
  const [lows = 0, , highs = 0] = counts;
  return [low / lows, high / highs];
}

/**
 * Mean answer in the outer groups of each parameter, the widest bar first, with the interval of their difference.
 *
 * The other parameters are averaged out over the sample; up to five distinct values are groups of their own, else the
 * groups are the lowest and the highest fifth, and so a bar shows less than the whole way of the parameter.
 */
export function tornado(
  columns: readonly Column[],
  answers: readonly number[],
  how: Resampling,
): readonly TornadoBar[] {
  const clusters = clustersOf(answers.length, how);
  const draws =
    clusters.length < LEAST ? [] : Array.from({ length: RESAMPLES }, () => resample(clusters.length, how.draw));
  const bars = columns.map(({ parameter, values }): TornadoBar => {
    const ends = endsOf(values);
    const [low, high] = meansAtEnds(ends, answers, clusters);
    const found = draws.map((drawn) => {
      const [least, most] = meansAtEnds(
        ends,
        answers,
        drawn.map((at) => clusters[at] ?? []),
      );
      return most - least;
    });
    const known = found.filter(Number.isFinite);
    const value = high - low;
    const interval = known.length < RESAMPLES / 2 ? { low: null, high: null } : intervalOf(value, known);
    return { parameter, low, high, difference: { value, ...interval, count: answers.length } };
  });
  return bars.sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
}

/**
 * First-order Sobol indices `Var(E[Y | X]) / Var(Y)` from the sample as it is, with bootstrap intervals.
 *
 * A given-data estimator: no design of its own is needed, but parameters that do not depend on each other. A smooth curve
 * is fitted for each parameter, all together, and what noise would seem to explain is taken off (so an index may come out
 * a little below 0). Source: Li, Rabitz and others (2002), random sampling HDMR; Plischke, Borgonovo and Smith (2013) for
 * given data; Hays (1963) for the correction.
 *
 * @param answers - Answer of each run, not its logarithm or rank.
 */
export function firstOrderSobol(
  columns: readonly Column[],
  answers: readonly number[],
  how: Resampling,
): readonly SobolIndex[] {
  const clusters = clustersOf(answers.length, how);
  const moments = momentsOf(columns, answers, clusters);
  const values = sharesOf(moments, [...clusters.keys()]);
  const many = clusters.length >= LEAST;
  const found = Array.from({ length: many ? RESAMPLES : 0 }, () =>
    sharesOf(moments, resample(clusters.length, how.draw)),
  );
  return columns.map(({ parameter }, at) => {
    const value = values[at] ?? 0;
    const interval = many
      ? intervalOf(
          value,
          found.map((shares) => shares[at] ?? 0),
        )
      : { low: null, high: null };
    return { parameter, value, ...interval, count: answers.length };
  });
}
