import { timeUnitFor, toAxis, type TimeUnit } from "../../format/time.ts";
import type { RunRecord, RunRow } from "../../run-record.ts";
import type { Story } from "../../story/story.ts";
import { etherAxis, priceNumber, sideLegend, timeAxis } from "../axes.ts";
import type { Marks } from "../events.ts";
import { LOWER_PANEL, MAIN_PANEL, stackPanels, type Panel } from "../panels.ts";
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
  /** What is drawn of a row, where that is not the series of its id; null leaves a gap. */
  readonly at?: (row: RunRow) => number | null;
}

/** Lines upon one upright axis. */
export interface TimePanel {
  readonly axis: string;
  readonly lines: readonly TimeLine[];
  /** Multiplies what is drawn: 100 for percentages. */
  readonly scale?: number;
  /** Whether the axis begins at zero. */
  readonly fromZero?: boolean;
  /** Drawn across, dashed: what the lines should not pass. */
  readonly limit?: number;
}

/** What a picture of lines over time says of itself. */
export interface TimeLines extends Omit<Chart, "height" | "option">, TimePanel {
  /** Stands below, upon the same axis of time. */
  readonly below?: TimePanel;
  /** Upright lines at what happened. */
  readonly marks?: Marks | undefined;
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

/** Lines that agree lie upon each other: thinner ones on top show both. */
function styleOf({ id, dashed = false }: TimeLine, above: number): Record<string, unknown> {
  return {
    width: dashed ? 2 : 2.5 + 1.6 * Math.max(0, above),
    type: dashed ? (id.includes("/average/") ? "dotted" : "dashed") : "solid",
  };
}

interface Drawn {
  readonly record: RunRecord;
  readonly rows: readonly RunRow[];
  readonly unit: TimeUnit;
}

function drawPanel({ axis, lines, scale = 1, fromZero = false, limit }: TimePanel, { record, rows, unit }: Drawn) {
  const solid = lines.filter(({ dashed }) => dashed !== true).length;
  const number = ({ id, at }: TimeLine, row: RunRow): number | null =>
    at === undefined ? drawnNumber(row.defi?.[id], record.defi?.series[id]?.decimals ?? 18) : at(row);
  return {
    axis: { ...etherAxis(axis), scale: !fromZero, axisLabel: PRICES },
    series: lines.map((line, place) => ({
      type: "line",
      name: line.name,
      symbol: "none",
      z: line.dashed === true ? 4 : 3,
      step: "end",
      color: line.dashed === true && line.like === undefined ? colour("muted") : category(line.like ?? place),
      lineStyle: styleOf(line, solid - 1 - place),
      data: rows.map((row) => {
        const value = number(line, row);
        return [toAxis(row.time, unit), value === null ? null : value * scale];
      }),
      ...(limit !== undefined && place === 0 ? { markLine: across(limit) } : {}),
    })),
  };
}

/** The marks, on a line of their own: they need none of the picture's. Numbers stand above the uppermost panel alone. */
function marked(marks: Marks | undefined, isUpper: boolean): readonly Record<string, unknown>[] {
  if (marks === undefined) return [];
  const bare = marks.data.map((mark) => ({ ...mark, label: { show: false } }));
  return [{ type: "line", data: [], markLine: isUpper ? marks : { ...marks, data: bare } }];
}

/** Draws lines of the rows' DeFi part over time. */
export function timeLines({ record, end }: Story, picture: TimeLines): Chart {
  const { id, title, description, caption, below, marks } = picture;
  const unit = timeUnitFor(end);
  const drawn = { record, rows: thinRows(record), unit };
  const shown: readonly TimePanel[] = below === undefined ? [picture] : [picture, below];
  const panels = shown.map((panel, place): Panel => {
    const { axis, series } = drawPanel(panel, drawn);
    return { axis, series: [...series, ...marked(marks, place === 0)], height: place === 0 ? MAIN_PANEL : LOWER_PANEL };
  });
  const { height, option } = stackPanels(panels, {
    xAxis: timeAxis(unit, { min: 0, max: toAxis(end, unit) }),
    right: 310,
    numbered: marks !== undefined,
  });
  const names = shown.flatMap(({ lines }) => lines.map(({ name }) => name));
  return {
    ...{ id, title, description, caption, height },
    option: { ...option, legend: { ...sideLegend(names, "line"), left: 908 } },
  };
}
