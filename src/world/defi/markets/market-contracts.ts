import type {
  BandedPool,
  ConstantProductPool,
  ExternalToken,
  IFeedLens,
  IMarketDesk,
  IMarketLens,
  IPriceFeed,
  IRatioFeed,
  IReportedFeed,
  StableSwapPool,
} from "../../../../typechain-types/index.ts";
import type { PoolSpec } from "../../../model/defi/pools.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of pools, feeds and of what reads and runs them. */
export const markets = {
  stableSwap: await prepare<StableSwapPool>("StableSwapPool"),
  constantProduct: await prepare<ConstantProductPool>("ConstantProductPool"),
  banded: await prepare<BandedPool>("BandedPool"),
  reportedFeed: await prepare<IReportedFeed>("IReportedFeed"),
  ratioFeed: await prepare<IRatioFeed>("IRatioFeed"),
  priceFeed: await prepare<IPriceFeed>("IPriceFeed"),
  desk: await prepare<IMarketDesk>("IMarketDesk"),
  lens: await prepare<IMarketLens>("IMarketLens"),
  feedLens: await prepare<IFeedLens>("IFeedLens"),
  token: await prepare<ExternalToken>("ExternalToken"),
} as const;

/** Ids of the parts that are there once. */
export const DESK = "marketDesk";
export const MARKET_LENS = "marketLens";
export const FEED_LENS = "feedLens";

export const poolPart = (id: string): string => defiPart("pool", id);
export const feedPart = (id: string): string => defiPart("feed", id);

export const poolAt = (world: DefiWorld, id: string): string => world.at(poolPart(id));
export const feedAt = (world: DefiWorld, id: string): string => world.at(feedPart(id));

/** A pool's specification; undefined where there is none. */
export function poolOf(world: DefiWorld, id: string): PoolSpec | undefined {
  return world.defi.pools.find((pool) => pool.id === id);
}

/** What a call of a world's administrator looks like when the desk makes it. */
export function deskCall(world: DefiWorld, target: string, data: string) {
  return { target: world.at(DESK), data: markets.desk.encode("execute", [target, data]) };
}
