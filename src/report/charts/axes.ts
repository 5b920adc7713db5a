import type { TimeUnit } from "../format/time.ts";

import { PICTURE_WIDTH, TEXT } from "./picture.ts";
import { colour } from "./theme.ts";

/** Looks of an axis: large type, quiet lines, its unit in its name. */
export function axisStyle(name: string): Record<string, unknown> {
  return {
    name,
    nameTextStyle: { color: colour("muted"), fontSize: TEXT.small },
    axisLabel: label(),
    axisLine: { show: true, lineStyle: { color: colour("muted") } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("grid") } },
  };
}

/** Axis over a run's time. */
export function timeAxis(
  unit: TimeUnit,
  range: { readonly min: number; readonly max: number },
): Record<string, unknown> {
  return {
    ...axisStyle(`${unit.name} since ${unit.day === undefined ? "the run's start" : `day ${unit.day}, 00:00:00`}`),
    type: "value",
    nameLocation: "middle",
    nameGap: 36,
    splitLine: { show: false },
    axisLabel: { ...tickLabel(), showMinLabel: range.min === 0 },
    ...range,
  };
}

/** Labels of an axis whose first may stand at another axis: it begins at its tick. */
export function edgeLabel(): Record<string, unknown> {
  return { ...label(), alignMinLabel: "left", alignMaxLabel: "right", formatter: shortNumber };
}

/** Labels of an axis that ends where its data end: round numbers alone. */
export function tickLabel(): Record<string, unknown> {
  return { ...label(), showMaxLabel: false, formatter: shortNumber };
}

function label(): Record<string, unknown> {
  return { color: colour("ink"), fontSize: TEXT.small, hideOverlap: true };
}

/** Axis of ether, shortened to thousands and millions. */
export function etherAxis(name: string): Record<string, unknown> {
  const style = axisStyle(name);
  return {
    ...style,
    type: "value",
    nameLocation: "end",
    nameGap: 16,
    nameTextStyle: { color: colour("muted"), fontSize: TEXT.small, align: "left" },
    axisLine: { show: false },
    axisLabel: { ...label(), formatter: shortNumber },
  };
}

/** Legend to the right of a picture, in the order given. */
export function sideLegend(names: readonly string[], sign: "area" | "line" | "point"): Record<string, unknown> {
  return {
    orient: "vertical",
    left: PICTURE_WIDTH - 226,
    top: "middle",
    itemHeight: 12,
    itemGap: 12,
    itemWidth: { area: 18, line: 44, point: 14 }[sign],
    ...(sign === "area" ? { icon: "roundRect" } : {}),
    // ECharts gives a line a dot that the picture does not have.
    ...(sign === "line" ? { itemStyle: { opacity: 0 } } : {}),
    data: names,
    textStyle: { color: colour("ink"), fontSize: TEXT.small },
  };
}

/** Writes an axis number: 1.5 M, 20 k, 300. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${trim(value / 1e6)} M`;
  return size >= 1e4 ? `${trim(value / 1e3)} k` : trim(value);
}

function trim(value: number): string {
  return String(Number(value.toFixed(value !== 0 && Math.abs(value) < 1 ? 3 : 1)));
}

/** Writes a price: as many places as tell neighbours apart. */
export function priceNumber(value: number): string {
  return Math.abs(value) < 10 ? String(Number(value.toFixed(4))) : shortNumber(value);
}
