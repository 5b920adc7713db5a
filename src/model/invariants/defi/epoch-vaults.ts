import { owedByEpochVault } from "../../defi/epoch-vaults.ts";
import type { Invariant } from "../../invariant.ts";
import { factsOf } from "./facts.ts";

/** A vault has what it owes: stake, and withdrawals that nobody has claimed. */
export const epochVaultsAreBacked: Invariant = {
  name: "Epoch vaults are backed",
  sentence: "An epoch vault holds at least what its holders have in it, and a slash takes no more than it was due.",
  check: ({ after, results }) => {
    for (const [vault, state] of Object.entries(after.defi.epochVaults)) {
      const owed = owedByEpochVault(state);
      // The wei that nobody has rounds what each pool of shares is worth up by less than one.
      const dust = 1n + BigInt(Object.keys(state.buckets).length);
      if (owed > state.held + dust) return { vault, owed, held: state.held };
    }
    const over = factsOf(results, "epochSlashed").find(({ promised, taken }) => taken > promised);
    return over === undefined ? null : { vault: over.vault, taken: over.taken, promised: over.promised };
  },
};
