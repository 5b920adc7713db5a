/** How far an answer may lie from what is expected: `at most the larger of units, and expected * parts / of`. */
export interface Tolerance {
  readonly units: bigint;
  readonly parts: bigint;
  readonly of: bigint;
}

const EXACT: Tolerance = { units: 0n, parts: 0n, of: 1n };

/** Reads a decimal number, with or without an exponent, as a fraction. */
function fraction(text: string): { readonly parts: bigint; readonly of: bigint } | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:e(-?\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = "0", decimals = "", exponent = "0"] = match;
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return power >= 0 ? { parts: digits * 10n ** BigInt(power), of: 1n } : { parts: digits, of: 10n ** BigInt(-power) };
}

/**
 * Reads a tolerance: `exact`, an absolute bound (`2`, `±2 wei`, `+-1 unit`), or a relative one (`0.01 %`, `5 bps`,
 * `1e-9 relative`).
 *
 * @returns The tolerance, or undefined when the text is none of these.
 */
export function parseTolerance(text: string): Tolerance | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === "exact" || plain === "") return EXACT;
  const match = /^(?:rel(?:ative)?\s+|abs(?:olute)?\s+)?(?:±|\+\/?-|<=)?\s*([\d.e-]+)\s*([a-z%]*)$/.exec(plain);
  const amount = fraction(match?.[1] ?? "");
  if (match === null || amount === undefined) return undefined;
  const unit = match[2] ?? "";
  if (unit === "%") return { units: 0n, parts: amount.parts, of: amount.of * 100n };
  if (["bp", "bps"].includes(unit)) return { units: 0n, parts: amount.parts, of: amount.of * 10_000n };
  if (unit.startsWith("rel") || plain.startsWith("rel") || amount.of !== 1n) return { units: 0n, ...amount };
  return { units: amount.parts, parts: 0n, of: 1n };
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Whether two whole numbers lie near enough to each other. */
export function isWithin(expected: bigint, got: bigint, tolerance: Tolerance): boolean {
  const apart = magnitude(expected - got);
  return apart <= tolerance.units || apart * tolerance.of <= magnitude(expected) * tolerance.parts;
}
