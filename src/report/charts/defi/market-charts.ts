import { formatEtherShort, formatFixed } from "../../format/ether.ts";
import { shorten } from "../../format/text.ts";
import { timeUnitFor } from "../../format/time.ts";
import type { RunRecord } from "../../run-record.ts";
import { columnOf, discountAtEnd } from "../../story/defi.ts";
import type { Story } from "../../story/story.ts";
import { eventMarks, eventWords, readEvents } from "../events.ts";
import type { Chart } from "../picture.ts";
import { everMoves, seriesIds, timeLines, type TimeLine } from "./time-lines.ts";

const WAD = 10n ** 18n;
const percent = (wad: bigint): string => `${formatFixed(wad * 100n, WAD, 1)} %`;
/** Names that are safe as ids of pictures. */
const safe = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "-");
/** Longest name in a legend. */
const LONGEST = 30;
/** So much behind a token that its line would flatten the others; it is told in words then. */
const AMPLE = 2n * WAD;
const least = (values: readonly bigint[]): bigint =>
  values.reduce((low, one) => (one < low ? one : low), values[0] ?? 0n);
const most = (values: readonly bigint[]): bigint =>
  values.reduce((top, one) => (one > top ? one : top), values[0] ?? 0n);

/** Order of a price's lines: the market below, what is said of it upon it, references last. */
function rank(id: string): number {
  return ["/market/", "/oracle/", "/reported", "/average/", "/nav"].findIndex((part) => id.includes(part));
}

/** A token's prices as lines; oracles that say the same in every row are one. */
function priceLines({ record }: Story, token: string): TimeLine[] {
  const series = record.defi?.series ?? {};
  const lines = new Map<string, TimeLine>();
  for (const id of [...seriesIds(record, "price", token)].sort((a, b) => rank(a) - rank(b))) {
    const name = (series[id]?.label ?? id).replace("NAV: what stands behind it", "NAV (true worth)");
    const key = id.includes("/oracle/") ? columnOf(record, id).join(" ") : id;
    const same = lines.get(key);
    if (same === undefined) lines.set(key, { id, name, dashed: id.endsWith("/nav") || id.includes("/average/") });
    else lines.set(key, { ...same, name: `${same.name}, ${name.replace(/^oracle: /, "")}` });
  }
  return [...lines.values()].map((line) => ({ ...line, name: shorten(line.name, LONGEST) }));
}

/** How far below its worth a token stood on a pool, in words. */
function discountWords(record: RunRecord, id: string): string {
  const values = columnOf(record, id);
  const peak = most(values);
  const deepest = peak > 0n ? `at most ${percent(peak)}` : "none at any time";
  return `on ${record.defi?.series[id]?.label ?? id} ${deepest}, at the end ${discountAtEnd(values.at(-1) ?? 0n)}`;
}

/** A token's market price, what oracles say and what stands behind it, with the discount below; one picture a token. */
export function priceCharts(story: Story): Chart[] {
  const { record, end } = story;
  const series = record.defi?.series ?? {};
  const tokens = [...new Set(seriesIds(record, "discount").map((id) => series[id]?.subject ?? ""))];
  const events = readEvents(record);
  return tokens.slice(0, 4).map((token) => {
    const lines = priceLines(story, token);
    const discounts = seriesIds(record, "discount", token);
    const told = discounts.map((id) => discountWords(record, id)).join("; ");
    const pools = discounts.map((id): TimeLine => {
      const pool = series[id]?.label ?? id;
      const like = lines.findIndex((line) => line.id === `price/${token}/market/${pool}`);
      return { id, name: `discount: ${pool}`, ...(like === -1 ? {} : { like }) };
    });
    return timeLines(story, {
      id: `prices-${safe(token)}`,
      title: `${token}: market, oracle and NAV`,
      description: `Price of a ${token} over time on its markets, by oracles and by what stands behind it, and its discount. Discount to NAV: ${told}.`,
      caption: `Where the market leaves the NAV, there is a discount; who is liquidated, the oracle decides. Discount to NAV: ${told}.${eventWords(events)}`,
      axis: `${series[`price/${token}/nav`]?.unit ?? "ETH"} for one ${token}`,
      lines,
      below: { axis: "discount to NAV [%]", scale: 100, lines: pools },
      marks: eventMarks(events, timeUnitFor(end)),
    });
  });
}

