import { formatPercent } from "../format/ether.ts";
import { compareBigint } from "../format/text.ts";
import { formatDuration, timeUnitFor, toAxis } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";
import { sum } from "../story/sums.ts";
import type { Story } from "../story/story.ts";

import { axisStyle } from "./axes.ts";
import { TEXT, type Chart } from "./picture.ts";
import { colour } from "./theme.ts";

const FEWEST_LATENCIES = 4;

/** How much of what tried to leave escaped a slash that came `latency` seconds after its fault. */
export interface EscapePoint {
  readonly latency: bigint;
  readonly escaped: bigint;
  readonly leaving: bigint;
}

/** Reads the escape curve: one point for each latency, over all cases with it. */
export function readEscapeCurve(record: RunRecord): EscapePoint[] {
  const slashes = new Map(record.slashes.map((slash) => [slash.id, slash]));
  const points = new Map<bigint, EscapePoint>();
  for (const item of record.cases) {
    const slash = slashes.get(item.slash ?? "");
    if (slash === undefined) continue;
    const latency = BigInt(slash.time) - BigInt(item.faultAt);
    const known = points.get(latency) ?? { latency, escaped: 0n, leaving: 0n };
    const concerned = record.exits.filter(
      ({ hitBy, escaped }) => hitBy.includes(slash.id) || escaped.some((miss) => miss.slash === slash.id),
    );
    const free = concerned.filter(({ escaped }) => escaped.some((miss) => miss.slash === slash.id));
    points.set(latency, {
      latency,
      escaped: known.escaped + sum(free.map(({ requested }) => BigInt(requested))),
      leaving: known.leaving + sum(concerned.map(({ requested }) => BigInt(requested))),
    });
  }
  return [...points.values()].filter(({ leaving }) => leaving > 0n).sort((a, b) => compareBigint(a.latency, b.latency));
}

/** Draws the share that escapes by how late the slash comes; null where a run has too few latencies for a curve. */
export function escapeCurve({ record }: Story): Chart | null {
  const points = readEscapeCurve(record);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < FEWEST_LATENCIES) return null;
  const unit = timeUnitFor(last.latency);
  const ends = [first, last].map(
    ({ latency, escaped, leaving }) => `${formatPercent(escaped, leaving, 1)} at ${formatDuration(latency)}`,
  );
  return {
    id: "escape-curve",
    title: "Who escapes, by how late the slash comes",
    description: `Share of the leaving stake that escaped, by time from fault to slash: ${ends.join(" and ")}.`,
    caption: "The later the slash, the more of what leaves gets away.",
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
