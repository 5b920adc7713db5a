import type { DefiView } from "../../model/defi/defi.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { WorldView } from "../../model/view.ts";
import { vaultLayers } from "../../model/defi/nesting.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { Wei } from "../../units/units.ts";
import { addTo } from "../yield-attribution.ts";
import { bring, claim, openBook, type AccountBook, type Layer } from "./account-book.ts";
import { between, ROUNDING_ACCOUNT } from "./accounts.ts";

/** Who owes a token's worth to its holders. */
interface Issuer {
  readonly account: string;
  readonly layer: Layer;
  readonly tier: number;
}

/** A balance sheet while it is being drawn up. */
export interface Sheeting {
  readonly spec: WorldSpec;
  readonly view: WorldView;
  readonly defi: DefiView;
  readonly book: AccountBook;
  /** Smallest parts of each token found with somebody. */
  readonly located: Map<string, bigint>;
  /** Account that owes a token's worth to its holders; tokens without one are worth something by themselves. */
  readonly issuers: ReadonlyMap<string, Issuer>;
  /** Id of the wrapped LST, where the layer names it. */
  readonly wrapped: string | null;
  /** Whether wallets count the wrapped LST among their liquid staking tokens. */
  readonly wrappedInWallets: boolean;
}

function issuersOf({ defi }: WorldSpec): ReadonlyMap<string, Issuer> {
  const { vaults = [], dollars = [], pools = [], cdps = [], marketVaults = [], adapterVaults = [] } = defi ?? {};
  const issuers = new Map<string, Issuer>();
  for (const { id } of vaults) issuers.set(id, { account: between("vault", id), layer: "lrtHolder", tier: 0 });
  for (const { id } of dollars) issuers.set(id, { account: between("dollar", id), layer: "dollarHolder", tier: 3 });
  for (const { id } of pools) issuers.set(id, { account: between("pool", id), layer: "provider", tier: 0 });
  for (const { id } of cdps) issuers.set(id, { account: between("cdp", id), layer: "dollarHolder", tier: 0 });
  for (const { id } of adapterVaults) {
    issuers.set(id, { account: between("adapterVault", id), layer: "staker", tier: 0 });
  }
  for (const { id } of marketVaults) {
    issuers.set(id, { account: between("marketVault", id), layer: "supplier", tier: 0 });
  }
  return issuers;
}

/** Virtual shares of strategies and vaults hold some wei for ever. */
const VIRTUAL = 10_000n;

/**
 * Rates are rounded down to a wei for each whole token: all of a token may be off by its supply in wholes, and by as much
 * again for each vault that lies upon another.
 */
function allowForRates(at: Sheeting): void {
  const layers = BigInt(vaultLayers(at.spec.strategies, at.spec.defi?.vaults ?? []));
  for (const [id, { supply, decimals }] of Object.entries(at.defi.tokens)) {
    const account = at.issuers.get(id)?.account ?? ROUNDING_ACCOUNT;
    addTo(at.book.slacks, account, (4n * layers * supply) / 10n ** BigInt(decimals) + VIRTUAL);
  }
  for (const id of Object.keys(at.view.strategies)) addTo(at.book.slacks, between("strategy", id), VIRTUAL);
}

/** Begins a sheet. */
export function openSheet(spec: WorldSpec, view: WorldView): Sheeting {
  const at: Sheeting = {
    spec,
    view,
    defi: view.defi,
    book: openBook(),
    located: new Map(),
    issuers: issuersOf(spec),
    wrapped: spec.defi?.tokens.find(({ kind }) => kind === "wrappedLst")?.id ?? null,
    wrappedInWallets: spec.strategies.some(({ asset }) => asset === "lst"),
  };
  allowForRates(at);
  return at;
}

/** Says where some of a token is. */
export function locate(at: Sheeting, token: string, amount: bigint): void {
  at.located.set(token, (at.located.get(token) ?? 0n) + amount);
}

/** Worth of so many smallest parts of a token is how far amounts in an account may be off. */
export function loosen(at: Sheeting, account: string, [token, parts]: readonly [string, bigint]): void {
  addTo(at.book.slacks, account, worthOf(at.defi, token, parts) + 1n);
}

/** Tokens in an account's hands, at their true worth: a real asset, or a claim on whoever made the token. */
export function hold(at: Sheeting, owner: string, [token, amount]: readonly [string, bigint]): void {
  if (amount === 0n) return;
  locate(at, token, amount);
  const value = worthOf(at.defi, token, amount);
  const issuer = at.issuers.get(token);
  if (issuer === undefined) bring(at.book, owner, value);
  else claim(at.book, issuer.account, { by: owner, layer: issuer.layer, tier: issuer.tier, capacity: value });
}

/** Worth of an amount of a token [wei]. */
export function worthIn(at: Sheeting, token: string, amount: bigint): Wei {
  return worthOf(at.defi, token, amount);
}
