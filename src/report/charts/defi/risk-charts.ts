import { formatEtherShort, formatFixed, toEtherNumber } from "../../format/ether.ts";
import { listWords } from "../../format/text.ts";
import type { RunRecord } from "../../run-record.ts";
import type { Story } from "../../story/story.ts";
import { axisStyle, etherAxis, sideLegend, tickLabel } from "../axes.ts";
import type { Chart } from "../picture.ts";
import { category } from "../theme.ts";

/** Kinds of oracles, as a reader calls them. */
const ORACLES: Readonly<Record<string, string>> = {
  fixed: "a fixed price",
  market: "its pool's price",
  exchangeRate: "its issuer's rate",
  cappedRate: "its issuer's rate under a cap",
  median: "a median of feeds",
  reported: "a reported price",
};

/** What a market's oracles are, in words. */
const oracleWords = (kinds: string): string => listWords(kinds.split(", ").map((kind) => ORACLES[kind] ?? kind));

type Drops = NonNullable<RunRecord["defi"]>["drops"];

/** Axis along the bottom, from zero on. */
export function valueAxis(name: string): Record<string, unknown> {
  return {
    ...axisStyle(name),
    type: "value",
    min: 0,
    nameLocation: "middle",
    nameGap: 36,
    splitLine: { show: false },
    axisLabel: tickLabel(),
  };
}

const legendAt = (names: readonly string[], sign: "area" | "line"): Record<string, unknown> => ({
  ...sideLegend(names, sign),
  left: 908,
});
const GRID = { left: 92, right: 310, top: 44, bottom: 64 };

/** Bad debt by how far collateral falls, for an oracle that follows and for one that does not. */
export function badDebtChart({ record }: Story): Chart | null {
  const curves = (record.defi?.drops ?? []).filter(({ points }) => points.some(({ blind }) => blind !== "0"));
  if (curves.length === 0) return null;
  const first = (points: Drops[number]["points"], key: "market" | "blind"): string => {
    const point = points.find((one) => one[key] !== "0");
    return point === undefined ? "never" : `at ${formatFixed(BigInt(point.drop), 100n, 1)} %`;
  };
  const told = curves.map(
    ({ market, points }) =>
      `in ${market} ${first(points, "market")} where the oracle follows, ${first(points, "blind")} where it does not`,
  );
  const lines = curves.flatMap(({ market, points }, place) => [
    { name: `${market}: oracle follows`, key: "market" as const, points, place, type: "solid" },
    { name: `${market}: oracle is blind`, key: "blind" as const, points, place, type: "dashed" },
  ]);
  return {
    id: "bad-debt-by-drop",
    title: "Bad debt, by how far collateral falls",
    description: `Bad debt that a sudden fall of collateral would leave on the positions of the first step. Bad debt begins ${told.join("; ")}.`,
    caption: `A fall at once, on the positions of the first step. Bad debt begins ${told.join("; ")}. In this run ${listWords(curves.map(({ market, oracle }) => `${market} values collateral by ${oracleWords(oracle)}`))}.`,
    height: 440,
    option: {
      grid: GRID,
      legend: legendAt(
        lines.map(({ name }) => name),
        "line",
      ),
      xAxis: valueAxis("fall of the collateral's price [%]"),
      yAxis: etherAxis("bad debt [ETH]"),
      series: lines.map(({ name, key, points, place, type }) => ({
        type: "line",
        name,
        symbol: "none",
        color: category(place),
        lineStyle: { width: 3, type },
        data: points.map((point) => [point.drop / 100, toEtherNumber(point[key])]),
      })),
    },
  };
}

/** Debt that falls below health 1, by how far collateral falls, stacked by collateral. */
export function liquidatableChart({ record }: Story): Chart | null {
  const curves = record.defi?.drops ?? [];
  const bands = curves.flatMap(({ market, points }) =>
    [...new Set(points.flatMap(({ liquidatable }) => Object.keys(liquidatable)))].map((token) => ({
      name: `${market}: on ${token}`,
      data: points.map(({ drop, liquidatable }) => [drop / 100, toEtherNumber(liquidatable[token] ?? "0")]),
      last: BigInt(points.at(-1)?.liquidatable[token] ?? "0"),
    })),
  );
  if (bands.length === 0) return null;
  const told = bands.map(({ name, last }) => `${name} ${formatEtherShort(last)}`).join(", ");
  return {
    id: "liquidations-at-price",
    title: "Debt that could be liquidated, by how far collateral falls",
    description: `Cumulative debt below health 1 at each fall of the collateral's price, on the positions of the first step; at a fall of half: ${told}.`,
    caption: `Each step up is debt whose positions fall below health 1. At a fall of half: ${told}.`,
    height: 440,
    option: {
      grid: GRID,
      legend: legendAt(
        bands.map(({ name }) => name),
        "area",
      ),
      xAxis: valueAxis("fall of the collateral's price [%]"),
      yAxis: etherAxis("debt below health 1 [ETH]"),
      series: bands.map(({ name, data }, place) => ({
        type: "line",
        name,
        stack: "debt",
        step: "end",
        symbol: "none",
        color: category(place),
        lineStyle: { width: 2 },
        areaStyle: { color: category(place), opacity: 0.6 },
        data,
      })),
    },
  };
}
