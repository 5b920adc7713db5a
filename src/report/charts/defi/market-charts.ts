import { formatFixed } from "../../format/ether.ts";
import { formatDuration } from "../../format/time.ts";
import { columnOf } from "../../story/defi.ts";
import type { Story } from "../../story/story.ts";
import type { Chart } from "../picture.ts";
import { everMoves, seriesIds, timeLines } from "./time-lines.ts";

const WAD = 10n ** 18n;
const percent = (wad: bigint): string => `${formatFixed(wad * 100n, WAD, 1)} %`;
/** Names that are safe as ids of pictures. */
const safe = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, "-");
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

/** A token's market price, what oracles say and what stands behind it, on one axis; one picture a token. */
export function priceCharts(story: Story): Chart[] {
  const { record } = story;
  const series = record.defi?.series ?? {};
  const tokens = [...new Set(seriesIds(record, "discount").map((id) => series[id]?.subject ?? ""))];
  return tokens.slice(0, 4).map((token) => {
    const lines = [...seriesIds(record, "price", token)]
      .sort((a, b) => rank(a) - rank(b))
      .map((id) => {
        const name = (series[id]?.label ?? id).replace("NAV: what stands behind it", "NAV (true worth)");
        return { id, name, dashed: id.endsWith("/nav") || id.includes("/average/") };
      });
    const discounts = seriesIds(record, "discount", token).map((id) => {
      const values = columnOf(record, id);
      return `${series[id]?.label ?? id}: at most ${percent(most(values))}, at the end ${percent(values.at(-1) ?? 0n)}`;
    });
    const unit = series[`price/${token}/nav`]?.unit ?? "ETH";
    return timeLines(story, {
      id: `prices-${safe(token)}`,
      title: `${token}: market, oracle and NAV`,
      description: `Price of a ${token} over time on its markets, by oracles and by what stands behind it. Discount to NAV: ${discounts.join("; ")}.`,
      caption: `Where the market leaves the NAV, there is a discount; who is liquidated, the oracle decides. Discount: ${discounts.join("; ")}.`,
      axis: `${unit} for one ${token}`,
      lines,
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
  const peaks = used.map((id, at) => `${subjects[at] ?? ""} ${percent(most(columnOf(record, id)))}`);
  const rates = subjects.map((subject, like) => ({
    ...{ id: `reserve/${subject}/rate`, name: `${subject}: borrow APR` },
    ...{ dashed: true, like },
  }));
  const cash = subjects.map((subject) => ({ id: `reserve/${subject}/cash`, name: subject }));
  return [
    timeLines(story, {
      id: "utilisation",
      title: "Utilisation and borrow rate",
      description: `Part of each reserve that is lent out, and the yearly rate of borrowing; utilisation at most ${peaks.join(", ")}.`,
      caption: `At 100 % nobody can withdraw, and a liquidator cannot either. Utilisation at most: ${peaks.join(", ")}.`,
      axis: "%",
      scale: 100,
      fromZero: true,
      lines: [...used.map((id, at) => ({ id, name: `${subjects[at] ?? ""}: used` })), ...rates],
    }),
    timeLines(story, {
      id: "cash",
      title: "Cash that suppliers can withdraw",
      description: `Cash of each reserve over time, by true worth: ${cash.map(({ id, name }) => `${name} ${formatFixed(columnOf(record, id).at(-1) ?? 0n, WAD, 0)} ETH at the end`).join(", ")}.`,
      caption: "What is left to withdraw, by true worth; a run on the reserve ends where it ends.",
      axis: "cash [ETH]",
      fromZero: true,
      lines: cash,
    }),
  ];
}

/** How much waits to leave, and how long the oldest request has waited. */
export function queueCharts(story: Story): Chart[] {
  const { record } = story;
  const depths = seriesIds(record, "queue").filter((id) => id.endsWith("/depth") && everMoves(record, id));
  if (depths.length === 0) return [];
  const names = depths.map((id) => record.defi?.series[id]?.subject ?? id);
  const waits = names.map((name) => most(columnOf(record, `queue/${name}/oldest`)));
  const longest = names.map((name, at) => `${name} ${formatDuration(waits[at] ?? 0n)}`).join(", ");
  return [
    timeLines(story, {
      id: "queues",
      title: "What waits to leave",
      description: `Depth of each queue over time; longest wait: ${longest}.`,
      caption: `Value of requests that are not paid yet. The oldest request had waited at most: ${longest}.`,
      axis: "waiting [ETH]",
      fromZero: true,
      lines: depths.map((id, at) => ({ id, name: names[at] ?? id })),
    }),
    timeLines(story, {
      id: "queue-age",
      title: "How long the oldest request waits",
      description: `Age of each queue's oldest request over time; at most ${longest}.`,
      caption: `The time to clear, seen from the front of the queue: at most ${longest}.`,
      axis: "days",
      scale: 1 / 86_400,
      fromZero: true,
      lines: names.map((name) => ({ id: `queue/${name}/oldest`, name })),
    }),
  ];
}
