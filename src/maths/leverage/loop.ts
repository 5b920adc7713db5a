import { WAD, type Seconds, type Wad } from "../../units/units.ts";
import { YEAR } from "../arbitrage/redemption.ts";
import { lnWad, positive } from "../integer.ts";

/** Leverage of a loop is its exposure over its equity [WAD]; debt over equity is one less. */

/** Leverage at which a loop has a health factor: `HF / (HF - LT)`, rounded down; undefined when none is finite. */
export function leverageAt(health: Wad, threshold: Wad): Wad | undefined {
  return health > threshold ? (health * WAD) / (health - threshold) : undefined;
}

/** Highest leverage that borrowing at `ltv` again and again reaches: `1 / (1 - LTV)`, rounded down. */
export function maxLeverage(ltv: Wad): Wad | undefined {
  return ltv < WAD ? (WAD * WAD) / (WAD - ltv) : undefined;
}

/**
 * Health factor of a loop: `LT L q / (L - 1)`, rounded down; undefined without debt.
 *
 * @param worth - What the collateral is worth now, of what it was worth when the loop was made [WAD].
 */
export function healthAt(leverage: Wad, threshold: Wad, worth: Wad = WAD): Wad | undefined {
  return leverage > WAD ? (threshold * leverage * worth) / WAD / (leverage - WAD) : undefined;
}

/** Yearly return on a loop's equity, `L y - (L - 1) b`, rounded down; below zero when borrowing costs more [WAD]. */
export function carry(leverage: Wad, yields: Wad, borrow: Wad): Wad {
  const all = leverage * yields - (leverage - WAD) * borrow;
  return all >= 0n ? all / WAD : -((-all + WAD - 1n) / WAD);
}

/** A loop's two sides in one unit. */
export interface LoopSides {
  readonly collateral: bigint;
  readonly debt: bigint;
}

/**
 * Collateral to sell, and to repay with, for a health factor at the same price:
 * `(HF debt - LT collateral) / (HF - LT)`, rounded up; zero when it is reached already.
 *
 * @returns Amount in the sides' unit; undefined when the target is not above the threshold.
 */
export function deleverageStep({ collateral, debt }: LoopSides, target: Wad, threshold: Wad): bigint | undefined {
  if (target <= threshold) return undefined;
  const missing = positive(target * debt - threshold * collateral);
  const gap = target - threshold;
  return (missing + gap - 1n) / gap;
}

/**
 * Collateral that can leave a loop while its health factor stays at a floor: `C - floor D / LT`, rounded down; this is how
 * much at once can go into a redemption queue, since the debt is only repaid when the queue pays.
 */
export function withdrawable({ collateral, debt }: LoopSides, floor: Wad, threshold: Wad): bigint {
  if (threshold === 0n) return debt === 0n ? collateral : 0n;
  return positive(collateral - (floor * debt + threshold - 1n) / threshold);
}

/** Fall of the collateral's price that makes an account liquidatable: `1 - 1 / HF`, rounded down; zero below one. */
export function distanceToLiquidation(health: Wad): Wad {
  return health <= WAD ? 0n : WAD - (WAD * WAD + health - 1n) / health;
}

/**
 * Time until interest alone makes an account liquidatable: `ln(HF) / (b - y)`, rounded down.
 *
 * @param spread - Yearly borrow rate less the collateral's yield [WAD].
 * @returns Undefined when the spread is not above zero: never.
 */
export function timeToLiquidation(health: Wad, spread: Wad): Seconds | undefined {
  if (spread <= 0n) return undefined;
  return health <= WAD ? 0n : (lnWad(health) * YEAR) / spread;
}

/**
 * Cost of leaving through a redemption queue, for one unit of exposure: `b tau (L - 1) / L`, rounded down [WAD].
 *
 * @param borrow - Yearly borrow rate [WAD].
 */
export function queueExitCost(borrow: Wad, delay: Seconds, leverage: Wad): Wad {
  return leverage <= WAD ? 0n : (borrow * delay * (leverage - WAD)) / (YEAR * leverage);
}
