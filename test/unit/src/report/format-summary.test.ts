import { expect } from "chai";

import { formatSummary } from "../../../../src/report/summary/format-summary.ts";
import { wantsColour } from "../../../../src/report/summary/paint.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

const LONG = "a-name-without-an-end-".repeat(8);

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}

describe("formatSummary", () => {
  const large = makeRunRecord({ services: 29, operators: 30, stakersPerOperator: 10, hostileName: LONG });

  it("fits into 80 columns, however large the run and long the names", () => {
    expect(widest(formatSummary(makeRunRecord()))).to.be.at.most(80);
    const record = {
      ...large,
      scenario: { ...large.scenario, name: LONG, question: LONG },
      replay: `npm run simulate -- ${LONG}`,
      cases: large.cases.map((item) => ({ ...item, operator: LONG })),
      invariants: [{ name: LONG, sentence: LONG, checks: 1, broken: { step: 3, detail: LONG } }],
    };
    const files = { folder: `/${LONG}`, html: `/${LONG}/report.html`, record: `/${LONG}/record.json`, pictures: [] };
    expect(widest(formatSummary(record, { files }))).to.be.at.most(80);
  });

  it("says the headline, the losses, the escapes, the cases, security and the checks", () => {
    const text = formatSummary(makeRunRecord());
    for (const part of ["2 slashes took", "Who lost what", "Cases", "Who escaped", "Security", "Checks", "Again"]) {
      expect(text).to.include(part);
    }
    expect(text.endsWith("\n")).to.equal(true);
  });

  it("sums the holders beyond the top", () => {
    expect(formatSummary(makeRunRecord(), { top: 2 })).to.match(/\n {2}5 others +[\d,.]+ ETH/);
  });

  it("loses no character of a path that is too long for a line", () => {
    const html = `/${LONG}/report.html`;
    const files = { folder: "/x", html, record: "/x/record.json", pictures: [] };
    const text = formatSummary(makeRunRecord(), { files }).replaceAll(/\n {12}/g, "");
    expect(text).to.include(html);
  });

  it("lets no name drive the terminal", () => {
    const record = makeRunRecord({ hostileName: "\u001b[2Jgone\u0007" });
    expect(formatSummary(record)).not.to.match(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it("colours only when asked", () => {
    expect(formatSummary(makeRunRecord())).not.to.include("\u001b");
    expect(formatSummary(makeRunRecord(), { colour: true })).to.include("\u001b[1m");
  });

  it("names what failed", () => {
    const record = {
      ...makeRunRecord(),
      passed: false,
      expectations: [{ metric: "staked", expected: "above 5", actual: "4", passed: false }],
    };
    expect(formatSummary(record)).to.include("staked: expected above 5, got 4");
  });
});

describe("wantsColour", () => {
  it("wants colour on a terminal alone, and none where NO_COLOR is set", () => {
    expect(wantsColour({ isTTY: true }, {})).to.equal(true);
    expect(wantsColour({}, {})).to.equal(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "1" })).to.equal(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: "" })).to.equal(true);
    expect(wantsColour({ isTTY: true }, { TERM: "dumb" })).to.equal(false);
  });
});
