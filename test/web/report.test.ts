import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";
import { chromium, type Browser, type Page } from "playwright-core";

import { writeReport } from "../../src/report/write-report.ts";
import { findBrowser } from "../helpers/browser.ts";
import { makeRunRecord } from "../helpers/run-record-fixture.ts";

const SCHEMES = ["light", "dark"] as const;
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

/** Contrast of every piece of text against the surface behind it; runs in the page. */
const LOWEST_CONTRAST = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backdrop = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("h1,h2,h3,p,td,th,figcaption,.label,.big,.note,a,summary,svg text")];
  const seen = texts.filter((node) => node.textContent.trim() !== "" && node.getClientRects().length > 0);
  const contrasts = seen.map((node) => {
    const style = getComputedStyle(node);
    const front = luminance(node instanceof SVGElement ? style.fill : style.color);
    const back = luminance(backdrop(node));
    return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  });
  return { count: seen.length, lowest: Math.min(...contrasts) };
})()`;

/** Pictures whose text runs out of the drawing; runs in the page. */
const CLIPPED = `[...document.querySelectorAll("figure svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map((text) => text.textContent);
})`;

describe("report in a browser", () => {
  const path = findBrowser();
  let browser: Browser;
  let folder = "";
  let address = "";

  before(async function () {
    if (path === null) {
      process.stderr.write("\nSKIPPED: report in a browser. No browser: install chromium or set CHROME_PATH.\n\n");
      // eslint-disable-next-line mocha/no-pending-tests -- a machine without a browser is told so, loudly, above
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "faultline-web-"));
    const record = makeRunRecord({ services: 29, operators: 30, hostileName: HOSTILE });
    const { html } = await writeReport(record, folder);
    address = pathToFileURL(html).href;
    browser = await chromium.launch({
      executablePath: path,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
  });

  after(async () => {
    if (path === null) return;
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the report and collects what it complains of and what it fetches. */
  async function open(colorScheme: (typeof SCHEMES)[number]): Promise<{ page: Page; trouble: string[] }> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1600, height: 1000 } });
    const trouble: string[] = [];
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && request.url() !== address) trouble.push(request.url());
    });
    await page.goto(address);
    await page.evaluate("document.fonts.ready.then(() => true)");
    return { page, trouble };
  }

  for (const scheme of SCHEMES) {
    it(`shows every section without an error or a request in ${scheme} mode`, async () => {
      const { page, trouble } = await open(scheme);
      expect(await page.locator("section").count()).to.equal(11);
      expect(await page.locator("figure svg[role=img][aria-label]").count()).to.equal(6);
      expect(await page.title()).to.match(/^operator-fault, seed 42/);
      expect(trouble).to.deep.equal([]);
      await page.close();
    });

    it(`keeps the contrast of all text at 4.5 or more in ${scheme} mode`, async () => {
      const { page } = await open(scheme);
      const { count, lowest } = await page.evaluate<{ count: number; lowest: number }>(LOWEST_CONTRAST);
      expect(count).to.be.greaterThan(200);
      expect(lowest).to.be.at.least(4.5);
      await page.close();
    });
  }

  it("clips no text of a picture", async () => {
    const { page } = await open("light");
    expect(await page.evaluate<string[]>(CLIPPED)).to.deep.equal([]);
    await page.close();
  });

  it("scrolls no wider than the window, on a projector and on a phone", async () => {
    const { page } = await open("light");
    for (const width of [1600, 1024, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).to.be.at.most(width);
    }
    await page.close();
  });

  it("sorts a table by the pressed heading", async () => {
    const { page } = await open("light");
    const column = "#section-losses table >> nth=1 >> tbody tr td:last-child";
    await page.locator("#section-losses table >> nth=1 >> thead th:last-child button").click();
    const shares = (await page.locator(column).allTextContents()).map((text) => Number.parseFloat(text));
    expect(shares).to.have.length.greaterThan(3);
    expect(shares).to.deep.equal([...shares].sort((a, b) => b - a));
    await page.close();
  });
});
