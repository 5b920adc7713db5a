import type {
  AdapterPositionSpec,
  AdapterVaultAction,
  AdapterVaultFact,
  AdapterVaultSpec,
  AdapterVaultView,
} from "./adapter-vaults.ts";
import type {
  CdpSpec,
  CdpView,
  CreditAction,
  CreditFact,
  IsolatedPositionSpec,
  IsolatedSpec,
  IsolatedView,
} from "./credit.ts";
import type { DollarAction, DollarFact, DollarSpec, DollarView, FundAction, FundSpec, FundView } from "./dollars.ts";
import type {
  EpochPositionSpec,
  EpochVaultAction,
  EpochVaultFact,
  EpochVaultSpec,
  EpochVaultView,
} from "./epoch-vaults.ts";
import type { FeedAction, FeedFact, FeedSpec, FeedView } from "./feeds.ts";
import type { LendingAction, LendingFact, LendingPositionSpec, LendingSpec, LendingView } from "./lending.ts";
import type {
  MarketVaultAction,
  MarketVaultFact,
  MarketVaultPositionSpec,
  MarketVaultSpec,
  MarketVaultView,
} from "./market-vaults.ts";
import type { PoolAction, PoolFact, PoolSpec, PoolView } from "./pools.ts";
import type { Amount, TokenAction, TokenFact, TokenSpec, TokenView, Usd8 } from "./tokens.ts";
import type { VaultAction, VaultFact, VaultSpec, VaultView } from "./vaults.ts";

/** Everything of the DeFi layer that a world is made with: amounts are in the tokens' smallest parts. */
export interface DefiSpec {
  /** Feed of ether in US dollars (8 decimals): the measure of every dollar; null in a world without dollars. */
  readonly etherFeed: string | null;
  readonly tokens: readonly TokenSpec[];
  readonly vaults: readonly VaultSpec[];
  /** Vaults whose shares are restaked, by the strategy that takes them. */
  readonly shares?: Readonly<Record<string, string>>;
  readonly funds: readonly FundSpec[];
  readonly dollars: readonly DollarSpec[];
  readonly pools: readonly PoolSpec[];
  readonly feeds: readonly FeedSpec[];
  readonly lending: readonly LendingSpec[];
  readonly isolated: readonly IsolatedSpec[];
  readonly marketVaults: readonly MarketVaultSpec[];
  readonly cdps: readonly CdpSpec[];
  readonly epochVaults: readonly EpochVaultSpec[];
  readonly adapterVaults: readonly AdapterVaultSpec[];
  /** Tokens in each wallet when the run begins, besides positions: by participant, by token. */
  readonly balances: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
  readonly lendingPositions: readonly LendingPositionSpec[];
  readonly isolatedPositions: readonly IsolatedPositionSpec[];
  readonly marketVaultPositions: readonly MarketVaultPositionSpec[];
  readonly epochPositions: readonly EpochPositionSpec[];
  readonly adapterPositions: readonly AdapterPositionSpec[];
}

/** State of the DeFi layer after a step, by the scenario's names. */
export interface DefiView {
  /** US dollars per ether by the reference feed; 0 where there is none. */
  readonly etherPrice: Usd8;
  readonly tokens: Readonly<Record<string, TokenView>>;
  /** Wallets: by participant, by token; tokens of which nobody ever had any are left out. */
  readonly balances: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
  readonly vaults: Readonly<Record<string, VaultView>>;
  readonly funds: Readonly<Record<string, FundView>>;
  readonly dollars: Readonly<Record<string, DollarView>>;
  readonly pools: Readonly<Record<string, PoolView>>;
  readonly feeds: Readonly<Record<string, FeedView>>;
  readonly lending: Readonly<Record<string, LendingView>>;
  readonly isolated: Readonly<Record<string, IsolatedView>>;
  readonly marketVaults: Readonly<Record<string, MarketVaultView>>;
  readonly cdps: Readonly<Record<string, CdpView>>;
  readonly epochVaults: Readonly<Record<string, EpochVaultView>>;
  readonly adapterVaults: Readonly<Record<string, AdapterVaultView>>;
}

/** Everything that can be wanted of the DeFi layer. */
export type DefiAction =
  | TokenAction
  | PoolAction
  | FeedAction
  | VaultAction
  | DollarAction
  | FundAction
  | LendingAction
  | CreditAction
  | MarketVaultAction
  | EpochVaultAction
  | AdapterVaultAction;

/** What such an action did. */
export type DefiFact =
  | TokenFact
  | PoolFact
  | FeedFact
  | VaultFact
  | DollarFact
  | LendingFact
  | CreditFact
  | MarketVaultFact
  | EpochVaultFact
  | AdapterVaultFact;

/** A world without a DeFi layer. */
export const NO_DEFI: DefiView = {
  etherPrice: 0n,
  tokens: {},
  balances: {},
  vaults: {},
  funds: {},
  dollars: {},
  pools: {},
  feeds: {},
  lending: {},
  isolated: {},
  marketVaults: {},
  cdps: {},
  epochVaults: {},
  adapterVaults: {},
};
