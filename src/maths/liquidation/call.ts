import { WAD, type Wad } from "../../units/units.ts";
import { divHalfUp, divUp, minimum } from "../integer.ts";
import { BPS, type BonusTerms } from "./break-even.ts";

/** One side of an account: what there is of a token, and its price in the market's base unit (8 decimals). */
export interface Side {
  /** [token wei]. */
  readonly amount: bigint;
  /** [base unit for a whole token]. */
  readonly price: bigint;
  /** `10^decimals`. */
  readonly unit: bigint;
}

/** An account of a pooled market, as a liquidator sees it. */
export interface LiquidationCase extends BonusTerms {
  readonly collateral: Side;
  readonly debt: Side;
  /** Health factor [WAD]. */
  readonly health: Wad;
  /** Debts of the account in every token [base unit]; those of this one alone when absent. */
  readonly totalDebtBase?: bigint;
  /** Whether only the half may be repaid while the account is large and nearly healthy. */
  readonly closeFactor?: boolean;
  /** Value that may not be left over on one side while the other is left too [base unit]; 0 for no such rule. */
  readonly leastLeft?: bigint;
}

/** Constants of the pooled market: the close factor's threshold and size, and the dust rule. */
export const POOLED = { halfAbove: (95n * WAD) / 100n, halfFrom: 2_000n * 10n ** 8n, leastLeft: 1_000n * 10n ** 8n };

const valueDown = ({ amount, price, unit }: Side): bigint => (amount * price) / unit;
const valueUp = ({ amount, price, unit }: Side): bigint => divUp(amount * price, unit);

/** Most debt that one call may repay [token wei]. */
export function maxRepayable(single: LiquidationCase): bigint {
  const { collateral, debt, health, closeFactor = true } = single;
  const debtBase = valueUp(debt);
  const isLarge = valueDown(collateral) >= POOLED.halfFrom && debtBase >= POOLED.halfFrom;
  if (!closeFactor || !isLarge || health <= POOLED.halfAbove) return debt.amount;
  const half = divHalfUp(single.totalDebtBase ?? debtBase, 2n);
  return debtBase > half ? minimum(debt.amount, (half * debt.unit) / debt.price) : debt.amount;
}

/** What a call does. */
export interface Seizure {
  /** Debt repaid [token wei]. */
  readonly repaid: bigint;
  /** Collateral that the liquidator gets [token wei]. */
  readonly seized: bigint;
  /** Collateral that the protocol gets [token wei]. */
  readonly fee: bigint;
  /** Whether the dust rule lets it pass. */
  readonly isAllowed: boolean;
}

/** What repaying up to `asked` does, with the market's rounding. */
export function seizureFor(single: LiquidationCase, asked: bigint): Seizure {
  const { collateral, debt, bonusBps, feeBps, leastLeft = POOLED.leastLeft } = single;
  const wanted = minimum(asked, maxRepayable(single));
  const base = (debt.price * wanted * collateral.unit) / (collateral.price * debt.unit);
  const most = (base * bonusBps) / BPS;
  const isCapped = most > collateral.amount;
  const taken = isCapped ? collateral.amount : most;
  const worth = (collateral.price * taken * debt.unit) / (debt.price * collateral.unit);
  const repaid = isCapped ? divUp(worth * BPS, bonusBps) : wanted;
  const fee = divUp((taken - (taken * BPS) / bonusBps) * feeBps, BPS);

  const left = { debt: debt.amount - repaid, collateral: collateral.amount - taken };
  const isClear = left.debt === 0n || left.collateral === 0n;
  const isEnough =
    valueUp({ ...debt, amount: left.debt }) >= leastLeft &&
    valueDown({ ...collateral, amount: left.collateral }) >= leastLeft;
  return { repaid, seized: taken - fee, fee, isAllowed: isClear || isEnough };
}
