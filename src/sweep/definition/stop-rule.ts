import { bootstrap, leastFor, leastForShortfall, relativeHalfWidth } from "../../analysis/statistics/bootstrap.ts";
import { estimateQuantile } from "../../analysis/statistics/quantile-interval.ts";
import { expectedShortfall, mean, quantile, valueAtRisk } from "../../analysis/statistics/sample.ts";
import { streamFor } from "../../engine/random.ts";
import { UsageError } from "../../errors/usage-error.ts";

/** When a sweep has made enough runs. */
export interface StopRule {
  readonly measure: string;
  /** Share of the distribution that it is about; null for the mean. */
  readonly share: number | null;
  /** Whether it is a quantile: a percentile, or value at risk. */
  readonly isQuantile: boolean;
  readonly statistic: (ordered: ArrayLike<number>) => number;
  /** Fewest values from which it can be told. */
  readonly least: number;
  /** Half the interval's width, as a share of the value, that is narrow enough. */
  readonly within: number;
}

/** Fewest runs that a rule looks at. */
const FIRST = 100;

const HINT = 'Write, for example, --stop-when "ci(loss,p99) < 2%": p1 to p99.9, mean, var95 or es99 of a measure.';
const PATTERN =
  /^\s*ci\(\s*([^,()]+?)\s*,\s*(mean|(?:p|var|es)([0-9]{1,2}(?:\.[0-9]{1,3})?))\s*\)\s*<\s*([0-9.]+)\s*%\s*$/;

function statisticOf(name: string, share: number): StopRule["statistic"] {
  if (name === "mean") return mean;
  if (name.startsWith("var")) return (ordered) => valueAtRisk(ordered, share);
  if (name.startsWith("es")) return (ordered) => expectedShortfall(ordered, share);
  return (ordered) => quantile(ordered, share);
}

/**
 * Reads a stopping rule.
 *
 * @param measures - Names that runs have.
 * @throws {@link UsageError} for one that cannot be read, or that is about nothing a run has.
 */
export function parseStopRule(text: string, measures: readonly string[]): StopRule {
  const [, measure = "", name = "", percent, width = ""] = PATTERN.exec(text) ?? [];
  if (measure === "") throw new UsageError(`--stop-when is "${text}".`, HINT);
  if (!measures.includes(measure)) {
    throw new UsageError(`--stop-when is about "${measure}", which no run has.`, `Runs have ${measures.join(", ")}.`);
  }
  const share = percent === undefined ? null : Number(percent) / 100;
  const within = Number(width) / 100;
  if (share === 0 || !(within > 0)) throw new UsageError(`--stop-when is "${text}".`, HINT);
  const least = Math.max(name.startsWith("es") ? leastForShortfall(share ?? 0) : leastFor(share ?? 0.5), FIRST / 2);
  return { measure, share, isQuantile: /^[pv]/.test(name), statistic: statisticOf(name, share ?? 0), least, within };
}

/** Values of runs, and what each belongs to: its seed. */
export interface Sample {
  readonly values: readonly number[];
  readonly groups: readonly number[];
}

/** Numbers of runs after which a rule is looked at: whole seeds, each a tenth more than the one before. */
export function checkpointsOf(size: number, points: number): readonly number[] {
  const found: number[] = [];
  for (let next = FIRST; next < size; next += Math.ceil(next / 10)) {
    next = Math.ceil(next / points) * points;
    if (next < size) found.push(next);
  }
  return found;
}

/**
 * Whether a rule holds after so many runs: the relative half width of its 95 % interval is narrow enough.
 *
 * Values that are all equal say nothing about what has not been seen yet, and never end a sweep.
 *
 * @param sample - Of the runs in the order of their index.
 * @param seed - The sweep's.
 */
export function ruleHolds(rule: StopRule, { values, groups }: Sample, seed: number): boolean {
  const { share, isQuantile, statistic, least, within } = rule;
  const stream = streamFor(seed, "stopping rule", values.length);
  const draw = (below: number): number => stream.integer(below);
  if (values.length < least) return false;
  const how = { draw, least, resamples: 500, part: isQuantile ? 1 : 1 - (share ?? 0), groups };
  const estimate = isQuantile
    ? estimateQuantile(values, { share: share ?? 0, statistic }, how)
    : bootstrap(values, statistic, how);
  const width = relativeHalfWidth(estimate);
  return width !== null && width < within && values.some((value) => value !== values[0]);
}
