import type { Answer } from "../answer.ts";
import type { Outcome } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { PooledMarket, type Reserve } from "./market.ts";
import { bonusOf, eModeIn, side, sides, usualLtv, type Side } from "./sides.ts";

const COLLATERAL = ["collaterals", "colls", "collateral", "coll"];
const DEBT = ["debts", "debt"];
/** What an asset counts outside of the e-mode that a case is about: other numbers, to show that none leaks. */
const OUTSIDE = { ltvBps: 7_250n, ltBps: 7_500n, bonusBps: 10_750n };
/** Bonus and fee where a case leaves them out [basis points]. */
const [BONUS, FEE] = [10_500n, 1_000n];
/** Makes every collateral worth enough to borrow against, until the debts stand. */
const BOOM = 2n ** 60n;

/** Names of the reference implementation for refusals that the pool names itself. */
const REASONS: Readonly<Record<string, string>> = {
  LendingPoolMustNotLeaveDust: "MustNotLeaveDust",
  LendingPoolHealthy: "HealthFactorNotBelowThreshold",
  LendingPoolNotCollateral: "CollateralCannotBeLiquidated",
  LendingPoolNoDebt: "SpecifiedCurrencyNotBorrowedByUser",
  LendingPoolSelfLiquidation: "SelfLiquidation",
};

interface Standing {
  readonly market: PooledMarket;
  readonly collaterals: readonly Reserve[];
  readonly debts: readonly Reserve[];
}

function collateralTerms(inputs: Inputs, { lt, ltv, decimals }: Side) {
  const eMode = eModeIn(inputs.vector.title);
  const isInside = eMode !== undefined && lt === undefined && !inputs.has("LT", "lt");
  const threshold = lt ?? (inputs.has("LT", "lt") ? inputs.integer("LT", "lt") : undefined);
  if (!isInside && threshold === undefined)
    inputs.complain(COLLATERAL, "a liquidation threshold, such as LT8100", "none");
  const known = threshold ?? 0n;
  const limit = ltv ?? inputs.integerOr(usualLtv(known), "LTV", "ltv");
  const bonus = bonusOf(inputs.integerOr(BONUS, "LB", "lb", "bonus"));
  const own = { ltvBps: limit, ltBps: known, bonusBps: bonus };
  const inside = eMode && {
    ltvBps: eMode.ltv,
    ltBps: eMode.lt,
    bonusBps: inputs.has("LB", "lb") ? bonus : eMode.bonus,
  };
  const liquidationFeeBps = inputs.integerOr(FEE, "feeBps", "fee", "protocolFeeBps");
  return {
    terms: { decimals, risk: isInside ? OUTSIDE : own, liquidationFeeBps },
    inside: isInside ? inside : undefined,
  };
}

/** Builds the account that a case describes: supplies at a boom, borrows, and lets prices come to what they are. */
async function stand(inputs: Inputs, ground: Ground): Promise<Standing> {
  const market = await PooledMarket.open(ground);
  const [held, owed] = [sides(inputs, ...COLLATERAL), sides(inputs, ...DEBT)];
  const collaterals: Reserve[] = [];
  for (const single of held) {
    const price = single.price ?? inputs.integer("collateralPrice", "collPrice", "price");
    const { terms, inside } = collateralTerms(inputs, single);
    const reserve = await market.list({ ...terms, price: price * BOOM });
    if (inside !== undefined) {
      const category = { risk: inside, collateralBits: 1n << (market.listed - 1n), borrowableBits: 2n ** 256n - 1n };
      await market.book.must("owner", ["setCategory", 1, category]);
      await market.pool.must("borrower", ["setCategory", 1]);
    }
    await market.supply("borrower", reserve, single.amount);
    collaterals.push(reserve);
  }
  const debts: Reserve[] = [];
  for (const { amount, decimals, price } of owed) {
    const reserve = await market.list({ decimals, price: price ?? 10n ** 8n });
    await market.borrow("borrower", reserve, amount);
    debts.push(reserve);
  }
  for (const [k, reserve] of collaterals.entries()) {
    const price = held[k]?.price ?? inputs.integer("collateralPrice", "collPrice", "price");
    await market.price(reserve, price);
  }
  return { market, collaterals, debts };
}

async function accountOf(market: PooledMarket, ground: Ground): Promise<Record<string, Answer>> {
  const [data] = await market.pool.ask("accountData", await ground.actor("borrower"));
  const { collateralBase, debtBase, avgLtBps, avgLtvBps, healthFactor } = data as Record<string, bigint>;
  const told = [collateralBase, debtBase, avgLtBps, avgLtvBps, healthFactor].map((value) => value ?? 0n);
  const [collBase = 0n, debt = 0n, avgLt = 0n, avgLtv = 0n, hf = 0n] = told;
  return { collBase, collateralBase: collBase, debtBase: debt, avgLt, avgLtv, hf, healthFactor: hf };
}

