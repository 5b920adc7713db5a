import { WAD, type Seconds } from "../units/units.ts";
import type { Random } from "./agent.ts";

/** A duration of an agent: fixed, or drawn once for each member. */
export type Delay =
  | Seconds
  | { readonly kind: "exponential"; readonly mean: Seconds }
  | { readonly kind: "uniform"; readonly from: Seconds; readonly to: Seconds };

/** Drawn with the given mean: most are quick, a few take very long. */
export function exponential(options: { mean: Seconds }): Delay {
  return { kind: "exponential", ...options };
}

/** Drawn evenly, both ends included. */
export function uniform(options: { from: Seconds; to: Seconds }): Delay {
  return { kind: "uniform", ...options };
}

/** ln 2, scaled by 1e18. */
const LN2 = 693_147_180_559_945_309n;
const BITS = 64n;
const ONE = 1n << BITS;

/** -ln(value / 2^64), scaled by 1e18, for 0 < value <= 2^64: digit by digit in base 2, so every machine agrees. */
export function negativeLog(value: bigint): bigint {
  let whole = 0n;
  let mantissa = value;
  while (mantissa < ONE) {
    mantissa <<= 1n;
    whole += 1n;
  }
  let fraction = 0n;
  for (let bit = 0n; bit < BITS; bit++) {
    mantissa = (mantissa * mantissa) >> BITS;
    fraction <<= 1n;
    if (mantissa >= ONE << 1n) {
      mantissa >>= 1n;
      fraction += 1n;
    }
  }
  return (((whole << BITS) - fraction) * LN2) >> BITS;
}

/** The member's own duration, from the stream that stays the same in all its steps. */
export function drawDelay(delay: Delay, fate: Random): Seconds {
  if (typeof delay === "bigint") return delay;
  if (delay.kind === "uniform") return delay.from + fate.bigint(delay.to - delay.from + 1n);
  return (delay.mean * negativeLog(fate.bigint(ONE) + 1n)) / WAD;
}
