import { WAD } from "../../../units/units.ts";
import type { Invariant } from "../../invariant.ts";
import { didAny } from "./facts.ts";

/** A StableSwap pool's virtual price rises by fees; swaps and liquidity never lower it. */
export const virtualPricesNeverFall: Invariant = {
  name: "Virtual prices never fall",
  sentence: "While its rates and its amplification stay, no swap lowers a StableSwap pool's virtual price.",
  check: ({ before, after, results }) => {
    for (const [pool, now] of Object.entries(after.defi.pools)) {
      const old = before.defi.pools[pool];
      if (now.kind !== "stableSwap" || old === undefined || old.supply === 0n || now.supply === 0n) continue;
      const isSame = old.amplification === now.amplification && old.rates.every((rate, at) => rate === now.rates[at]);
      if (!isSame || didAny(results, ["rampAmplification"])) continue;
      // The invariant is exact to one of its smallest parts.
      const dust = 1n + (2n * WAD) / now.supply;
      if (now.virtualPrice < old.virtualPrice - dust) {
        return { pool, virtualPrice: now.virtualPrice, virtualPriceBefore: old.virtualPrice };
      }
    }
    return null;
  },
};

/** A dollar never redeems for more than par, and what waits for redemption exists. */
export const dollarsRedeemAtMostAtPar: Invariant = {
  name: "Dollars redeem at most at par",
  sentence: "A dollar's redemption rate is 100 % at most, and no more waits for redemption than was ever made.",
  check: ({ after }) => {
    for (const [dollar, { redemptionRate, queue, supply }] of Object.entries(after.defi.dollars)) {
      if (redemptionRate > WAD) return { dollar, redemptionRate };
      const waiting = queue.reduce((sum, { amount, filled }) => sum + amount - filled, 0n);
      if (waiting > supply) return { dollar, waiting, supply };
    }
    return null;
  },
};
