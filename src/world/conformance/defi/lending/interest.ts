import { CaseImpossibleError } from "../../../../errors/case-impossible-error.ts";
import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { PooledMarket, type Reserve } from "./market.ts";
import { powerOfE, rateFor } from "./rate-for.ts";

const RAY = 10n ** 27n;
const YEAR = 31_536_000n;
/** Debt and supply that give indexes something to move. */
const STAKE = 10n ** 24n;
/** Collateral that is plenty for `debt`, and worth something where the debt is a few wei. */
const pledgeFor = (debt: bigint): bigint => (debt + 10n ** 18n) * 10n ** 6n;

interface Books {
  readonly market: PooledMarket;
  readonly collateral: Reserve;
  readonly reserve: Reserve;
}

/** A reserve of which all supply, `stake` units, is lent out. */
async function lentOut(ground: Ground, stake = STAKE): Promise<Books> {
  const market = await PooledMarket.open(ground);
  const risk = { ltvBps: 9_000n, ltBps: 9_000n, bonusBps: 10_000n };
  const collateral = await market.list({ price: 10n ** 8n, risk });
  const reserve = await market.list();
  await market.supply("borrower", collateral, pledgeFor(stake));
  await market.borrow("borrower", reserve, stake);
  return { market, collateral, reserve };
}

async function setRates({ market, reserve }: Books, borrowRate: bigint, supplyRate: bigint): Promise<void> {
  await reserve.rates.must("owner", ["setRates", borrowRate, supplyRate]);
  await market.pool.must("owner", ["accrue", reserve.token]);
}

/** Brings both indexes to any number, in two years at the rates that lead there. */
async function bringIndexes(books: Books, ground: Ground, wanted: { supply: bigint; debt: bigint }): Promise<void> {
  const [first, second] = rateFor(wanted.debt);
  await setRates(books, first, wanted.supply - RAY);
  await ground.advance(YEAR);
  await setRates(books, second, 0n);
  await ground.advance(YEAR);
  await setRates(books, 0n, 0n);
  const [supply, debt] = await books.market.indexes(books.reserve);
  if (supply !== wanted.supply || debt !== wanted.debt) {
    throw new CaseImpossibleError("indexes of a case", `they came to ${supply} and ${debt}`);
  }
}

async function playScaled(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [amount, index] = [inputs.integer("amount"), inputs.integer("index", "liquidityIndex")];
  const books = await lentOut(ground);
  const { market, collateral, reserve } = books;
  await market.supply("holder", reserve, 4n * amount + 10n);
  await bringIndexes(books, ground, { supply: index, debt: inputs.integerOr(index, "borrowIndex", "debtIndex") });
  await market.supply("supplier", reserve, amount);
  const before = await market.position(reserve, "holder");
  await market.pool.must("holder", ["withdraw", reserve.token, amount, await ground.actor("holder")]);
  const after = await market.position(reserve, "holder");

  for (const who of ["debtor", "other"]) await market.supply(who, collateral, pledgeFor(STAKE + amount));
  await market.borrow("debtor", reserve, amount);
  await market.borrow("other", reserve, 4n * amount + 10n);
  const owed = await market.position(reserve, "other");
  await market.fund("other", reserve.token, market.pool);
  await market.pool.must("other", ["repay", reserve.token, amount, await ground.actor("other")]);
  const left = await market.position(reserve, "other");
  const [aMint, vMint] = [
    (await market.position(reserve, "supplier")).scaledSupply,
    (await market.position(reserve, "debtor")).scaledDebt,
  ];
  const aBalance = await market.pool.number("supplyOf", reserve.token, await ground.actor("supplier"));
  const vBalance = await market.pool.number("debtOf", reserve.token, await ground.actor("debtor"));
  return {
    ...{ aMint, vMint, aBurn: before.scaledSupply - after.scaledSupply, vBurn: owed.scaledDebt - left.scaledDebt },
    ...{ aTransfer: await moved(books, ground, amount), aBalance_of_aMint: aBalance, vBalance_of_vMint: vBalance },
    ...{ aBalance, vBalance },
  };
}

/** Claims that leave a holder who moves `amount`, scaled. */
async function moved({ market, reserve }: Books, ground: Ground, amount: bigint): Promise<bigint> {
  const claim = await ground.attach("SupplyClaim", String((reserve.listing["claim"] as { address: string }).address));
  const before = await market.position(reserve, "holder");
  await claim.must("holder", ["transfer", await ground.actor("other"), amount]);
  return before.scaledSupply - (await market.position(reserve, "holder")).scaledSupply;
}

