import { liquidityFor, bandAmountsUp, sqrtPriceX96, type WeightedBand } from "../../../maths/amm/bands.ts";
import type { PoolSpec } from "../../../model/defi/pools.ts";
import { WAD } from "../../../units/units.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { Demand, DefiWorld } from "../domain.ts";
import { markets, poolAt } from "./market-contracts.ts";
import { edgesOf, pairUnits } from "./pool-parts.ts";

/** Gas of a first deposit: its pool works out an invariant, or five bands. */
const LIQUIDITY_GAS = 12_000_000n;

/** Bands of a pool around a price, with their weights. */
export function weightedBands(
  world: DefiWorld,
  pool: Extract<PoolSpec, { kind: "banded" }>,
  price: bigint,
): readonly WeightedBand[] {
  const edges = edgesOf(world.defi, pool);
  return pool.bands.map((weight, k) => ({ low: edges[k] ?? 0n, high: edges[k + 1] ?? 0n, price, weight }));
}

/** Lets a pool take what a call is about to give it. */
export function allow(world: DefiWorld, pool: string, order: { token: string; amount: bigint }): Call {
  const data = markets.token.encode("approve", [poolAt(world, pool), order.amount]);
  return { target: world.token(order.token), data };
}

/**
 * Calls by which somebody adds liquidity.
 *
 * @param price - Square root of a banded pool's price [Q96]; not read for others.
 * @param to - Who gets the liquidity tokens.
 */
export function addLiquidityCalls(
  world: DefiWorld,
  pool: PoolSpec,
  order: { readonly amounts: readonly bigint[]; readonly to: string; readonly price: bigint },
): readonly Call[] {
  const { amounts, to, price } = order;
  const target = poolAt(world, pool.id);
  const allowed = pool.tokens.flatMap((token, k) => {
    const amount = amounts[k] ?? 0n;
    return amount > 0n ? [allow(world, pool.id, { token, amount })] : [];
  });
  const [first = 0n, second = 0n] = amounts;
  switch (pool.kind) {
    case "stableSwap":
      return [...allowed, { target, data: markets.stableSwap.encode("addLiquidity", [[...amounts], 0n, to]) }];
    case "constantProduct":
      return [...allowed, { target, data: markets.constantProduct.encode("addLiquidity", [first, second, 0n, to]) }];
    case "banded": {
      const bands = weightedBands(world, pool, price);
      const added = liquidityFor(bands, [first, second]).flatMap((liquidity, k): readonly Call[] => {
        const band = bands[k];
        if (liquidity === 0n || band === undefined) return [];
        const most = bandAmountsUp(band, liquidity);
        return [{ target, data: markets.banded.encode("addLiquidity", [BigInt(k), liquidity, ...most]) }];
      });
      return [...allowed, ...added];
    }
  }
}

/** What the first providers need. */
export function liquidityDemands({ pools }: DefiWorld["defi"]): readonly Demand[] {
  return pools.flatMap(({ tokens, liquidity, provider: participant }) =>
    tokens.map((token, k) => ({ participant, token, amount: liquidity[k] ?? 0n })),
  );
}

/** The first providers fill the pools. */
export function fillPools(world: DefiWorld): readonly Arrangement[] {
  const filled = world.defi.pools.filter(({ liquidity }) => liquidity.some((amount) => amount > 0n));
  return filled.map((pool) => {
    const actor = world.book.participants.address(pool.provider);
    const units = pairUnits(world.defi, pool.tokens);
    const price = pool.kind === "banded" ? sqrtPriceX96(pool.price, units) : WAD;
    const calls = addLiquidityCalls(world, pool, { amounts: pool.liquidity, to: actor, price });
    return { part: `liquidity of pool ${pool.id}`, actor, calls, gasLimit: LIQUIDITY_GAS };
  });
}
