import { liquidationProfit, type LiquidationCosts } from "../../../maths/liquidation/break-even.ts";
import { maxRepayable } from "../../../maths/liquidation/call.ts";
import { optimalLiquidation, type BestLiquidation } from "../../../maths/liquidation/optimal-size.ts";
import { minimum } from "../../../maths/integer.ts";
import { goldenSection } from "../../../maths/search/golden-section.ts";
import { WAD } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import type { AgentContext } from "../../agent.ts";
import type { IsolatedView } from "../../defi/credit.ts";
import { sellFunction, type SellFunction } from "../../defi/quotes.ts";
import { keepingValue } from "./inventory.ts";
import type { LiquidationTarget } from "./liquidation-targets.ts";
import type { LiquidatorParams } from "./liquidator-params.ts";

type Context = Pick<AgentContext<LiquidatorParams>, "view" | "params">;

/** A call, and the own funds that it takes. */
export interface LiquidationOrder {
  readonly action: Action;
  readonly spent: bigint;
}

/** What a size earns and repays, by one way of paying for it. */
interface Call {
  readonly size: bigint;
  readonly profit: bigint;
  readonly repaid: bigint;
}

function costsOf({ view, params }: Context, market: string): LiquidationCosts {
  const flashFeeBps = view.defi.lending[market]?.flashFeeBps ?? 0n;
  return { gas: params.gas ?? 0n, bribeBps: params.bribeBps ?? 0n, flashFeeBps };
}

const flash = (action: Action): LiquidationOrder => ({ action, spent: 0n });

/** The better of a flash loan's call and one out of own funds; undefined where own funds buy nothing that pays. */
function ownIfBetter({ params }: Context, own: Call | undefined, loan: Call | undefined): Call | undefined {
  if (own === undefined || own.repaid === 0n || own.profit <= 0n || own.profit < (params.minProfit ?? 0n))
    return undefined;
  const isBetter = params.own?.flash === false || loan === undefined || own.profit > loan.profit;
  return isBetter ? own : undefined;
}

const toCall = (best: BestLiquidation | undefined): Call | undefined =>
  best === undefined ? undefined : { size: best.repaid, profit: best.profit, repaid: best.repaid };

/** Greatest profit of a flash loan's call. */
function bestByLoan(context: Context, target: LiquidationTarget, pool: string): Call | undefined {
  const sell = sellFunction(context.view.defi, pool, [target.collateral, target.debt]);
  const costs = costsOf(context, target.market);
  return sell === undefined ? undefined : toCall(optimalLiquidation(target.single, { sell, costs }));
}

/** Greatest profit of a call out of own funds, the collateral counted by what it is worth to keep. */
function bestByOwn(context: Context, target: LiquidationTarget, capital: bigint): Call | undefined {
  const { params, view } = context;
  if (params.own === undefined || capital === 0n) return undefined;
  const sell = keepingValue(view.defi, [target.collateral, target.debt], params.own);
  const costs = { ...costsOf(context, target.market), flashFeeBps: 0n };
  return toCall(optimalLiquidation(target.single, { sell, costs, capital }));
}

/**
 * The call on an account of a pooled market: out of own funds where these earn more, else by a flash loan, at the size
 * of the greatest profit. Where none pays it tries the whole and is refused, which the record tells.
 *
 * @param capital - Own funds that are free [debt wei].
 */
export function orderPooled(context: Context, target: LiquidationTarget, capital: bigint): readonly LiquidationOrder[] {
  const { params } = context;
  const pool = params.sellOn[target.collateral] ?? null;
  const { market, borrower, collateral, debt } = target;
  const order = { type: "liquidate", market, borrower, collateral, debt } as const;
  if (pool === null) return [flash({ ...order, amount: "max", sellOn: null, minProfit: 0n })];
  const all = maxRepayable(target.single);
  if (params.mode === "forced") {
    return [flash({ ...order, amount: all, sellOn: pool, minProfit: 0n, forced: true })];
  }
  const isBlind = params.size === "most" && params.own === undefined;
  const loan = isBlind ? undefined : bestByLoan(context, target, pool);
  const own = ownIfBetter(context, bestByOwn(context, target, capital), loan);
  if (own !== undefined) {
    return [{ action: { ...order, amount: own.size, sellOn: null, minProfit: 0n }, spent: own.repaid }];
  }
  if (params.own?.flash === false) return [];
  const least = params.minProfit ?? 0n;
  const pays = params.size !== "most" && loan !== undefined && loan.repaid > 0n && loan.profit >= least;
  return [flash({ ...order, amount: pays ? loan.size : all, sellOn: pool, minProfit: least })];
}

