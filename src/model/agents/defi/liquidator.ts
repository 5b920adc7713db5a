import { WAD, type Seconds } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import { drawDelay } from "../../delay.ts";
import { positionKey } from "../../defi/health-log.ts";
import { freeCapital, sellInventory } from "./inventory.ts";
import { orderIsolated, orderPooled, type LiquidationOrder } from "./liquidation-orders.ts";
import { liquidationTargets, type LiquidationTarget } from "./liquidation-targets.ts";
import type { LiquidatorParams } from "./liquidator-params.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

type Context = AgentContext<LiquidatorParams>;

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

/** Positions of which it has known for as long as it takes to act. */
function inReach({ view, now, fate, params }: Context): (target: { market: string; borrower: string }) => boolean {
  if (params.latency === undefined) return () => true;
  const latency: Seconds = drawDelay(params.latency, fate);
  const since = view.unhealthySince ?? {};
  return ({ market, borrower }) => now >= (since[positionKey(market, borrower)] ?? view.time) + latency;
}

const holderOf = ({ view, me }: Context) => ({ view: view.defi, me });

/** Own funds that are left, by debt token, as orders take of them. */
class Purse {
  readonly #context: Context;
  readonly #spent = new Map<string, bigint>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** What is free of a debt token. */
  free(debt: string): bigint {
    const { own, sellOn } = this.#context.params;
    if (own === undefined) return 0n;
    const collaterals = Object.keys(sellOn).filter((token) => token !== debt);
    const left = freeCapital(holderOf(this.#context), { collaterals, debt }, own) - (this.#spent.get(debt) ?? 0n);
    return left > 0n ? left : 0n;
  }

  /** Takes what orders spend. */
  take(debt: string, orders: readonly LiquidationOrder[]): readonly Action[] {
    const spent = orders.reduce((sum, order) => sum + order.spent, this.#spent.get(debt) ?? 0n);
    this.#spent.set(debt, spent);
    return orders.map(({ action }) => action);
  }
}

/**
 * Repays debt of accounts that owe too much, for their collateral and the bonus, the worst first.
 *
 * Profit: sale of the seized collateral on a pool, less debt, gas, the flash loan's fee and the bribe; the size is that
 * of the greatest profit under close factor and dust rule. With own funds it may keep the collateral instead, up to its
 * limit, where `K NAV (1 - r tau - k)` earns more; what it keeps it sells, or redeems, at that value.
 * Source: spec of agents, "Liquidator".
 */
export const liquidator = defineAgent<LiquidatorParams>({
  name: "liquidator",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: ({ markets, sellOn, own }) => ({
    ...{ market: markets, token: Object.keys(sellOn), pool: Object.values(sellOn) },
    issuer: own?.redeem,
  }),
  decide: (context) => {
    const { params, random, view } = context;
    const inventory = params.own === undefined ? [] : sellInventory(holderOf(context), params.sellOn, params.own);
    if (!random.chance(params.attention ?? WAD)) return inventory;
    const isInReach = inReach(context);
    const purse = new Purse(context);
    const most = params.perStep ?? 1;
    const pooled = liquidationTargets(view.defi, params.markets).filter(isInReach).slice(0, most);
    const isolated = isolatedTargets(context).filter(isInReach).slice(0, most);
    const orders = [
      ...pooled.flatMap((target: LiquidationTarget) => {
        return purse.take(target.debt, orderPooled(context, target, purse.free(target.debt)));
      }),
      ...isolated.flatMap((target) => {
        const debt = view.defi.isolated[target.market]?.loan ?? "";
        return purse.take(debt, orderIsolated(context, target, purse.free(debt)));
      }),
    ];
    return [...inventory, ...orders.slice(0, most)];
  },
});
