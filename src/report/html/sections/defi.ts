import type { Picture } from "../../charts/picture.ts";
import { formatFixed, formatInteger, formatPercent, formatWei } from "../../format/ether.ts";
import { formatDuration, formatInstant } from "../../format/time.ts";
import { compareBigint } from "../../format/text.ts";
import type { RunDefi, RunLiquidation } from "../../run-record.ts";
import { CHANNEL_NAMES, DEFI_LAYERS, type DefiStory } from "../../story/defi.ts";
import { addTo } from "../../story/sums.ts";
import { renderFigure } from "../figure.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { renderFolded, renderTable } from "../table.ts";
import { note, type Section, type SectionSource } from "./section.ts";

const WAD = 10n ** 18n;

/** Pictures of which there may be several, each with its own end of the id. */
const FAMILIES = new Set(["prices", "slippage"]);

/** Pictures by id or family, each under its title. */
function figures({ pictures }: SectionSource, ...starts: readonly string[]): Html[] {
  const ofStart = (start: string): readonly Picture[] =>
    pictures.filter(({ id }) => id === start || (FAMILIES.has(start) && id.startsWith(`${start}-`)));
  return starts.flatMap(ofStart).map((picture) => titled(picture, pictures));
}

function titled({ id, title }: Picture, pictures: readonly Picture[]): Html {
  return html`<h3>${title}</h3>
    ${renderFigure(pictures, id)}`;
}

/** Four decimals, more where a price in ether is that of a dollar. */
function wad(value: string | null): HtmlValue {
  if (value === null) return "–";
  return html`<data value="${value}">${formatFixed(BigInt(value), WAD, size(value) * 100n < WAD ? 7 : 4)}</data>`;
}

const money = (value: string | null): HtmlValue => (value === null ? "–" : BigInt(value));

function priceSection(source: SectionSource): Section {
  return {
    id: "prices",
    title: "Prices: market, oracle, NAV",
    body: html`${figures(source, "prices", "backing")}`,
  };
}

function liquidationRow(one: RunLiquidation): HtmlValue[] {
  return [
    formatInstant(one.time),
    html`${one.borrower}<br /><small>by ${one.liquidator}</small>`,
    html`<span class="${one.result === "done" ? "good" : "bad"}">${one.result}</span>${
        one.error === null ? null : html`<br /><small>${one.error}</small>`
      }`,
    wad(one.health),
    wad(one.collateralPrice),
    wad(one.marketPrice),
    money(one.repaid),
    money(one.seized),
    money(one.proceeds),
    money(one.profit),
    money(one.badDebt),
    formatInteger(one.gas),
  ];
}

function positionSection(source: SectionSource, { defi }: DefiStory): Section {
  const columns = [
    { name: "When", whole: true },
    { name: "Borrower, by liquidator", whole: true },
    { name: "Result" },
    { name: "Health before", numeric: true },
    { name: "Market's price [ETH]", numeric: true },
    { name: "Pool's price [ETH]", numeric: true },
    { name: "Repaid", numeric: true },
    { name: "Seized", numeric: true },
    { name: "Proceeds", numeric: true },
    { name: "Profit", numeric: true },
    { name: "Bad debt", numeric: true },
    { name: "Gas", numeric: true },
  ];
  return {
    id: "positions",
    title: "Positions and liquidations",
    body: html`${figures(source, "health", "liquidations")}
    ${
      defi.liquidations.length === 0
        ? note("Nobody tried to liquidate anything.")
        : renderTable({
            caption: "Every attempt to liquidate, failures with their reason; amounts at true worth",
            columns,
            rows: defi.liquidations.map(liquidationRow),
            shown: 12,
          })
    }
    ${guardianTable(defi)}`,
  };
}

function guardianTable({ guardians }: RunDefi): Html | null {
  if (guardians.length === 0) return null;
  return renderTable({
    caption: "What guardians and governors did, and how long after the last shock",
    columns: [
      { name: "When" },
      { name: "Who" },
      { name: "What" },
      { name: "On" },
      { name: "After" },
      { name: "Result" },
    ],
    rows: guardians.map(({ time, agent, type, on, ok, latency }) => [
      formatInstant(time),
      agent,
      type,
      on,
      latency === null ? "–" : formatDuration(BigInt(latency)),
      ok ? "done" : "reverted",
    ]),
    shown: 12,
  });
}

