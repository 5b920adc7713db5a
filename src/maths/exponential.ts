import { WAD, type Wad } from "../units/units.ts";

const FINE = 10n ** 36n;
const LN2 = 693_147_180_559_945_309_417_232_121_458_176_568n;
/** Below this the result rounds to zero. */
const LOWEST = -42n * WAD;

/** `a / b` rounded down, for a positive `b`. */
function floorDiv(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b);
}

/**
 * `e^x`, rounded towards zero: integers only, so every machine agrees.
 *
 * `x = n ln 2 + r` with `0 <= r < ln 2`; the series of `e^r` ends where its terms do.
 *
 * @param x - Of either sign [WAD].
 * @returns [WAD], exact to its last digits; 0 below `x = -42`.
 */
export function expWad(x: Wad): Wad {
  if (x < LOWEST) return 0n;
  const scaled = x * (FINE / WAD);
  const power = floorDiv(scaled, LN2);
  const rest = scaled - power * LN2;
  let term = FINE;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n += 1n) {
    sum += term;
    term = (term * rest) / FINE / n;
  }
  const value = power >= 0n ? sum << power : sum >> -power;
  return value / (FINE / WAD);
}

/**
 * Logistic curve `1 / (1 + e^-x)`, rounded down: 0.5 at zero, towards 1 above, towards 0 below.
 *
 * @param x - [WAD].
 * @returns Fraction [WAD].
 */
export function logisticWad(x: Wad): Wad {
  const raised = expWad(x < 0n ? x : 0n - x);
  return x < 0n ? (raised * WAD) / (WAD + raised) : (WAD * WAD) / (WAD + raised);
}
