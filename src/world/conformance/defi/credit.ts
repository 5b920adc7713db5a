import { adaptiveRateKinds } from "./credit/adaptive-rate.ts";
import { isolatedKinds } from "./credit/isolated-markets.ts";
import { liquidatedMarketKinds } from "./credit/liquidated-market.ts";
import { stabilityPoolKinds } from "./credit/stability-pool.ts";
import { troveKinds } from "./credit/troves.ts";
import type { DefiKind } from "./kind.ts";

/** Cases about CDPs, stability pool, redemption, isolated markets. */
export const creditKinds: readonly DefiKind[] = [
  ...isolatedKinds,
  ...adaptiveRateKinds,
  ...liquidatedMarketKinds,
  ...stabilityPoolKinds,
  ...troveKinds,
];
