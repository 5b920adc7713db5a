import { expect } from "chai";

import { drawGallery } from "../../src/report/charts/gallery.ts";
import { renderIndex } from "../../src/report/html/index-html.ts";
import { renderReport } from "../../src/report/html/report-html.ts";
import { drawTwins, renderTwins } from "../../src/report/html/twins-html.ts";
import type { RunRecord } from "../../src/report/run-record.ts";
import { readStory } from "../../src/report/story/story.ts";
import { formatSummary } from "../../src/report/summary/format-summary.ts";

/** What a page says only by mistake. */
const SLIPS = /NaN|undefined|Infinity|\[object \w+\]|\bnull\b/g;

/** Slips of a page's text and pictures; fonts and pictures that stand in it as base64 say anything. */
export function slipsOf(page: string): readonly string[] {
  const told = page.replace(/base64,[A-Za-z0-9+/=]+/g, "").replace(/<script[\s\S]*?<\/script>/g, "");
  return [...told.matchAll(SLIPS)].map(({ index }) => told.slice(Math.max(0, index - 60), index + 40));
}

/** Every page of a scenario's runs says what it means: each report, the summary, and twins side by side. */
export function expectPlainPages(records: readonly RunRecord[]): void {
  for (const record of records) {
    const story = readStory(record);
    const called = record.scenario.variant ?? record.scenario.name;
    expect(slipsOf(renderReport(story, drawGallery(story))), called).to.deep.equal([]);
    const summary = formatSummary(record, { colour: false });
    expect(slipsOf(summary), called).to.deep.equal([]);
    const long = summary.split("\n").filter((line) => line.length > 80);
    expect(long, `${called}: lines of the summary beyond 80 columns`).to.deep.equal([]);
  }
  const entries = records.map((record) => ({ record, folder: "here" }));
  expect(slipsOf(renderIndex("runs", entries))).to.deep.equal([]);
  const twins = entries.map((entry, at) => ({ ...entry, name: `twin-${at}`, title: "as written" }));
  expect(slipsOf(renderTwins(twins, drawTwins(twins)))).to.deep.equal([]);
}
