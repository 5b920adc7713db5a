import {
  bucketOf,
  type EpochHolderView,
  type EpochPoolView,
  type EpochVaultView,
} from "../../model/defi/epoch-vaults.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { giveToken } from "./give-tokens.ts";
import type { Dealings } from "./lines.ts";
import { mapValues } from "./view-changes.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** The same state with another state of a vault; null where there is no such vault. */
function change(
  view: WorldView,
  id: string,
  make: (vault: EpochVaultView) => Partial<EpochVaultView>,
): WorldView | null {
  const vault = view.defi.epochVaults[id];
  if (vault === undefined) return null;
  const epochVaults = { ...view.defi.epochVaults, [id]: { ...vault, ...make(vault) } };
  return { ...view, defi: { ...view.defi, epochVaults } };
}

const add = (pool: EpochPoolView, assets: bigint, shares: bigint): EpochPoolView => {
  return { assets: pool.assets + assets, shares: pool.shares + shares };
};

const NOTHING: EpochHolderView = { shares: 0n, waiting: {} };

function hold(
  { holders }: EpochVaultView,
  who: string,
  make: (holder: EpochHolderView) => EpochHolderView,
): EpochVaultView["holders"] {
  return { ...holders, [who]: make(holders[who] ?? NOTHING) };
}

function deposit(spec: WorldSpec, view: WorldView, fact: FactOf<"epochDeposited">): WorldView | null {
  const { vault: id, who, assets, shares } = fact;
  const changed = change(view, id, (vault) => ({
    active: add(vault.active, assets, shares),
    held: vault.held + assets,
    holders: hold(vault, who, (holder) => ({ ...holder, shares: holder.shares + shares })),
  }));
  return changed === null ? null : giveToken(spec, changed, [who, assetOf(view, id), 0n - assets]);
}

function withdraw(view: WorldView, fact: FactOf<"epochWithdrawn">): WorldView | null {
  const { vault: id, who, epoch, assets, shares, minted } = fact;
  const key = epoch.toString();
  return change(view, id, (vault) => ({
    active: add(vault.active, 0n - assets, 0n - shares),
    buckets: { ...vault.buckets, [key]: add(bucketOf(vault, epoch), assets, minted) },
    holders: hold(vault, who, (holder) => {
      const waiting = { ...holder.waiting, [key]: (holder.waiting[key] ?? 0n) + minted };
      return { shares: holder.shares - shares, waiting };
    }),
  }));
}

function claim(spec: WorldSpec, view: WorldView, fact: FactOf<"epochClaimed">): WorldView | null {
  const { vault: id, who, epoch, assets } = fact;
  const changed = change(view, id, (vault) => ({
    held: vault.held - assets,
    holders: hold(vault, who, ({ shares, waiting }) => {
      const left = Object.entries(waiting).filter(([key]) => key !== epoch.toString());
      return { shares, waiting: Object.fromEntries(left) };
    }),
  }));
  return changed === null ? null : giveToken(spec, changed, [who, assetOf(view, id), assets]);
}

function slash(spec: WorldSpec, view: WorldView, fact: FactOf<"epochSlashed">): WorldView | null {
  const { vault: id, taken, active, current, next } = fact;
  const changed = change(view, id, (vault) => {
    const cut = (epoch: bigint, amount: bigint): Record<string, EpochPoolView> =>
      amount === 0n ? {} : { [epoch.toString()]: add(bucketOf(vault, epoch), 0n - amount, 0n) };
    return {
      active: add(vault.active, 0n - active, 0n),
      buckets: { ...vault.buckets, ...cut(vault.epoch, current), ...cut(vault.epoch + 1n, next) },
      held: vault.held - taken,
    };
  });
  const burner = spec.defi?.epochVaults.find((one) => one.id === id)?.burner ?? null;
  return changed === null || burner === null ? changed : giveToken(spec, changed, [burner, assetOf(view, id), taken]);
}

const assetOf = (view: WorldView, vault: string): string => view.defi.epochVaults[vault]?.asset ?? "";

/** What facts did to all who have stake in an epoch vault: slashes fall on stake and on withdrawals that wait. */
export const EPOCH_DEALINGS: Dealings = {
  epochDeposited: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (spec, view) => deposit(spec, view, fact) },
  ],
  epochWithdrawn: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (_, view) => withdraw(view, fact) },
  ],
  epochClaimed: (fact) => [
    { channel: "redemption", with: fact.vault, by: fact.who, change: (spec, view) => claim(spec, view, fact) },
  ],
  epochSlashed: (fact) => [
    {
      ...{ channel: "slash", with: `${fact.network} on ${fact.vault}` },
      change: (spec, view) => slash(spec, view, fact),
    },
  ],
};

/** The same state in the epochs of a later one: time alone brings them. */
export function turnEpochs(now: WorldView, after: WorldView): WorldView {
  const epochVaults = mapValues(now.defi.epochVaults, (vault, id) => {
    const { epoch, epochEnds } = after.defi.epochVaults[id] ?? vault;
    return { ...vault, epoch, epochEnds };
  });
  return { ...now, defi: { ...now.defi, epochVaults } };
}
