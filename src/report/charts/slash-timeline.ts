import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts/types/dist/echarts";

import { plural, shorten } from "../format/text.ts";
import { formatInstant, timeUnitBetween, toAxis, type TimeUnit } from "../format/time.ts";
import type { Story } from "../story/story.ts";

import { timeAxis } from "./axes.ts";
import { slashMarks } from "./marks.ts";
import { TEXT, type Chart } from "./picture.ts";
import { colour, type ColourName } from "./theme.ts";
import { readLanes, type Lane, type MomentKind, type WindowKind } from "./timeline-lanes.ts";

const LANE_HEIGHT = 44;

const WINDOWS: Readonly<
  Record<WindowKind, { readonly name: string; readonly colour: ColourName; readonly opacity: number }>
> = {
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
  const unit = timeUnitBetween(range.from, range.to);
  const slashes = story.record.slashes.map((slash) => `${shorten(slash.id, 24)} at ${formatInstant(slash.time)}`);
  return {
    id: "slash-timeline",
    title: "Slash timeline",
    description: `Windows over time: ${plural(story.record.cases.length, "case")} and the exits that a slash hit or missed. Slashes: ${slashes.length === 0 ? "none" : slashes.join(", ")}. ${lanes.map((lane) => `${lane.label}: ${lane.outcome}`).join("; ")}.`,
    caption: "Each bar is a window of time. Windows are inclusive: a slash in the last slashable instant still hits.",
    height: 168 + lanes.length * LANE_HEIGHT,
    option: {
      legend: legend(),
      grid: { left: 280, right: 270, top: 84, bottom: 64 },
      xAxis: timeAxis(unit, { min: toAxis(range.from, unit), max: toAxis(range.to, unit) }),
      yAxis: [
        laneAxis(
          lanes.map(({ label }) => label),
          "left",
        ),
        laneAxis(
          lanes.map(({ outcome }) => outcome),
          "right",
        ),
      ],
      series: [
        ...windowSeries(lanes, unit),
        momentSeries(lanes, unit),
        ...signSeries(),
        { type: "line", data: [], markLine: slashMarks(story.record, unit) },
      ],
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
      lane.windows
        .filter((item) => item.kind === kind)
        .map(({ from, to }) => [place, toAxis(from, unit), toAxis(to, unit)]),
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

/** Signs of instants: the order is that of the legend. */
const SIGNS: Readonly<
  Record<MomentKind, { readonly name: string; readonly icon: string; readonly colour: ColourName }>
> = {
  fault: { name: "fault", icon: "diamond", colour: "ink" },
  closed: { name: "case closed", icon: "path://M-10,-12L10,-12L0,12Z", colour: "ink" },
  vetoed: {
    name: "vetoed",
    icon: "path://M-10,-6L-6,-10L0,-4L6,-10L10,-6L4,0L10,6L6,10L0,4L-6,10L-10,6L-4,0Z",
    colour: "ink",
  },
  hit: { name: "slash hits the exit", icon: "circle", colour: "vermilion" },
  missed: { name: "slash comes too late", icon: "emptyCircle", colour: "escape" },
  last: { name: "last slashable instant", icon: "path://M-1,-8L1,-8L1,8L-1,8Z", colour: "ink" },
};
const MOMENTS: readonly MomentKind[] = ["fault", "closed", "vetoed", "hit", "missed", "last"];

/** Two rows: windows, then instants; the dashed line is the slash. */
function legend(): Record<string, unknown>[] {
  const style = {
    left: 0,
    itemWidth: 18,
    itemHeight: 13,
    itemGap: 20,
    textStyle: { color: colour("ink"), fontSize: TEXT.small },
  };
  const windows = Object.values(WINDOWS).map(({ name }) => name);
  const signs = MOMENTS.map((kind) => ({ name: SIGNS[kind].name, icon: SIGNS[kind].icon }));
  return [
    { ...style, top: 0, icon: "roundRect", data: windows },
    { ...style, top: 30, data: [...signs, { name: "slash", icon: "path://M0,0L5,0L5,2L0,2ZM8,0L13,0L13,2L8,2Z" }] },
  ];
}

/** Series without data: they give the legend its signs. */
function signSeries(): Record<string, unknown>[] {
  const signs = [...Object.values(SIGNS), { name: "slash", colour: "ink" as const }];
  return signs.map((sign) => ({
    type: "custom",
    name: sign.name,
    color: colour(sign.colour),
    data: [],
    renderItem: () => null,
  }));
}

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
  if (kind === "hit" || kind === "missed") {
    const look =
      kind === "hit" ? { ...style, fill: colour("loss") } : { fill: colour("surface"), stroke: colour("escape") };
    return {
      type: "circle" as const,
      shape: { cx: x, cy: y, r: kind === "hit" ? 8 : 13 },
      style: { ...look, lineWidth: 3 },
    };
  }
  const points = kind === "fault" ? diamond(x, y) : kind === "vetoed" ? cross(x, y) : triangle(x, y);
  return { type: "polygon" as const, shape: { points }, style };
}

function diamond(x: number, y: number): number[][] {
  return [
    [x, y - 12],
    [x + 10, y],
    [x, y + 12],
    [x - 10, y],
  ];
}

function triangle(x: number, y: number): number[][] {
  return [
    [x - 10, y - 12],
    [x + 10, y - 12],
    [x, y + 12],
  ];
}

function cross(x: number, y: number): number[][] {
  const arms = [
    [-10, -6],
    [-6, -10],
    [0, -4],
    [6, -10],
    [10, -6],
    [4, 0],
    [10, 6],
    [6, 10],
    [0, 4],
    [-6, 10],
    [-10, 6],
    [-4, 0],
  ];
  return arms.map(([dx = 0, dy = 0]) => [x + dx, y + dy]);
}
