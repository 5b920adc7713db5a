import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts/types/dist/echarts";

import { plural, shorten } from "../format/text.ts";
import { formatInstant, timeUnitFor, toAxis, type TimeUnit } from "../format/time.ts";
import type { Story } from "../story/story.ts";

import { timeAxis } from "./axes.ts";
import { slashMarks } from "./marks.ts";
import { TEXT, type Chart } from "./picture.ts";
import { colour, type ColourName } from "./theme.ts";
import { readLanes, type Lane, type MomentKind, type WindowKind } from "./timeline-lanes.ts";

const LANE_HEIGHT = 44;

const WINDOWS: Readonly<Record<WindowKind, { readonly name: string; readonly colour: ColourName; readonly opacity: number }>> = {
  undetected: { name: "fault not yet reported", colour: "vermilion", opacity: 0.8 },
  veto: { name: "veto window", colour: "amber", opacity: 0.8 },
  executable: { name: "executable until expiry", colour: "sky", opacity: 0.8 },
  slashable: { name: "leaving, still slashable", colour: "blue", opacity: 0.8 },
  waiting: { name: "safe, not yet taken out", colour: "grey", opacity: 0.45 },
};

/** Draws every case's and exit's windows over time, with the slashes across them; null where there is neither. */
export function slashTimeline(story: Story): Chart | null {
  const lanes = readLanes(story);
  if (lanes.length === 0) return null;
  const range = readRange(story, lanes);
  const unit = timeUnitFor(range.to - range.from);
  const slashes = story.record.slashes.map((slash) => `${shorten(slash.id, 24)} at ${formatInstant(slash.time)}`);
  return {
    id: "slash-timeline",
    title: "Slash timeline",
    description: `Windows over time: ${plural(story.record.cases.length, "case")} and the exits that a slash hit or missed. Slashes: ${slashes.length === 0 ? "none" : slashes.join(", ")}. ${lanes.map((lane) => `${lane.label}: ${lane.outcome}`).join("; ")}.`,
    height: 150 + lanes.length * LANE_HEIGHT,
    option: {
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 18, itemHeight: 12, itemGap: 20, textStyle: { color: colour("ink"), fontSize: TEXT.small } },
      grid: { left: 280, right: 270, top: 66, bottom: 64 },
      xAxis: timeAxis(unit, { min: toAxis(range.from, unit), max: toAxis(range.to, unit) }),
      yAxis: [laneAxis(lanes.map(({ label }) => label), "left"), laneAxis(lanes.map(({ outcome }) => outcome), "right")],
      series: [...windowSeries(lanes, unit), momentSeries(lanes, unit), { type: "line", data: [], markLine: slashMarks(story.record, unit) }],
    },
  };
}

function readRange({ record, end }: Story, lanes: readonly Lane[]): { readonly from: bigint; readonly to: bigint } {
  const instants = [
    ...lanes.flatMap((lane) => lane.windows.flatMap(({ from, to }) => [from, to])),
    ...record.slashes.map(({ time }) => BigInt(time)),
  ];
  const from = instants.reduce((least, instant) => (instant < least ? instant : least), end);
  const to = instants.reduce((most, instant) => (instant > most ? instant : most), 0n);
  const margin = (to - from) / 40n + 1n;
  return { from: from > margin ? from - margin : 0n, to: to + margin };
}

function laneAxis(labels: readonly string[], position: "left" | "right"): Record<string, unknown> {
  return {
    type: "category",
    inverse: true,
    position,
    data: labels.map((label) => ({ value: label })),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: position === "left", lineStyle: { color: colour("grid") } },
    axisLabel: {
      interval: 0,
      margin: 14,
      width: 250,
      overflow: "truncate",
      color: colour("ink"),
      fontSize: TEXT.small,
      fontWeight: position === "right" ? 600 : 400,
    },
  };
}

function windowSeries(lanes: readonly Lane[], unit: TimeUnit): Record<string, unknown>[] {
  return Object.entries(WINDOWS).map(([kind, style]) => ({
    type: "custom",
    name: style.name,
    color: colour(style.colour),
    silent: true,
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => drawWindow(api, style),
    data: lanes.flatMap((lane, place) =>
      lane.windows.filter((item) => item.kind === kind).map(({ from, to }) => [place, toAxis(from, unit), toAxis(to, unit)]),
    ),
    encode: { x: [1, 2], y: 0 },
  }));
}

function drawWindow(api: CustomSeriesRenderItemAPI, style: { readonly colour: ColourName; readonly opacity: number }) {
  const [left = 0, middle = 0] = api.coord([api.value(1), api.value(0)]);
  const [right = 0] = api.coord([api.value(2), api.value(0)]);
  return {
    type: "rect" as const,
    shape: { x: left, y: middle - 11, width: Math.max(3, right - left), height: 22, r: 3 },
    style: { fill: colour(style.colour), opacity: style.opacity },
  };
}

const MOMENTS: readonly MomentKind[] = ["fault", "closed", "vetoed", "last"];

function momentSeries(lanes: readonly Lane[], unit: TimeUnit): Record<string, unknown> {
  return {
    type: "custom",
    silent: true,
    z: 5,
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => drawMoment(api),
    data: lanes.flatMap((lane, place) =>
      lane.moments.map(({ kind, at }) => [place, toAxis(at, unit), MOMENTS.indexOf(kind)]),
    ),
    encode: { x: 1, y: 0 },
  };
}

function drawMoment(api: CustomSeriesRenderItemAPI) {
  const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
  const kind = MOMENTS[Number(api.value(2))] ?? "last";
  const style = { fill: colour("ink"), stroke: colour("surface"), lineWidth: 1.5 };
  if (kind === "last") return { type: "rect" as const, shape: { x: x - 2, y: y - 17, width: 4, height: 34 }, style };
  const points = kind === "fault" ? diamond(x, y) : kind === "vetoed" ? cross(x, y) : triangle(x, y);
  return { type: "polygon" as const, shape: { points }, style };
}

function diamond(x: number, y: number): number[][] {
  return [[x, y - 12], [x + 10, y], [x, y + 12], [x - 10, y]];
}

function triangle(x: number, y: number): number[][] {
  return [[x - 10, y - 12], [x + 10, y - 12], [x, y + 12]];
}

function cross(x: number, y: number): number[][] {
  const arms = [[-10, -6], [-6, -10], [0, -4], [6, -10], [10, -6], [4, 0], [10, 6], [6, 10], [0, 4], [-6, 10], [-10, 6], [-4, 0]];
  return arms.map(([dx = 0, dy = 0]) => [x + dx, y + dy]);
}
