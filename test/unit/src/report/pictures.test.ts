import { expect } from "chai";

import { eventWords, readEvents } from "../../../../src/report/charts/events.ts";
import { drawGallery } from "../../../../src/report/charts/gallery.ts";
import { healthChart } from "../../../../src/report/charts/defi/health-chart.ts";
import { liquidationChart } from "../../../../src/report/charts/defi/liquidation-chart.ts";
import { priceCharts, utilisationCharts } from "../../../../src/report/charts/defi/market-charts.ts";
import { queueCharts } from "../../../../src/report/charts/defi/queue-charts.ts";
import type { Chart } from "../../../../src/report/charts/picture.ts";
import type { RunRecord } from "../../../../src/report/run-record.ts";
import { answersOf } from "../../../../src/report/story/answers.ts";
import { toText } from "../../../../src/report/story/phrase.ts";
import { readStory } from "../../../../src/report/story/story.ts";
import { distributionChart } from "../../../../src/sweep/page/sweep-charts.ts";
import { makeDefiRecord } from "../../../helpers/defi-record.ts";

const WAD = 10n ** 18n;
const record = makeDefiRecord();

interface Series {
  readonly name?: string;
  readonly yAxisIndex?: number;
  readonly data: readonly (number | null | readonly (number | null)[])[];
  readonly markLine?: { readonly data: readonly { readonly xAxis: number }[] };
}

/** Axes and series of a picture. */
function read(chart: Chart | null | undefined) {
  const { series = [], yAxis = [] } = (chart?.option ?? {}) as { series?: Series[]; yAxis?: { name: string }[] };
  const called = (name: string): Series | undefined => series.find((one) => one.name === name);
  const axisOf = (name: string): string | undefined => yAxis[called(name)?.yAxisIndex ?? -1]?.name;
  const ends = (name: string): readonly (number | null)[] =>
    (called(name)?.data ?? []).map((point) => (Array.isArray(point) ? (point[1] as number | null) : (point as number)));
  return { series, axisOf, ends };
}

/** The record with columns of the rows' DeFi part set to what each row is given. */
function withColumns(columns: Readonly<Record<string, readonly bigint[]>>): RunRecord {
  const rows = record.rows.map((row, at) => {
    const own = Object.entries(columns).map(([id, values]) => [id, (values[at] ?? values.at(-1) ?? 0n).toString()]);
    return { ...row, defi: { ...row.defi, ...(Object.fromEntries(own) as Record<string, string>) } };
  });
  return { ...record, rows };
}

