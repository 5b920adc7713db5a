import { carry, deleverageStep } from "../../../maths/leverage/loop.ts";
import { lastWhere } from "../../../maths/search/bisect.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import type { DefiView } from "../../defi/defi.ts";
import { sellFunction } from "../../defi/quotes.ts";
import { collect, enqueue, queueCost, type LoopQueueParams } from "./looper-queue.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** A leveraged holder: what it holds, what it owes, when it acts. */
export interface LooperParams {
  readonly market: string;
  readonly collateral: string;
  readonly debt: string;
  /** Pool on which it sells collateral. */
  readonly pool: string;
  /** Health factor below which it reduces its debt, and the one that it restores [WAD]. */
  readonly actBelow: Wad;
  readonly restore: Wad;
  /** Yearly yield of the collateral that it counts on [WAD], and the carry below which it closes [WAD]. */
  readonly yields?: Wad;
  readonly leaveBelowCarry?: Wad;
  /**
   * Opens a loop with the collateral of its wallet at this leverage [WAD], while the carry is above `aboveCarry` [WAD]:
   * above `leaveBelowCarry`, so that it does not go in and out. Default: never.
   */
  readonly opens?: { readonly leverage: Wad; readonly aboveCarry: Wad };
  /** How it gets out of its collateral: by sale (default), through the redemption queue, or by whichever costs less. */
  readonly exit?: "sell" | "queue" | "cheaper";
  /** The queue; needed unless it sells. */
  readonly queue?: LoopQueueParams;
  /** Worst price that it accepts, as a part of the collateral's true worth [WAD]; default 0: any. */
  readonly worstPrice?: Wad;
  /** Chance that it looks in a step [WAD]; default always. */
  readonly attention?: Wad;
}

type Context = AgentContext<LooperParams>;

/** Collateral and debt of the position in the market's measure. */
interface Position {
  readonly supplied: bigint;
  readonly owed: bigint;
  readonly health: Wad;
  /** Liquidation threshold [WAD]. */
  readonly threshold: Wad;
  /** Debt token wei per collateral token wei, by the market's prices, as a fraction. */
  readonly price: { readonly numerator: bigint; readonly denominator: bigint };
}

const BASIS_POINT = WAD / 10_000n;
/** A ray is 1e27. */
const RAY_PER_WAD = 10n ** 9n;

function unitOf(view: DefiView, token: string): bigint {
  return 10n ** BigInt(view.tokens[token]?.decimals ?? 18);
}

function positionOf({ view, me, params }: Context): Position | undefined {
  const market = view.defi.lending[params.market];
  const account = market?.accounts[me];
  if (market === undefined || account === undefined || account.health === null) return undefined;
  const priceOf = (token: string): bigint => market.reserves[token]?.price ?? 0n;
  return {
    supplied: account.supplied[params.collateral] ?? 0n,
    owed: account.borrowed[params.debt] ?? 0n,
    health: account.health,
    threshold: account.lt * BASIS_POINT,
    price: {
      numerator: priceOf(params.collateral) * unitOf(view.defi, params.debt),
      denominator: priceOf(params.debt) * unitOf(view.defi, params.collateral),
    },
  };
}

/** Whether borrowing costs more than it brings. */
function carriesTooLittle(context: Context, { health, threshold }: Position): boolean {
  const { yields, leaveBelowCarry } = context.params;
  if (yields === undefined || leaveBelowCarry === undefined || health <= threshold) return false;
  const leverage = (health * WAD) / (health - threshold);
  return carry(leverage, yields, borrowRateOf(context)) < leaveBelowCarry;
}

/** Yearly borrow rate of the debt [WAD]. */
function borrowRateOf({ view, params }: Context): Wad {
  return (view.defi.lending[params.market]?.reserves[params.debt]?.borrowRate ?? 0n) / RAY_PER_WAD;
}

/** Levers the wallet's collateral up: debt `equity (L - 1)` at the market's prices. */
function open(context: Context): readonly Action[] {
  const { view, me, params } = context;
  const { opens, yields = 0n, market, collateral, debt, pool } = params;
  const equity = view.defi.balances[me]?.[collateral] ?? 0n;
  const reserves = view.defi.lending[market]?.reserves;
  const [held, lent] = [reserves?.[collateral], reserves?.[debt]];
  if (opens === undefined || equity === 0n || held === undefined || lent === undefined || lent.price === 0n) return [];
  if (held.frozen || held.paused || carry(opens.leverage, yields, borrowRateOf(context)) <= opens.aboveCarry) return [];
  const value = (equity * held.price * unitOf(view.defi, debt)) / (lent.price * unitOf(view.defi, collateral));
  const borrow = (value * (opens.leverage - WAD)) / WAD;
  return borrow > lent.cash || borrow === 0n
    ? []
    : [{ type: "openLoop", market, collateral, debt, equity, borrow, pool }];
}