async function playGrowth(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const rate = inputs.integer("rateRay", "rate", "borrowRateRay");
  const seconds = inputs.integer("dt", "seconds", "elapsed");
  const [i0, s0] = [
    inputs.integerOr(RAY, "i0", "index", "borrowIndex", "index0"),
    inputs.integerOr(RAY, "l0", "liquidityIndex", "supplyIndex"),
  ];
  const books = await lentOut(ground);
  if (i0 !== RAY || s0 !== RAY) await bringIndexes(books, ground, { supply: s0, debt: i0 });
  await setRates(books, rate, inputs.integerOr(rate, "liquidityRateRay", "supplyRateRay", "liquidityRate"));
  await ground.advance(seconds);
  const [supply, debt] = await books.market.indexes(books.reserve);
  const exponent = { numerator: rate * seconds, denominator: RAY * YEAR };
  return {
    ...{ factor: debt, compoundedFactor: debt, i1: debt, borrowIndex: debt, debtIndex: debt, newIndex: debt },
    ...{ linearFactor: supply, liquidityIndex: supply, supplyIndex: supply, l1: supply, index: debt },
    ...{ trueExpTrunc27: powerOfE(exponent, RAY) },
  };
}

async function playCurve(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const curve = {
    optimalBps: inputs.integer("uopt", "optimal"),
    baseBps: inputs.integerOr(0n, "base"),
    slope1Bps: inputs.integer("s1", "slope1"),
    slope2Bps: inputs.integer("s2", "slope2"),
  };
  const [debt, cash] = [inputs.integer("debt"), inputs.integer("avail", "available", "cash")];
  const market = await PooledMarket.open(ground);
  const risk = { ltvBps: 9_000n, ltBps: 9_000n, bonusBps: 10_000n };
  const collateral = await market.list({ price: 10n ** 8n, risk });
  const reserve = await market.list({ curve, reserveFactorBps: inputs.integerOr(0n, "rf", "reserveFactor") });
  await market.supply("borrower", collateral, pledgeFor(debt));
  await market.addDeficit(reserve, inputs.integerOr(0n, "deficit"));
  const idle = (await market.books(reserve))["cash"] ?? 0n;
  if (idle > 0n) await market.pool.must("lender", ["withdraw", reserve.token, idle, await ground.actor("lender")]);
  if (debt > 0n) await market.borrow("borrower", reserve, debt);
  if (cash > 0n) await market.supply("lender", reserve, cash);
  const { borrowRate = 0n, supplyRate = 0n } = await market.books(reserve);
  return {
    ...{ borrowRateRay: borrowRate, borrowRate, variableBorrowRate: borrowRate },
    ...{ liquidityRateRay: supplyRate, liquidityRate: supplyRate, supplyRateRay: supplyRate, supplyRate },
  };
}

async function playTreasury(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const scaledDebt = inputs.integer("scaledDebt");
  const [i0, supply] = [inputs.integer("i0"), inputs.integerOr(RAY, "liquidityIndex", "liqIdx")];
  const reserveFactorBps = inputs.integer("rf", "reserveFactor");
  const books = await lentOut(ground, scaledDebt);
  const { market, reserve } = books;
  await bringIndexes(books, ground, { supply, debt: i0 });
  await market.book.must("owner", ["setTerms", reserve.token, { ...reserve.listing, reserveFactorBps }]);
  await setRates(books, inputs.integer("rate", "rateRay"), 0n);
  await ground.advance(inputs.integer("dt", "seconds"));
  await market.pool.must("owner", ["accrue", reserve.token]);
  const [, i1] = await market.indexes(reserve);
  const treasuryScaled = (await market.books(reserve))["scaledTreasury"] ?? 0n;
  const debtAccrued = (scaledDebt * (i1 - i0)) / RAY;
  const treasuryAmount = (debtAccrued * reserveFactorBps + 5_000n) / 10_000n;
  if (treasuryScaled > 0n) await market.pool.must("owner", ["mintToTreasury", reserve.token]);
  const minted = await market.pool.number("supplyOf", reserve.token, await ground.actor("treasury"));
  return { i1, debtAccrued, treasuryAmount, treasuryScaled, treasuryBalance: minted };
}

/** Cases about a pooled market's interest: indexes, rates, scaled balances, the treasury's part. */
export const interestKinds: readonly DefiKind[] = [
  {
    name: "treasury accrual of a reserve",
    matches: (vector) => hasInputs(vector, "scaledDebt", "i0"),
    play: playTreasury,
  },
  {
    name: "scaled balances of a reserve",
    matches: (vector) => hasInputs(vector, "amount", "index") && expectsAny(vector, "aMint", "aBurn", "vMint", "vBurn"),
    play: playScaled,
  },
  {
    name: "kinked rates of a reserve",
    matches: (vector) => hasInputs(vector, "debt", "uopt", "s1", "s2"),
    play: playCurve,
  },
  {
    name: "growth of a reserve's indexes",
    matches: (vector) =>
      hasInputs(vector, "dt") &&
      expectsAny(vector, "factor", "linearFactor", "i1", "borrowIndex", "liquidityIndex", "newIndex", "index"),
    play: playGrowth,
  },
];
