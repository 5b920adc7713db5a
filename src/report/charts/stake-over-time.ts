import { formatEtherShort, toEtherNumber } from "../format/ether.ts";
import { compareBigint, compareText, plural, shorten } from "../format/text.ts";
import { timeUnitFor, toAxis, type TimeUnit } from "../format/time.ts";
import type { RunRecord, RunRow } from "../run-record.ts";
import { rowBeforeTrouble } from "../story/security.ts";
import { sum } from "../story/sums.ts";
import type { Story } from "../story/story.ts";

import { etherAxis, sideLegend, timeAxis } from "./axes.ts";
import { slashMarks } from "./marks.ts";
import type { Chart } from "./picture.ts";
import { thinRows } from "./rows.ts";
import { CATEGORIES, category } from "./theme.ts";

interface Band {
  readonly name: string;
  readonly sets: readonly string[];
}

/** Draws the slashable stake of every operator set over time, stacked, the largest at the bottom. */
export function stakeOverTime(story: Story): Chart {
  const { record } = story;
  const rows = thinRows(record);
  const unit = timeUnitFor(story.end);
  const bands = readBands(record);
  const first = record.rows[0];
  const last = record.rows.at(-1);
  return {
    id: "stake-over-time",
    title: "Stake behind each AVS",
    description: `Slashable stake of ${plural(record.operatorSets.length, "operator set")} over time, stacked: together ${formatEtherShort(totalOf(first))} at the start and ${formatEtherShort(totalOf(last))} at the end. Dashed lines mark the slashes.`,
    caption:
      "Slashable stake of every operator set, stacked, the largest at the bottom. Dashed lines mark the slashes; ✗ marks the sets that slashed.",
    height: 560,
    option: {
      grid: { left: 78, right: 250, top: 52, bottom: 64 },
      legend: sideLegend(bands.map(({ name }) => name).reverse(), "area"),
      xAxis: timeAxis(unit, { min: 0, max: toAxis(story.end, unit) }),
      yAxis: etherAxis("slashable stake [ETH]"),
      series: bands.map((band, place) => ({
        ...bandSeries(band, { rows, unit, place }),
        ...(place === 0 ? { markLine: slashMarks(record, unit) } : {}),
      })),
    },
  };
}

function bandSeries(band: Band, { rows, unit, place }: { rows: readonly RunRow[]; unit: TimeUnit; place: number }) {
  const color = category(place);
  return {
    type: "line",
    name: band.name,
    stack: "stake",
    step: "end",
    symbol: "none",
    color,
    lineStyle: { width: 1.5 },
    areaStyle: { color, opacity: 0.72 },
    data: rows.map((row) => [
      toAxis(row.time, unit),
      toEtherNumber(sum(band.sets.map((set) => BigInt(row.security[set] ?? 0)))),
    ]),
  };
}

function readBands(record: RunRecord): Band[] {
  const start = rowBeforeTrouble(record)?.security ?? {};
  const slashed = new Set(record.slashes.map(({ set }) => set));
  const byStake = (a: string, b: string): number =>
    compareBigint(BigInt(start[b] ?? 0), BigInt(start[a] ?? 0)) || compareText(a, b);
  const ordered = record.operatorSets
    .map(({ id }) => id)
    .sort((a, b) => Number(slashed.has(b)) - Number(slashed.has(a)) || byStake(a, b));
  const room = ordered.length <= CATEGORIES.length ? ordered.length : CATEGORIES.length - 1;
  const bands = ordered
    .slice(0, room)
    .sort(byStake)
    .map((id) => ({ name: `${shorten(id, 17)}${slashed.has(id) ? " ✗" : ""}`, sets: [id] }));
  const rest = ordered.slice(room);
  return rest.length === 0 ? bands : [...bands, { name: `${rest.length.toString()} others`, sets: rest }];
}

function totalOf(row: RunRow | undefined): bigint {
  return sum(Object.values(row?.security ?? {}).map(BigInt));
}
