import { expect } from "chai";

import { timeAxis } from "../../../../src/report/charts/axes.ts";
import { backingChart, utilisationCharts } from "../../../../src/report/charts/defi/market-charts.ts";
import { drawGallery } from "../../../../src/report/charts/gallery.ts";
import type { Chart } from "../../../../src/report/charts/picture.ts";
import { slashTimeline } from "../../../../src/report/charts/slash-timeline.ts";
import { timeUnitBetween, toAxis } from "../../../../src/report/format/time.ts";
import { renderReport } from "../../../../src/report/html/report-html.ts";
import { styleSheet } from "../../../../src/report/html/style.ts";
import { renderTable } from "../../../../src/report/html/table.ts";
import type { RunRecord } from "../../../../src/report/run-record.ts";
import { readStory } from "../../../../src/report/story/story.ts";
import { makeDefiRecord } from "../../../helpers/defi-record.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

const WAD = 10n ** 18n;
const DAY = 86_400n;
const markets = makeDefiRecord();

const pageOf = (record: RunRecord): string => {
  const story = readStory(record);
  return renderReport(story, drawGallery(story));
};
const sectionsOf = (record: RunRecord): readonly string[] =>
  [...pageOf(record).matchAll(/<section id="section-([\w-]+)"/g)].map(([, id = ""]) => id);

/** Lines of a picture: name, colour, and how they are drawn. */
function linesOf(chart: Chart | null | undefined) {
  const { series = [] } = (chart?.option ?? {}) as { series?: { name: string; color: string; lineStyle: object }[] };
  return series.map(({ name, color, lineStyle }) => ({ name, color, dashed: "type" in lineStyle && lineStyle.type }));
}

/** The record with a series of the DeFi layer that says the same in every row. */
function withSeries(record: RunRecord, id: string, label: string, values: readonly bigint[]): RunRecord {
  const { defi } = record;
  if (defi === undefined) throw new RangeError("the fixture has no DeFi part");
  const series = { ...defi.series, [id]: { group: "dollar", subject: "rich", label, unit: "fraction", decimals: 18 } };
  const rows = record.rows.map((row, at) => ({
    ...row,
    defi: { ...row.defi, [id]: (values[at % values.length] ?? 0n).toString() },
  }));
  return { ...record, rows, defi: { ...defi, series } } as RunRecord;
}

describe("a report that is read", () => {
  it("says of a table without rows that there are none, instead of drawing its head", () => {
    const empty = renderTable({ caption: "Exits, the largest stakes first", columns: [{ name: "Holder" }], rows: [] });
    expect(empty.text).to.include("Exits: none.").and.not.include("<table");
    const full = renderTable({ caption: "Exits", columns: [{ name: "Holder" }], rows: [["alex"]] });
    expect(full.text).to.include("<table").and.not.include("none.");
  });

  it("leaves out what a run about markets alone has nothing to say of, and nothing of a run with slashes", () => {
    const slashes = ["losses", "escapes", "security", "detection"];
    expect(sectionsOf(makeRunRecord())).to.include.members(slashes);
    expect(sectionsOf(markets)).to.include.members(["positions", "sheet", "timeline", "checks"]);
    expect(sectionsOf(markets).filter((id) => slashes.includes(id))).to.deep.equal([]);
  });

  it("names a liquidator under its borrower, so that the table fits a page", () => {
    const page = pageOf(markets);
    expect(page).to.match(/loopers<br \/><small>by keepers<\/small>/);
    expect(page).not.to.include('<th scope="col" >Liquidator</th>');
  });

  it("keeps ample backing out of the picture that it would flatten, and tells it in words", () => {
    const before = linesOf(backingChart(readStory(markets))).map(({ name }) => name);
    expect(before.length).to.be.greaterThan(0);
    const rich = withSeries(markets, "backing/rich", "rich: assets", [18n * WAD, 12n * WAD]);
    const chart = backingChart(readStory(rich));
    expect(linesOf(chart).map(({ name }) => name)).to.deep.equal(before);
    expect(chart?.caption).to.include("rich: assets 1,200.0 % at the lowest, above the picture");
    const near = withSeries(markets, "backing/rich", "rich: assets", [18n * WAD, WAD]);
    expect(linesOf(backingChart(readStory(near))).map(({ name }) => name)).to.include("rich: assets");
  });

  it("draws a reserve's rate in the colour of its utilisation, dashed", () => {
    const lines = linesOf(utilisationCharts(readStory(markets))[0]);
    const used = lines.filter(({ name }) => name.endsWith(": used"));
    expect(used.length).to.be.greaterThan(0);
    for (const { name, color } of used) {
      const rate = lines.find((line) => line.name === name.replace(": used", ": borrow APR"));
      expect(rate).to.deep.include({ color, dashed: "dashed" });
    }
  });

  it("counts from a day of its own where a picture begins long after the run", () => {
    const hours = timeUnitBetween(120n * DAY, 121n * DAY);
    expect([hours.name, hours.day]).to.deep.equal(["hours", 120n]);
    expect(toAxis(120n * DAY + 7_200n, hours)).to.equal(2);
    expect(timeAxis(hours, { min: 0, max: 24 })).to.include({ name: "hours since day 120, 00:00:00" });
    const early = timeUnitBetween(DAY, 2n * DAY);
    expect(early.day).to.equal(undefined);
    expect(toAxis(DAY, early)).to.equal(24);
    expect(timeAxis(early, { min: 0, max: 48 })).to.include({ name: "hours since the run's start" });
  });

  it("draws windows and slashes of such a picture where they were", () => {
    const timeline = slashTimeline(readStory(makeRunRecord()));
    const { xAxis } = (timeline?.option ?? {}) as { xAxis?: { min: number; max: number } };
    expect((xAxis?.max ?? 0) - (xAxis?.min ?? 0)).to.be.greaterThan(0);
    expect(xAxis?.max ?? 1_000).to.be.lessThan(1_000);
  });

  it("shows on a narrow screen that a picture runs on, as a table does", () => {
    const [hint = ""] = /(?<=\.scroll\{[^}]*)background:[^}]+/.exec(styleSheet()) ?? [];
    expect(hint).to.match(/^background:linear-gradient\(90deg/);
    expect(pageOf(markets)).to.match(
      /<figure id="health">\s*<div class="scroll" role="region"[^>]* tabindex="0"><svg /,
    );
    expect(styleSheet()).to.match(/@media \(max-width:60rem\)\{[^@]*figure svg\{min-width:54rem\}/);
  });

  it("says of a twin that its errors tell what its choice changes", () => {
    const outcome = { name: "Price", metric: "price", when: "end", unit: "wad", history: "1", replay: "1", error: "0" };
    const history = { inputs: [], outcomes: [{ ...outcome, source: "paper" }], sources: ["paper"] };
    const replay = { ...makeRunRecord(), history } as RunRecord;
    const twin = { ...replay, scenario: { ...replay.scenario, variant: "spot" } };
    expect(pageOf(twin)).to.include("This is the twin <strong>spot</strong>, which did not happen");
    expect(pageOf(replay)).not.to.include("which did not happen");
  });
});
