import { WAD, type Wad } from "../units/units.ts";

/** Greatest whole number whose square is at most `value`; zero for what is negative. */
export function sqrtDown(value: bigint): bigint {
  if (value < 2n) return value > 0n ? value : 0n;
  // From above, Newton's steps fall until they stand at the root.
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** `a / b` rounded down, below zero as well, for a positive `b`. */
export function divDown(a: bigint, b: bigint): bigint {
  return a < 0n ? -divUp(-a, b) : a / b;
}

/** `a / b` rounded up, for a non-negative `a` and a positive `b`. */
export function divUp(a: bigint, b: bigint): bigint {
  return a === 0n ? 0n : (a - 1n) / b + 1n;
}

/** `a / b` rounded to the nearest, halves up, for a non-negative `a` and a positive `b`. */
export function divHalfUp(a: bigint, b: bigint): bigint {
  return (a + b / 2n) / b;
}

export const minimum = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const maximum = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

const FINE = 10n ** 36n;
const LN2 = 693_147_180_559_945_309_417_232_121_458_176_568n;

/**
 * Natural logarithm of a WAD fraction, rounded towards zero: integers only, so every machine agrees.
 *
 * @param x - Above zero [WAD].
 * @returns `ln x` [WAD], exact to its last digit or the one before.
 */
export function lnWad(x: Wad): Wad {
  let mantissa = (x * FINE) / WAD;
  let power = 0n;
  for (; mantissa >= 2n * FINE; mantissa /= 2n) power += 1n;
  for (; mantissa < FINE; mantissa *= 2n) power -= 1n;

  // ln m = 2 atanh z with z = (m - 1) / (m + 1) of at most a third.
  const z = ((mantissa - FINE) * FINE) / (mantissa + FINE);
  const square = (z * z) / FINE;
  let sum = 0n;
  let term = z;
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n;
    term = (term * square) / FINE;
  }
  return (2n * sum + power * LN2) / (FINE / WAD);
}
