import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { drawGallery } from "../../../../src/report/charts/gallery.ts";
import { toCanonicalJson } from "../../../../src/report/files/canonical-json.ts";
import { readRunRecord } from "../../../../src/report/files/read-run-record.ts";
import { runRecordSchema } from "../../../../src/report/run-record.ts";
import { drawTwins, renderTwins } from "../../../../src/report/html/twins-html.ts";
import { answersOf } from "../../../../src/report/story/answers.ts";
import { readDefi } from "../../../../src/report/story/defi.ts";
import { toText } from "../../../../src/report/story/phrase.ts";
import { readStory } from "../../../../src/report/story/story.ts";
import { formatSummary } from "../../../../src/report/summary/format-summary.ts";
import { writeReport } from "../../../../src/report/write-report.ts";
import { makeDefiRecord } from "../../../helpers/defi-record.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

const WAD = 10n ** 18n;
const record = makeDefiRecord();
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "faultline-defi-"));
  folders.push(folder);
  return folder;
}

describe("a record with a DeFi part", () => {
  it("validates, and reads back as it was", () => {
    expect(runRecordSchema.parse(record)).to.deep.equal(record);
    expect(readRunRecord(toCanonicalJson(record))).to.deep.equal(record);
  });

  it("has the same bytes every time", () => {
    expect(toCanonicalJson(makeDefiRecord())).to.equal(toCanonicalJson(record));
  });

  it("sums every party's lines to its change, and all parties to the real assets", () => {
    const { parties, total } = record.defi ?? { parties: [], total: { first: "0", last: "0" } };
    const sum = (values: readonly string[]): bigint => values.reduce((all, value) => all + BigInt(value), 0n);
    for (const { party, first, last, lines } of parties) {
      expect(sum(lines.map(({ amount }) => amount)), party).to.equal(BigInt(last) - BigInt(first));
    }
    expect(sum(parties.map(({ first }) => first))).to.equal(BigInt(total.first));
    expect(sum(parties.map(({ last }) => last))).to.equal(BigInt(total.last));
  });

  it("keeps attempts that failed, with their reason, and what guardians did with its latency", () => {
    expect(record.defi?.liquidations.map(({ result }) => result)).to.deep.equal(["unprofitable", "done", "healthy"]);
    expect(record.defi?.guardians.map(({ type, on, latency }) => [type, on, latency])).to.deep.equal([
      ["freezeReserve", "core/lrt", "60"],
    ]);
  });

  it("remembers health at the first, the worst and the last step", () => {
    const health = record.defi?.health.map(({ when, step }) => [when, step]);
    expect(health?.map(([when]) => when)).to.deep.equal(["first", "worst", "last"]);
    expect(health?.[2]).to.deep.equal(["last", 4]);
  });

  it("calls a loss of liquidators a loss, not a negative profit", () => {
    const { defi } = record;
    if (defi === undefined) throw new RangeError("the fixture has no DeFi part");
    const liquidations = defi.liquidations.map((one) => ({ ...one, profit: (-(5n * 10n ** 17n)).toString() }));
    const losing = formatSummary({ ...record, defi: { ...defi, liquidations } }, { colour: false });
    expect(losing)
      .to.match(/at a loss of 0\.5/)
      .and.not.match(/profit of -/);
    expect(formatSummary(record, { colour: false })).to.match(/for a profit of 1/);
  });

  it("is absent where a record has no such part, and the report is as before", () => {
    const old = makeRunRecord();
    expect(runRecordSchema.parse(old)).to.deep.equal(old);
    expect(readDefi(old)).to.equal(null);
    expect(drawGallery(readStory(old)).map(({ id }) => id)).to.not.include("health");
  });
});

