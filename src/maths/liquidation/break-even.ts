import { divUp, positive } from "../integer.ts";
import { WAD, type Wad } from "../../units/units.ts";

/** Hundred percent in basis points. */
export const BPS = 10_000n;

/** What a liquidation gives and takes. */
export interface BonusTerms {
  /** Collateral for each unit of debt, such as 10100 [bps]. */
  readonly bonusBps: bigint;
  /** Protocol's part of the bonus [bps]. */
  readonly feeBps: bigint;
}

/** What the liquidator keeps of each unit repaid, `LB - fee (LB - 1)`, exact [1e8 = 1]. */
export function netBonus({ bonusBps, feeBps }: BonusTerms): bigint {
  return bonusBps * BPS - feeBps * (bonusBps - BPS);
}

/** Value that repaying `repaid` brings before it is sold, rounded down [unit of `repaid`]. */
export function netSeizedValue(repaid: bigint, terms: BonusTerms): bigint {
  return (repaid * netBonus(terms)) / (BPS * BPS);
}

/**
 * Slippage at which a liquidation just pays: `(LBnet - 1 - g) / LBnet` with `g = gas / repaid`, rounded down; below
 * zero when gas alone eats the bonus.
 *
 * @param repaid - Debt repaid, above zero.
 * @param gas - Cost of the call in the same unit.
 * @returns Slippage [WAD].
 */
export function breakEvenSlippage(repaid: bigint, gas: bigint, terms: BonusTerms): Wad {
  const net = netBonus(terms);
  const square = BPS * BPS;
  const above = (net - square) * repaid - gas * square;
  const under = net * repaid;
  return above >= 0n ? (above * WAD) / under : -divUp(-above * WAD, under);
}

/** What a liquidator pays besides the debt. */
export interface LiquidationCosts {
  readonly gas: bigint;
  /** Fee of the flash loan of the debt [bps]. */
  readonly flashFeeBps: bigint;
  /** Part of the profit that competition bids away [bps]. */
  readonly bribeBps: bigint;
}

export const NO_COSTS: LiquidationCosts = { gas: 0n, flashFeeBps: 0n, bribeBps: 0n };

/**
 * Profit of one call, `proceeds - repaid - gas - flash fee - bribe`; fee and bribe rounded up.
 *
 * @param proceeds - What the seized collateral was sold for, in the debt's unit.
 */
export function liquidationProfit(proceeds: bigint, repaid: bigint, costs: LiquidationCosts = NO_COSTS): bigint {
  const gain = proceeds - repaid - costs.gas - divUp(repaid * costs.flashFeeBps, BPS);
  return gain - divUp(positive(gain) * costs.bribeBps, BPS);
}
