import { UsageError } from "../../errors/usage-error.ts";
import { bps, ether, gwei, parseDecimal, percent } from "../../units/amounts.ts";
import { blocks, days, hours, minutes, seconds } from "../../units/durations.ts";
import { formatDecimal } from "../../units/format.ts";
import { UnitInvalidError } from "../../units/unit-invalid-error.ts";
import type { Scalar } from "./parameter-path.ts";
import type { ParameterUnit } from "./parameter-unit.ts";

/** What a parameter holds: which kind of value, and for a bigint in which unit. */
export interface ParameterKind {
  readonly kind: "bigint" | "number" | "string" | "boolean";
  readonly unit: ParameterUnit;
}

type Reader = (amount: string) => bigint;
const raw: Reader = (amount) => parseDecimal(amount, 0);
const reading = (unit: ParameterUnit, read: Reader, ...signs: readonly string[]) =>
  signs.map((sign) => [sign, { unit, read }] as const);

/** Signs that may follow a number, or stand before it as a function: `10%`, `percent(10)`, `3 d`, `days(3)`. */
const SIGNS = new Map([
  ...reading("fraction", percent, "%", "percent"),
  ...reading("fraction", bps, "bps"),
  ...reading("fraction", raw, "wad"),
  ...reading("ether", ether, "ether", "eth", "ETH"),
  ...reading("ether", gwei, "gwei"),
  ...reading("ether", raw, "wei"),
  ...reading("seconds", seconds, "s", "sec", "seconds"),
  ...reading("seconds", minutes, "m", "min", "minutes"),
  ...reading("seconds", hours, "h", "hours"),
  ...reading("seconds", days, "d", "days"),
  ...reading("seconds", blocks, "blocks"),
  ...reading("raw", raw, "raw"),
]);

/** Digits of a fraction that stand for its part below one. */
function digitsOf(unit: ParameterUnit): number {
  const digits = /^(?:fraction|decimal)(\d+)$/.exec(unit)?.[1];
  return digits === undefined ? 18 : Number(digits);
}

/** Fractions, however finely they are counted, are written in the same ways; and so are decimal numbers. */
const familyOf = (unit: ParameterUnit): string => unit.replace(/\d+$/, "");

/** What a number without a sign means in a unit. */
function readPlain(amount: string, unit: ParameterUnit): bigint {
  if (unit === "seconds") return seconds(amount);
  return parseDecimal(amount, unit === "count" || unit === "raw" ? 0 : digitsOf(unit));
}

/** Reads a fraction that is counted more coarsely than in 18 digits. */
function readCoarse(amount: string, sign: string, unit: ParameterUnit): bigint {
  const below = { "%": 2, percent: 2, bps: 4, wad: 18 }[sign] ?? 0;
  const digits = digitsOf(unit) - below;
  if (digits >= 0) return parseDecimal(amount, digits);
  throw new UnitInvalidError(amount, `is finer than ${unit} counts`, 'Use "%" or "bps".');
}

const EXAMPLES: Readonly<Record<string, string>> = {
  fraction: "10%, 0.1 or 30bps",
  ether: "32, 0.5ether or 1000gwei",
  decimal: "a decimal number, such as 0.95",
  seconds: "12s, 3h, 14d or 50blocks",
  count: "a whole number, such as 3",
  raw: "a number with its unit, such as 10%, 32ether, 3d or 7raw",
};

function refuse(path: string, text: string, hint: string): never {
  throw new UsageError(`Parameter ${path} cannot be "${text}".`, hint);
}

