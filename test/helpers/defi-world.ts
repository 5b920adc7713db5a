import type { DefiSpec } from "../../src/model/defi/defi.ts";

/** A DeFi layer without anything in it: tests add what they are about. */
export const emptyDefi: DefiSpec = {
  etherFeed: null,
  tokens: [],
  vaults: [],
  funds: [],
  dollars: [],
  pools: [],
  feeds: [],
  lending: [],
  isolated: [],
  marketVaults: [],
  cdps: [],
  epochVaults: [],
  adapterVaults: [],
  balances: {},
  lendingPositions: [],
  isolatedPositions: [],
  marketVaultPositions: [],
  epochPositions: [],
  adapterPositions: [],
};
