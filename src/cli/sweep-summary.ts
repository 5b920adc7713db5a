import type { Estimate } from "../analysis/statistics/bootstrap.ts";
import { metricAxis } from "../report/format/metric.ts";
import { textTable } from "../report/summary/text-table.ts";
import { wrap } from "../report/summary/columns.ts";
import type { SensitivityAnswer } from "../sweep/answers/answer-sensitivity.ts";
import type { SweepAnswers, TailAnswer } from "../sweep/answers/answer-sweep.ts";
import type { Difference } from "../sweep/answers/compare-sweeps.ts";

/** Failed runs whose replay commands are shown; the store has all of them. */
const MOST_FAILURES = 5;

/** A number in at most eight characters. */
export function shortValue(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-3) return value.toExponential(2);
  const step = [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  const [divisor, sign] = step.find(([least]) => size >= least) ?? [1, ""];
  return `${Number((value / divisor).toPrecision(4))}${sign}`;
}

/** A value and its 95 % interval; a sample too small for one says so. */
function withInterval({ value, low, high }: Estimate): string {
  if (low === null || high === null) return `${shortValue(value)} (n too small)`;
  return `${shortValue(value)} [${shortValue(low)}, ${shortValue(high)}]`;
}

function tailLines(title: string, tails: readonly TailAnswer[]): readonly string[] {
  return tails.flatMap(({ measure, var95, es95, var99, es99 }) => [
    "",
    ...wrap(`${title}: ${measure.name} [${metricAxis(measure.unit)}], n = ${var95.count}`),
    ...textTable(
      [
        { name: "", width: 6 },
        { name: "value at risk", width: 32, numeric: true },
        { name: "expected shortfall", width: 32, numeric: true },
      ],
      [
        ["95 %", withInterval(var95), withInterval(es95)],
        ["99 %", withInterval(var99), withInterval(es99)],
      ],
    ),
  ]);
}

/** What moves the measure that the sweep is most about. */
function sensitivityLines({ measure, tornado, indices }: SensitivityAnswer): readonly string[] {
  const shareOf = (parameter: string): string => {
    const index = indices.find((one) => one.parameter === parameter);
    if (index === undefined) return "n too small";
    const [value, low, high] = [index.value, index.low, index.high].map((part) =>
      part?.toFixed(2).replace("-0.00", "0.00"),
    );
    return low === undefined || high === undefined
      ? `${value ?? ""} (n too small)`
      : `${value ?? ""} [${low}, ${high}]`;
  };
  return [
    "",
    ...wrap(`What moves ${measure.name} [${metricAxis(measure.unit)}]: its mean at each end, and its Sobol index`),
    ...textTable(
      [
        { name: "parameter", width: 30 },
        { name: "lowest", width: 9, numeric: true },
        { name: "highest", width: 9, numeric: true },
        { name: "first-order index", width: 22, numeric: true },
      ],
      tornado.map(({ parameter, low, high }) => [parameter, shortValue(low), shortValue(high), shareOf(parameter)]),
    ),
  ];
}

/** What a sweep's runs say together, for a terminal of 80 columns. */
export function formatSweepAnswers(answers: SweepAnswers): string {
  const { runs, measures, tails, liquidationsAtRisk, failures, sensitivity } = answers;
  const lines = [
    `n = ${runs} runs, ${failures.length} failed; [ ] are 95 % intervals`,
    "",
    ...textTable(
      [
        { name: "measure", width: 20 },
        { name: "mean", width: 9, numeric: true },
        { name: "p50", width: 9, numeric: true },
        { name: "p95", width: 9, numeric: true },
        { name: "p99 and its interval", width: 27, numeric: true },
      ],
      measures.map(({ measure, ...of }) => [
        `${measure.name} ${metricAxis(measure.unit)}`,
        ...[of.mean, of.p50, of.p95].map(({ value }) => shortValue(value)),
        withInterval(of.p99),
      ]),
    ),
    ...tailLines("Loss", tails),
    ...tailLines("Liquidations at risk", liquidationsAtRisk),
    ...(sensitivity === null ? [] : sensitivityLines(sensitivity)),
    ...failures.slice(0, MOST_FAILURES).flatMap(({ run, message, replay }) => {
      return ["", ...wrap(`Run ${run} failed: ${message}`), ...wrap(replay, 80, "  ")];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** Differences of two sweeps, for a terminal of 80 columns. */
export function formatDifferences(differences: readonly Difference[]): string {
  const columns = [
    { name: "measure", width: 22 },
    { name: "A", width: 9, numeric: true },
    { name: "B", width: 9, numeric: true },
    { name: "B - A by seed, with 95 % interval", width: 34, numeric: true },
  ];
  const rows = differences.map(({ measure, meanA, meanB, difference }) => [
    `${measure.name} ${metricAxis(measure.unit)}`,
    shortValue(meanA),
    shortValue(meanB),
    withInterval(difference),
  ]);
  const seeds = differences[0]?.difference.count ?? 0;
  return [`${seeds} seeds in common`, "", ...textTable(columns, rows), ""].join("\n");
}