/** Sells as much collateral as it takes to repay `amount`, flash fee included; undefined where no sale brings that. */
function closeBy(context: Context, position: Position, amount: bigint): readonly Action[] {
  const { view, params } = context;
  const sell = sellFunction(view.defi, params.pool, [params.collateral, params.debt]);
  if (sell === undefined || amount === 0n) return [];
  const fee = view.defi.lending[params.market]?.flashFeeBps ?? 0n;
  // A little more than owed, since interest runs until the block.
  const needed = amount + (amount * (fee + 1n)) / 10_000n + 1n;
  if (sell(position.supplied) < needed) return [];
  const short = lastWhere(0n, position.supplied, (amountIn) => sell(amountIn) < needed);
  const sold = short + 1n;
  if (needed * WAD < worthIn(context, sold) * (params.worstPrice ?? 0n)) return [];
  const whole = amount >= position.owed;
  const { market, collateral, debt, pool } = params;
  return [{ type: "closeLoop", market, collateral, debt, pool, amount: whole ? "all" : amount, sell: sold }];
}

/** True worth of collateral in debt token wei. */
function worthIn({ view: { defi }, params }: Context, amount: bigint): bigint {
  const [held, owed] = [defi.tokens[params.collateral], defi.tokens[params.debt]];
  if (held === undefined || owed === undefined || owed.worth === 0n) return 0n;
  return (amount * held.worth * unitOf(defi, params.debt)) / (owed.worth * unitOf(defi, params.collateral));
}

/** Debt that it wants to be rid of: all where the carry is too low, else what restores its health. */
function reduction(context: Context, position: Position): bigint {
  const { params } = context;
  const { numerator, denominator } = position.price;
  if (carriesTooLittle(context, position)) return position.owed;
  if (position.health >= params.actBelow || denominator === 0n) return 0n;
  const sides = { collateral: (position.supplied * numerator) / denominator, debt: position.owed };
  const step = deleverageStep(sides, params.restore, position.threshold) ?? position.owed;
  return step < position.owed ? step : position.owed;
}

/** By sale or through the queue, as it is told or as it costs less. */
function reduce(context: Context, position: Position, amount: bigint): readonly Action[] {
  const { exit = "sell", queue } = context.params;
  if (exit === "sell" || queue === undefined) return closeBy(context, position, amount);
  const wait = queueCost(position, { queue, borrow: borrowRateOf(context) });
  if (exit === "cheaper" && saleCost(context, position, amount) <= wait) return closeBy(context, position, amount);
  return enqueue(context, position, { queue, amount });
}

/** Part of its worth that a sale of so much loses [WAD]; all of it where no sale brings the amount. */
function saleCost(context: Context, position: Position, amount: bigint): Wad {
  const [order] = closeBy(context, position, amount);
  if (order?.type !== "closeLoop" || typeof order.sell !== "bigint") return WAD;
  const worth = worthIn(context, order.sell);
  return worth === 0n ? WAD : WAD - (amount * WAD) / worth;
}

/**
 * Holds a leveraged position; sells collateral to restore its health when that falls below its limit, and closes when
 * the carry `L y - (L - 1) b` falls below what it asks. Step: `(HF debt - LT collateral) / (HF - LT)`. Instead of selling
 * it may redeem: what the position can spare goes into the queue, and what the queue pays repays debt, again and again.
 * Source: spec of agents, "Loopers".
 */
export const looper = defineAgent<LooperParams>({
  name: "looper",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ market, collateral, debt, pool, queue }) => ({
    ...{ market, vault: queue?.vault, pool: [pool, queue?.payout?.pool] },
    token: [collateral, debt, queue?.payout?.token],
  }),
  decide: (context) => {
    const { params, random } = context;
    if (!random.chance(params.attention ?? WAD)) return [];
    const position = positionOf(context);
    const paid = params.queue === undefined ? [] : collect(context, params.queue, position?.owed ?? 0n);
    if (position === undefined || position.owed === 0n) return [...paid, ...open(context)];
    const amount = reduction(context, position);
    return amount === 0n ? paid : [...paid, ...reduce(context, position, amount)];
  },
});
