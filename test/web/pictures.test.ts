import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";
import { chromium, type Browser } from "playwright-core";

import { drawGallery } from "../../src/report/charts/gallery.ts";
import { renderIndex } from "../../src/report/html/index-html.ts";
import { renderReport } from "../../src/report/html/report-html.ts";
import { drawTwins, renderTwins } from "../../src/report/html/twins-html.ts";
import type { RunRecord } from "../../src/report/run-record.ts";
import { readStory } from "../../src/report/story/story.ts";
import { answerSweep } from "../../src/sweep/answers/answer-sweep.ts";
import { readResults } from "../../src/sweep/answers/read-results.ts";
import { writeSweepPage } from "../../src/sweep/page/sweep-page.ts";
import { findBrowser } from "../helpers/browser.ts";
import { makeDefiRecord } from "../helpers/defi-record.ts";
import { makeRunRecord } from "../helpers/run-record-fixture.ts";
import { paperSweep, temporaryFolder } from "../helpers/sweep-fixture.ts";

const WIDTHS = [1280, 768, 400] as const;
/** Smallest type of a picture that is read without a glass [CSS px]. */
const SMALLEST = 10.5;

/** What is wrong with the pictures of a page: words cut off, upon each other, or too small; runs in the page. */
const FAULTS = `(() => {
  const faults = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    const id = svg.closest("figure").id;
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / 1200;
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "");
    const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const text of texts) {
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < ${SMALLEST.toString()}) faults.push(id + ": " + text.textContent + " is " + size.toFixed(1) + " px");
    }
    for (const [word, box] of boxes) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) faults.push(id + ": cut at a side: " + word);
      if (box.top < frame.top - 1 || box.bottom > frame.bottom + 1) faults.push(id + ": cut above or below: " + word);
    }
    for (const [at, [word, a]] of boxes.entries()) {
      for (const [other, b] of boxes.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 * scale && down > 5 * scale) faults.push(id + ": " + word + " lies upon " + other);
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than the window");
  return faults;
})()`;

/** The record with queues and caps in use, and with events. */
function busyRecord(): RunRecord {
  const record = makeDefiRecord();
  const series = { group: "queue", subject: "lrt", label: "lrt", unit: "ETH", decimals: 18 } as const;
  const amounts = [0n, 40n, 100n, 50n, 0n];
  const rows = record.rows.map((row, at) => {
    const wei = (amounts[at] ?? 0n) * 10n ** 18n;
    const queue = { "queue/lrt/depth": wei.toString(), "queue/lrt/served": (wei / 2n).toString() };
    return { ...row, defi: { ...row.defi, ...queue, "reserve/core/lrt/supplyCap": (wei / 90n).toString() } };
  });
  const notes = [60, 90, 180].map((time) => ({ time: time.toString(), text: "somebody sells all that there is" }));
  const known = { ...record.defi?.series, "queue/lrt/depth": series };
  return { ...record, rows, notes, defi: { ...record.defi, series: known } } as RunRecord;
}

/** Pages with every kind of picture. */
async function writePages(folder: string): Promise<readonly (readonly [string, string])[]> {
  const records = [busyRecord(), makeRunRecord({ services: 29, operators: 30 })];
  const reports = records.map((record, at) => {
    const story = readStory(record);
    return [`report ${(at + 1).toString()}`, renderReport(story, drawGallery(story))] as const;
  });
  const entries = records.map((record) => ({ record, folder: "here" }));
  const twins = ["1000000000000000000", "970000000000000000"].map((price, at) => {
    const record = busyRecord();
    const rows = record.rows.map((row) => ({ ...row, defi: { ...row.defi, "price/lrt/market/pool": price } }));
    return { name: `twin-${at.toString()}`, title: "as written", folder: "here", record: { ...record, rows } };
  });
  const set = { "lst.fee": ["5%", "10%"], "clock.steps": ["10", "20"] };
  const sweep = join(folder, "sweep");
  await paperSweep({ set, seeds: "1..10" }).start(sweep);
  const results = await readResults(sweep);
  const pages = [...reports, ["index", renderIndex("runs", entries)], ["twins", renderTwins(twins, drawTwins(twins))]];
  const written = pages.map(async ([name = "", page = ""]) => {
    const file = join(folder, `${name.replace(" ", "-")}.html`);
    await writeFile(file, page);
    return [name, file] as const;
  });
  return [
    ...(await Promise.all(written)),
    ["sweep", (await writeSweepPage(sweep, results, answerSweep(results))) ?? ""],
  ];
}

describe("pictures in a browser", () => {
  const path = findBrowser();
  let browser: Browser;
  let pages: readonly (readonly [string, string])[] = [];
  let remove: (() => Promise<void>) | null = null;

  before(async function () {
    if (path === null) {
      process.stderr.write("\nSKIPPED: pictures in a browser. No browser: install chromium or set CHROME_PATH.\n\n");
      // eslint-disable-next-line mocha/no-pending-tests -- a machine without a browser is told so, loudly, above
      this.skip();
    }
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    pages = await writePages(temporary.folder);
    browser = await chromium.launch({
      executablePath: path,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
  });

  after(async () => {
    if (path !== null) await browser.close();
    await remove?.();
  });

  for (const width of WIDTHS) {
    it(`have words that can be read, none cut off or upon each other, ${width.toString()} wide`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      for (const [name, file] of pages) {
        await page.goto(pathToFileURL(file).href);
        await page.evaluate("document.fonts.ready.then(() => true)");
        expect(await page.locator("figure svg").count(), name).to.be.greaterThan(0);
        expect(await page.evaluate<string[]>(FAULTS), name).to.deep.equal([]);
      }
      await page.close();
    });
  }

  it("are scrolled with the keyboard where they are wider than the window", async () => {
    const page = await browser.newPage({ viewport: { width: 400, height: 900 } });
    await page.goto(pathToFileURL(pages[0]?.[1] ?? "").href);
    const picture = page.locator("figure .scroll").first();
    await picture.focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(`document.querySelector("figure .scroll").scrollLeft > 0`);
    expect(await picture.getAttribute("aria-label")).to.not.equal("");
    await page.close();
  });
});
