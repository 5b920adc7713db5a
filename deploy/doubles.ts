/** Test doubles that conformance cases are played with, by what they are for. */
export const doubles = {
  /** A token that anybody may mint, with any decimals and any exchange rate. */
  token: "Token__MockForMarkets",
  /** The libraries of the pools by themselves. */
  marketMath: "MarketMath__Harness",
} as const;
