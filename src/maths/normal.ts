import { WAD, type Wad } from "../units/units.ts";
import { lnWad, sqrtDown } from "./integer.ts";

/** Draws a whole number in [0, below). */
export type Uniform = (below: bigint) => bigint;

/**
 * A standard normal number by the polar method: integers only, so every machine agrees.
 *
 * Source: Marsaglia and Bray, 1964: a point in the unit circle at distance `s`, times `sqrt(-2 ln s / s)`.
 *
 * @returns Of either sign [WAD].
 */
export function drawNormal(uniform: Uniform): Wad {
  for (;;) {
    const [u, v] = [uniform(2n * WAD + 1n) - WAD, uniform(2n * WAD + 1n) - WAD];
    const s = (u * u + v * v) / WAD;
    if (s === 0n || s >= WAD) continue;
    return (u * sqrtDown(((-2n * lnWad(s) * WAD) / s) * WAD)) / WAD;
  }
}
