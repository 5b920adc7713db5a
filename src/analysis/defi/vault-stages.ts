import { assetRateOf, inEther } from "../../model/defi/nesting.ts";
import type { VaultRequestView, VaultView } from "../../model/defi/vaults.ts";
import type { Fact } from "../../model/fact.ts";
import { PROTOCOL } from "../../model/names.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";
import { give, giveWrapped, supply, withDefi } from "./give-tokens.ts";
import type { Dealing, Dealings } from "./lines.ts";
import { isSettled, payableOf, requote, vaultSpecOf } from "./vault-requests.ts";
import { scale } from "./view-changes.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type Change = Partial<Pick<VaultView, "requests">> & {
  readonly shares?: bigint;
  readonly assets?: bigint;
  readonly owed?: bigint;
};

/** The same state after a vault's shares, assets, debts or requests have changed, at the rate that its assets then give. */
function changeVault(view: WorldView, id: string, change: Change): WorldView {
  const vault = view.defi.vaults[id];
  if (vault === undefined) return view;
  const { shares = 0n, assets = 0n, owed = 0n, requests = vault.requests } = change;
  const [all, behind] = [vault.supply + shares, vault.assets + assets];
  const rate = inEther(all === 0n ? WAD : (behind * WAD) / all, assetRateOf(view, id));
  const sums = { supply: all, assets: behind, buffer: vault.buffer + assets, owed: vault.owed + owed };
  // A rate that nothing has moved keeps what rounding made of it.
  const liveRate = shares === 0n && assets === 0n ? vault.liveRate : rate;
  const vaults = { ...view.defi.vaults, [id]: { ...vault, ...sums, liveRate, requests } };
  return { ...view, defi: { ...supply(view.defi, id, shares), vaults } };
}

/** The same state with more, or less, of what a vault takes in somebody's wallet. */
function giveAsset(
  spec: WorldSpec,
  view: WorldView,
  [vault, holder, amount]: readonly [string, string, bigint],
): WorldView {
  const below = view.defi.vaults[vault]?.below;
  if (below === undefined) return giveWrapped(spec, view, [holder, amount]);
  return withDefi(view, (defi) => give(defi, holder, { [below]: amount }));
}

function deposit(spec: WorldSpec, view: WorldView, fact: FactOf<"vaultDeposited">): WorldView {
  const { vault, holder, assets, shares } = fact;
  const paid = giveAsset(spec, view, [vault, holder, 0n - assets]);
  const held = withDefi(paid, (defi) => give(defi, holder, { [vault]: shares }));
  return changeVault(held, vault, { shares, assets });
}

/** Shares that somebody holds no more; they wait with the queue until their request is settled. */
function request(spec: WorldSpec, view: WorldView, fact: FactOf<"vaultRequested">): WorldView {
  const { vault, holder, shares, quote } = fact;
  const payable = payableOf(vaultSpecOf(spec, vault), fact, quote);
  const one = { id: fact.request, holder, shares, quote, payable, requestedAt: view.time, claimable: false };
  const requests = [...(view.defi.vaults[vault]?.requests ?? []), one];
  return changeVault(
    withDefi(view, (defi) => give(defi, holder, { [vault]: 0n - shares })),
    vault,
    { requests },
  );
}

const findRequest = (view: WorldView, vault: string, id: bigint | null): VaultRequestView | undefined =>
  view.defi.vaults[vault]?.requests.find((one) => one.id === id);

/** The requests of a vault with another state of one; none where nothing of it is left. */
function replace(view: WorldView, vault: string, next: VaultRequestView): readonly VaultRequestView[] {
  const all = view.defi.vaults[vault]?.requests ?? [];
  return all.flatMap((one) => (one.id !== next.id ? [one] : next.shares > 0n ? [next] : []));
}

/** Shares of a request are burned, and its assets set aside. */
function settle(view: WorldView, fact: FactOf<"vaultSettled">): WorldView {
  const { vault, assets } = fact;
  const found = findRequest(view, vault, fact.request);
  if (found === undefined) return view;
  const requests = replace(view, vault, { ...found, payable: assets, claimable: true });
  return changeVault(view, vault, { shares: 0n - found.shares, assets: 0n - assets, owed: assets, requests });
}