/** Gains and losses of everybody, by cause, the largest first. */
function partyRows({ parties }: RunDefi): HtmlValue[][] {
  return [...parties]
    .sort((a, b) => compareBigint(changeOf(a), changeOf(b)))
    .filter((one) => one.first !== "0" || one.last !== "0")
    .map((one) => {
      const lines = [...one.lines]
        .filter(({ channel }) => channel !== "rounding")
        .sort((a, b) => compareBigint(size(b.amount), size(a.amount)));
      const told = lines.slice(0, 4).map(({ channel, with: other, amount }, place) => {
        const name = CHANNEL_NAMES[channel] ?? channel;
        const whole = channel === "revaluation" ? name : `${name} (${other})`;
        return html`${place === 0 ? "" : "; "}${whole} ${BigInt(amount)}`;
      });
      const change = changeOf(one);
      return [one.party, BigInt(one.first), BigInt(one.last), change, formatPercent(change, BigInt(one.first)), told];
    });
}

const size = (amount: string): bigint => (amount.startsWith("-") ? -BigInt(amount) : BigInt(amount));

function changeOf({ first, last }: { first: string; last: string }): bigint {
  return BigInt(last) - BigInt(first);
}

function lossRows({ waterfall }: RunDefi): HtmlValue[][] {
  return [...waterfall]
    .sort((a, b) => compareBigint(BigInt(b.amount), BigInt(a.amount)))
    .map(({ channel, with: other, layer, population, amount }) => [
      `${CHANNEL_NAMES[channel] ?? channel}: ${other}`,
      DEFI_LAYERS[layer] ?? layer,
      population,
      BigInt(amount),
      formatWei(amount),
    ]);
}

/** Returns of everybody by payer: what was gained of each cause. */
function payerRows({ parties }: RunDefi): HtmlValue[][] {
  const sums = new Map<string, bigint>();
  for (const { population, lines } of parties) {
    for (const { channel, with: other, amount } of lines) {
      if (BigInt(amount) > 0n && channel !== "rounding")
        addTo(sums, [population, channel, other].join("\u0000"), BigInt(amount));
    }
  }
  return [...sums]
    .sort(([, a], [, b]) => compareBigint(b, a))
    .map(([key, amount]) => {
      const [population = "", channel = "", other = ""] = key.split("\u0000");
      return [population, CHANNEL_NAMES[channel] ?? channel, other, amount, formatWei(amount)];
    });
}

function sheetSection(source: SectionSource, { defi }: DefiStory): Section {
  return {
    id: "sheet",
    title: "Who owns what, and who bore the losses",
    body: html`${figures(source, "defi-losses")}
    ${note("Equity is looked through every layer and valued at true worth; a position is worth nothing at least, the rest falls on insurance, suppliers and treasury.")}
    ${renderTable({
      caption: "Equity of every party when the run began and when it ended, the largest losses first",
      columns: [
        { name: "Party", whole: true },
        { name: "First", numeric: true },
        { name: "Last", numeric: true },
        { name: "Change", numeric: true },
        { name: "Of first", numeric: true },
        { name: "Mostly by" },
      ],
      rows: partyRows(defi),
      shown: 12,
    })}
    ${renderFolded("Losses by cause, capacity and bearer, to the wei", {
      caption: "Who bore each loss",
      columns: [
        { name: "Cause" },
        { name: "In the capacity of" },
        { name: "Bearer" },
        { name: "Lost", numeric: true },
        { name: "Exactly", numeric: true },
      ],
      rows: lossRows(defi),
    })}
    ${renderFolded("Who paid whom, to the wei", {
      caption: "Gains by their payer",
      columns: [
        { name: "Who gained" },
        { name: "By" },
        { name: "From" },
        { name: "Gained", numeric: true },
        { name: "Exactly", numeric: true },
      ],
      rows: payerRows(defi),
    })}
    ${note("The sums are exact: ", BigInt(defi.total.first), " at first, ", BigInt(defi.total.last), " at last; what no fact explains has a line of its own.")}`,
  };
}

function liquiditySection(source: SectionSource): Section {
  return {
    id: "liquidity",
    title: "Liquidity: utilisation, queues, depth",
    body: html`${figures(source, "utilisation", "cash", "caps", "queues", "queue-age", "slippage")}`,
  };
}

function fallSection(source: SectionSource): Section {
  return {
    id: "falls",
    title: "What a fall of prices would do",
    body: html`${figures(source, "bad-debt-by-drop", "liquidations-at-price")}
    ${note("Worked out on the positions of the first step: a fall at once, nobody reacts but liquidators.")}`,
  };
}

/** Sections about the DeFi layer; none in a world without one. */
export function defiSections(source: SectionSource): readonly Section[] {
  const { defi } = source.story;
  if (defi === null) return [];
  const has = (...starts: readonly string[]): boolean => figures(source, ...starts).length > 0;
  return [
    ...(has("prices", "backing") ? [priceSection(source)] : []),
    positionSection(source, defi),
    sheetSection(source, defi),
    ...(has("utilisation", "caps", "queues", "slippage") ? [liquiditySection(source)] : []),
    ...(has("bad-debt-by-drop", "liquidations-at-price") ? [fallSection(source)] : []),
  ];
}