describe("the report of a DeFi run", () => {
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  const pictures = drawGallery(readStory(record));

  it("draws prices, health, liquidations, losses, falls, slippage, utilisation and backing", () => {
    const ids = pictures.map(({ id }) => id);
    expect(ids).to.include.members([
      "prices-lrt",
      "health",
      "liquidations",
      "defi-losses",
      "bad-debt-by-drop",
      "liquidations-at-price",
      "slippage-pool-lrt",
      "utilisation",
      "cash",
      "backing",
    ]);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("draws the cap that the depth allows, and all pools together where there are several", () => {
    const { defi } = record;
    const one = defi?.slippage.find(({ sell }) => sell === "lrt");
    const depth = defi?.depth.find(({ sell }) => sell === "lrt");
    if (defi === undefined || one === undefined || depth === undefined) throw new RangeError("the record has no depth");
    const single = pictures.find(({ id }) => id === "slippage-pool-lrt");
    expect(single?.caption).to.match(/a supply cap should not exceed twice that, [\d.,]+ /);
    expect(single?.svg).to.include("2 × what the bonus pays for").and.to.include("bonus 1.00 %");
    const other = { ...one, pool: "second" };
    const wider = { ...defi, slippage: [one, other], depth: [{ ...depth, pools: ["pool", "second"] }] };
    const several = drawGallery(readStory({ ...record, defi: wider })).filter(({ id }) => id.startsWith("slippage"));
    expect(several.map(({ id }) => id)).to.deep.equal(["slippage-all-lrt"]);
    for (const name of ["pool", "second", "all pools"]) expect(several[0]?.svg).to.include(`>${name}<`);
  });

  it("says of a bonus that pays for no sale, or for any, that it does", () => {
    const { defi } = record;
    if (defi === undefined) throw new RangeError("the fixture has no DeFi part");
    const captionOf = (room: string | null): string => {
      const depth = defi.depth.map((one) => ({ ...one, room, cap: room }));
      const drawn = drawGallery(readStory({ ...record, defi: { ...defi, depth } }));
      return drawn.find(({ id }) => id === "slippage-pool-lrt")?.caption ?? "";
    };
    expect(captionOf("0")).to.include("pays for no sale at all");
    expect(captionOf(null)).to.include("pays for a sale of any size that is drawn");
  });

  it("draws caps where a reserve has one, and not where none has", () => {
    expect(pictures.map(({ id }) => id)).to.not.include("caps");
    const rows = record.rows.map((row, at) => ({
      ...row,
      defi: { ...row.defi, "reserve/core/lrt/supplyCap": ((WAD * BigInt(at + 1)) / 4n).toString() },
    }));
    const caps = drawGallery(readStory({ ...record, rows })).find(({ id }) => id === "caps");
    expect(caps?.caption).to.include("core/lrt: supply cap 125.0 %");
  });

  it("tells the gas of every attempt to liquidate", async () => {
    const folder = await newFolder();
    const page = await readFile((await writeReport(record, folder)).html, "utf8");
    expect(page).to.match(/<th[^>]*>Gas<\/th>|>Gas</);
    expect(page).to.include("500,000");
    expect(pictures.find(({ id }) => id === "liquidations")?.caption).to.include("burned 1,500,000 gas");
  });

  it("names a cause by its population, so that a crowd of counterparties is one", () => {
    const { defi, participants } = record;
    const population = participants.find(({ id, population: of }) => id !== of)?.population ?? "";
    const crowd = participants.filter((one) => one.population === population);
    expect(crowd.length).to.be.greaterThan(0);
    const [line] = defi?.waterfall ?? [];
    if (defi === undefined || line === undefined) throw new RangeError("the record has no losses");
    const trades = crowd.map(({ id }) => ({ ...line, channel: "trading", with: id }));
    const drawn = drawGallery(readStory({ ...record, defi: { ...defi, waterfall: [...defi.waterfall, ...trades] } }));
    const svg = drawn.find(({ id }) => id === "defi-losses")?.svg ?? "";
    expect(svg.split(`trading: ${population}<`)).to.have.length(2);
    for (const { id } of crowd) expect(svg).to.not.include(`trading: ${id}`);
  });

  it("says with every picture what one sees, and draws no number that is none", () => {
    for (const { id, svg, caption, description } of pictures) {
      expect(caption, id).to.match(/\.$/);
      expect(description, id).to.match(/\.$/);
      expect(svg, id).to.not.match(/NaN|undefined|Infinity/);
    }
  });

  it("writes page, record and pictures, with the wei in the tables", async () => {
    const folder = await newFolder();
    const files = await writeReport(record, folder);
    const page = await readFile(files.html, "utf8");
    for (const title of ["Prices: market, oracle, NAV", "Positions and liquidations", "Who bore each loss"]) {
      expect(page).to.include(title);
    }
    expect(page).to.match(/FlashLiquidatorUnprofitable/);
    expect(page).to.match(/data value="\d{18,}"/);
    expect(page).to.not.match(/>\s*(NaN|undefined)/);
    expect(await readdir(join(folder, "pictures"))).to.include("health.png");
  });

  it("says who lost what, in which order, and how much earlier one could have known", () => {
    const answers = answersOf(readStory(record)).map(({ title, phrases }) => [title, phrases.map(toText)] as const);
    const told = new Map(answers);
    expect(told.get("Who lost what in the markets")?.[0]).to.match(/^\w+ lost [\d,.]+ ETH, mostly as .+ and by .+\.$/);
    const order = told.get("In which order") ?? [];
    const at = (text: string): number => order.findIndex((line) => line.includes(text));
    expect(at("below its worth")).to.be.greaterThanOrEqual(0);
    expect(at("below its worth")).to.be.lessThan(at("of 1 liquidation was made"));
    const times = order.map((line) => line.slice(0, 15));
    expect([...times].sort()).to.deep.equal(times);
    expect(told.get("How much earlier it could be seen")?.length).to.be.greaterThan(0);
  });

  it("tells each thing that was made to happen, and of many the first five and when the rest began", () => {
    const ordered = (count: number): readonly string[] => {
      const notes = Array.from({ length: count }, (_, at) => ({ time: `${(at + 1) * 60}`, text: `event ${at + 1}` }));
      const answers = answersOf(readStory({ ...record, notes }));
      const order = answers.find(({ title }) => title === "In which order")?.phrases.map(toText) ?? [];
      return order.filter((line) => line.includes("event"));
    };
    expect(ordered(2).map((line) => line.replace(/^.*: /, ""))).to.deep.equal(["event 1.", "event 2."]);
    expect(ordered(6)).to.have.length(6);
    expect(ordered(8).at(-1)).to.match(/: the first of 3 other events followed\.$/);
    expect(ordered(8)).to.have.length(6);
  });

  it("says nothing of layers in which nothing happened", () => {
    const calm = { ...record, slashes: [], exits: [] };
    const titles = answersOf(readStory(calm)).map(({ title }) => title);
    for (const title of ["Who lost what", "Who escaped, and why", "How far security fell, and for how long"]) {
      expect(titles).not.to.include(title);
    }
  });

  it("says in 80 columns what the markets did", () => {
    const summary = formatSummary(record);
    expect(summary).to.match(/1 liquidation repaid 120(\.0+)? ETH/);
    expect(summary).to.match(/2 attempts failed/);
    expect(summary).to.match(/bad debt/);
    for (const line of summary.split("\n")) expect([...line].length, line).to.be.at.most(80);
  });
});

describe("twins with a DeFi layer", () => {
  const twins = ["base", "other"].map((name) => ({ name, title: name, folder: name, record }));

  it("stand in one table: liquidated, failures, bad debt, profit, who bore it", () => {
    const page = renderTwins(twins, drawTwins(twins));
    expect(page).to.include("What liquidation came to in each twin, and who bore it");
    expect(page).to.match(/1 unprofitable, 1 healthy/);
  });

  it("lay prices and debts that differ upon each other", () => {
    const rows = record.rows.map((row) => ({ ...row, defi: { ...row.defi, "price/lrt/market/pool": "7" } }));
    const [first, second] = twins;
    if (first === undefined || second === undefined) throw new Error("two twins");
    const ids = drawTwins([first, { ...second, record: { ...record, rows } }]).map(({ id }) => id);
    expect(ids).to.deep.equal(["twins-price-lrt-market-pool"]);
  });
});
