import path from "node:path";

import { expect } from "chai";

import { formatRunList, formatTwins } from "../../../../src/cli/run-list.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

const record = makeRunRecord();
const failed = { ...record, passed: false, scenario: { ...record.scenario, variant: "late" } };
const entries = [
  { name: "base", title: "as written", record, folder: "base-seed-42" },
  { name: "late", title: "reports come a week late", record: failed, folder: "late-seed-42" },
];

describe("formatTwins", () => {
  it("tells what differs in each twin, whether it passed and what it came to, within 80 columns", () => {
    const text = formatTwins("/out/twins.html", entries);
    expect(text).to.match(/^base {15}passed {2}as written\n {27}\S+ slash/m);
    expect(text).to.match(/^late {15}FAILED {2}reports come a week late\n {27}\S+ slash/m);
    expect(text).to.match(/\n\nSide by side: \/out\/twins\.html\n$/);
    expect(text.split("\n").filter((line) => line.length > 80)).to.deep.equal([]);
  });
});

describe("formatRunList", () => {
  it("names runs by scenario, variant and seed, with their files beside the page", () => {
    const { page, runs } = JSON.parse(formatRunList("/out/twins.html", entries)) as {
      readonly page: string;
      readonly runs: readonly Readonly<Record<string, unknown>>[];
    };
    expect(page).to.equal(path.resolve("/out/twins.html"));
    expect(runs.map(({ variant, passed }) => [variant, passed])).to.deep.equal([
      [null, true],
      ["late", false],
    ]);
    expect(runs[1]).to.include({
      scenario: record.scenario.name,
      seed: record.seed,
      record: path.resolve("/out/late-seed-42/record.json"),
      report: path.resolve("/out/late-seed-42/report.html"),
    });
    expect(runs[0]?.["headline"]).to.match(/slash/);
  });
});
