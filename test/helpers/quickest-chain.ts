import type { ChainChoice } from "../../src/chain/open-chain.ts";
import { hasAnvil } from "./anvil.ts";

/**
 * Chain on which a scenario runs in half of the time: anvil, and the one in this process where there is none. Where
 * coverage is measured `tools/coverage.mjs` puts the one in this process here.
 */
export function quickestChain(): ChainChoice {
  return hasAnvil() ? "anvil" : "in-process";
}
