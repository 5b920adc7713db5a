import { AbiCoder, keccak256 } from "ethers";

import type {
  BranchRegistry,
  ICdpLens,
  ICollateralBranch,
  IIsolatedFlashLiquidator,
  IIsolatedLens,
  IIsolatedMarkets,
  IMarketVault,
  IStabilityPool,
  SyntheticDollar,
} from "../../../../typechain-types/index.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { CdpSpec, IsolatedSpec } from "../../../model/defi/credit.ts";
import type { FeedSpec } from "../../../model/defi/feeds.ts";
import type { MarketVaultSpec } from "../../../model/defi/market-vaults.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of isolated markets, branches of debt, and of what reads them. */
export const credit = {
  markets: await prepare<IIsolatedMarkets>("IIsolatedMarkets"),
  liquidator: await prepare<IIsolatedFlashLiquidator>("IIsolatedFlashLiquidator"),
  isolatedLens: await prepare<IIsolatedLens>("IIsolatedLens"),
  vault: await prepare<IMarketVault>("IMarketVault"),
  dollar: await prepare<SyntheticDollar>("SyntheticDollar"),
  registry: await prepare<BranchRegistry>("BranchRegistry"),
  branch: await prepare<ICollateralBranch>("ICollateralBranch"),
  stabilityPool: await prepare<IStabilityPool>("IStabilityPool"),
  cdpLens: await prepare<ICdpLens>("ICdpLens"),
} as const;

/** Ids of the parts that are there once. */
export const ISOLATED_MARKETS = "isolatedMarkets";
export const RATE_MODEL = "adaptiveRateModel";
export const ISOLATED_LENS = "isolatedLens";
export const ISOLATED_LIQUIDATOR = "isolatedLiquidator";
export const CDP_LENS = "cdpLens";

export const oraclePart = (market: string): string => defiPart("marketOracle", market);
export const marketVaultPart = (vault: string): string => defiPart("marketVault", vault);
export const syntheticPart = (cdp: string): string => defiPart("synthetic", cdp);
export const registryPart = (cdp: string): string => defiPart("branchRegistry", cdp);
export const branchPart = (cdp: string, branch: string): string => defiPart("branch", `${cdp}.${branch}`);
export const stabilityPart = (cdp: string, branch: string): string => defiPart("stabilityPool", `${cdp}.${branch}`);

export const NOBODY = `0x${"00".repeat(20)}`;
/** Any amount. */
export const MOST = (1n << 256n) - 1n;
/** Age that no answer of a feed without heartbeat reaches [s]. */
const NEVER = 10n ** 12n;

/** Greatest age at which somebody takes a feed's answer [s]. */
export function maxAgeOf(feeds: readonly FeedSpec[], id: string | null): bigint {
  const heartbeat = feeds.find((feed) => feed.id === id)?.heartbeat ?? 0n;
  return heartbeat === 0n ? NEVER : heartbeat;
}

/** What makes a market, in the order of the contract's structure. */
export function marketParams(
  world: DefiWorld,
  market: IsolatedSpec,
): readonly [string, string, string, string, bigint] {
  const tokens = [world.token(market.loan), world.token(market.collateral)] as const;
  return [...tokens, world.at(oraclePart(market.id)), world.at(RATE_MODEL), market.lltv];
}

/** Id of a market in its contract: the hash of what makes it. */
export function marketId(world: DefiWorld, market: IsolatedSpec): string {
  const types = ["address", "address", "address", "address", "uint256"];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, [...marketParams(world, market)]));
}

/** A market by its name; throws {@link ActionInvalidError} where there is none. */
export function marketOf(world: DefiWorld, action: { readonly type: string; readonly market: string }): IsolatedSpec {
  const market = world.defi.isolated.find(({ id }) => id === action.market);
  if (market === undefined) throw new ActionInvalidError(action.type, "isolated market", action.market);
  return market;
}

/** Isolated markets that lend a vault's asset, with their ids in the contract. */
export function marketsFor(world: DefiWorld, vault: MarketVaultSpec): readonly { market: string; id: string }[] {
  const ours = world.defi.isolated.filter(({ loan }) => loan === vault.asset);
  return ours.map((market) => ({ market: market.id, id: marketId(world, market) }));
}

/** A synthetic dollar by its name; throws {@link ActionInvalidError} where there is none. */
export function cdpOf(world: DefiWorld, action: { readonly type: string; readonly cdp: string }): CdpSpec {
  const cdp = world.defi.cdps.find(({ id }) => id === action.cdp);
  if (cdp === undefined) throw new ActionInvalidError(action.type, "CDP", action.cdp);
  return cdp;
}
