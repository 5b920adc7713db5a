/**
 * The pooled market's rule in exact integers, written from the rule's text and sharing nothing with the contracts.
 */

const RAY = 10n ** 27n;
const YEAR = 31_536_000n;
const BPS = 10_000n;

const ceil = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
const halfUp = (a: bigint, b: bigint): bigint => (a + b / 2n) / b;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What a debt and a supply grow by. */
export function growth(rate: bigint, elapsed: bigint) {
  const x = (rate * elapsed) / YEAR;
  const third = halfUp(x * (x / 6n), RAY);
  return { compounded: RAY + x + halfUp(x * (x / 2n + third), RAY), linear: RAY + x };
}

export interface OracleCurve {
  readonly optimalBps: bigint;
  readonly baseBps: bigint;
  readonly slope1Bps: bigint;
  readonly slope2Bps: bigint;
}

/** Rates of a reserve [RAY a year]. */
export function rates(
  curve: OracleCurve,
  usage: { readonly debt: bigint; readonly cash: bigint; readonly deficit: bigint; readonly reserveFactorBps: bigint },
): { readonly borrow: bigint; readonly supply: bigint } {
  const { debt, cash, deficit, reserveFactorBps } = usage;
  const [optimal, base, slope1, slope2] = [curve.optimalBps, curve.baseBps, curve.slope1Bps, curve.slope2Bps].map(
    (bps) => (bps * RAY) / BPS,
  ) as [bigint, bigint, bigint, bigint];
  if (debt === 0n) return { borrow: base, supply: 0n };
  const used = halfUp(debt * RAY, cash + debt);
  const earned = halfUp(debt * RAY, cash + debt + deficit);
  const beyond = used > optimal ? halfUp((used - optimal) * RAY, RAY - optimal) : 0n;
  const borrow =
    used > optimal
      ? base + slope1 + halfUp(slope2 * beyond, RAY)
      : base + halfUp(halfUp(slope1 * used, RAY) * RAY, optimal);
  return { borrow, supply: halfUp(halfUp(borrow * earned, RAY) * (BPS - reserveFactorBps), BPS) };
}

export interface OracleSide {
  readonly amount: bigint;
  readonly price: bigint;
  readonly unit: bigint;
}

export interface OracleCollateral extends OracleSide {
  readonly ltv: bigint;
  readonly lt: bigint;
}

const worthDown = ({ amount, price, unit }: OracleSide): bigint => (amount * price) / unit;
const worthUp = ({ amount, price, unit }: OracleSide): bigint => ceil(amount * price, unit);

/** An account as a whole. */
export function account(collaterals: readonly OracleCollateral[], debts: readonly OracleSide[]) {
  const values = collaterals.map(worthDown);
  const collateral = values.reduce((sum, value) => sum + value, 0n);
  const weighted = (name: "ltv" | "lt"): bigint =>
    collaterals.reduce((sum, one, at) => sum + (values[at] ?? 0n) * one[name], 0n);
  const debt = debts.reduce((sum, one) => sum + worthUp(one), 0n);
  const health = debt === 0n ? 2n ** 256n - 1n : halfUp(weighted("lt") * 10n ** 18n, debt) / BPS;
  const average = (name: "ltv" | "lt"): bigint => (collateral === 0n ? 0n : weighted(name) / collateral);
  return { collateral, debt, ltv: average("ltv"), lt: average("lt"), health };
}

export interface OracleLiquidation {
  readonly collateral: OracleSide;
  readonly debt: OracleSide;
  readonly totalDebt: bigint;
  readonly health: bigint;
  readonly bonus: bigint;
  readonly fee: bigint;
  readonly closeFactor: "default" | "full" | bigint;
  readonly asked: bigint;
}

function closable({ collateral, debt, totalDebt, health, closeFactor }: OracleLiquidation): bigint {
  if (closeFactor === "full") return debt.amount;
  if (closeFactor === "default") {
    const isSmall = worthDown(collateral) < 2_000n * 10n ** 8n || worthUp(debt) < 2_000n * 10n ** 8n;
    if (isSmall || health <= 95n * 10n ** 16n) return debt.amount;
  }
  const most = halfUp(totalDebt * (closeFactor === "default" ? 5_000n : closeFactor), BPS);
  return worthUp(debt) > most ? (most * debt.unit) / debt.price : debt.amount;
}

/** What a liquidation moves, and whether too little would stay. */
export function liquidation(order: OracleLiquidation) {
  const { collateral, debt, bonus, fee } = order;
  const most = closable(order);
  let repaid = least(order.asked, most);
  const base = (debt.price * repaid * collateral.unit) / (collateral.price * debt.unit);
  let seized = (base * bonus) / BPS;
  if (seized > collateral.amount) {
    seized = collateral.amount;
    repaid = ceil(((collateral.price * seized * debt.unit) / (debt.price * collateral.unit)) * BPS, bonus);
  }
  const treasury = ceil((seized - (seized * BPS) / bonus) * fee, BPS);
  const staying = 1_000n * 10n ** 8n;
  const isPartial = repaid < debt.amount && seized < collateral.amount;
  const debtLeft = worthUp({ ...debt, amount: debt.amount - repaid });
  const collateralLeft = worthDown({ ...collateral, amount: collateral.amount - seized });
  return { most, repaid, seized, treasury, isDust: isPartial && (debtLeft < staying || collateralLeft < staying) };
}
