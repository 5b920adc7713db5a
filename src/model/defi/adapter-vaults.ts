import { minimum, positive } from "../../maths/integer.ts";
import type { Seconds, Shares, Wad } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/** Capital of a vault for one operator of one network, and nobody else's to slash. */
export interface AdapterSpec {
  readonly id: string;
  /** The network, its own middleware: a participant. */
  readonly network: string;
  /** Who receives what is slashed; null: nobody. */
  readonly burner: string | null;
  /** How long capital stays slashable after it is asked back. */
  readonly duration: Seconds;
  /** Most that the vault may have there: an amount of assets, and a part of all of its assets [WAD]. */
  readonly limit: { readonly amount: Amount; readonly part: Wad };
  /** What is there when the run begins, as far as limits and deposits allow. */
  readonly allocated: Amount;
}

/**
 * A vault whose capital moves to isolated adapters; its shares are a token whose id is the vault's, and leave by a line
 * that is filled at the live rate. Source: spec of restaking protocols 2.7.
 */
export interface AdapterVaultSpec {
  readonly id: string;
  /** Token that it takes: one of `tokens`, a restaking vault's or a dollar. */
  readonly asset: string;
  /** Who moves capital: a participant, or `protocol`. */
  readonly curator: string;
  readonly adapters: readonly AdapterSpec[];
}

/** What somebody has deposited when the run begins. */
export interface AdapterPositionSpec {
  readonly vault: string;
  readonly participant: string;
  readonly deposited: Amount;
}

export interface AdapterView {
  readonly network: string;
  /** Capital in its hands, and what of it can be slashed now; the rest is free to go back. */
  readonly total: Amount;
  readonly slashable: Amount;
  /** Part of what can be slashed that was asked back and becomes free in time. */
  readonly recalled: Amount;
}

/** A request in the line that is not paid out. */
export interface LineRequestView {
  readonly id: bigint;
  readonly holder: string;
  /** Shares that wait to be filled, and what the filled ones pay when they are claimed. */
  readonly waiting: Shares;
  readonly claimable: Amount;
}

export interface AdapterVaultView {
  readonly asset: string;
  readonly supply: Shares;
  /** Net asset value: what is free, and what is in the adapters. */
  readonly assets: Amount;
  readonly free: Amount;
  readonly adapters: Readonly<Record<string, AdapterView>>;
  /** Paid into the line and not claimed. */
  readonly owed: Amount;
  /** In the order in which they are filled. */
  readonly requests: readonly LineRequestView[];
  /** Number of the next request. */
  readonly nextRequest: bigint;
}

interface OnVault {
  readonly vault: string;
}

export type AdapterVaultAction =
  | ({ readonly type: "adapterDeposit"; readonly amount: Amount } & OnVault)
  /** Shares of the wallet enter the line. */
  | ({ readonly type: "adapterRequest"; readonly shares: Shares | "all" } & OnVault)
  /** Fills the line as far as free assets allow; anybody may. */
  | ({ readonly type: "adapterFill" } & OnVault)
  | ({ readonly type: "adapterClaim"; readonly request: bigint } & OnVault)
  /** The curator moves free assets to an adapter, asks capital back, or takes what is free there. */
  | ({ readonly type: "adapterAllocate"; readonly adapter: string; readonly amount: Amount } & OnVault)
  | ({ readonly type: "adapterRecall"; readonly adapter: string; readonly amount: Amount } & OnVault)
  | ({ readonly type: "adapterReturn"; readonly adapter: string; readonly amount: Amount } & OnVault)
  /** The network (the actor) slashes what it has, or gives some of it back. */
  | ({ readonly type: "adapterSlash"; readonly adapter: string; readonly amount: Amount } & OnVault)
  | ({ readonly type: "adapterRelease"; readonly adapter: string; readonly amount: Amount } & OnVault);

export type AdapterVaultFact =
  | ({
      readonly kind: "adapterDeposited";
      readonly who: string;
      readonly assets: Amount;
      readonly shares: Shares;
    } & OnVault)
  | ({
      readonly kind: "adapterRequested";
      readonly who: string;
      readonly request: bigint;
      readonly shares: Shares;
    } & OnVault)
  | ({ readonly kind: "adapterFilled"; readonly shares: Shares; readonly assets: Amount } & OnVault)
  | ({
      readonly kind: "adapterClaimed";
      readonly who: string;
      readonly request: bigint;
      readonly assets: Amount;
    } & OnVault)
  | ({ readonly kind: "adapterSlashed"; readonly adapter: string; readonly taken: Amount } & OnVault);

/** What shares of a vault are worth by its own account [asset], rounded down; one share and one wei are nobody's. */
export function adapterSharesInAssets({ assets, supply }: AdapterVaultView, shares: Shares): Amount {
  return (shares * (assets + 1n)) / (supply + 1n);
}

/** What the line would pay for all that waits in it. */
export function waitingInLine(vault: AdapterVaultView): Amount {
  const shares = vault.requests.reduce((sum, { waiting }) => sum + waiting, 0n);
  return adapterSharesInAssets(vault, shares);
}

/** Requests of somebody of which something can be claimed. */
export function claimableInLine({ requests }: AdapterVaultView, who: string): readonly bigint[] {
  return requests.filter(({ holder, claimable }) => holder === who && claimable > 0n).map(({ id }) => id);
}

/** Gives each request its part of a fill, first come first served, its assets in proportion, rounded down. */
export function fillLine(
  requests: readonly LineRequestView[],
  { shares, assets }: { readonly shares: Shares; readonly assets: Amount },
): readonly LineRequestView[] {
  let left = shares;
  return requests.map((request) => {
    const part = minimum(request.waiting, left);
    const paid = part === 0n ? 0n : ((shares - left + part) * assets) / shares - ((shares - left) * assets) / shares;
    left = positive(left - part);
    return { ...request, waiting: request.waiting - part, claimable: request.claimable + paid };
  });
}
