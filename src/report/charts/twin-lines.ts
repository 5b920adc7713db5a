import { formatMetric, metricAxis, toMetricNumber } from "../format/metric.ts";
import { timeUnitFor, toAxis } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";

import { etherAxis, sideLegend, timeAxis } from "./axes.ts";
import type { Chart } from "./picture.ts";
import { thinRows } from "./rows.ts";
import { category } from "./theme.ts";

/** One run of a set of twins, under the name that its line has. */
export interface Twin {
  readonly name: string;
  readonly record: RunRecord;
}

/** Draws one metric of several twins over time, on one axis. */
export function twinLines(twins: readonly Twin[], metric: string): Chart {
  const { unit = "count", description = metric } = twins[0]?.record.metrics[metric] ?? {};
  const end = twins.reduce((most, { record }) => {
    const last = BigInt(record.rows.at(-1)?.time ?? "0");
    return last > most ? last : most;
  }, 0n);
  const time = timeUnitFor(end);
  const ends = twins.map(
    ({ name, record }) => `${name} ${formatMetric(record.rows.at(-1)?.metrics[metric] ?? "0", unit)}`,
  );
  return {
    id: `twins-${metric}`,
    title: description,
    description: `${description} over time, a line for each twin. At the end: ${ends.join(", ")}.`,
    caption: `At the end: ${ends.join(" · ")}.`,
    height: 420,
    option: {
      grid: { left: 90, right: 250, top: 40, bottom: 64 },
      legend: sideLegend(
        twins.map(({ name }) => name),
        "line",
      ),
      xAxis: timeAxis(time, { min: 0, max: toAxis(end, time) }),
      yAxis: { ...etherAxis(metricAxis(unit)), scale: true },
      series: twins.map(({ name, record }, place) => ({
        type: "line",
        name,
        symbol: "none",
        step: "end",
        color: category(place),
        // Twins that agree lie upon each other: thinner lines on top show both.
        lineStyle: { width: 2 + Math.min(twins.length - 1 - place, 4) },
        data: thinRows(record).map((row) => [toAxis(row.time, time), toMetricNumber(row.metrics[metric] ?? "0", unit)]),
      })),
    },
  };
}