/** What stands behind dollars and restaking tokens, and what they redeem for. */
export function backingChart(story: Story): Chart | null {
  const { record } = story;
  const ids = seriesIds(record, "dollar").filter((id) => !id.startsWith("cash/"));
  const moving = ids.filter((id) => new Set(columnOf(record, id)).size > 1);
  if (moving.length === 0) return null;
  const all = moving.map((id) => ({
    id,
    name: record.defi?.series[id]?.label ?? id,
    low: least(columnOf(record, id)),
  }));
  const near = all.filter(({ low }) => low < AMPLE);
  const lines = near.length === 0 ? all : near;
  const lowest = all.map(({ name, low }) => {
    const away = near.length > 0 && low >= AMPLE ? ", above the picture" : "";
    return `${name} ${percent(low)} at the lowest${away}`;
  });
  return timeLines(story, {
    id: "backing",
    title: "Backing and redemption",
    description: `Assets behind one of each token, and what it redeems for, over time: ${lowest.join("; ")}.`,
    caption: `Below 100 % somebody holds more claims than there are assets. ${lowest.join("; ")}.`,
    axis: "% of what it says",
    scale: 100,
    lines,
  });
}

/** How much of each reserve is lent out, what borrowing costs, and the cash that is left. */
export function utilisationCharts(story: Story): Chart[] {
  const { record } = story;
  const used = seriesIds(record, "reserve").filter((id) => id.endsWith("/utilisation") && everMoves(record, id));
  if (used.length === 0) return [];
  const subjects = used.map((id) => record.defi?.series[id]?.subject ?? "");
  const peaks = used.map((id, at) => `${subjects[at] ?? ""} ${percent(most(columnOf(record, id)))}`).join(", ");
  const costs = subjects.map((subject, like) => {
    const id = `reserve/${subject}/rate`;
    const line = { id, name: `${subject}: borrow APR`, dashed: true, like };
    return { line, told: `${subject} ${percent(most(columnOf(record, id)))}` };
  });
  const dear = costs.map(({ told }) => told).join(", ");
  const cash = subjects.map((subject) => ({ id: `reserve/${subject}/cash`, name: subject }));
  const left = cash.map(({ id, name }) => {
    const values = columnOf(record, id);
    return `${name} ${formatEtherShort(least(values))} at the least, ${formatEtherShort(values.at(-1) ?? 0n)} at the end`;
  });
  return [
    timeLines(story, {
      id: "utilisation",
      title: "Utilisation and borrow rate",
      description: `Part of each reserve that is lent out, and the yearly rate of borrowing; utilisation at most ${peaks}, rate at most ${dear}.`,
      caption: `At 100 % nobody can withdraw, and a liquidator cannot either. Utilisation at most: ${peaks}; borrow APR at most: ${dear}.`,
      axis: "lent out [%]",
      scale: 100,
      fromZero: true,
      lines: used.map((id, at) => ({ id, name: `${subjects[at] ?? ""}: used` })),
      below: { axis: "borrow APR [%]", scale: 100, fromZero: true, lines: costs.map(({ line }) => line) },
    }),
    timeLines(story, {
      id: "cash",
      title: "Cash that suppliers can withdraw",
      description: `Cash of each reserve over time, by true worth: ${left.join("; ")}.`,
      caption: `What is left to withdraw, by true worth; at zero a run on the reserve ends. ${left.join("; ")}.`,
      axis: "cash [ETH]",
      fromZero: true,
      lines: cash,
    }),
  ];
}
