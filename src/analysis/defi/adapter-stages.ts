import { fillLine, type AdapterVaultView } from "../../model/defi/adapter-vaults.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { giveToken, issue, supply, withDefi } from "./give-tokens.ts";
import type { Dealings } from "./lines.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** The same state with another state of a vault; null where there is no such vault. */
function change(
  view: WorldView,
  id: string,
  make: (vault: AdapterVaultView) => Partial<AdapterVaultView>,
): WorldView | null {
  const vault = view.defi.adapterVaults[id];
  if (vault === undefined) return null;
  const adapterVaults = { ...view.defi.adapterVaults, [id]: { ...vault, ...make(vault) } };
  return { ...view, defi: { ...view.defi, adapterVaults } };
}

const assetOf = (view: WorldView, vault: string): string => view.defi.adapterVaults[vault]?.asset ?? "";

function deposit(spec: WorldSpec, view: WorldView, fact: FactOf<"adapterDeposited">): WorldView | null {
  const { vault: id, who, assets, shares } = fact;
  const changed = change(view, id, (vault) => ({
    ...{ assets: vault.assets + assets, free: vault.free + assets, supply: vault.supply + shares },
  }));
  if (changed === null) return null;
  const issued = withDefi(changed, (defi) => issue(defi, who, [id, shares]));
  return giveToken(spec, issued, [who, assetOf(view, id), 0n - assets]);
}

function request(spec: WorldSpec, view: WorldView, fact: FactOf<"adapterRequested">): WorldView | null {
  const { vault: id, who: holder, request: number, shares } = fact;
  const changed = change(view, id, ({ requests }) => ({
    ...{ nextRequest: number + 1n, requests: [...requests, { id: number, holder, waiting: shares, claimable: 0n }] },
  }));
  return changed === null ? null : giveToken(spec, changed, [holder, id, 0n - shares]);
}

function fill(view: WorldView, fact: FactOf<"adapterFilled">): WorldView | null {
  const { vault: id, shares, assets } = fact;
  const changed = change(view, id, (vault) => ({
    ...{ assets: vault.assets - assets, free: vault.free - assets, supply: vault.supply - shares },
    ...{ owed: vault.owed + assets, requests: fillLine(vault.requests, { shares, assets }) },
  }));
  return changed === null ? null : withDefi(changed, (defi) => supply(defi, id, 0n - shares));
}

function claim(spec: WorldSpec, view: WorldView, fact: FactOf<"adapterClaimed">): WorldView | null {
  const { vault: id, who, request: number, assets } = fact;
  const changed = change(view, id, ({ owed, requests }) => ({
    owed: owed - assets,
    requests: requests.map((one) => (one.id === number ? { ...one, claimable: 0n } : one)),
  }));
  return changed === null ? null : giveToken(spec, changed, [who, assetOf(view, id), assets]);
}

function slash(spec: WorldSpec, view: WorldView, fact: FactOf<"adapterSlashed">): WorldView | null {
  const { vault: id, adapter, taken } = fact;
  const changed = change(view, id, (vault) => {
    const there = vault.adapters[adapter];
    if (there === undefined) return {};
    const left = { ...there, total: there.total - taken, slashable: there.slashable - taken };
    return { assets: vault.assets - taken, adapters: { ...vault.adapters, [adapter]: left } };
  });
  const own = spec.defi?.adapterVaults.find((one) => one.id === id)?.adapters.find((one) => one.id === adapter);
  const burner = own?.burner ?? null;
  return changed === null || burner === null ? changed : giveToken(spec, changed, [burner, assetOf(view, id), taken]);
}

/** What facts did to all who hold shares of a vault with adapters: a slash of one adapter falls on all of them. */
export const ADAPTER_DEALINGS: Dealings = {
  adapterDeposited: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (spec, view) => deposit(spec, view, fact) },
  ],
  adapterRequested: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (spec, view) => request(spec, view, fact) },
  ],
  adapterFilled: (fact) => [{ channel: "redemption", with: fact.vault, change: (_, view) => fill(view, fact) }],
  adapterClaimed: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (spec, view) => claim(spec, view, fact) },
  ],
  adapterSlashed: (fact) => [
    {
      ...{ channel: "slash", with: `${fact.adapter} of ${fact.vault}` },
      change: (spec, view) => slash(spec, view, fact),
    },
  ],
};
