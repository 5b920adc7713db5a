import { liquidationProfit, type LiquidationCosts } from "../../../maths/liquidation/break-even.ts";
import { maxRepayable } from "../../../maths/liquidation/call.ts";
import { optimalLiquidation } from "../../../maths/liquidation/optimal-size.ts";
import { goldenSection } from "../../../maths/search/golden-section.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import { sellFunction } from "../../defi/quotes.ts";
import { liquidationTargets, type LiquidationTarget } from "./liquidation-targets.ts";

/** What a liquidator looks at and what it is content with. */
export interface LiquidatorParams {
  /** Pooled and isolated markets that it watches. */
  readonly markets: readonly string[];
  /** Pool on which it sells each collateral, by token. */
  readonly sellOn: Readonly<Record<string, string>>;
  /**
   * `rational` (default) takes the most profitable size and asks for its profit; where none pays it tries the whole and
   * is refused, which the record tells. `forced` repays all that it may and sells at any price, out of its wallet.
   */
  readonly mode?: "rational" | "forced";
  /** `best` (default): the size of the greatest profit; `most`: all that may be repaid, or nothing. */
  readonly size?: "best" | "most";
  /** Least profit of a call [debt wei]; default 0. */
  readonly minProfit?: bigint;
  /** Gas of a call [debt wei] and part of the profit that competition bids away [bps]; default none. */
  readonly gas?: bigint;
  readonly bribeBps?: bigint;
  /** Chance that it looks in a step [WAD]; default always. Its latency is one step over this. */
  readonly attention?: Wad;
  /** Liquidations a step; default 1: the next one would meet prices that the first has moved. */
  readonly perStep?: number;
}

type Context = AgentContext<LiquidatorParams>;

function costsOf({ view, params }: Context, market: string): LiquidationCosts {
  const flashFeeBps = view.defi.lending[market]?.flashFeeBps ?? 0n;
  return { gas: params.gas ?? 0n, bribeBps: params.bribeBps ?? 0n, flashFeeBps };
}

/** A rational call's size and the profit to insist on: what it expects, less one part in a thousand. */
function sizeOf(context: Context, target: LiquidationTarget, pool: string): { amount: bigint; minProfit: bigint } {
  const least = context.params.minProfit ?? 0n;
  const whole = { amount: maxRepayable(target.single), minProfit: least };
  if (context.params.size === "most") return whole;
  const sell = sellFunction(context.view.defi, pool, [target.collateral, target.debt]);
  const costs = costsOf(context, target.market);
  const best = sell === undefined ? undefined : optimalLiquidation(target.single, { sell, costs });
  if (best === undefined || best.repaid === 0n || best.profit < least) return whole;
  return { amount: best.repaid, minProfit: least };
}

function liquidatePooled(context: Context, target: LiquidationTarget): readonly Action[] {
  const { params } = context;
  const pool = params.sellOn[target.collateral] ?? null;
  const { market, borrower, collateral, debt } = target;
  const order = { type: "liquidate", market, borrower, collateral, debt } as const;
  if (pool === null) return [{ ...order, amount: "max", sellOn: null, minProfit: 0n }];
  if (params.mode === "forced") {
    return [{ ...order, amount: maxRepayable(target.single), sellOn: pool, minProfit: 0n, forced: true }];
  }
  return [{ ...order, ...sizeOf(context, target, pool), sellOn: pool }];
}

/** Unhealthy positions of isolated markets, the worst first. */
function isolatedTargets({ view, params }: Context): readonly { market: string; borrower: string }[] {
  const below: { readonly market: string; readonly borrower: string; readonly health: bigint }[] = [];
  for (const market of params.markets) {
    for (const [borrower, { healthy, health }] of Object.entries(view.defi.isolated[market]?.positions ?? {})) {
      if (!healthy && health !== null) below.push({ market, borrower, health });
    }
  }
  return below.sort((a, b) =>
    a.health === b.health ? (a.borrower < b.borrower ? -1 : 1) : a.health < b.health ? -1 : 1,
  );
}

const PRICE_SCALE = 10n ** 36n;

/**
 * Collateral to seize of a position: the size of the greatest profit, or all that the debt buys where none pays.
 * Repaid for `s` seized: `s * price / LIF`, as the market rounds it but for a wei.
 */
function liquidateIsolated(context: Context, at: { market: string; borrower: string }): readonly Action[] {
  const { view, params } = context;
  const market = view.defi.isolated[at.market];
  const position = market?.positions[at.borrower];
  if (market === undefined || position === undefined) return [];
  const order = { type: "isolatedLiquidate", ...at } as const;
  const pool = params.sellOn[market.collateral] ?? null;
  if (pool === null) return [{ ...order, seize: "max", sellOn: null, minProfit: 0n }];
  if (params.mode === "forced") return [{ ...order, seize: "max", sellOn: pool, minProfit: 0n, forced: true }];
  const sell = sellFunction(view.defi, pool, [market.collateral, market.loan]);
  const buys = (((position.borrowed * market.lif) / WAD) * PRICE_SCALE) / (market.price === 0n ? 1n : market.price);
  const most = buys < position.collateral ? buys : position.collateral;
  const least = params.minProfit ?? 0n;
  const profit = (seized: bigint): bigint => {
    const repaid = (((seized * market.price) / PRICE_SCALE) * WAD) / market.lif;
    return liquidationProfit(sell?.(seized) ?? 0n, repaid, costsOf(context, at.market));
  };
  const whole = { ...order, seize: "max", sellOn: pool, minProfit: least } as const;
  if (most === 0n || params.size === "most" || profit(most) >= 0n) return [whole];
  const best = goldenSection(1n, most, profit);
  return [profit(best) > 0n && profit(best) >= least ? { ...whole, seize: best } : whole];
}

/**
 * Repays debt of accounts that owe too much, for their collateral and the bonus, the worst first.
 *
 * Profit: sale of the seized collateral on a pool, less debt, gas, the flash loan's fee and the bribe; the size is that
 * of the greatest profit under close factor and dust rule. Source: spec of agents, "Liquidator".
 */
export const liquidator = defineAgent<LiquidatorParams>({
  name: "liquidator",
  role: "observer",
  decide: (context) => {
    const { params, random, view } = context;
    if (!random.chance(params.attention ?? WAD)) return [];
    const pooled = liquidationTargets(view.defi, params.markets);
    const most = params.perStep ?? 1;
    const orders = [
      ...pooled.slice(0, most).flatMap((target) => liquidatePooled(context, target)),
      ...isolatedTargets(context)
        .slice(0, most)
        .flatMap((target) => liquidateIsolated(context, target)),
    ];
    return orders.slice(0, most);
  },
});
