import type { Invariant } from "../../invariant.ts";
import { factsOf } from "./facts.ts";

/** A share without an owner, and its asset. */
const VIRTUAL = 1n;

/** Only a slash takes from those who hold shares: no deposit, request, fill or move of capital does. */
export const adapterVaultSharesStand: Invariant = {
  name: "Shares of vaults with adapters stand",
  sentence: "A share of a vault with adapters falls only by a slash, and its line holds all that may be claimed of it.",
  check: ({ before, after, results }) => {
    const hit = new Set(factsOf(results, "adapterSlashed").map(({ vault }) => vault));
    for (const [vault, now] of Object.entries(after.defi.adapterVaults)) {
      const claimable = now.requests.reduce((sum, request) => sum + request.claimable, 0n);
      if (claimable > now.owed) return { vault, claimable, owed: now.owed };
      const old = before.defi.adapterVaults[vault];
      if (old === undefined || hit.has(vault)) continue;
      const is = (now.assets + VIRTUAL) * (old.supply + VIRTUAL);
      const was = (old.assets + VIRTUAL) * (now.supply + VIRTUAL);
      if (is < was) {
        const { assets, supply: shares } = now;
        return { vault, assets, shares, assetsBefore: old.assets, sharesBefore: old.supply };
      }
    }
    return null;
  },
};
