import { WAD } from "../../../units/units.ts";
import { assetRateOf } from "../../defi/nesting.ts";
import type { VaultSpec } from "../../defi/vaults.ts";
import type { Breach, Invariant, InvariantContext } from "../../invariant.ts";
import { didAny, factsOf } from "./facts.ts";

/** Wei that the roundings of one action may leave or take: of vault, strategy, queue and delegator. */
const DUST = 8n;

/** Whether only deposits, requests, exits and claims can have touched a vault. */
function isQuiet({ results }: InvariantContext, vault: string): boolean {
  const loud = ["slash", "donated", "escrowCleared", "rewardsClaimed"] as const;
  const minted = factsOf(results, "unbackedMinted").some(({ token }) => token === vault);
  const pushed = factsOf(results, "ratePushed").some((fact) => fact.vault === vault);
  return !minted && !pushed && loud.every((kind) => factsOf(results, kind).length === 0);
}

/** Assets per share [WAD], in the asset itself: what the liquid staking token does is not the vault's. */
function rateOf({ assets, supply }: { readonly assets: bigint; readonly supply: bigint }): bigint {
  return (assets * WAD) / supply;
}

function rateMoved(context: InvariantContext, vault: string): Breach | null {
  const [before, after] = [context.before.defi.vaults[vault], context.after.defi.vaults[vault]];
  if (before === undefined || after === undefined || before.supply === 0n || after.supply === 0n) return null;
  const apart = before.reportedRate - before.liveRate;
  // Who trades at a stale rate takes from who stays, or gives: that is what a lag does, and no error of the vault.
  if (apart > 1n || apart < -1n || !isQuiet(context, vault)) return null;
  const [was, is] = [rateOf(before), rateOf(after)];
  const least = before.supply < after.supply ? before.supply : after.supply;
  const dust = 1n + (DUST * BigInt(context.results.length + 1) * WAD) / least;
  if (is < was - dust) return { vault, rateBefore: was, rate: is, dust };
  // Fees, and quotes above what is paid, stay with the vault: only leaving may lift the rate.
  const left = factsOf(context.results, "vaultPaid").some((fact) => fact.vault === vault);
  const served = didAny(context.results, ["vaultServe", "vaultAcknowledge", "vaultRestake"]);
  return !left && !served && is > was + dust ? { vault, rateBefore: was, rate: is, dust } : null;
}

function overstated(context: InvariantContext, vault: string): Breach | null {
  const after = context.after.defi.vaults[vault];
  if (after === undefined) return null;
  const promised = after.supply * after.liveRate;
  const held = (after.assets + 1n) * assetRateOf(context.after, vault) + WAD;
  return promised > held ? { vault, supply: after.supply, rate: after.liveRate, assets: after.assets } : null;
}

function movedUnreported({ before, after, results }: InvariantContext, { id, oracle }: VaultSpec): Breach | null {
  const [was, is] = [before.defi.vaults[id], after.defi.vaults[id]];
  if (oracle.mode === "live" || was === undefined || is === undefined || before.lst.rate !== after.lst.rate)
    return null;
  // What lies upon another vault moves with its report.
  const [then, now] = [before, after].map((view) => view.defi.vaults[is.below ?? ""]?.reportedRate);
  if (then !== now) return null;
  const told =
    factsOf(results, "ratePushed").some(({ vault }) => vault === id) || didAny(results, ["vaultAcknowledge"]);
  return told || was.reportedRate === is.reportedRate
    ? null
    : { vault: id, reportedBefore: was.reportedRate, reported: is.reportedRate };
}

/** I8, for vaults without a deliberate fault. */
export function vaultRatesStand(vaults: readonly VaultSpec[]): Invariant {
  const sound = vaults.filter(({ queue }) => queue.fault === undefined);
  return {
    name: "I8 vault rates stand",
    sentence:
      "Deposits, requests, exits and claims alone leave a vault's rate as it is, shares at that rate are covered by its assets, and a reported rate changes by a report only.",
    check: (context) => {
      for (const vault of sound) {
        const breach = rateMoved(context, vault.id) ?? overstated(context, vault.id) ?? movedUnreported(context, vault);
        if (breach !== null) return breach;
      }
      return null;
    },
  };
}

/**
 * What is fixed for claimable requests, or, where a claim itself fixes what it pays, what the vault holds at hand, covers
 * what they would be paid.
 */
export function vaultQueuesAreBacked(vaults: readonly VaultSpec[]): Invariant {
  const sound = vaults.filter(({ queue }) => queue.fault === undefined);
  return {
    name: "Vault queues are backed",
    sentence:
      "What a vault has fixed for claimable requests, or has at hand, covers everything that they would be paid now.",
    check: ({ after }) => {
      for (const { id, queue } of sound) {
        const vault = after.defi.vaults[id];
        const atHand = queue.freeze === "claim" ? (vault?.buffer ?? 0n) : 0n;
        const payable = (vault?.requests ?? []).reduce((sum, one) => sum + (one.claimable ? one.payable : 0n), 0n);
        if (vault !== undefined && payable > vault.owed + atHand) {
          return { vault: id, payable, owed: vault.owed, atHand };
        }
      }
      return null;
    },
  };
}
