import { formatPercent } from "../format/ether.ts";
import { shorten } from "../format/text.ts";
import { timeUnitFor, toAxis, type TimeUnit } from "../format/time.ts";
import type { RunRow } from "../run-record.ts";
import { depthPpm, type SecurityFall } from "../story/security.ts";
import type { Story } from "../story/story.ts";

import { axisStyle, sideLegend, timeAxis } from "./axes.ts";
import { slashMarks } from "./marks.ts";
import { TEXT, type Chart } from "./picture.ts";
import { thinRows } from "./rows.ts";
import { category, colour } from "./theme.ts";

const MOST_LINES = 4;
/** Wide to narrow, so that lines which coincide still show. */
const WIDTHS = [8, 5.5, 3.5, 2];

/** Draws how far the hardest-hit sets' security fell, as a share of what it was; null where nothing fell. */
export function securityFall(story: Story): Chart | null {
  const falls = story.security.filter((fall) => fall.before > 0n && depthPpm(fall) > 0n).slice(0, MOST_LINES);
  if (falls.length === 0) return null;
  const unit = timeUnitFor(story.end);
  const words = falls.map((fall) => `${shorten(fall.set, 24)} to ${formatPercent(fall.lowest, fall.before, 1)}`);
  const rows = thinRows(story.record);
  return {
    id: "security-fall",
    title: "How far security fell",
    description: `Slashable stake over time as a share of what it was before the trouble began. Lowest points: ${words.join(", ")}.`,
    caption:
      "Slashable stake as a share of what it was just before the first fault. Dashed upright lines mark the slashes.",
    height: 480,
    option: {
      grid: { left: 78, right: 250, top: 52, bottom: 64 },
      legend: sideLegend(
        falls.map(({ set }) => shorten(set, 19)),
        "line",
      ),
      xAxis: timeAxis(unit, { min: 0, max: toAxis(story.end, unit) }),
      yAxis: {
        ...axisStyle("share of security before [%]"),
        nameTextStyle: { color: colour("muted"), fontSize: TEXT.small, align: "left" },
        type: "value",
        min: 0,
        axisLine: { show: false },
      },
      series: falls.map((fall, place) => ({
        ...fallSeries(fall, { rows, unit, place }),
        ...(place === 0 ? { markLine: slashMarks(story.record, unit) } : {}),
      })),
    },
  };
}

function fallSeries(
  fall: SecurityFall,
  { rows, unit, place }: { rows: readonly RunRow[]; unit: TimeUnit; place: number },
) {
  return {
    type: "line",
    name: shorten(fall.set, 19),
    step: "end",
    symbol: "none",
    color: category(place),
    lineStyle: { width: WIDTHS[place] ?? 2, type: place % 2 === 0 ? "solid" : [10, 5] },
    data: rows.map((row) => [
      toAxis(row.time, unit),
      Number((BigInt(row.security[fall.set] ?? 0) * 1_000_000n) / fall.before) / 10_000,
    ]),
  };
}
