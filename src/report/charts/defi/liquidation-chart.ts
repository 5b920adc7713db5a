import { formatEtherShort, formatInteger, toEtherNumber } from "../../format/ether.ts";
import { timeUnitFor, toAxis, type TimeUnit } from "../../format/time.ts";
import type { RunLiquidation } from "../../run-record.ts";
import { failureWords, type DefiStory } from "../../story/defi.ts";
import { sum } from "../../story/sums.ts";
import type { Story } from "../../story/story.ts";
import { etherAxis, priceNumber, sideLegend, timeAxis } from "../axes.ts";
import { stackPanels, type Panel } from "../panels.ts";
import { TEXT, type Chart } from "../picture.ts";
import { category, colour, type ColourName } from "../theme.ts";

/** What becomes of an attempt, and how it is drawn. */
const RESULTS: readonly (readonly [string, ColourName, string])[] = [
  ["done", "green", "circle"],
  ["unprofitable", "vermilion", "triangle"],
  ["no liquidity", "blue", "rect"],
  ["paused", "purple", "diamond"],
  ["dust", "olive", "roundRect"],
  ["permissioned", "sky", "pin"],
  ["healthy", "grey", "emptyCircle"],
  ["failed", "amber", "emptyTriangle"],
];
const HEALTH = 250;
const LOWER = 104;
/** Collateral tokens whose prices are drawn. */
const MOST_TOKENS = 3;

interface Attempts {
  readonly all: readonly RunLiquidation[];
  readonly unit: TimeUnit;
  /** End of the run on the axis. */
  readonly end: number;
}

const isDone = ({ result }: RunLiquidation): boolean => result === "done";

function healthPanel({ all, unit }: Attempts): Panel {
  const kinds = RESULTS.filter(([result]) => all.some((one) => one.result === result));
  return {
    height: HEALTH,
    axis: { ...etherAxis("health before"), scale: true },
    series: kinds.map(([result, tint, symbol]) => ({
      type: "scatter",
      name: result,
      symbol,
      color: colour(tint),
      data: all
        .filter((one) => one.result === result)
        .map((one) => ({
          value: [toAxis(one.time, unit), Number(one.health) / 1e18],
          symbolSize: 10 + Math.min(24, Math.sqrt(toEtherNumber(one.repaid))),
        })),
    })),
  };
}

/** A line that keeps its value until the next point. */
function stepLine(name: string, color: string, data: readonly (readonly [number, number])[]): Record<string, unknown> {
  return { type: "line", name, step: "end", symbol: "none", color, lineStyle: { width: 2.5, type: "solid" }, data };
}

/** What a market and a pool said of collateral at each attempt. */
function pricePanel({ all, unit }: Attempts): Panel | null {
  const tokens = [...new Set(all.map(({ collateral }) => collateral))].slice(0, MOST_TOKENS);
  const series = tokens.flatMap((token, at) => {
    const own = all.filter(({ collateral }) => collateral === token);
    return (["collateralPrice", "marketPrice"] as const).flatMap((field) => {
      const points = own.flatMap((one): [number, number][] =>
        one[field] === null ? [] : [[toAxis(one.time, unit), toEtherNumber(one[field])]],
      );
      if (points.length === 0) return [];
      const isMarket = field === "collateralPrice";
      const line = stepLine(`${token}: ${isMarket ? "market sees" : "pool pays"}`, category(at), points);
      const style = { width: isMarket ? 4 : 2, type: isMarket ? "solid" : "dashed" };
      return [{ ...line, lineStyle: style, ...(points.length === 1 ? { symbol: "circle", symbolSize: 8 } : {}) }];
    });
  });
  const axis = { ...etherAxis("price of collateral [ETH]"), scale: true, splitNumber: 3 };
  const axisLabel = { color: colour("ink"), fontSize: TEXT.small, formatter: priceNumber };
  return series.length === 0 ? null : { height: LOWER, axis: { ...axis, axisLabel }, series };
}

/** A number that attempts add to, from the run's start to its end. */
function soFar({ unit, end }: Attempts, attempts: readonly RunLiquidation[], of: (one: RunLiquidation) => number) {
  let total = 0;
  const points = attempts.map((one): readonly [number, number] => {
    total += of(one);
    return [toAxis(one.time, unit), total];
  });
  return [[0, 0] as const, ...points, [end, total] as const];
}

function moneyPanels(attempts: Attempts): readonly Panel[] {
  const [done, failed] = [attempts.all.filter(isDone), attempts.all.filter((one) => !isDone(one))];
  const gas = (which: readonly RunLiquidation[]) => soFar(attempts, which, (one) => Number(one.gas));
  const profit = soFar(attempts, done, (one) => toEtherNumber(one.profit ?? "0"));
  const gasLines = [
    ...(done.length === 0 ? [] : [stepLine("gas of those done", colour("green"), gas(done))]),
    ...(failed.length === 0 ? [] : [stepLine("gas of failures", colour("vermilion"), gas(failed))]),
  ];
  return [
    ...(done.length === 0
      ? []
      : [
          {
            height: LOWER,
            axis: { ...etherAxis("profit so far [ETH]"), splitNumber: 3 },
            series: [stepLine("profit so far", colour("blue"), profit)],
          },
        ]),
    { height: LOWER, axis: { ...etherAxis("gas so far"), splitNumber: 3 }, series: gasLines },
  ];
}

/** What the attempts came to, in words. */
function wordsOf(defi: DefiStory, all: readonly RunLiquidation[]): string {
  const failed = failureWords(defi);
  const came =
    defi.profit < 0n ? `at a loss of ${formatEtherShort(-defi.profit)}` : `profit ${formatEtherShort(defi.profit)}`;
  const gas = formatInteger(sum(all.map((one) => BigInt(one.gas))));
  return `Done: ${defi.done.length.toString()}, repaying ${formatEtherShort(defi.repaid)}, ${came}.${failed === "" ? "" : ` Failed: ${failed}.`} All attempts together burned ${gas} gas.`;
}

/** Every attempt to liquidate: when and at what health, what became of it, at which prices, for what profit and gas. */
export function liquidationChart({ record, end, defi }: Story): Chart | null {
  const all = (record.defi?.liquidations ?? []).filter(({ health }) => health !== null);
  if (defi === null || all.length === 0) return null;
  const unit = timeUnitFor(end);
  const attempts = { all, unit, end: toAxis(end, unit) };
  const [health, prices, money] = [healthPanel(attempts), pricePanel(attempts), moneyPanels(attempts)];
  const lower = [...(prices === null ? [] : [prices]), ...money];
  const { height, option } = stackPanels([health, ...lower], {
    xAxis: timeAxis(unit, { min: 0, max: attempts.end }),
    right: 250,
  });
  const namesOf = (panels: readonly Panel[]): string[] =>
    panels.flatMap(({ series }) => series.map(({ name }) => String(name)));
  const words = wordsOf(defi, all);
  return {
    id: "liquidations",
    title: "Attempts to liquidate",
    description: `Attempts over time by the position's health, with collateral's prices, liquidators' profit and gas. ${words}`,
    caption: `${words} Larger signs repaid more.`,
    height,
    option: {
      ...option,
      legend: [
        { ...sideLegend(namesOf([health]), "point"), top: 60 },
        { ...sideLegend(namesOf(lower), "line"), top: 60 + HEALTH },
      ],
    },
  };
}
