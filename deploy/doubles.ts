/** Test doubles that conformance cases are played with, by what they are for. */
export const doubles = {
  /** A token that anybody may mint, with any decimals and any exchange rate. */
  token: "Token__MockForMarkets",
  /** The libraries of the pools by themselves. */
  marketMath: "MarketMath__Harness",
  /** Isolated markets whose books may be written, to begin at a published state. */
  isolatedMarkets: "IsolatedMarkets__Harness",
  /** A price of collateral that anybody may set. */
  marketOracle: "MarketOracle__MockForMarkets",
  /** A borrow rate that anybody may set. */
  rateModel: "RateModel__MockForMarkets",
  /** A branch of debt in which any trove may be placed. */
  branch: "CollateralBranch__Harness",
  /** What stands for a branch towards a stability pool. */
  poolBranch: "Branch__MockForPool",
  /** Rates of a lending reserve as told, so that its indexes reach any number. */
  scriptedRates: "RateModel__ScriptedForIndexes",
  /** An ERC-4626 vault with any decimals offset. */
  roundingVault: "Vault__MockForRounding",
} as const;
