import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { drawGallery } from "../../../../src/report/charts/gallery.ts";
import { renderPng } from "../../../../src/report/charts/png.ts";
import { toPageSvg, toStandaloneSvg } from "../../../../src/report/charts/picture.ts";
import { readRunRecord } from "../../../../src/report/files/read-run-record.ts";
import { renderIndex } from "../../../../src/report/html/index-html.ts";
import { renderReport } from "../../../../src/report/html/report-html.ts";
import type { RunRecord } from "../../../../src/report/run-record.ts";
import { readStory } from "../../../../src/report/story/story.ts";
import { reportFolderName, writeReport, writeReportIndex } from "../../../../src/report/write-report.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

const HOSTILE = `<script>alert("x")</script>'&{value|}\u0000\u202e`;

/** Puts a hostile text wherever a record takes free text. */
function makeHostileRecord(): RunRecord {
  const record = makeRunRecord({ hostileName: HOSTILE });
  return {
    ...record,
    scenario: { ...record.scenario, name: HOSTILE, question: HOSTILE },
    replay: HOSTILE,
    parameters: { [HOSTILE]: HOSTILE },
    operatorSets: record.operatorSets.map((set) => ({ ...set, service: HOSTILE })),
    cases: record.cases.map((item) => ({ ...item, reason: HOSTILE, rule: HOSTILE, set: HOSTILE })),
    slashes: record.slashes.map((slash) => ({ ...slash, operator: HOSTILE, cause: HOSTILE })),
    exits: record.exits.map((exit) => ({ ...exit, holder: HOSTILE })),
    notes: [{ time: "0", text: HOSTILE }],
    actions: record.actions.map((action) => ({ ...action, type: HOSTILE, agent: HOSTILE })),
    invariants: record.invariants.map((invariant) => ({ ...invariant, broken: { step: 1, detail: HOSTILE } })),
  };
}

function reportOf(record: RunRecord): string {
  const story = readStory(record);
  return renderReport(story, drawGallery(story));
}

describe("report writer", () => {
  const record = makeRunRecord();
  const page = reportOf(record);

  it("has a section for every question, in the order of the story", () => {
    const sections = [...page.matchAll(/<section id="section-([a-z]+)"/g)].map(([, id]) => id);
    expect(sections).to.deep.equal([
      "words",
      "network",
      "timeline",
      "losses",
      "escapes",
      "security",
      "detection",
      "yields",
      "actions",
      "checks",
      "replay",
    ]);
  });

  it("draws every picture, each with words for those who cannot see it", () => {
    const figures = [...page.matchAll(/<figure id="([a-z-]+)">\s*<div [^>]+><svg role="img" aria-label="([^"]+)"/g)];
    expect(figures.map(([, id]) => id)).to.deep.equal([
      "operator-network",
      "slash-timeline",
      "loss-waterfall",
      "stake-over-time",
      "security-fall",
      "shorter-detection",
    ]);
    for (const [, , label] of figures) expect(label?.length).to.be.greaterThan(60);
  });

  it("shows amounts in ether with their exact wei", () => {
    const value = record.slashes.reduce((total, slash) => total + BigInt(slash.value), 0n);
    expect(page).to.include(`<data value="${value.toString()}" title="`);
  });

  it("names no address on any network", () => {
    const links = [...page.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(([, target]) => target ?? "");
    for (const link of links) expect(link).to.match(/^(#|data:|record\.json)/);
    expect(page.replaceAll(/xmlns(?::xlink)?="[^"]+"/g, "")).not.to.match(/https?:\/\//);
  });

  it("leaves no stand-in colour and no counter of the drawing library", () => {
    for (const svg of drawGallery(readStory(record)).map(toPageSvg)) expect(svg).not.to.match(/#fa00|zr\d|ecmeta/);
  });

  it("gives the same bytes whatever was drawn before", () => {
    reportOf(makeRunRecord({ services: 5, operators: 6 }));
    expect(reportOf(makeRunRecord())).to.equal(page);
  });

  it("draws the same PNG twice, as wide as a projector", () => {
    const draw = () => drawGallery(readStory(record)).slice(0, 1).map(renderPng)[0] ?? new Uint8Array();
    const image = draw();
    expect(Buffer.from(image).equals(Buffer.from(draw()))).to.equal(true);
    expect(Buffer.from(image).readUInt32BE(16)).to.equal(2_400);
  });

  it("gives each run of an index a picture of its own", () => {
    const quiet = { ...record, slashes: [], escapes: [] };
    const index = renderIndex("runs", [
      { record, folder: "a" },
      { record: quiet, folder: "b" },
      { record, folder: "c" },
    ]);
    expect([...index.matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id)).to.deep.equal(["run-1", "run-2", "run-3"]);
    const ids = [...index.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).to.deep.equal([...new Set(ids)]);
    const titles = [...index.matchAll(/<h3>(.+?)<\/h3>/g)].map(([, title]) => title);
    expect(titles.map((title) => title === "Where the loss fell, and where it went")).to.deep.equal([
      true,
      false,
      true,
    ]);
  });

  describe("with hostile names", () => {
    const hostile = makeHostileRecord();

    it("lets none of them become markup", () => {
      const text = reportOf(hostile);
      expect(text.match(/<script>/g)).to.have.length(1);
      expect(text).not.to.include("alert(&quot;x&quot;)</script>");
      expect(text).to.include("&lt;script&gt;alert(");
      expect(text).not.to.match(/[\u0000-\u0008\u202e]/);
      expect(renderIndex(HOSTILE, [{ record: hostile, folder: `../${HOSTILE}` }]).match(/<script>/g)).to.have.length(1);
    });

    it("draws pictures that are still well-formed", () => {
      for (const picture of drawGallery(readStory(hostile))) {
        expect(toStandaloneSvg(picture)).not.to.include("<script");
        expect(toPageSvg(picture)).not.to.include("<script");
        expect(renderPng(picture).length).to.be.greaterThan(1_000);
      }
    });

    it("names a folder that stays one path segment", () => {
      expect(reportFolderName(hostile)).to.match(/^[A-Za-z0-9-]+-seed-42$/);
      const dots = { ...record, scenario: { ...record.scenario, name: "../.." } };
      expect(reportFolderName(dots)).to.equal("scenario-seed-42");
    });
  });

  it("reports a run in which nothing happened", () => {
    const calm = {
      ...record,
      rows: [],
      slashes: [],
      cases: [],
      exits: [],
      earnings: [],
      actions: [],
      operatorSets: [],
    };
    expect(reportOf(calm)).to.include("Nobody was slashed");
  });

  describe("writeReport", () => {
    let root = "";

    before(async () => {
      root = await mkdtemp(join(tmpdir(), "faultline-report-"));
    });

    after(async () => {
      await rm(root, { recursive: true, force: true });
    });

    it("writes the page, the record and the pictures, and returns where they are", async () => {
      const files = await writeReport(record, join(root, "run"));
      expect(readRunRecord(await readFile(files.record, "utf8"))).to.deep.equal(record);
      expect(await readFile(files.html, "utf8")).to.equal(page);
      expect(files.pictures).to.have.length(6);
      expect((await readdir(join(root, "run"))).sort()).to.deep.equal(["pictures", "record.json", "report.html"]);
    });

    it("links the reports of a folder", async () => {
      const path = await writeReportIndex(root, [{ record, folder: "run" }]);
      expect(await readFile(path, "utf8")).to.include('<a href="./run/report.html">');
    });
  });
});
