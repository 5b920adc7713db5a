import { adapterVaults } from "./adapter/adapter-vaults.ts";
import { cdp, synthetics } from "./credit/cdp.ts";
import { isolated } from "./credit/isolated.ts";
import { marketVaults, marketVaultShares } from "./credit/market-vaults.ts";
import type { DefiDomain } from "./domain.ts";
import { dollars } from "./dollars/dollars.ts";
import { epochVaults } from "./epoch/epoch-vaults.ts";
import { lending } from "./lending/lending.ts";
import { feeds } from "./markets/feeds.ts";
import { pools } from "./markets/pools.ts";
import { tokens } from "./tokens/tokens.ts";
import { vaults } from "./vaults/vaults.ts";

/**
 * The domains of the DeFi layer, in the order in which they are deployed, arranged and read: a domain may build on those
 * before it. One line each.
 */
export const domains: readonly DefiDomain[] = [
  tokens,
  vaults,
  dollars,
  synthetics,
  adapterVaults,
  marketVaultShares,
  pools,
  feeds,
  lending,
  isolated,
  marketVaults,
  cdp,
  epochVaults,
];
