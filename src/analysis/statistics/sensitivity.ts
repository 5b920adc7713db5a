import { mean, quantile, sorted, type Draw } from "./sample.ts";

/** How far one parameter alone moves the answer. */
export interface TornadoBar {
  readonly parameter: string;
  /** Mean answer where the parameter is lowest, and where it is highest. */
  readonly low: number;
  readonly high: number;
}

/** Share of the answer's variance that one parameter explains by itself. */
export interface SobolIndex {
  readonly parameter: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A parameter's places, run by run. */
export interface Column {
  readonly parameter: string;
  readonly values: readonly number[];
}

const RESAMPLES = 200;
const CONFIDENCE = 0.95;

/**
 * Mean answer in the outer groups of each parameter, the widest bar first.
 *
 * The other parameters are averaged out over the sample; with few distinct values the groups are the values themselves,
 * else the lowest and the highest fifth.
 */
export function tornado(columns: readonly Column[], answers: readonly number[]): readonly TornadoBar[] {
  const bars = columns.map(({ parameter, values }): TornadoBar => {
    const ordered = sorted(values);
    const distinct = new Set(values).size;
    const [floor, roof] = distinct <= 5 ? [0, 1] : [0.2, 0.8];
    const [below, above] = [quantile(ordered, floor), quantile(ordered, roof)];
    const at = (wanted: (value: number) => boolean): number =>
      mean(answers.filter((_, place) => wanted(values[place] ?? Number.NaN)));
    return { parameter, low: at((value) => value <= below), high: at((value) => value >= above) };
  });
  return bars.sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
}

/** Groups of equal size in the order of the values; equal values never part. */
function groupsOf(values: readonly number[], wanted: number): { readonly of: Int32Array; readonly count: number } {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const of = new Int32Array(values.length);
  const distinct = new Set(values).size;
  let group = -1;
  let begun = 0;
  order.forEach((place, at) => {
    const isNew = at === 0 || values[place] !== values[order[at - 1] ?? 0];
    const isDue = distinct <= wanted || at - begun >= values.length / wanted;
    if (isNew && (group < 0 || isDue)) {
      group += 1;
      begun = at;
    }
    of[place] = group;
  });
  return { of, count: group + 1 };
}

/** Variance between groups over the whole, less what chance alone gives: omega-squared, not below 0. */
function shareBetween(groups: ReturnType<typeof groupsOf>, answers: readonly number[], rows: Int32Array): number {
  const sums = new Float64Array(groups.count);
  const sizes = new Float64Array(groups.count);
  let [total, squares] = [0, 0];
  for (const row of rows) {
    const [group, answer] = [groups.of[row] ?? 0, answers[row] ?? 0];
    sums[group] = (sums[group] ?? 0) + answer;
    sizes[group] = (sizes[group] ?? 0) + 1;
    total += answer;
    squares += answer * answer;
  }
  const whole = squares - (total * total) / rows.length;
  if (!(whole > 0)) return 0;
  const used = sizes.filter((size) => size > 0).length;
  const between = sums.reduce((sum, part, at) => sum + (sizes[at] === 0 ? 0 : (part * part) / (sizes[at] ?? 1)), 0);
  const explained = between - (total * total) / rows.length;
  const noise = rows.length > used ? (whole - explained) / (rows.length - used) : 0;
  return Math.max(0, Math.min(1, (explained - (used - 1) * noise) / (whole + noise)));
}

/**
 * First-order Sobol indices from the sample as it is, with percentile bootstrap intervals.
 *
 * `Var(E[Y | X]) / Var(Y)` by groups of equal size along each parameter (a given-data estimator: no design of its own is
 * needed), less the variance that group means of noise would have. Source: Plischke, Borgonovo and Smith (2013) for
 * estimation from given data; Hays (1963) for the correction.
 *
 * In samples laid out evenly the group means have less noise than is taken off: indices come out too low by at most
 * `(groups - 1) / (n - groups)`, which is 0.03 at 1,000 runs and 0.008 at 4,000.
 *
 * @param answers - Answer of each run, not its logarithm or rank.
 * @param draw - Stream for the resamples.
 */
export function firstOrderSobol(
  columns: readonly Column[],
  answers: readonly number[],
  draw: Draw,
): readonly SobolIndex[] {
  const count = answers.length;
  // Answers about their mean: sums of squares lose no digits.
  const centre = mean(answers);
  const centred = answers.map((answer) => answer - centre);
  const wanted = Math.max(2, Math.min(32, Math.floor(Math.sqrt(count))));
  const all = Int32Array.from(answers.keys());
  const draws = Array.from({ length: RESAMPLES }, () => Int32Array.from(answers, () => draw(count)));
  const tail = (1 - CONFIDENCE) / 2;
  return columns.map(({ parameter, values }) => {
    const groups = groupsOf(values, wanted);
    const found = sorted(draws.map((rows) => shareBetween(groups, centred, rows)));
    const value = shareBetween(groups, centred, all);
    // A resample repeats rows, and so finds too much between groups; its spread is laid about the estimate.
    const bias = mean(found) - value;
    const end = (share: number): number => Math.max(0, Math.min(1, quantile(found, share) - bias));
    return { parameter, value, low: Math.min(value, end(tail)), high: Math.max(value, end(1 - tail)) };
  });
}
