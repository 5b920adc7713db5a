import { show } from "./compare.ts";

/**
 * Reads a whole number as vectors write it.
 *
 * @param value - Decimal string, or a number that is a whole one.
 * @param fallback - What it is when there is nothing.
 */
export function integerOf(value: unknown, fallback?: bigint): bigint {
  if (value === undefined && fallback !== undefined) return fallback;
  return BigInt(typeof value === "number" || typeof value === "bigint" ? value : show(value));
}