const PRICE_SCALE = 10n ** 36n;

/** A position of an isolated market. */
interface IsolatedTarget {
  readonly market: string;
  readonly borrower: string;
}

/** Repaid for so much seized: `s price / LIF`, as the market rounds it but for a wei. */
const repaidFor = (market: IsolatedView, seized: bigint): bigint =>
  (((seized * market.price) / PRICE_SCALE) * WAD) / market.lif;

/** What repaying buys: `d LIF / price`. */
const boughtBy = (market: IsolatedView, repaid: bigint): bigint =>
  (((repaid * market.lif) / WAD) * PRICE_SCALE) / (market.price === 0n ? 1n : market.price);

function callOf(market: IsolatedView, size: bigint, at: { sell: SellFunction; costs: LiquidationCosts }): Call {
  const repaid = repaidFor(market, size);
  return { size, repaid, profit: liquidationProfit(at.sell(size), repaid, at.costs) };
}

/** All that own funds buy of a position: the gain grows with the size. */
function ownOnIsolated(
  context: Context,
  at: IsolatedTarget,
  order: { most: bigint; capital: bigint },
): Call | undefined {
  const { params, view } = context;
  const market = view.defi.isolated[at.market];
  if (params.own === undefined || market === undefined || order.capital === 0n) return undefined;
  const size = minimum(order.most, boughtBy(market, order.capital));
  const sell = keepingValue(view.defi, [market.collateral, market.loan], params.own);
  const costs = { ...costsOf(context, at.market), flashFeeBps: 0n };
  return size === 0n ? undefined : callOf(market, size, { sell, costs });
}

/** The same for a position of an isolated market: collateral to seize, or all that the debt buys. */
export function orderIsolated(context: Context, at: IsolatedTarget, capital: bigint): readonly LiquidationOrder[] {
  const { view, params } = context;
  const market = view.defi.isolated[at.market];
  const position = market?.positions[at.borrower];
  if (market === undefined || position === undefined) return [];
  const order = { type: "isolatedLiquidate", ...at } as const;
  const pool = params.sellOn[market.collateral] ?? null;
  if (pool === null) return [flash({ ...order, seize: "max", sellOn: null, minProfit: 0n })];
  if (params.mode === "forced") return [flash({ ...order, seize: "max", sellOn: pool, minProfit: 0n, forced: true })];
  const sell = sellFunction(view.defi, pool, [market.collateral, market.loan]) ?? (() => 0n);
  const most = minimum(boughtBy(market, position.borrowed), position.collateral);
  const least = params.minProfit ?? 0n;
  const whole = flash({ ...order, seize: "max", sellOn: pool, minProfit: least });
  const byLoan = (size: bigint): Call => callOf(market, size, { sell, costs: costsOf(context, at.market) });
  const isClear = most === 0n || params.size === "most" || byLoan(most).profit >= 0n;
  if (params.own === undefined && isClear) return [whole];
  const best = byLoan(most === 0n ? 0n : goldenSection(1n, most, (size) => byLoan(size).profit));
  const own = ownIfBetter(context, ownOnIsolated(context, at, { most, capital }), best);
  if (own !== undefined) {
    const seize = own.size === most ? ("max" as const) : own.size;
    return [{ action: { ...order, seize, sellOn: null, minProfit: 0n }, spent: own.repaid }];
  }
  if (params.own?.flash === false) return [];
  const pays = !isClear && best.profit > 0n && best.profit >= least;
  return [pays ? flash({ ...order, seize: best.size, sellOn: pool, minProfit: least }) : whole];
}
