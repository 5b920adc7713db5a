import { UnitInvalidError } from "./unit-invalid-error.ts";
import type { Wad, Wei } from "./units.ts";

/** A decimal number as people write it: `"0.05"`, `32`, `32n`. */
export type Decimal = string | number | bigint;

const DECIMAL = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/**
 * Reads a decimal exactly: no floating point takes part.
 *
 * @param value - Text, whole bigint, or a number that prints without exponent.
 * @param decimals - Digits after the point that the result keeps as whole units.
 * @returns `value * 10^decimals`.
 * @throws {@link UnitInvalidError} when `value` is not a decimal or has more digits than the unit can hold.
 */
export function parseDecimal(value: Decimal, decimals: number): bigint {
  const text = typeof value === "string" ? value.trim() : String(value);
  if (!DECIMAL.test(text))
    throw new UnitInvalidError(text, "is not a decimal number", 'Write digits, such as "32" or "0.05".');
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > decimals) {
    const reason = `has ${kept.length} digits after the point`;
    throw new UnitInvalidError(text, reason, `This unit holds ${decimals}.`);
  }
  const magnitude = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(kept.padEnd(decimals, "0") || "0");
  return negative ? -magnitude : magnitude;
}

/** Ether in wei. `ether("0.5")` is 5e17. */
export function ether(amount: Decimal): Wei {
  return parseDecimal(amount, 18);
}

/** Gwei in wei. `gwei(1)` is 1e9. */
export function gwei(amount: Decimal): Wei {
  return parseDecimal(amount, 9);
}

/** A percentage as a WAD fraction. `percent(10)` is 1e17. */
export function percent(value: Decimal): Wad {
  return parseDecimal(value, 16);
}

/** Basis points as a WAD fraction. `bps(30)` is 3e15. */
export function bps(value: Decimal): Wad {
  return parseDecimal(value, 14);
}
