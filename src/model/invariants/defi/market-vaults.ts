import type { Invariant } from "../../invariant.ts";
import { didAny, factsOf } from "./facts.ts";

/** A share without holders, and its asset, which the contract counts with: 10^6 shares, one smallest part. */
const VIRTUAL = 10n ** 6n;

/** Only a market's bad debt takes from those who hold a vault's shares: no deposit, withdrawal or reallocation does. */
export const marketVaultSharesStand: Invariant = {
  name: "Market vaults' shares stand",
  sentence: "A share of a vault over markets falls only where one of them spreads bad debt, or the vault marks it.",
  check: ({ before, after, results }) => {
    const hit = new Set(factsOf(results, "socialised").map(({ market }) => market));
    const marked = didAny(results, ["marketVaultMark"]);
    for (const [vault, now] of Object.entries(after.defi.marketVaults)) {
      const old = before.defi.marketVaults[vault];
      if (old === undefined || now.marksBadDebt || marked) continue;
      if (Object.keys(now.markets).some((market) => hit.has(market))) continue;
      // Each market's supply is rounded down, by a smallest part for every share of the market that counts as more.
      const dust = 2n * BigInt(Object.keys(now.markets).length + results.length + 1);
      const is = (now.atPar + dust) * (old.supply + VIRTUAL);
      const was = (old.atPar + 1n) * (now.supply + VIRTUAL);
      if (is < was) {
        const { atPar: assets, supply: shares } = now;
        return { vault, assets, shares, assetsBefore: old.atPar, sharesBefore: old.supply };
      }
    }
    return null;
  },
};
