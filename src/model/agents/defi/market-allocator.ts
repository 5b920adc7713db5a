import { minimum, positive } from "../../../maths/integer.ts";
import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import type { MarketVaultView } from "../../defi/market-vaults.ts";
import type { Amount } from "../../defi/tokens.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** How a curator spreads a vault's assets. */
export interface MarketAllocatorParams {
  readonly vault: string;
  /** Part of the assets that each market shall hold [WAD]; markets that are left out shall hold none. Sums to WAD. */
  readonly weights: Readonly<Record<string, Wad>>;
  /** How far a market may be off before anything is moved, as a part of the assets [WAD]; default 0. */
  readonly tolerance?: Wad;
  /** How often it looks; default each step. */
  readonly every?: Seconds;
}

/** What a market shall hold, and how much of it comes or goes. */
export interface Target {
  readonly market: string;
  readonly assets: Amount;
}

/**
 * What each market shall hold so that the vault comes as near to its weights as caps and liquidity let it: markets above
 * their weight give what is not lent, the others take it in their order, each up to its weight and its cap.
 *
 * @returns Targets of a reallocation, those that give first; empty where nothing is off by more than the tolerance, or
 * nothing can be moved. What comes and what goes are equal.
 */
export function allocate(
  { atPar, markets }: Pick<MarketVaultView, "atPar" | "markets">,
  weights: MarketAllocatorParams["weights"],
  tolerance: Wad = 0n,
): readonly Target[] {
  const wanted = Object.entries(markets).map(([market, state]) => {
    return { market, ...state, goal: (atPar * (weights[market] ?? 0n)) / WAD };
  });
  const limit = (atPar * tolerance) / WAD;
  if (wanted.every(({ supplied, goal }) => supplied - goal <= limit && goal - supplied <= limit)) return [];
  const rooms = wanted.map((one) => ({ ...one, room: positive(minimum(one.goal, one.cap) - one.supplied) }));
  const spare = wanted.map((one) => ({ ...one, spare: minimum(positive(one.supplied - one.goal), one.liquidity) }));
  let left = minimum(
    rooms.reduce((sum, { room }) => sum + room, 0n),
    spare.reduce((sum, one) => sum + one.spare, 0n),
  );
  let taken = left;
  const gives = spare.flatMap(({ market, supplied, spare: most }): readonly Target[] => {
    const part = minimum(most, taken);
    taken -= part;
    return part === 0n ? [] : [{ market, assets: supplied - part }];
  });
  const takes = rooms.flatMap(({ market, supplied, room }): readonly Target[] => {
    const part = minimum(room, left);
    left -= part;
    return part === 0n ? [] : [{ market, assets: supplied + part }];
  });
  return [...gives, ...takes];
}

/** The last market takes whatever interest has added meanwhile. */
function orderOf(vault: string, targets: readonly Target[]): readonly Action[] {
  const last = targets.length - 1;
  const orders = targets.map(({ market, assets }, at) => ({
    market,
    assets: at === last ? ("rest" as const) : assets,
  }));
  return targets.length < 2 ? [] : [{ type: "marketVaultReallocate", vault, targets: orders }];
}

/** Interest of all markets until the block, twice: so much of liquidity and caps it leaves alone. */
function margin({ view, now }: Pick<AgentContext<unknown>, "view" | "now">, { markets }: MarketVaultView): Amount {
  const elapsed = now - view.time;
  return Object.entries(markets).reduce((sum, [market, { supplied }]) => {
    return sum + (2n * supplied * (view.defi.isolated[market]?.borrowRate ?? 0n) * elapsed) / WAD + 2n;
  }, 0n);
}

/**
 * Keeps a vault over isolated markets at its weights: out of markets that have too much, as far as it is not lent, into
 * those that have too little, up to their caps. Give the vault this population's member as its curator.
 */
export const marketAllocator = defineAgent<MarketAllocatorParams>({
  name: "market-allocator",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: ({ vault, weights }) => ({ market: [vault, ...Object.keys(weights)] }),
  decide: (context) => {
    const { view, now, params } = context;
    const { vault, weights, tolerance = 0n, every } = params;
    const state = view.defi.marketVaults[vault];
    const isTime = every === undefined || every === 0n || now / every > view.time / every;
    if (state === undefined || !isTime) return [];
    const kept = margin(context, state);
    const markets = Object.entries(state.markets).map(([market, place]) => {
      const { liquidity, cap } = place;
      return [market, { ...place, liquidity: positive(liquidity - kept), cap: positive(cap - kept) }] as const;
    });
    return orderOf(vault, allocate({ ...state, markets: Object.fromEntries(markets) }, weights, tolerance));
  },
});