/** What is claimed of a request: out of what was set aside for it, or where the claim itself settles, out of the vault. */
function claim(spec: WorldSpec, view: WorldView, fact: FactOf<"vaultPaid">): WorldView {
  const { vault, holder, shares, assets } = fact;
  const found = findRequest(view, vault, fact.request);
  if (found === undefined || found.shares === 0n) return view;
  const paid = giveAsset(spec, view, [vault, holder, assets]);
  const left = found.shares - shares;
  if (isSettled(vaultSpecOf(spec, vault), found)) {
    const payable = left === 0n ? 0n : found.payable - assets;
    // What rounding leaves of a settlement is the vault's again.
    const rest = left === 0n ? found.payable - assets : 0n;
    const requests = replace(view, vault, { ...found, shares: left, payable });
    return changeVault(paid, vault, { assets: rest, owed: 0n - assets - rest, requests });
  }
  const quote = left === 0n ? 0n : found.quote - (found.quote * shares + found.shares - 1n) / found.shares;
  const next = { ...found, shares: left, quote, payable: scale(found.payable, left, found.shares) };
  const requests = replace(view, vault, next);
  return changeVault(paid, vault, { shares: 0n - shares, assets: 0n - assets, requests });
}

/** Shares paid out at once; the fee goes to whoever runs the vault. */
function exit(spec: WorldSpec, view: WorldView, fact: FactOf<"vaultPaid">): WorldView {
  const { vault, holder, shares, assets, fee } = fact;
  const burned = withDefi(view, (defi) => give(defi, holder, { [vault]: 0n - shares }));
  const paid = giveAsset(spec, giveAsset(spec, burned, [vault, holder, assets]), [vault, PROTOCOL, fee]);
  return changeVault(paid, vault, { shares: 0n - shares, assets: 0n - assets - fee });
}

/** A report: what it says of a vault is what requests are paid by; vaults over it count in its shares. */
function push(spec: WorldSpec, view: WorldView, { vault: id, before, after }: FactOf<"ratePushed">): WorldView | null {
  if (before === after) return null;
  const vaults: Record<string, VaultView> = {};
  const told = new Set([id]);
  // From the lowest layer up: as vaults are declared.
  for (const [name, vault] of Object.entries(view.defi.vaults)) {
    if (told.has(vault.below ?? "")) told.add(name);
    const reportedRate = told.has(name) ? scale(vault.reportedRate, after, before) : vault.reportedRate;
    vaults[name] = { ...vault, reportedRate };
  }
  const vault = vaults[id];
  if (vault === undefined) return null;
  const asset = vault.below === undefined ? view.lst.rate : (vaults[vault.below]?.reportedRate ?? 0n);
  vaults[id] = requote(vaultSpecOf(spec, id), vault, (shares) => scale(shares, vault.reportedRate, asset));
  return withDefi(view, (defi) => ({ ...defi, vaults }));
}

/** Shares for whoever runs a vault, out of what a report says that it has grown. */
function takeFee(view: WorldView, { vault, feeShares }: FactOf<"ratePushed">): WorldView | null {
  if (feeShares === 0n) return null;
  return changeVault(
    withDefi(view, (defi) => give(defi, PROTOCOL, { [vault]: feeShares })),
    vault,
    { shares: feeShares },
  );
}

/** Shares of a vault without anything behind them, in somebody's hands. */
function mintUnbacked(view: WorldView, { token, to, amount }: FactOf<"unbackedMinted">): WorldView | null {
  if (!(token in view.defi.vaults)) return null;
  return changeVault(
    withDefi(view, (defi) => give(defi, to, { [token]: amount })),
    token,
    { shares: amount },
  );
}

const dealing = (vault: string, by: string, change: Dealing["change"]): Dealing => {
  return { channel: "redemption", with: vault, by, change };
};

/** What facts did to all who hold shares of a vault. */
export const VAULT_DEALINGS: Dealings = {
  vaultDeposited: (fact) => [dealing(fact.vault, fact.holder, (spec, view) => deposit(spec, view, fact))],
  vaultRequested: (fact) => [dealing(fact.vault, fact.holder, (spec, view) => request(spec, view, fact))],
  vaultSettled: (fact) => [dealing(fact.vault, fact.vault, (_, view) => settle(view, fact))],
  vaultPaid: (fact) => {
    const pay = fact.request === null ? exit : claim;
    return [dealing(fact.vault, fact.holder, (spec, view) => pay(spec, view, fact))];
  },
  ratePushed: (fact) => {
    const fee = { channel: "staking", with: fact.vault, by: PROTOCOL } as const;
    return [
      dealing(fact.vault, fact.vault, (spec, view) => push(spec, view, fact)),
      { ...fee, change: (_, view) => takeFee(view, fact) },
    ];
  },
  unbackedMinted: (fact) => [
    { channel: "unbackedMint", with: fact.token, by: fact.to, change: (_, view) => mintUnbacked(view, fact) },
  ],
};
