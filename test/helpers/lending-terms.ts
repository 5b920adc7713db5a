/** What a modelled pooled market is set up with, and what its liquidations tell. */
import type { OracleLiquidation } from "./lending-oracle.ts";

export interface ModelRisk {
  readonly ltvBps: bigint;
  readonly ltBps: bigint;
  readonly bonusBps: bigint;
}

/** Terms of an asset that change during a history. */
export interface ModelTerms {
  reserveFactorBps: bigint;
  liquidationFeeBps: bigint;
  supplyCap: bigint;
  borrowCap: bigint;
  risk: ModelRisk;
}

export interface ModelCategory {
  readonly risk: ModelRisk;
  readonly collateral: readonly string[];
  readonly borrowable: readonly string[];
}

export interface ModelPolicy {
  readonly flashFeeBps: bigint;
  readonly flashTreasuryBps: bigint;
  readonly closeFactor: OracleLiquidation["closeFactor"];
}

/** What one liquidation did. */
export interface ModelLiquidation {
  readonly repaid: bigint;
  readonly seized: bigint;
  readonly fee: bigint;
  readonly healthFactor: bigint;
  readonly isBadDebt: boolean;
}
