import { formatEtherShort, formatFixed, toEtherNumber } from "../../format/ether.ts";
import { listWords } from "../../format/text.ts";
import type { RunDefi, RunDepth } from "../../run-record.ts";
import type { Story } from "../../story/story.ts";
import { etherAxis, sideLegend } from "../axes.ts";
import { TEXT, type Chart } from "../picture.ts";
import { category, colour, type ColourName } from "../theme.ts";
import { valueAxis } from "./risk-charts.ts";

type Slippage = RunDefi["slippage"][number];
type Points = Slippage["points"];

const safe = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "-");
/** Times the cap by depth that a picture shows: beyond it all pools are long dear. */
const SHOWN_CAPS = 4;

/** How far to the right a picture goes [ETH]: so far that the bonus and the cap are told apart. */
function reach({ points, cap }: RunDepth): number {
  const all = toEtherNumber(points.at(-1)?.size ?? "0");
  return cap === null || cap === "0" ? all : Math.min(all, SHOWN_CAPS * toEtherNumber(cap));
}

/** Points up to `end`, and one on it, as if the impact rose evenly. */
function drawn(points: Points, end: number): [number, number][] {
  const all = points.map(({ size, impact }): [number, number] => [toEtherNumber(size), Number(impact) / 1e16]);
  const within = all.filter(([size]) => size <= end);
  const [before, beyond] = [within.at(-1), all[within.length]];
  if (before === undefined || beyond === undefined || before[0] === end) return within;
  const part = (end - before[0]) / (beyond[0] - before[0]);
  return [...within, [end, before[1] + part * (beyond[1] - before[1])]];
}

interface Mark {
  readonly at: { readonly xAxis: number } | { readonly yAxis: number };
  readonly text: string;
  readonly tint: ColourName;
}

function marks({ bonus, cap }: RunDepth, end: number): Mark[] {
  const percent = formatFixed(BigInt(bonus), 100n, 2);
  const capAt = toEtherNumber(cap ?? "0");
  return [
    { at: { yAxis: bonus / 100 }, text: `bonus ${percent} %`, tint: "loss" },
    ...(capAt > 0 && capAt <= end
      ? [{ at: { xAxis: capAt }, text: "cap: 2 × what the bonus pays for", tint: "blue" } as const]
      : []),
  ];
}

/** Marks with their words beside them, clear of each other and of curves that rise at the left. */
function markLine(lines: readonly Mark[], end: number): Record<string, unknown> {
  const isFar = lines.some(({ at }) => "xAxis" in at && at.xAxis > 0.75 * end);
  const across = isFar ? { position: "insideStartTop", align: "left" } : { position: "insideEndTop", align: "right" };
  return {
    symbol: "none",
    silent: true,
    data: lines.map(({ at, text, tint }) => ({
      ...at,
      lineStyle: { color: colour(tint), type: "dashed", width: 2 },
      label: {
        ...("xAxis" in at ? { position: "end", align: at.xAxis > end / 2 ? "right" : "left" } : across),
        formatter: text,
        color: colour(tint),
        fontSize: TEXT.small,
      },
    })),
  };
}

/** What follows for the supply cap, in words. */
function capWords({ sell, bonus, room, cap, pledged }: RunDepth): string {
  const paid = `A bonus of ${formatFixed(BigInt(bonus), 100n, 2)} %`;
  const stands = `${formatEtherShort(pledged)} stand as collateral`;
  if (room === null || cap === null) return `${paid} pays for a sale of any size that is drawn; ${stands}.`;
  if (room === "0") return `${paid} pays for no sale at all: no cap on ${sell} is low enough; ${stands}.`;
  return `${paid} pays for sales of up to about ${formatEtherShort(room)} at once, so a supply cap should not exceed twice that, ${formatEtherShort(cap)}; ${stands}.`;
}

function depthChart(depth: RunDepth, curves: readonly Slippage[]): Chart {
  const { sell, points, pools } = depth;
  const end = reach(depth);
  const [only, ...others] = curves;
  const several = others.length > 0;
  const [buy, where] = [[...new Set(curves.map((curve) => curve.buy))], listWords(pools)];
  const lines = [
    ...curves.map(({ pool, points: own }, place) => ({ name: pool, data: drawn(own, end), tint: category(place) })),
    ...(several ? [{ name: "all pools", data: drawn(points, end), tint: colour("ink") }] : []),
  ];
  const words = capWords(depth);
  return {
    id: several ? `slippage-all-${safe(sell)}` : `slippage-${safe(only?.pool ?? "")}-${safe(sell)}`,
    title: `What selling ${sell} for ${listWords(buy)} costs on ${where}`,
    description: `Price impact of a sale by its size, fees included, on the first step's ${several ? "pools, each and all together" : "pool"}. ${words}`,
    caption: `${words}${several ? " All pools: the sale is split so that it fetches the most." : ""}`,
    height: 440,
    option: {
      grid: { left: 92, right: several ? 310 : 60, top: 64, bottom: 64 },
      ...(several
        ? {
            legend: {
              ...sideLegend(
                lines.map(({ name }) => name),
                "line",
              ),
              left: 908,
            },
          }
        : {}),
      xAxis: { ...valueAxis(`size of the sale [ETH of ${sell}, at true worth]`), max: end },
      yAxis: { ...etherAxis("price impact [%]"), min: 0, nameGap: 34 },
      series: lines.map(({ name, data, tint }, place) => ({
        type: "line",
        name,
        symbol: several ? "none" : "circle",
        symbolSize: 6,
        color: tint,
        lineStyle: { width: 3 },
        data,
        ...(place === 0 ? { markLine: markLine(marks(depth, end), end) } : {}),
      })),
    },
  };
}

/** What selling collateral costs by size, on each pool and on all together, beside the bonus and the cap by depth. */
export function depthCharts({ record }: Story): Chart[] {
  const { depth = [], slippage = [] } = record.defi ?? {};
  return depth.slice(0, 4).map((one) =>
    depthChart(
      one,
      slippage.filter(({ sell }) => sell === one.sell),
    ),
  );
}
