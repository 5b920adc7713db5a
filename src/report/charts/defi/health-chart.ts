import { formatEtherShort, toEtherNumber } from "../../format/ether.ts";
import type { RunHealth } from "../../run-record.ts";
import { sum } from "../../story/sums.ts";
import type { Story } from "../../story/story.ts";
import { axisStyle, etherAxis, sideLegend } from "../axes.ts";
import { TEXT, type Chart } from "../picture.ts";
import { colour, type ColourName } from "../theme.ts";

const WAD = 10n ** 18n;
/** Edges of health in hundredths; below the first, between, above the last. */
const EDGES = [90, 95, 100, 101, 103, 105, 110, 125, 150, 200] as const;

function bucketOf(health: bigint): number {
  const hundredths = Number((health * 10_000n) / WAD) / 100;
  const place = EDGES.findIndex((edge) => hundredths < edge);
  return place === -1 ? EDGES.length : place;
}

function bucketName(place: number): string {
  const text = (edge: number | undefined): string => ((edge ?? 0) / 100).toFixed(2);
  if (place === 0) return `< ${text(EDGES[0])}`;
  if (place === EDGES.length) return `≥ ${text(EDGES.at(-1))}`;
  return text(EDGES[place - 1]);
}

const LOOKS: Readonly<Record<RunHealth["when"], { readonly name: string; readonly colour: ColourName }>> = {
  first: { name: "first step", colour: "blue" },
  worst: { name: "worst step", colour: "vermilion" },
  last: { name: "last step", colour: "green" },
};

/** Between the buckets below health 1 and those from it on. */
const LIQUIDATABLE = {
  symbol: "none",
  silent: true,
  precision: 12,
  data: [
    {
      xAxis: EDGES.indexOf(100) + 0.5,
      lineStyle: { color: colour("loss"), type: "dashed", width: 2 },
      label: {
        ...{ position: "end", align: "right", formatter: "← can be liquidated", distance: 6 },
        ...{ color: colour("loss"), fontSize: TEXT.small },
      },
    },
  ],
};

/** How the debt lies over health: when the run began, at its worst, and at the end. */
export function healthChart({ record }: Story): Chart | null {
  const pictures = (record.defi?.health ?? []).filter(({ positions }) => positions.length > 0);
  if (pictures.length === 0) return null;
  const under = pictures.map(({ when, positions }) => {
    const below = sum(positions.filter(({ health }) => BigInt(health) < WAD).map(({ debt }) => BigInt(debt)));
    return `${LOOKS[when].name} ${formatEtherShort(below)}`;
  });
  return {
    id: "health",
    title: "Health of positions, weighted by debt",
    description: `Debt by the health of its position at the first, the worst and the last step. Debt below health 1: ${under.join(", ")}.`,
    caption: `Each bar is debt whose health begins at what stands below it; under 1.00 it can be liquidated. Debt below health 1: ${under.join(", ")}.`,
    height: 440,
    option: {
      grid: { left: 92, right: 250, top: 44, bottom: 64 },
      legend: sideLegend(
        pictures.map(({ when }) => LOOKS[when].name),
        "area",
      ),
      xAxis: {
        ...axisStyle("health, from"),
        type: "category",
        nameLocation: "middle",
        nameGap: 36,
        data: Array.from({ length: EDGES.length + 1 }, (_, place) => bucketName(place)),
      },
      yAxis: etherAxis("debt [ETH]"),
      series: pictures.map(({ when, positions }, at) => {
        const sums = Array.from({ length: EDGES.length + 1 }, () => 0n);
        for (const { health, debt } of positions) {
          const place = bucketOf(BigInt(health));
          sums[place] = (sums[place] ?? 0n) + BigInt(debt);
        }
        const { name, colour: tint } = LOOKS[when];
        return {
          type: "bar",
          name,
          color: colour(tint),
          barGap: "8%",
          // Told apart without colours too: the first is an outline.
          ...(when === "first"
            ? { itemStyle: { color: colour("surface"), borderColor: colour(tint), borderWidth: 2 } }
            : {}),
          data: sums.map((value) => (value === 0n ? null : toEtherNumber(value))),
          ...(at === 0 ? { markLine: LIQUIDATABLE } : {}),
        };
      }),
    },
  };
}