async function playAccount(vector: DefiVector, ground: Ground): Promise<Answer> {
  const { market } = await stand(new Inputs(vector), ground);
  const account = await accountOf(market, ground);
  const hf = account["hf"] as bigint;
  return { ...account, account, liquidatable: hf < 10n ** 18n, isLiquidatable: hf < 10n ** 18n };
}

/** Why the pool refused, as cases write it; null where it did not. */
export function reasonOf(outcome: Outcome): string | null {
  if (outcome.ok) return null;
  return REASONS[outcome.reason] ?? outcome.reason;
}

interface Liquidation {
  readonly repaid: bigint;
  readonly seized: bigint;
  readonly fee: bigint;
  readonly isBadDebt: boolean;
}

const NOTHING: Liquidation = { repaid: 0n, seized: 0n, fee: 0n, isBadDebt: false };

function askedDebt(inputs: Inputs): bigint {
  const value = inputs.raw("debtToCover", "repay", "amount");
  if (value === undefined || (typeof value === "string" && /^max|^all|^full/i.test(value))) return 2n ** 256n - 1n;
  return typeof value === "string" && /[@\s(]/.test(value)
    ? side(inputs, "debtToCover", "repay", "amount").amount
    : inputs.integer("debtToCover", "repay", "amount");
}

async function playLiquidation(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const { market, collaterals, debts } = await stand(inputs, ground);
  const [collateral, debt] = [collaterals[0], debts[0]];
  if (collateral === undefined || debt === undefined) return inputs.complain(COLLATERAL, "a collateral and a debt", []);
  const account = await accountOf(market, ground);
  const borrower = await ground.actor("borrower");
  const asked = askedDebt(inputs);
  const preview = await market.lens.ask(
    "previewLiquidation",
    market.pool,
    collateral.token,
    debt.token,
    borrower,
    asked,
  );
  await market.fund("liquidator", debt.token, market.pool);
  const request = ["liquidate", collateral.token, debt.token, borrower, asked, false] as const;
  const outcome = await market.pool.act("liquidator", request);
  const did = outcome.ok ? (outcome.values[0] as Liquidation) : NOTHING;
  const deficits = await Promise.all(debts.map(async (single) => (await market.books(single))["deficit"] ?? 0n));
  const liquidator = await ground.actor("liquidator");
  const left = await market.pool.number("debtOf", debt.token, borrower);
  return {
    ...account,
    ...{ account, liquidatable: (account["hf"] as bigint) < 10n ** 18n, hfBefore: account["hf"] ?? 0n },
    ...{ maxLiquidatableDebt: preview["closable"] as bigint, maxDebt: preview["closable"] as bigint },
    ...{ debtRepaid: did.repaid, debtCovered: did.repaid, repaid: did.repaid },
    ...{ collToLiquidator: await collateral.token.number("balanceOf", liquidator), protocolFee: did.fee },
    ...{ fee: did.fee, seized: did.seized + did.fee, collateralSeized: did.seized + did.fee, bonusFee: did.fee },
    ...{ deficit: deficits[0] ?? 0n, deficits, badDebt: deficits[0] ?? 0n, hasBadDebt: did.isBadDebt },
    ...{ debtAfter: left, debtLeft: left, remainingDebt: left },
    ...{ collAfter: await market.pool.number("supplyOf", collateral.token, borrower) },
    ...{ accountAfter: await accountOf(market, ground), revert: reasonOf(outcome), reverts: !outcome.ok },
  };
}

const hasSides = (vector: DefiVector): boolean =>
  COLLATERAL.some((name) => hasInputs(vector, name)) && DEBT.some((name) => hasInputs(vector, name));
const OUTCOMES = ["debtRepaid", "collToLiquidator", "protocolFee", "deficit", "maxLiquidatableDebt", "revert"];

/** Cases about the health of a pooled market's accounts and their liquidation. */
export const accountKinds: readonly DefiKind[] = [
  {
    name: "liquidation in a pooled market",
    matches: (vector) =>
      hasSides(vector) &&
      (hasInputs(vector, "debtToCover") || OUTCOMES.some((name) => vector.expected[name] !== undefined)),
    play: playLiquidation,
  },
  {
    name: "health in a pooled market",
    matches: (vector) =>
      hasSides(vector) && ["hf", "collBase", "healthFactor"].some((name) => vector.expected[name] !== undefined),
    play: playAccount,
  },
];