function readBigint(text: string, unit: ParameterUnit, path: string): bigint {
  const hint = `Give ${EXAMPLES[familyOf(unit)] ?? ""}.`;
  const called = /^([A-Za-z]+)\(\s*["']?([^"')]+)["']?\s*\)$/.exec(text);
  const signed = /^(-?[0-9.]+)\s*([A-Za-z%]*)$/.exec(text);
  const [amount, sign] = called === null ? [signed?.[1], signed?.[2]] : [called[2], called[1]];
  if (amount === undefined || sign === undefined) refuse(path, text, hint);
  const known = SIGNS.get(sign);
  if (sign !== "" && known === undefined) refuse(path, text, hint);
  if (sign === "" && unit === "raw") refuse(path, text, `Its name does not tell its unit. ${hint}`);
  if (known !== undefined && known.unit !== "raw" && unit !== "raw" && known.unit !== familyOf(unit)) {
    refuse(path, text, `It is of another unit. ${hint}`);
  }
  try {
    if (known === undefined) return readPlain(amount, unit);
    const coarse = known.unit === "fraction" && familyOf(unit) === "fraction" && unit !== "fraction";
    return coarse ? readCoarse(amount, sign, unit) : known.read(amount);
  } catch (error) {
    if (!(error instanceof UnitInvalidError)) throw error;
    refuse(path, text, `${error.message} ${hint}`);
  }
}

function readNumber(text: string, path: string): number {
  const value = /^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : refuse(path, text, "Give a number, such as 3.");
}

/** Words that stand in place of a quantity, by field. */
const WORDS: Readonly<Record<string, readonly string[]>> = { closeFactor: ["default"], amount: ["all"] };

/** Whether a text is a quantity, where the field may hold a word or one. */
function isQuantity(text: string, { kind, unit }: ParameterKind, path: string): boolean {
  const words = WORDS[path.split(".").at(-1) ?? ""];
  if (words === undefined) return kind === "bigint";
  return words.includes(text) ? false : kind === "bigint" || unit !== "raw";
}

/**
 * Reads a parameter's value, in the unit of the value that it replaces.
 *
 * @param text - As on a command line: `10%`, `0.1`, `32ether`, `percent(10)`, `3d`, `12`, `true`, `blocknumber`.
 * @throws {@link UsageError} for text that is no such value.
 */
export function parseValue(text: string, { kind, unit }: ParameterKind, path: string): Scalar {
  const trimmed = text.trim();
  if (isQuantity(trimmed, { kind, unit }, path)) return readBigint(trimmed, unit, path);
  if (kind === "number") return readNumber(trimmed, path);
  if (kind === "boolean") {
    return trimmed === "true" || (trimmed === "false" ? false : refuse(path, text, "Give true or false."));
  }
  // It stands in commands that people copy, between double quotes.
  return /^[\w .:@/+-]+$/.test(trimmed) ? trimmed : refuse(path, text, "Give letters, digits, dashes and dots.");
}

const plain = (value: bigint, decimals: number): string => formatDecimal(value, decimals).replaceAll(",", "");

function formatSeconds(value: bigint): string {
  return value % 86_400n === 0n ? `${value / 86_400n}d` : `${value}s`;
}

/** Writes a value exactly, as {@link parseValue} reads it. */
export function formatValue(value: Scalar, unit: ParameterUnit): string {
  if (typeof value !== "bigint") return String(value);
  if (familyOf(unit) === "fraction") return `${plain(value, digitsOf(unit) - 2)}%`;
  if (unit === "ether") return `${plain(value, 18)}ether`;
  if (familyOf(unit) === "decimal") return plain(value, digitsOf(unit));
  if (unit === "seconds") return formatSeconds(value);
  return unit === "raw" ? `${value}raw` : String(value);
}

/** Writes a value for people to read: `-5 %`, `7 s`; a number whose name tells no unit stands as it is. */
export function showValue(value: bigint, unit: ParameterUnit): string {
  if (unit === "raw" || unit === "count") return String(value);
  if (unit === "seconds") return formatSeconds(value).replace(/[ds]$/, " $&");
  if (unit === "ether") return `${plain(value, 18)} ether`;
  return formatValue(value, unit).replace(/%$/, " %");
}
