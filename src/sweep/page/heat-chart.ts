import { axisStyle } from "../../report/charts/axes.ts";
import { PICTURE_WIDTH, TEXT, type Chart } from "../../report/charts/picture.ts";
import { colour } from "../../report/charts/theme.ts";
import { metricAxis } from "../../report/format/metric.ts";
import type { Measure, SweepResults } from "../answers/read-results.ts";

/** Most values of a parameter that a map has room for. */
const MOST = 12;

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly mean: number;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** A parameter's values as they were written, in the order of their numbers. */
function axisOf({ rows }: SweepResults, parameter: string, numberOf: (text: string) => number): readonly string[] {
  const texts = [...new Set(rows.map(({ set }) => set.get(parameter) ?? ""))];
  return texts.sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

function cellsOf({ rows }: SweepResults, measure: string, axes: readonly (readonly [string, readonly string[]])[]) {
  const [[across, xs] = ["", []], [up, ys] = ["", []]] = axes;
  return xs.flatMap((xText, x) =>
    ys.flatMap((yText, y): Cell[] => {
      const here = rows.filter(({ set }) => set.get(across) === xText && set.get(up) === yText);
      const own = here.flatMap(({ values }) => values.get(measure) ?? []);
      return own.length === 0 ? [] : [{ x, y, mean: own.reduce((sum, value) => sum + value, 0) / own.length }];
    }),
  );
}

function fields(cells: readonly Cell[], size: readonly number[]) {
  const means = cells.map(({ mean }) => mean);
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const shade = (mean: number): number => (most === least ? 0.5 : 0.12 + (0.78 * (mean - least)) / (most - least));
  return [
    {
      ...{ type: "scatter", symbol: "rect", symbolSize: size, silent: true },
      data: cells.map(({ x, y, mean }) => ({
        value: [x, y],
        itemStyle: { color: colour("amber"), opacity: shade(mean) },
      })),
    },
    {
      // Words of their own: a field's opacity would be theirs too.
      ...{ type: "scatter", symbolSize: 1, silent: true, itemStyle: { color: colour("ink") } },
      data: cells.map(({ x, y, mean }) => ({
        value: [x, y],
        label: { show: true, color: colour("ink"), fontSize: TEXT.normal, position: "inside", formatter: short(mean) },
      })),
    },
  ];
}

/**
 * Mean of a measure over two parameters, the others averaged out: the stronger the colour, the greater.
 *
 * @param parameters - Swept parameters, the one that moves the measure most first.
 * @param numberOf - A parameter's value as a number, by its unit.
 * @returns Null where there are no two with few values.
 */
export function heatChart(
  results: SweepResults,
  { name, unit }: Measure,
  { parameters, numberOf }: { parameters: readonly string[]; numberOf: (parameter: string, text: string) => number },
): Chart | null {
  const axes = parameters
    .map((parameter) => [parameter, axisOf(results, parameter, (text) => numberOf(parameter, text))] as const)
    .filter(([, values]) => values.length > 1 && values.length <= MOST);
  const [across, up] = axes;
  if (across === undefined || up === undefined) return null;
  const height = 150 + 64 * up[1].length;
  const size = [(PICTURE_WIDTH - 310) / across[1].length - 6, (height - 104) / up[1].length - 14];
  const axis = ([parameter, values]: readonly [string, readonly string[]]) => ({
    ...axisStyle(parameter),
    ...{ type: "category", data: values, nameLocation: "middle", splitLine: { show: false } },
  });
  const cells = cellsOf(results, name, [across, up]);
  return {
    id: "heat",
    title: `${name} over ${across[0]} and ${up[0]}`,
    description: `Mean of ${name} for each pair of values: ${cells.map(({ x, y, mean }) => `${across[1][x] ?? ""}, ${up[1][y] ?? ""}: ${short(mean)}`).join("; ")}.`,
    caption: `Mean in ${metricAxis(unit)}, everything else averaged out; the stronger the colour, the greater.`,
    height,
    option: {
      grid: { left: 250, right: 60, top: 20, bottom: 84 },
      xAxis: { ...axis(across), nameGap: 40 },
      yAxis: { ...axis(up), nameGap: 130 },
      series: fields(cells, size),
    },
  };
}
