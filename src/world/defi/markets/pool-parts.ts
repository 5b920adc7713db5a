import type { Part } from "../../../../deploy/parts.ts";
import { sqrtPriceX96, type PairUnits } from "../../../maths/amm/bands.ts";
import type { DefiSpec } from "../../../model/defi/defi.ts";
import { decimalsOf } from "../../../model/defi/opening-prices.ts";
import type { PoolSpec } from "../../../model/defi/pools.ts";
import { PROTOCOL } from "../../../model/names.ts";
import type { DefiPartsContext } from "../domain.ts";
import { DESK, FEED_LENS, MARKET_LENS, poolPart } from "./market-contracts.ts";

const NOBODY = `0x${"00".repeat(20)}`;

type Banded = Extract<PoolSpec, { kind: "banded" }>;

/** Units of a pair of tokens. */
export function pairUnits(defi: DefiSpec, tokens: readonly string[]): PairUnits {
  const unit = (token = ""): bigint => 10n ** BigInt(decimalsOf(defi, token));
  return { first: unit(tokens[0]), second: unit(tokens[1]) };
}

/** Edges of a banded pool as its contract counts them. */
export function edgesOf(defi: DefiSpec, pool: Banded): readonly bigint[] {
  const units = pairUnits(defi, pool.tokens);
  return pool.edges.map((edge) => sqrtPriceX96(edge, units));
}

function poolArguments(pool: PoolSpec, { defi, token }: DefiPartsContext): Omit<Part, "id"> {
  const coins = pool.tokens.map(token);
  switch (pool.kind) {
    case "stableSwap": {
      const rateSources = pool.tokens.map((id) => (pool.scaled.includes(id) ? token(id) : NOBODY));
      const { amplification: amp, fee, offpegMultiplier, window } = pool;
      const terms = { coins, rateSources, amp, fee, offpegMultiplier, window };
      return { contract: "StableSwapPool", args: [`@${DESK}`, terms] };
    }
    case "constantProduct":
      return { contract: "ConstantProductPool", args: [`@${DESK}`, ...coins] };
    case "banded": {
      const price = sqrtPriceX96(pool.price, pairUnits(defi, pool.tokens));
      return { contract: "BandedPool", args: [`@${DESK}`, coins, pool.fee, [...edgesOf(defi, pool)], price] };
    }
  }
}

/** The desk, the lenses, and every pool. */
export function poolParts(context: DefiPartsContext): readonly Part[] {
  const { defi, actorOf } = context;
  if (defi.pools.length + defi.feeds.length === 0) return [];
  return [
    { id: DESK, contract: "MarketDesk", args: [actorOf(PROTOCOL)] },
    { id: MARKET_LENS, contract: "MarketLens", args: [] },
    { id: FEED_LENS, contract: "FeedLens", args: [] },
    ...defi.pools.map((pool) => ({ id: poolPart(pool.id), ...poolArguments(pool, context) })),
  ];
}
