import type { TornadoBar } from "../../analysis/statistics/sensitivity.ts";
import { axisStyle, edgeLabel, etherAxis, sideLegend, tickLabel } from "../../report/charts/axes.ts";
import { TEXT, type Chart } from "../../report/charts/picture.ts";
import { colour } from "../../report/charts/theme.ts";
import { metricAxis } from "../../report/format/metric.ts";
import type { TailAnswer } from "../answers/answer-sweep.ts";
import type { Measure } from "../answers/read-results.ts";
import { readable } from "./readable.ts";

/** Percentiles of a measure after one step. */
export interface FanStep {
  readonly step: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly most: number;
}

const GRID = { left: 110, right: 60, top: 48, bottom: 64 };
const BINS = 30;

/** What a measure came to at the last step, in words. */
function fanWords(unit: string, steps: readonly FanStep[]): string {
  const { p5, p50, p95, most } = steps.at(-1) ?? { p5: 0, p50: 0, p95: 0, most: 0 };
  const ends = { median: p50, "5th percentile": p5, "95th": p95, highest: most };
  const told = Object.entries(ends).map(([what, value]) => `${what} ${readable(value)}`);
  return `${told.join(", ")} ${metricAxis(unit)}`;
}

/** Percentiles of a measure over the steps: the median, two bands, and the highest of all runs. */
export function fanChart({ name, unit }: Measure, steps: readonly FanStep[]): Chart {
  const line = (pick: (step: FanStep) => number, how: Record<string, unknown>) => ({
    ...{ type: "line", symbol: "none", lineStyle: { width: 1, color: colour("blue") } },
    data: steps.map((step) => [step.step, pick(step)]),
    ...how,
  });
  const band = (low: (step: FanStep) => number, high: (step: FanStep) => number, name_: string) => [
    line(low, { stack: name_, lineStyle: { opacity: 0 } }),
    line((step) => high(step) - low(step), {
      ...{ stack: name_, lineStyle: { opacity: 0 } },
      areaStyle: { color: colour("blue"), opacity: 0.25 },
    }),
  ];
  const told = fanWords(unit, steps);
  return {
    id: "fan",
    title: `${name} over the steps`,
    description: `Median of ${name} over the steps, with bands from the 25th to the 75th and the 5th to the 95th percentile, and the highest of all runs. At the end: ${told}.`,
    caption: `Line: median of all runs. Bands: 25th to 75th and 5th to 95th percentile. Dashed: the highest. At the end: ${told}.`,
    height: 420,
    option: {
      grid: GRID,
      xAxis: {
        ...axisStyle("step"),
        type: "value",
        nameLocation: "middle",
        nameGap: 36,
        max: "dataMax",
        minInterval: 1,
        axisLabel: tickLabel(),
      },
      yAxis: etherAxis(metricAxis(unit)),
      series: [
        ...band(
          ({ p5 }) => p5,
          ({ p95 }) => p95,
          "outer",
        ),
        ...band(
          ({ p25 }) => p25,
          ({ p75 }) => p75,
          "inner",
        ),
        line(({ most }) => most, { lineStyle: { width: 2, type: "dashed", color: colour("loss") } }),
        line(({ p50 }) => p50, { lineStyle: { width: 3, color: colour("blue") } }),
      ],
    },
  };
}

/** What the tail of a measure is called: of collateral that is liquidated, liquidations at risk. */
interface TailNames {
  /** End of the picture's id; the measure that the sweep is about has none. */
  readonly id?: string;
  readonly risk: "VaR" | "LaR";
}

/** Counts of values in bins of one width: `[middle, count]`. */
function binsOf(values: readonly number[]): readonly (readonly [number, number])[] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = (high - low) / BINS || 1;
  const bins = Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - low) / width));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins.map((count, at) => [low + (at + 0.5) * width, count]);
}

