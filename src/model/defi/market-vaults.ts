import type { Wad } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/** A vault that supplies one token to several isolated markets; its shares are a token whose id is the vault's. */
export interface MarketVaultSpec {
  readonly id: string;
  /** Token that it takes and lends: no share of another market vault, and no pool's liquidity. */
  readonly asset: string;
  /** Who may set caps and move assets: a participant, or `protocol`. */
  readonly curator: string;
  /** Isolated markets that lend the asset, in the order in which deposits fill and withdrawals empty them. */
  readonly markets: readonly { readonly market: string; readonly cap: Amount }[];
  /** Whether shares are marked down for debt that no collateral pays before a market recognises it. */
  readonly marksBadDebt: boolean;
}

/** What somebody has deposited when the run begins. */
export interface MarketVaultPositionSpec {
  readonly vault: string;
  readonly participant: string;
  readonly deposited: Amount;
}

/** A market as the vault sees it. */
export interface VaultMarketView {
  readonly cap: Amount;
  /** What the vault has there, at par, rounded down. */
  readonly supplied: Amount;
  /** Its part of the debt there that no collateral pays at the market's price, rounded up; 0 without a price. */
  readonly unrecognised: Amount;
  /** Part of `supplied` that is not lent. */
  readonly liquidity: Amount;
}

export interface MarketVaultView {
  readonly asset: string;
  readonly supply: Amount;
  /** Net asset value: what it has in all markets, marked down where it marks. */
  readonly assets: Amount;
  /** The same at par. */
  readonly atPar: Amount;
  readonly unrecognised: Amount;
  readonly liquidity: Amount;
  readonly marksBadDebt: boolean;
  /** Markets in the order of deposits, and of withdrawals. */
  readonly supplyQueue: readonly string[];
  readonly withdrawQueue: readonly string[];
  /** Every isolated market that lends the asset. */
  readonly markets: Readonly<Record<string, VaultMarketView>>;
}

interface OnVault {
  readonly vault: string;
}

export type MarketVaultAction =
  | ({ readonly type: "marketVaultDeposit"; readonly amount: Amount } & OnVault)
  /** An amount of assets, or all shares; reverts where the markets have not enough that is not lent. */
  | ({ readonly type: "marketVaultWithdraw"; readonly amount: Amount | "all" } & OnVault)
  /** What each named market shall hold afterwards, those to take out of first; `rest`: whatever was taken out. */
  | ({
      readonly type: "marketVaultReallocate";
      readonly targets: readonly { readonly market: string; readonly assets: Amount | "rest" }[];
    } & OnVault)
  | ({ readonly type: "marketVaultSetCap"; readonly market: string; readonly cap: Amount } & OnVault)
  | ({
      readonly type: "marketVaultSetQueue";
      readonly queue: "supply" | "withdraw";
      readonly markets: readonly string[];
    } & OnVault)
  | ({ readonly type: "marketVaultMark"; readonly marked: boolean } & OnVault);

export type MarketVaultFact =
  | ({
      readonly kind: "marketVaultMoved";
      readonly move: "deposit" | "withdraw";
      readonly who: string;
      readonly assets: Amount;
      readonly shares: Amount;
    } & OnVault)
  | ({ readonly kind: "marketVaultReallocated"; readonly amount: Amount } & OnVault);

/** What so many shares of a market vault are worth by its own account [asset wei], rounded down. */
export function sharesInAssets({ assets, supply }: MarketVaultView, shares: Amount): Amount {
  return supply === 0n ? 0n : (shares * assets) / supply;
}

/** Part of a market vault's assets that is lent [WAD]. */
export function utilisationOfVault({ atPar, liquidity }: MarketVaultView): Wad {
  return atPar === 0n ? 0n : ((atPar - liquidity) * 10n ** 18n) / atPar;
}
