import { etherAxis, priceNumber } from "../axes.ts";
import { TEXT, type Chart } from "../picture.ts";
import { colour } from "../theme.ts";
import { drawTwinLines, type Twin } from "../twin-lines.ts";
import { drawnNumber } from "./time-lines.ts";

/** Draws one number of the DeFi layer of several twins over time, on one axis. */
export function twinSeries(twins: readonly Twin[], id: string): Chart {
  const { label = id, subject = id, unit = "", decimals = 18 } = twins[0]?.record.defi?.series[id] ?? {};
  const axisLabel = { color: colour("ink"), fontSize: TEXT.small, formatter: priceNumber };
  return drawTwinLines(twins, {
    id: id.replace(/[^A-Za-z0-9]+/g, "-"),
    title: `${subject}: ${label}`,
    at: (row) => drawnNumber(row?.defi?.[id], decimals),
    end: (row) => `${priceNumber(drawnNumber(row?.defi?.[id], decimals))} ${unit}`,
    yAxis: { ...etherAxis(unit), scale: true, axisLabel },
  });
}
