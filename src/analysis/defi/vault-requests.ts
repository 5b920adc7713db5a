import type { VaultRequestView, VaultSpec, VaultView } from "../../model/defi/vaults.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";

/** How a vault was declared. */
export function vaultSpecOf(spec: WorldSpec, vault: string): VaultSpec | null {
  return spec.defi?.vaults.find(({ id }) => id === vault) ?? null;
}

/**
 * Whether the settlement of a request is fixed: its shares are burned, and its assets stand beside the vault's own. Where
 * the claim itself settles, none is.
 */
export function isSettled(vault: VaultSpec | null, { claimable }: VaultRequestView): boolean {
  return claimable && vault?.queue.freeze !== "claim";
}

/** What a request that is not settled would be paid: the lesser of its quote and what its shares are worth [asset]. */
export function payableOf(
  vault: VaultSpec | null,
  { shares, quote }: Pick<VaultRequestView, "shares" | "quote">,
  worth: bigint,
): bigint {
  if (vault?.queue.fault === "cachedQuote") return quote;
  if (vault?.queue.fault === "firstComeAtPar") return (shares * vault.rate) / WAD;
  return worth < quote ? worth : quote;
}

/** The same vault with every request that waits valued anew. */
export function requote(vault: VaultSpec | null, view: VaultView, worthOf: (shares: bigint) => bigint): VaultView {
  const requests = view.requests.map((request) =>
    isSettled(vault, request) ? request : { ...request, payable: payableOf(vault, request, worthOf(request.shares)) },
  );
  return { ...view, requests };
}

/** Requests of vaults whose rate is live are worth something else at once. */
export function requoteLive(spec: WorldSpec, view: WorldView): WorldView {
  const live = new Set((spec.defi?.vaults ?? []).filter(({ oracle }) => oracle.mode === "live").map(({ id }) => id));
  if (live.size === 0) return view;
  const vaults = Object.entries(view.defi.vaults).map(([id, vault]) => {
    const { supply, assets, requests } = vault;
    if (!live.has(id) || requests.length === 0) return [id, vault] as const;
    const worthOf = (shares: bigint): bigint => (supply === 0n ? shares : (shares * assets) / supply);
    return [id, requote(vaultSpecOf(spec, id), vault, worthOf)] as const;
  });
  return { ...view, defi: { ...view.defi, vaults: Object.fromEntries(vaults) } };
}
