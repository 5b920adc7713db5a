import { timeUnitFor, toAxis } from "../../format/time.ts";
import type { RunRecord } from "../../run-record.ts";
import type { Story } from "../../story/story.ts";
import { etherAxis, priceNumber, sideLegend, timeAxis } from "../axes.ts";
import { TEXT, type Chart } from "../picture.ts";
import { thinRows } from "../rows.ts";
import { category, colour } from "../theme.ts";

/** A line of a picture over time. */
export interface TimeLine {
  readonly id: string;
  readonly name: string;
  /** Drawn quietly, as a reference. */
  readonly dashed?: boolean;
  /** Place of the line whose colour it has: dashed, but not one reference of all. */
  readonly like?: number;
}

/** What a picture of lines over time says of itself. */
export interface TimeLines extends Omit<Chart, "height" | "option"> {
  readonly axis: string;
  readonly lines: readonly TimeLine[];
  /** Multiplies what is drawn: 100 for percentages. */
  readonly scale?: number;
  readonly height?: number;
  /** Whether the axis begins at zero. */
  readonly fromZero?: boolean;
  /** Drawn across, dashed: what the lines should not pass. */
  readonly limit?: number;
}

/** A number of a row as a picture wants it. */
export function drawnNumber(value: string | undefined, decimals: number): number {
  return Number(value ?? 0) / 10 ** decimals;
}

/** Ids of a group's series, by subject where one is asked for. */
export function seriesIds(record: RunRecord, group: string, subject?: string): readonly string[] {
  return Object.entries(record.defi?.series ?? {})
    .filter(([, series]) => series.group === group && (subject === undefined || series.subject === subject))
    .map(([id]) => id);
}

/** Whether a series is ever anything but zero. */
export function everMoves(record: RunRecord, id: string): boolean {
  return record.rows.some(({ defi }) => (defi?.[id] ?? "0") !== "0");
}

/** Labels of a price axis. */
const PRICES = { color: colour("ink"), fontSize: TEXT.small, formatter: priceNumber };

/** A dashed line across at a height. */
const across = (height: number): Record<string, unknown> => ({
  symbol: "none",
  silent: true,
  label: { show: false },
  lineStyle: { color: colour("loss"), type: "dashed", width: 2 },
  data: [{ yAxis: height }],
});

/** Draws lines of the rows' DeFi part over time. */
export function timeLines({ record, end }: Story, picture: TimeLines): Chart {
  const { axis, lines, scale = 1, height = 440, fromZero = false, limit, ...rest } = picture;
  const unit = timeUnitFor(end);
  const rows = thinRows(record);
  const solid = lines.filter(({ dashed }) => dashed !== true).length;
  return {
    ...rest,
    height,
    option: {
      grid: { left: 92, right: 310, top: 44, bottom: 64 },
      legend: {
        ...sideLegend(
          lines.map(({ name }) => name),
          "line",
        ),
        left: 908,
      },
      xAxis: timeAxis(unit, { min: 0, max: toAxis(end, unit) }),
      yAxis: { ...etherAxis(axis), scale: !fromZero, axisLabel: PRICES },
      series: lines.map(({ id, name, dashed = false, like }, place) => ({
        type: "line",
        name,
        symbol: "none",
        z: dashed ? 4 : 3,
        step: "end",
        color: dashed && like === undefined ? colour("muted") : category(like ?? place),
        lineStyle: {
          // Lines that agree lie upon each other: thinner ones on top show both.
          width: dashed ? 2 : 2.5 + 1.6 * Math.max(0, solid - 1 - place),
          type: dashed ? (id.includes("/average/") ? "dotted" : "dashed") : "solid",
        },
        data: rows.map(({ time, defi }) => [
          toAxis(time, unit),
          drawnNumber(defi?.[id], record.defi?.series[id]?.decimals ?? 18) * scale,
        ]),
        ...(limit !== undefined && place === 0 ? { markLine: across(limit) } : {}),
      })),
    },
  };
}