describe("pictures of the markets", () => {
  it("draw the discount below the prices, on an axis of its own", () => {
    const falling = withColumns({ "discount/lrt/pool": [0n, WAD / 10n, WAD / 5n, 0n, -WAD / 100n] });
    const chart = priceCharts(readStory(falling))[0];
    expect(read(chart).axisOf("discount: pool")).to.equal("discount to NAV [%]");
    expect(read(chart).ends("discount: pool")).to.deep.equal([0, 10, 20, 0, -1]);
    expect(chart?.caption).to.include("on pool at most 20.0 %, at the end a premium of 1.0 %");
  });

  it("draw oracles that never differ as one line", () => {
    const names = (story: RunRecord): readonly (string | undefined)[] =>
      read(priceCharts(readStory(story))[0]).series.map(({ name }) => name);
    expect(names(record)).to.include("oracle: core, iso");
    const apart = withColumns({ "price/lrt/oracle/iso": [WAD, WAD, WAD / 2n] });
    expect(names(apart)).to.include.members(["oracle: core", "oracle: iso"]);
  });

  it("mark what happened, numbered as the words are; close ones together, none where they are many", () => {
    const at = (time: number, text: string) => ({ time: time.toString(), text });
    const events = readEvents({ ...record, notes: [at(60, "a sale"), at(61, "a push"), at(180, "a report")] });
    expect(events.map(({ time, texts }) => [time, texts])).to.deep.equal([
      [60n, ["a sale", "a push"]],
      [180n, ["a report"]],
    ]);
    expect(eventWords(events)).to.equal(
      " Dashed upright: (1) a sale, a push, day 0, 00:01:00; (2) a report, day 0, 00:03:00.",
    );
    const crowd = Array.from({ length: 9 }, (_, place) => at(place * 30, "one more"));
    expect(readEvents({ ...record, notes: crowd })).to.deep.equal([]);
  });

  it("draw the borrow rate on an axis of its own", () => {
    const chart = read(utilisationCharts(readStory(record))[0]);
    expect([chart.axisOf("core/weth: used"), chart.axisOf("core/weth: borrow APR")]).to.deep.equal([
      "lent out [%]",
      "borrow APR [%]",
    ]);
  });

  it("draw attempts with prices, profit and gas upon one axis of time", () => {
    const chart = liquidationChart(readStory(record));
    const { axisOf, ends } = read(chart);
    expect([axisOf("lrt: market sees"), axisOf("profit so far"), axisOf("gas of failures")]).to.deep.equal([
      "price of collateral [ETH]",
      "profit so far [ETH]",
      "gas so far",
    ]);
    expect(ends("profit so far")).to.deep.equal([0, 1, 1]);
    expect([ends("gas of those done").at(-1), ends("gas of failures").at(-1)]).to.deep.equal([500_000, 1_000_000]);
    const { defi } = record;
    if (defi === undefined) throw new RangeError("the fixture has no DeFi part");
    const liquidations = defi.liquidations.map((one) => ({ ...one, profit: "-500000000000000000" }));
    const losing = liquidationChart(readStory({ ...record, defi: { ...defi, liquidations } }));
    expect(losing?.caption).to.include("at a loss of 0.5000 ETH").and.not.include("profit -");
  });

  it("mark where debt can be liquidated, and draw no bar of nothing", () => {
    const { series } = read(healthChart(readStory(record)));
    expect(series.flatMap(({ data }) => data)).to.not.include(0);
    // Between the third bucket, which ends at health 1, and the fourth, which begins there.
    expect(series.flatMap(({ markLine }) => markLine?.data ?? []).map(({ xAxis }) => xAxis)).to.deep.equal([2.5]);
  });

  it("draw the days to clear: what waits by what left the queue, with a gap where nobody was served", () => {
    const queue = withColumns({
      "queue/lrt/depth": [0n, 100n * WAD, 100n * WAD, 50n * WAD, 0n],
      "queue/lrt/served": [0n, 0n, 20n * WAD, 70n * WAD, 120n * WAD],
      "queue/lrt/oldest": [0n, 0n, 60n, 120n, 0n],
    });
    const [depth, clear] = queueCharts(readStory(queue));
    expect(depth?.caption).to.include("at the deepest: lrt 100.0 ETH");
    // Minutes 2 and 3: 100 at 20 in two minutes, 50 at 70 in three; in days.
    const drawn = read(clear).ends("lrt: to clear");
    expect(drawn.map((days) => (days === null ? null : Math.round(days * 86_400)))).to.deep.equal([
      0,
      null,
      600,
      129,
      0,
    ]);
    expect(
      read(clear)
        .ends("lrt: oldest waits")
        .map((days) => Math.round((days ?? 0) * 86_400)),
    ).to.deep.equal([0, 0, 60, 120, 0]);
    expect(clear?.caption).to.include("lrt 10 min, without end while nobody was served");
  });

  it("give a line no dot in its legend that it has not in the picture", () => {
    for (const { id, svg } of drawGallery(readStory(record)).filter((one) =>
      /^(prices|utilisation|cash)/.test(one.id),
    )) {
      const dots = [...svg.matchAll(/<path d="M1 0A1 1 0 1 1 1 -0\.0001"[^>]*>/g)].filter(
        ([dot]) => !/opacity="0"/.test(dot),
      );
      expect(dots, id).to.deep.equal([]);
    }
  });
});

describe("words of the markets", () => {
  it("tell debt that could still be liquidated at the end, and nothing where there is none", () => {
    const told = (wei: bigint): string =>
      answersOf(readStory(withColumns({ "debt/underwater": [wei] })))
        .flatMap(({ phrases }) => phrases.map(toText))
        .join(" ");
    expect(told(1_500n * WAD)).to.include("At the end 1,500.0 ETH of debt stood below health 1.");
    expect(told(0n)).not.to.include("At the end 0");
  });
});

describe("pictures of a sweep's tail", () => {
  const estimate = (value: number) => ({ value, low: null, high: null, count: 3 });
  const tail = {
    measure: { name: "liquidated", unit: "wei", description: "what was liquidated" },
    ...{ var95: estimate(1234567.8), es95: estimate(1300000) },
    ...{ var99: estimate(1400000), es99: estimate(0.00123456) },
  };

  it("call it value at risk, or liquidations at risk, in numbers that can be read", () => {
    const plain = distributionChart([1, 2, 3], tail);
    expect([plain.id, plain.title]).to.deep.equal(["distribution", "Distribution of liquidated"]);
    expect(plain.caption).to.include(
      "VaR 95: 1,235,000 ETH · ES 95: 1,300,000 ETH · Extreme VaR (99): 1,400,000 ETH · ES 99: 0.001235 ETH",
    );
    const atRisk = distributionChart([1, 2, 3], tail, { id: "at-risk-1", risk: "LaR" });
    expect([atRisk.id, atRisk.title]).to.deep.equal(["distribution-at-risk-1", "Liquidations at risk: liquidated"]);
    expect(atRisk.caption).to.include("LaR 99: 1,400,000 ETH");
  });
});
