import { goldenSection } from "../search/golden-section.ts";
import { lastWhere } from "../search/bisect.ts";
import { liquidationProfit, NO_COSTS, type LiquidationCosts } from "./break-even.ts";
import { maxRepayable, seizureFor, type LiquidationCase, type Seizure } from "./call.ts";

/** What a liquidator can do with what it seizes, and what that costs. */
export interface LiquidatorMeans {
  /** What selling collateral brings, in the debt's token wei; rises ever more slowly. */
  readonly sell: (collateral: bigint) => bigint;
  readonly costs?: LiquidationCosts;
  /** Most debt that can be repaid [token wei]; unlimited when absent. */
  readonly capital?: bigint;
}

/** The best call, and what it earns. */
export interface BestLiquidation extends Seizure {
  readonly profit: bigint;
}

/**
 * Debt to repay for the greatest profit, within the close factor, the dust rule and the liquidator's capital.
 *
 * Slippage is convex, so the profit has one peak: golden section finds it among the amounts that leave enough on both
 * sides. What the dust rule allows beyond them clears a side, and is one call: the largest.
 *
 * @returns The best allowed call, even at a loss; undefined when none is allowed, or a side has no price.
 */
export function optimalLiquidation(single: LiquidationCase, means: LiquidatorMeans): BestLiquidation | undefined {
  if (single.collateral.price === 0n || single.debt.price === 0n) return undefined;
  const most = means.capital === undefined ? maxRepayable(single) : least(maxRepayable(single), means.capital);
  if (most <= 0n) return undefined;
  const outcome = (asked: bigint): BestLiquidation => {
    const seizure = seizureFor(single, asked);
    const proceeds = seizure.seized === 0n ? 0n : means.sell(seizure.seized);
    return { ...seizure, profit: liquidationProfit(proceeds, seizure.repaid, means.costs ?? NO_COSTS) };
  };

  const candidates = [outcome(most)];
  const leaving = lastWhere(0n, most, (asked) => asked === 0n || leavesEnough(single, asked));
  if (leaving > 0n) candidates.push(outcome(goldenSection(1n, leaving, (asked) => outcome(asked).profit)));
  return candidates
    .filter(({ isAllowed }) => isAllowed)
    .reduce<BestLiquidation | undefined>(
      (best, one) => (best === undefined || one.profit > best.profit ? one : best),
      undefined,
    );
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Whether a call leaves something on both sides, and enough of it. */
function leavesEnough(single: LiquidationCase, asked: bigint): boolean {
  const { repaid, seized, fee, isAllowed } = seizureFor(single, asked);
  return isAllowed && repaid < single.debt.amount && seized + fee < single.collateral.amount;
}
