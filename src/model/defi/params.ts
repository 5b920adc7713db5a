import type { Distribution } from "../distribution.ts";
import type { AdapterVaultSpec } from "./adapter-vaults.ts";
import type { CdpSpec, IsolatedSpec } from "./credit.ts";
import type { DollarSpec, FundSpec } from "./dollars.ts";
import type { EpochVaultSpec } from "./epoch-vaults.ts";
import type { FeedSpec } from "./feeds.ts";
import type { LendingSpec } from "./lending.ts";
import type { MarketVaultSpec } from "./market-vaults.ts";
import type { PoolSpec } from "./pools.ts";
import type { TokenSpec } from "./tokens.ts";
import type { VaultSpec } from "./vaults.ts";

/** The DeFi layer as a scenario writes it; participants by their ids, such as `makers` or `makers-2`. */
export interface DefiParams {
  /** Feed of ether in US dollars, 8 decimals; needed where anything counts in dollars. */
  readonly etherFeed?: string;
  readonly tokens?: readonly TokenSpec[];
  readonly vaults?: readonly VaultSpec[];
  readonly funds?: readonly FundSpec[];
  readonly dollars?: readonly DollarSpec[];
  readonly pools?: readonly PoolSpec[];
  readonly feeds?: readonly FeedSpec[];
  readonly lending?: readonly LendingSpec[];
  readonly isolated?: readonly IsolatedSpec[];
  readonly marketVaults?: readonly MarketVaultSpec[];
  readonly cdps?: readonly CdpSpec[];
  readonly epochVaults?: readonly EpochVaultSpec[];
  readonly adapterVaults?: readonly AdapterVaultSpec[];
}

/**
 * What each member of a population has in one market when the run begins. What it supplies is made for it; what it
 * borrows pays for that, so it goes to the protocol, unless `keep` says that it stays in the wallet.
 */
export type PositionParams =
  | {
      readonly kind: "lending";
      readonly market: string;
      readonly eMode?: string;
      readonly supplied?: Readonly<Record<string, Distribution>>;
      readonly borrowed?: Readonly<Record<string, Distribution>>;
      readonly insured?: Readonly<Record<string, Distribution>>;
      readonly keep?: boolean;
    }
  | {
      readonly kind: "isolated";
      readonly market: string;
      readonly supplied?: Distribution;
      readonly collateral?: Distribution;
      readonly borrowed?: Distribution;
      readonly keep?: boolean;
    }
  | { readonly kind: "epochVault" | "adapterVault"; readonly vault: string; readonly deposited: Distribution }
  | { readonly kind: "marketVault"; readonly vault: string; readonly deposited: Distribution };
