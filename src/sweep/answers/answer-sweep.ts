import { bootstrap, leastFor, leastForShortfall, type Estimate } from "../../analysis/statistics/bootstrap.ts";
import { estimateQuantile } from "../../analysis/statistics/quantile-interval.ts";
import { expectedShortfall, mean, quantile, valueAtRisk } from "../../analysis/statistics/sample.ts";
import { streamFor } from "../../engine/random.ts";
import { answerSensitivity, type SensitivityAnswer } from "./answer-sensitivity.ts";
import { valuesOf, type Measure, type ResultRow, type SweepResults } from "./read-results.ts";

/** Percentiles of one measure, each with its interval. */
export interface MeasureAnswer {
  readonly measure: Measure;
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
}

/** Tail of one loss. */
export interface TailAnswer {
  readonly measure: Measure;
  readonly var95: Estimate;
  readonly es95: Estimate;
  readonly var99: Estimate;
  readonly es99: Estimate;
}

/** What a sweep's runs say together. */
export interface SweepAnswers {
  readonly runs: number;
  readonly measures: readonly MeasureAnswer[];
  readonly tails: readonly TailAnswer[];
  /** Measures of liquidations: what they come to in the worst runs. */
  readonly liquidationsAtRisk: readonly TailAnswer[];
  readonly failures: readonly ResultRow[];
  /** What moves the measure that the sweep is most about; null where nothing was swept, or no run came to anything. */
  readonly sensitivity: SensitivityAnswer | null;
}

/** Which measure a sweep is about, the likeliest first: bad debt, else losses, else a discount, else any. */
const ORDER = [/bad_?debt/i, /^los[st]$/, /^restakersLoss$/, /discount/i, /./];

/** The measure that a sweep is about: of those that differ between runs, where any does. */
export function mainMeasure({ rows, measures }: SweepResults): Measure | undefined {
  const known = measures.filter(({ name }) => rows.some(({ values }) => values.has(name)));
  const varies = ({ name }: Measure): boolean => new Set(rows.flatMap(({ values }) => values.get(name) ?? [])).size > 1;
  const moving = known.filter(varies);
  const asked = moving.length > 0 ? moving : known;
  return ORDER.map((pattern) => asked.find(({ name }) => pattern.test(name))).find((found) => found !== undefined);
}

/** Draws of one interval: many runs need fewer resamples for the same noise in its ends. */
const WORK = 500_000;

function answerOf(results: SweepResults, measure: Measure) {
  const { values, seeds } = valuesOf(results, measure.name);
  const resamples = Math.max(200, Math.min(1_000, Math.floor(WORK / Math.max(1, values.length))));
  return (
    what: "mean" | "percentile" | "risk" | "shortfall",
    statistic: (ordered: Float64Array) => number,
    share = 0.5,
  ): Estimate => {
    // Each interval draws from a stream of its own: to ask for one more changes no other.
    const stream = streamFor(results.sweepSeed, `${what} ${measure.name}`, Math.round(share * 1000));
    const draw = (below: number): number => stream.integer(below);
    const least = what === "shortfall" ? leastForShortfall(share) : leastFor(share);
    const part = what === "shortfall" ? 1 - share : 1;
    const how = { draw, resamples, least, part, groups: seeds };
    const isQuantile = what === "percentile" || what === "risk";
    return isQuantile ? estimateQuantile(values, { share, statistic }, how) : bootstrap(values, statistic, how);
  };
}

function answerMeasure(results: SweepResults, measure: Measure): MeasureAnswer {
  const of = answerOf(results, measure);
  const percentile = (share: number): Estimate => of("percentile", (ordered) => quantile(ordered, share), share);
  return { measure, mean: of("mean", mean), p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
}

/** The tail of one measure. */
export function answerTail(results: SweepResults, measure: Measure): TailAnswer {
  const of = answerOf(results, measure);
  const risk = (level: number): Estimate => of("risk", (ordered) => valueAtRisk(ordered, level), level);
  const shortfall = (level: number): Estimate => of("shortfall", (ordered) => expectedShortfall(ordered, level), level);
  return { measure, var95: risk(0.95), es95: shortfall(0.95), var99: risk(0.99), es99: shortfall(0.99) };
}

/** Answers a sweep: percentiles, tails of bad debt and of restakers' loss, liquidations at risk, failures, sensitivity. */
export function answerSweep(results: SweepResults): SweepAnswers {
  const known = results.measures.filter(({ name }) => valuesOf(results, name).values.length > 0);
  const tailsOf = (pattern: RegExp): readonly TailAnswer[] =>
    known.filter(({ name }) => pattern.test(name)).map((measure) => answerTail(results, measure));
  const main = mainMeasure(results);
  return {
    runs: results.rows.length,
    measures: known.map((measure) => answerMeasure(results, measure)),
    tails: tailsOf(/^restakersLoss$|bad_?debt|^deficit/i),
    liquidationsAtRisk: tailsOf(/liquidat(ed|ion)/i),
    failures: results.rows.filter(({ status }) => status === "failed" || status === "broken"),
    sensitivity: main === undefined ? null : answerSensitivity(results, main),
  };
}