/** How many runs came to which value, with the marks of the tail. */
export function distributionChart(
  values: readonly number[],
  tail: TailAnswer,
  { id, risk }: TailNames = { risk: "VaR" },
): Chart {
  const { name, unit } = tail.measure;
  const marks = [
    [`${risk} 95`, tail.var95.value],
    ["ES 95", tail.es95.value],
    [risk === "VaR" ? "Extreme VaR (99)" : "LaR 99", tail.var99.value],
    ["ES 99", tail.es99.value],
  ] as const;
  const told = marks.map(([mark, value]) => `${mark}: ${readable(value)} ${metricAxis(unit)}`).join(" · ");
  return {
    id: id === undefined ? "distribution" : `distribution-${id}`,
    title: `${risk === "VaR" ? "Distribution of" : "Liquidations at risk:"} ${name}`,
    description: `Histogram of ${name} over ${values.length} runs, with ${risk === "VaR" ? "value" : "liquidations"} at risk and expected shortfall: ${told}.`,
    caption: `${values.length} runs, by what they came to. ${told}. ${risk} 95: what 95 % of the runs do not exceed; ES 95: mean of the worst 5 %.`,
    height: 420,
    option: {
      grid: { ...GRID, top: 110 },
      xAxis: {
        ...axisStyle(`${name} [${metricAxis(unit)}]`),
        type: "value",
        nameLocation: "middle",
        nameGap: 36,
        scale: true,
        axisLabel: edgeLabel(),
      },
      yAxis: { ...axisStyle("runs"), type: "value", nameLocation: "middle", nameGap: 56, minInterval: 1 },
      series: {
        ...{ type: "bar", barWidth: Math.floor(950 / BINS), itemStyle: { color: colour("blue") } },
        data: binsOf(values),
        markLine: {
          // Marks stand where their values are; ECharts rounds them to two places otherwise.
          precision: 12,
          ...{ symbol: "none", silent: true, lineStyle: { color: colour("loss"), type: "dashed", width: 2 } },
          data: marks.map(([mark, value], at) => ({
            xAxis: value,
            label: { formatter: mark, color: colour("ink"), fontSize: TEXT.small, distance: 6 + 20 * at },
          })),
        },
      },
    },
  };
}

/** How far each parameter alone moves the mean of a measure. */
export function tornadoChart({ name, unit }: Measure, bars: readonly TornadoBar[]): Chart {
  const shown = [...bars].slice(0, 12).reverse();
  return {
    id: "tornado",
    title: `What moves ${name}`,
    description: `Mean of ${name} where each parameter is lowest and highest: ${bars.map(({ parameter, low, high }) => `${parameter} ${readable(low)} to ${readable(high)}`).join(", ")}.`,
    caption:
      "Mean where the parameter is lowest (circle) and highest (diamond), the others averaged out; with more than five values, in its lowest and its highest fifth.",
    height: 130 + 48 * shown.length,
    option: {
      grid: { ...GRID, left: 380, right: 250 },
      legend: sideLegend(["lowest", "highest"], "point"),
      xAxis: {
        ...axisStyle(metricAxis(unit)),
        type: "value",
        scale: true,
        nameLocation: "middle",
        nameGap: 36,
        axisLabel: edgeLabel(),
      },
      yAxis: {
        ...axisStyle(""),
        ...{ type: "category", data: shown.map(({ parameter }) => parameter) },
        // Clear of a sign that stands on the axis.
        axisLabel: { color: colour("ink"), fontSize: TEXT.small, margin: 18 },
      },
      series: (["low", "high"] as const).map((end) => ({
        ...{ type: "scatter", name: `${end}est`, symbol: end === "low" ? "circle" : "diamond", symbolSize: 18 },
        itemStyle: { color: colour(end === "low" ? "sky" : "loss") },
        data: shown.map((bar) => [bar[end], bar.parameter]),
        ...(end === "low"
          ? {
              markLine: {
                precision: 12,
                ...{ symbol: "none", silent: true, lineStyle: { color: colour("muted"), width: 4, type: "solid" } },
                data: shown.map(({ parameter, low, high }) => [
                  { coord: [low, parameter] },
                  { coord: [high, parameter] },
                ]),
              },
            }
          : {}),
      })),
    },
  };
}
