import { PriceFileError } from "../../errors/price-file-error.ts";
import { parseDecimal } from "../../units/amounts.ts";
import type { Seconds } from "../../units/units.ts";
import { MOST_PARTS } from "../shape/checks.ts";
import type { PricePath, PricePoint } from "./price-path.ts";

const HEADER = "time,price";
const MAX_DIGITS = 40;

/** What a file of prices is read by. */
export interface PriceFileOptions {
  /** Decimals of the feed; default 8. */
  readonly decimals?: number;
}

interface Row {
  readonly line: number;
  readonly time: Seconds;
  readonly price: bigint;
}

/** A time: whole seconds, or a date such as 2024-04-24T02:25:00Z. */
function timeOf(text: string): Seconds | null {
  if (/^[0-9]{1,12}$/.test(text)) return BigInt(text);
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text)) return null;
  const milliseconds = Date.parse(text);
  // A day that its month does not have is read as one of the next month.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).getUTCDate() !== Number(text.slice(8, 10))) return null;
  return BigInt(milliseconds / 1000);
}

function priceOf(text: string, decimals: number): bigint | null {
  if (!/^[0-9]+(\.[0-9]+)?$/.test(text) || text.length > MAX_DIGITS) return null;
  const [whole = "0", fraction = ""] = text.split(".");
  if (fraction.replace(/0+$/, "").length > decimals) return null;
  const price = parseDecimal(`${BigInt(whole)}${fraction === "" ? "" : `.${fraction}`}`, decimals);
  return price > 0n && price <= MOST_PARTS ? price : null;
}

/** A field as messages show it: on one line, and not a whole file that came into the wrong place. */
function shown(field: string): string {
  const text = field.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "\ufffd");
  return text.length > MAX_DIGITS ? `${text.slice(0, MAX_DIGITS)}…` : text;
}

function readRow(name: string, text: string, at: { readonly line: number; readonly decimals: number }): Row {
  const { line, decimals } = at;
  const fields = text.split(",").map((field) => field.trim());
  const [left = "", right = ""] = fields;
  if (fields.length !== 2) {
    throw new PriceFileError([name, line], `has ${fields.length} fields`, `Write two: ${HEADER}.`);
  }
  const time = timeOf(left);
  if (time === null) {
    const hint = "Write whole seconds, or a date such as 2024-04-24T02:25:00Z.";
    throw new PriceFileError([name, line], `has the time "${shown(left)}"`, hint);
  }
  const price = priceOf(right, decimals);
  if (price === null) {
    const most = MOST_PARTS / 10n ** BigInt(decimals);
    const hint = `Write a price above 0, up to ${most}, with at most ${decimals} digits after the point.`;
    throw new PriceFileError([name, line], `has the price "${shown(right)}"`, hint);
  }
  return { line, time, price };
}

/** Refuses rows that do not rise by one and the same distance. */
function distanceOf(name: string, rows: readonly Row[]): Seconds {
  const [first, second] = rows;
  if (first === undefined || second === undefined) {
    throw new PriceFileError([name, rows.at(-1)?.line ?? 1], "is the last row", "Give two rows at least.");
  }
  const every = second.time - first.time;
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before === undefined) continue;
    const distance = row.time - before.time;
    if (distance <= 0n) {
      const hint = "Sort the rows by time, each time once.";
      throw new PriceFileError([name, row.line], `is ${-distance} s before the row above it`, hint);
    }
    if (distance !== every) {
      const hint = `The rows before it are ${every} s apart: fill the gap, or take out what is between.`;
      throw new PriceFileError([name, row.line], `is ${distance} s after the row above it`, hint);
    }
  }
  return every;
}

/**
 * Reads a series of prices: a head line `time,price`, then one row per time, all at one distance. Empty lines and lines
 * that begin with `#` are left out. Times count from the first row.
 *
 * @param text - What the file holds.
 * @param name - The file, as messages name it.
 * @throws {@link PriceFileError} naming file and line of a row that cannot be read, or stands behind a gap in time.
 */
export function parsePriceRows(text: string, name: string, options: PriceFileOptions = {}): PricePath {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((content, at) => ({ content: content.trim(), line: at + 1 }))
    .filter(({ content }) => content !== "" && !content.startsWith("#"));
  const [head, ...body] = lines;
  if (head?.content.replaceAll(" ", "").toLowerCase() !== HEADER) {
    throw new PriceFileError([name, head?.line ?? 1], "is no head line", `Begin with ${HEADER}.`);
  }
  const decimals = options.decimals ?? 8;
  const rows = body.map(({ content, line }) => readRow(name, content, { line, decimals }));
  const every = distanceOf(name, rows);
  const start = rows[0]?.time ?? 0n;
  const points = rows.map(({ time, price }): PricePoint => ({ after: time - start, price }));
  return { kind: "points", every, points };
}
