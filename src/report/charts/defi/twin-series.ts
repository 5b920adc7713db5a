import { timeUnitFor, toAxis } from "../../format/time.ts";
import { etherAxis, priceNumber, sideLegend, timeAxis } from "../axes.ts";
import { TEXT, type Chart } from "../picture.ts";
import { thinRows } from "../rows.ts";
import { category, colour } from "../theme.ts";
import type { Twin } from "../twin-lines.ts";
import { drawnNumber } from "./time-lines.ts";

/** Draws one number of the DeFi layer of several twins over time, on one axis. */
export function twinSeries(twins: readonly Twin[], id: string): Chart {
  const { label = id, subject = id, unit = "", decimals = 18 } = twins[0]?.record.defi?.series[id] ?? {};
  const end = twins.reduce((most, { record }) => {
    const last = BigInt(record.rows.at(-1)?.time ?? "0");
    return last > most ? last : most;
  }, 0n);
  const time = timeUnitFor(end);
  const ends = twins.map(({ name, record }) => {
    return `${name} ${priceNumber(drawnNumber(record.rows.at(-1)?.defi?.[id], decimals))} ${unit}`;
  });
  const title = `${subject}: ${label}`;
  return {
    id: `twins-${id.replace(/[^A-Za-z0-9]+/g, "-")}`,
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
      xAxis: timeAxis(time, { min: 0, max: toAxis(end, time) }),
      yAxis: {
        ...etherAxis(unit),
        scale: true,
        axisLabel: { color: colour("ink"), fontSize: TEXT.small, formatter: priceNumber },
      },
      series: twins.map(({ name, record }, place) => ({
        type: "line",
        name,
        symbol: "none",
        step: "end",
        color: category(place),
        // Twins that agree lie upon each other: thinner lines on top show both.
        lineStyle: { width: 2 + 1.5 * (twins.length - 1 - place) },
        data: thinRows(record).map((row) => [toAxis(row.time, time), drawnNumber(row.defi?.[id], decimals)]),
      })),
    },
  };
}
