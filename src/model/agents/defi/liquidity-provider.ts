import { logisticWad } from "../../../maths/exponential.ts";
import { maximum, positive } from "../../../maths/integer.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import { defineAgent } from "../../agent.ts";
import type { DefiView } from "../../defi/defi.ts";
import { reportedWorth } from "../../defi/prices.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** Imbalance at which half of the greatest withdrawal is made, and the width of the step around it. */
const MIDDLE = (75n * WAD) / 100n;
const WIDTH = WAD / 20n;

/** When a provider of liquidity leaves, and how much at a time. */
export interface LiquidityProviderParams {
  readonly pool: string;
  /** w*: share of the pool's worst coin from which it leaves [WAD]. */
  readonly imbalance: Wad;
  /** l_max: part of its shares that it takes out a step at most [WAD]. */
  readonly most: Wad;
  /** Leaves too when its loss against holding exceeds this multiple of the fees earned [WAD]; StableSwap only. */
  readonly toxicity?: Wad;
  /** Takes everything out as this token; default: in proportion. */
  readonly into?: string;
}

/** Share of the coin that the pool holds most of, each counted by what its issuer says [WAD]. */
export function imbalanceOf(view: DefiView, pool: string): Wad {
  const state = view.pools[pool];
  if (state === undefined) return 0n;
  const worths = state.tokens.map((token, at) => {
    return (
      ((state.balances[at] ?? 0n) * reportedWorth(view, token)) / 10n ** BigInt(view.tokens[token]?.decimals ?? 18)
    );
  });
  const sum = worths.reduce((all, worth) => all + worth, 0n);
  return sum === 0n ? 0n : (worths.reduce(maximum, 0n) * WAD) / sum;
}

/**
 * Loss of a StableSwap liquidity token against holding its first, balanced mix, over the fees it earned [WAD]: both at
 * market, `(V (1 + p) / 2 - share x (x0 + x1 p)) / (V - 1)` with the virtual price `V`, so that what fees brought stays
 * with both sides of the comparison.
 */
export function toxicityOf(view: DefiView, pool: string): Wad {
  const state = view.pools[pool];
  if (state?.kind !== "stableSwap" || state.supply === 0n || state.virtualPrice <= WAD) return 0n;
  const scaled = state.balances.map((balance, at) => (balance * (state.rates[at] ?? 0n)) / WAD);
  // Prices of scaled coins: the spot less its rate.
  const prices = state.spot.map((price, at) => {
    const [own, first] = [state.rates[at] ?? WAD, state.rates[0] ?? WAD];
    return at === 0 ? WAD : (price * first) / own;
  });
  const count = BigInt(scaled.length);
  const held = (state.virtualPrice * prices.reduce((sum, price) => sum + price, 0n)) / WAD / count;
  const equity = scaled.reduce((sum, balance, at) => sum + balance * (prices[at] ?? WAD), 0n) / state.supply;
  return (positive(held - equity) * WAD) / (state.virtualPrice - WAD);
}

/**
 * Provides liquidity and flees from what piles up: takes `l = l_max sigmoid((imbalance - 0.75) / 0.05)` of its shares out
 * a step, from the imbalance `w*` on or once its losses outgrow its fees. Source: spec of behaviours 5.5.
 */
export const liquidityProvider = defineAgent<LiquidityProviderParams>({
  name: "liquidity-provider",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ pool, into }) => ({ pool, token: into }),
  decide: ({ me, view, params }) => {
    const { pool, most, toxicity, into = null } = params;
    const held = view.defi.pools[pool]?.holders[me] ?? 0n;
    if (held === 0n) return [];
    const imbalance = imbalanceOf(view.defi, pool);
    const burnt = toxicity !== undefined && toxicityOf(view.defi, pool) > toxicity;
    if (imbalance < params.imbalance && !burnt) return [];
    const eager = burnt ? WAD : logisticWad(((imbalance - MIDDLE) * WAD) / WIDTH);
    const shares = (held * ((most * eager) / WAD)) / WAD;
    return shares === 0n ? [] : [{ type: "removeLiquidity", pool, shares, into }];
  },
});
