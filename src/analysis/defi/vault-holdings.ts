import { vaultOfStrategy } from "../../model/defi/nesting.ts";
import { worthOf } from "../../model/defi/worth.ts";
import { WAD } from "../../units/units.ts";
import { bring, claim } from "./account-book.ts";
import { between } from "./accounts.ts";
import { hold, locate, type Sheeting } from "./holdings.ts";
import { isSettled } from "./vault-requests.ts";

/** Ether that assets of a vault are worth: wrapped LST, or shares of the vault upon which it lies. */
function assetWorth({ view, defi, wrapped }: Sheeting, below: string | null, amount: bigint): bigint {
  const token = below ?? wrapped;
  return token === null ? (amount * view.lst.rate) / WAD : worthOf(defi, token, amount);
}

/**
 * Vaults: their stake is a claim on the strategy, the rest lies in their hands; shares are claims by what they are truly
 * worth, requests by what they would pay now.
 *
 * @returns Shares that wait with the vault itself, by vault.
 */
export function bookVaults(at: Sheeting): ReadonlyMap<string, bigint> {
  const waiting = new Map<string, bigint>();
  for (const spec of at.spec.defi?.vaults ?? []) {
    const { id, strategy } = spec;
    const vault = at.defi.vaults[id];
    if (vault === undefined) continue;
    const account = between("vault", id);
    const staked = Object.values(vault.delegated).reduce((sum, amount) => sum + amount, vault.queued);
    const below = vaultOfStrategy(at.spec.strategies, strategy);
    const stake = assetWorth(at, below, staked);
    claim(at.book, between("strategy", strategy), { by: account, layer: "staker", tier: 0, capacity: stake });
    const held = vault.assets + vault.owed - staked;
    if (below !== null) hold(at, account, [below, held]);
    else {
      bring(at.book, account, assetWorth(at, below, held));
      if (at.wrapped !== null) locate(at, at.wrapped, held);
    }
    for (const request of vault.requests) {
      const capacity = assetWorth(at, below, request.payable);
      claim(at.book, account, { by: request.holder, layer: "lrtHolder", tier: 0, capacity });
      // Shares of a settled one are burned.
      if (!isSettled(spec, request)) waiting.set(id, (waiting.get(id) ?? 0n) + request.shares);
    }
  }
  return waiting;
}
