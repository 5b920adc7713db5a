import { formatMetric, metricAxis, toMetricNumber } from "../format/metric.ts";
import { timeUnitFor, toAxis } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";

import { etherAxis, sideLegend, timeAxis } from "./axes.ts";
import type { Chart } from "./picture.ts";
import { thinRows } from "./rows.ts";
import { CATEGORIES, category } from "./theme.ts";

/** One run of a set of twins, under the name that its line has. */
export interface Twin {
  readonly name: string;
  readonly record: RunRecord;
}

/** One number of several twins over time. */
export interface TwinNumber {
  /** Safe as part of a file name. */
  readonly id: string;
  readonly title: string;
  /** The number in a row, as its axis wants it. */
  readonly at: (row: RunRecord["rows"][number] | undefined) => number;
  /** What a twin came to, for readers. */
  readonly end: (row: RunRecord["rows"][number] | undefined) => string;
  readonly yAxis: object;
}

/** Lines of those who share the last colour: dashes tell them apart. */
const DASHES = ["solid", "dashed", "dotted", [12, 4, 2, 4], [2, 8]] as const;

/** Line of the nth twin. Twins that agree lie upon each other: thinner lines on top show both. */
function lineStyle(place: number, count: number): object {
  const type = DASHES[Math.max(0, place - CATEGORIES.length + 1) % DASHES.length];
  return { width: 2 + Math.min(count - 1 - place, 4), type };
}

/** Draws one number of several twins over time, on one axis. */
export function drawTwinLines(twins: readonly Twin[], { id, title, at, end, yAxis }: TwinNumber): Chart {
  const last = twins.reduce((most, { record }) => {
    const time = BigInt(record.rows.at(-1)?.time ?? "0");
    return time > most ? time : most;
  }, 0n);
  const unit = timeUnitFor(last);
  const ends = twins.map(({ name, record }) => `${name} ${end(record.rows.at(-1))}`);
  return {
    id: `twins-${id}`,
    title,
    description: `${title} over time, a line for each twin. At the end: ${ends.join(", ")}.`,
    caption: `At the end: ${ends.join(" · ")}.`,
    height: 420,
    option: {
      grid: { left: 90, right: 250, top: 40, bottom: 64 },
      legend: sideLegend(
        twins.map(({ name }) => name),
        "line",
      ),
      xAxis: timeAxis(unit, { min: 0, max: toAxis(last, unit) }),
      yAxis,
      series: twins.map(({ name, record }, place) => ({
        type: "line",
        name,
        symbol: "none",
        step: "end",
        color: category(place),
        lineStyle: lineStyle(place, twins.length),
        data: thinRows(record).map((row) => [toAxis(row.time, unit), at(row)]),
      })),
    },
  };
}

/** Draws one metric of several twins over time, on one axis. */
export function twinLines(twins: readonly Twin[], metric: string): Chart {
  const { unit = "count", description = metric } = twins[0]?.record.metrics[metric] ?? {};
  return drawTwinLines(twins, {
    id: metric,
    title: description,
    at: (row) => toMetricNumber(row?.metrics[metric] ?? "0", unit),
    end: (row) => formatMetric(row?.metrics[metric] ?? "0", unit),
    yAxis: { ...etherAxis(metricAxis(unit)), scale: true },
  });
}
