import { formatEtherShort, toEtherNumber } from "../format/ether.ts";
import { formatDuration, timeUnitFor, toAxis } from "../format/time.ts";
import type { Story } from "../story/story.ts";

import { axisStyle, etherAxis, tickLabel } from "./axes.ts";
import type { Chart } from "./picture.ts";
import { colour } from "./theme.ts";

/** Draws how much more a slash would have caught, had it come earlier; null where nothing was missed. */
export function detectionCurve({ detection }: Story): Chart | null {
  const last = detection.missed.at(-1);
  if (last === undefined) return null;
  const unit = timeUnitFor(last.earlierBy);
  const points = detection.missed.map((exit) => [toAxis(exit.earlierBy, unit), toEtherNumber(exit.cumulative)]);
  const end = toAxis((last.earlierBy * 21n) / 20n + 1n, unit);
  return {
    id: "shorter-detection",
    title: "What a shorter detection would have saved",
    description: `Ether that an earlier slash would have caught, by how much earlier: up to ${formatEtherShort(detection.total)} at ${formatDuration(last.earlierBy)} earlier.`,
    caption:
      "Read it from left to right: had each slash come so much earlier, this much more of what left would have been hit.",
    height: 420,
    option: {
      grid: { left: 86, right: 40, top: 52, bottom: 68 },
      xAxis: {
        ...axisStyle(`slash earlier by [${unit.name}]`),
        type: "value",
        min: 0,
        max: end,
        nameLocation: "middle",
        nameGap: 36,
        splitLine: { show: false },
        axisLabel: tickLabel(),
      },
      yAxis: etherAxis("more ether caught [ETH]"),
      series: [
        {
          type: "line",
          step: "end",
          symbol: "circle",
          symbolSize: 9,
          color: colour("green"),
          lineStyle: { width: 4 },
          areaStyle: { color: colour("green"), opacity: 0.25 },
          data: [[0, 0], ...points, [end, toEtherNumber(last.cumulative)]],
        },
      ],
    },
  };
}
