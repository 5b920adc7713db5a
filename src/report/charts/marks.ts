import { toAxis, type TimeUnit } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";

import { colour } from "./theme.ts";

/** More lines would be a fence before the picture. */
const MOST_MARKS = 8;

/** Dashed upright lines at the slashes of a picture over time. */
export function slashMarks(record: RunRecord, unit: TimeUnit): Record<string, unknown> {
  const instants = [...new Set(record.slashes.map(({ time }) => time))];
  const shown = instants.length <= MOST_MARKS ? instants : [];
  return {
    symbol: "none",
    silent: true,
    label: { show: false },
    lineStyle: { color: colour("ink"), type: "dashed", width: 2 },
    data: shown.map((time) => ({ xAxis: toAxis(time, unit) })),
  };
}
