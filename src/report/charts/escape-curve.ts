import { formatPercent } from "../format/ether.ts";
import { formatDuration, timeUnitFor, toAxis } from "../format/time.ts";
import { readEscapeCurve, type EscapePoint } from "../story/escape-curve.ts";
import type { Story } from "../story/story.ts";

import { axisStyle } from "./axes.ts";
import { TEXT, type Chart } from "./picture.ts";
import { colour } from "./theme.ts";

/** From which latency on something escapes, in words. */
function beginning(points: readonly EscapePoint[]): string {
  const place = points.findIndex(({ escaped }) => escaped > 0n);
  const [before, from] = [points[place - 1], points[place]];
  if (from === undefined) return "Nothing escapes within these times.";
  if (before === undefined) return "Something escapes from the shortest of these times on.";
  return `Nothing escapes up to ${formatDuration(before.latency)}; from ${formatDuration(from.latency)} on something does.`;
}

/** Draws the share that escapes by how late the slash comes; null where a run has too few latencies for a curve. */
export function escapeCurve({ record }: Story): Chart | null {
  const points = readEscapeCurve(record);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const unit = timeUnitFor(last.latency);
  const ends = [first, last].map(
    ({ latency, escaped, leaving }) => `${formatPercent(escaped, leaving, 1)} at ${formatDuration(latency)}`,
  );
  return {
    id: "escape-curve",
    title: "Who escapes, by how late the slash comes",
    description: `Share of the leaving stake that escaped, by time from fault to slash: ${ends.join(" and ")}.`,
    caption: `Share of what was leaving, by how long the slash took: ${ends.join(", ")}. ${beginning(points)}`,
    height: 440,
    option: {
      grid: { left: 86, right: 40, top: 52, bottom: 68 },
      xAxis: {
        ...axisStyle(`from fault to slash [${unit.name}]`),
        type: "value",
        min: 0,
        nameLocation: "middle",
        nameGap: 36,
        splitLine: { show: false },
      },
      yAxis: {
        ...axisStyle("leaving stake that escapes [%]"),
        nameTextStyle: { color: colour("muted"), fontSize: TEXT.small, align: "left" },
        type: "value",
        min: 0,
        max: 100,
        axisLine: { show: false },
      },
      series: [
        {
          type: "line",
          symbol: "circle",
          symbolSize: 11,
          color: colour("blue"),
          lineStyle: { width: 4 },
          data: points.map(({ latency, escaped, leaving }) => [
            toAxis(latency, unit),
            Number((escaped * 1_000_000n) / leaving) / 10_000,
          ]),
        },
      ],
    },
  };
}
