import type { TornadoBar } from "../../analysis/statistics/sensitivity.ts";
import { axisStyle, etherAxis } from "../../report/charts/axes.ts";
import { TEXT, type Chart } from "../../report/charts/picture.ts";
import { colour } from "../../report/charts/theme.ts";
import { metricAxis } from "../../report/format/metric.ts";
import type { TailAnswer } from "../answers/answer-sweep.ts";
import type { Measure } from "../answers/read-results.ts";

/** Percentiles of a measure after one step. */
export interface FanStep {
  readonly step: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

const GRID = { left: 110, right: 60, top: 48, bottom: 64 };
const BINS = 30;

/** Percentiles of a measure over the steps: the median and two bands. */
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
  return {
    id: "fan",
    title: `${name} over the steps`,
    description: `Median of ${name} over the steps, with bands from the 25th to the 75th and the 5th to the 95th percentile.`,
    caption: "Line: median of all runs. Bands: 25th to 75th and 5th to 95th percentile.",
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
        line(({ p50 }) => p50, { lineStyle: { width: 3, color: colour("blue") } }),
      ],
    },
  };
}

/** How many runs came to which value, with the marks of the tail. */
export function distributionChart({ name, unit }: Measure, values: readonly number[], tail: TailAnswer): Chart {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = (high - low) / BINS || 1;
  const bins = Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - low) / width));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const marks = [
    ["VaR 95", tail.var95.value],
    ["ES 95", tail.es95.value],
    ["VaR 99", tail.var99.value],
    ["ES 99", tail.es99.value],
  ] as const;
  return {
    id: "distribution",
    title: `Distribution of ${name}`,
    description: `Histogram of ${name} over ${values.length} runs, with value at risk and expected shortfall.`,
    caption: `n = ${values.length}. ${marks.map(([mark, value]) => `${mark}: ${Number(value.toPrecision(4))}`).join(" · ")} ${metricAxis(unit)}.`,
    height: 420,
    option: {
      grid: { ...GRID, top: 110 },
      xAxis: { ...axisStyle(metricAxis(unit)), type: "value", nameLocation: "middle", nameGap: 36, scale: true },
      yAxis: etherAxis("runs"),
      series: {
        ...{ type: "bar", barWidth: Math.floor(950 / BINS), itemStyle: { color: colour("blue") } },
        data: bins.map((count, at) => [low + (at + 0.5) * width, count]),
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
    description: `Mean of ${name} where each parameter is lowest and highest: ${bars.map(({ parameter, low, high }) => `${parameter} ${low} to ${high}`).join(", ")}.`,
    caption:
      "Mean where the parameter is lowest (light) and highest (dark), the others averaged out; with more than five values, in its lowest and its highest fifth.",
    height: 130 + 48 * shown.length,
    option: {
      grid: { ...GRID, left: 380 },
      xAxis: { ...axisStyle(metricAxis(unit)), type: "value", scale: true, nameLocation: "middle", nameGap: 36 },
      yAxis: { ...axisStyle(""), type: "category", data: shown.map(({ parameter }) => parameter) },
      series: (["low", "high"] as const).map((end) => ({
        ...{ type: "scatter", symbolSize: 18 },
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
