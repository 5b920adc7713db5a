import { wholeNumber, type Inputs } from "../inputs.ts";

/** A token amount with its price, as collateral or debt. */
export interface Side {
  readonly amount: bigint;
  readonly decimals: bigint;
  /** [8 decimals]; undefined where the case leaves it out. */
  readonly price: bigint | undefined;
  /** [basis points]; undefined where the case leaves it out. */
  readonly lt: bigint | undefined;
  readonly ltv: bigint | undefined;
}

/** Decimals of tokens that cases name without saying them. */
const DECIMALS: Readonly<Record<string, bigint>> = { USDC: 6n, USDT: 6n, WBTC: 8n };

/** LTV that published parameters pair with a threshold, for cases that give the threshold alone [basis points]. */
const USUAL_LTV: Readonly<Record<string, bigint>> = { 7500: 7250n, 7800: 7500n, 8000: 7500n, 9500: 9300n };

/** LTV that goes with a threshold [basis points]. */
export const usualLtv = (lt: bigint): bigint => USUAL_LTV[String(lt)] ?? (lt > 250n ? lt - 250n : lt);

/** Reads `81`, `81%`, `8100` or `93.5` as basis points. */
export function basisPoints(text: string): bigint {
  const [whole = "0", decimals = ""] = text.replace("%", "").trim().split(".");
  const isPercent = text.includes("%") || decimals !== "" || BigInt(whole) <= 100n;
  return isPercent ? BigInt(whole) * 100n + BigInt(decimals.padEnd(2, "0").slice(0, 2)) : BigInt(whole);
}

function labelled(text: string, label: string): bigint | undefined {
  const found = new RegExp(`\\b${label}\\s*[:=]?\\s*(\\d+(?:\\.\\d+)?%?)`).exec(text)?.[1];
  return found === undefined ? undefined : basisPoints(found);
}

/** Decimals of an amount: said as `(18d)`, or by its exponent, or by the token's name. */
function decimalsOf(text: string): bigint | undefined {
  const said = /\((\d+)d(?:ecimals)?\)/.exec(text)?.[1];
  const exponent = /^\s*[\d._]+e(\d+)/.exec(text)?.[1];
  const symbol = /^\s*[\d._,]+\s+([A-Za-z]\w*)/.exec(text)?.[1];
  if (said !== undefined) return BigInt(said);
  if (exponent !== undefined) return BigInt(exponent);
  return symbol === undefined ? undefined : (DECIMALS[symbol.toUpperCase()] ?? 18n);
}

function parseSide(text: string): Side | undefined {
  const decimals = decimalsOf(text);
  const written = /^\s*([\d._,]+(?:e\d+)?)/.exec(text)?.[1] ?? "";
  const isRaw = /e\d+$/.test(written);
  const amount = wholeNumber(isRaw ? written : `${written}e${decimals ?? 0n}`);
  if (decimals === undefined || amount === undefined) return undefined;
  const price = wholeNumber(/@\s*([\d._,]+(?:e\d+)?)/.exec(text)?.[1]);
  if (text.includes("@") && price === undefined) return undefined;
  return { amount, decimals, price, lt: labelled(text, "LT"), ltv: labelled(text, "LTV") };
}

const WANTED = 'a side such as "10e18 @2395e8 LT8100" or "20000 USDC(6d) @1e8"';

/** One side under one of these names, written as text. */
export function side(inputs: Inputs, ...names: readonly string[]): Side {
  const value = inputs.raw(...names);
  const found = typeof value === "string" ? parseSide(value) : undefined;
  return found ?? inputs.complain(names, WANTED, value);
}

/** Sides under one of these names: one as text, or rows `[amount, price, decimals, lt, ltv]`. */
export function sides(inputs: Inputs, ...names: readonly string[]): readonly Side[] {
  const value = inputs.raw(...names);
  if (!Array.isArray(value)) return [side(inputs, ...names)];
  const list = value as readonly unknown[];
  if (list.every((item) => typeof item === "string") && list.some((item) => wholeNumber(item) === undefined)) {
    return list.map((item) => parseSide(item) ?? inputs.complain(names, WANTED, item));
  }
  return inputs.rows(...names).map(([amount = 0n, price, decimals, lt, ltv]) => {
    const known = decimals ?? inputs.complain(names, "rows of amount, price and decimals", value);
    return { amount, price, decimals: known, lt, ltv };
  });
}

/** Terms of an e-mode that a case's title gives: `(LTV 93, LT 95, LB 1%)`; undefined where it names none. */
export function eModeIn(
  title: string,
): { readonly ltv: bigint; readonly lt: bigint; readonly bonus: bigint } | undefined {
  if (!/e-?mode/i.test(title)) return undefined;
  const [ltv, lt, bonus] = [labelled(title, "LTV"), labelled(title, "LT"), labelled(title, "LB")];
  return { ltv: ltv ?? 9_300n, lt: lt ?? 9_500n, bonus: bonusOf(bonus ?? 100n) };
}

/** A bonus as a factor: `10500` is one already, `500` is what is added. */
export const bonusOf = (bps: bigint): bigint => (bps < 10_000n ? 10_000n + bps : bps);
