import { claim } from "./account-book.ts";
import { between } from "./accounts.ts";
import { hold, loosen, worthIn, type Sheeting } from "./holdings.ts";

/**
 * Vaults with adapters: their assets, wherever they are, are owed to whoever holds shares, those in the line included;
 * what the line was paid is owed to who may claim it.
 */
export function bookAdapterVaults(at: Sheeting): void {
  for (const [id, { asset, assets, owed, requests }] of Object.entries(at.defi.adapterVaults)) {
    const account = between("adapterVault", id);
    hold(at, account, [asset, assets + owed]);
    for (const { holder: by, waiting, claimable } of requests) {
      hold(at, by, [id, waiting]);
      claim(at.book, account, { by, layer: "staker", tier: 0, capacity: worthIn(at, asset, claimable) });
    }
    // Each fill and each claim rounds down, and the rest stays with the line.
    loosen(at, account, [asset, 2n * BigInt(requests.length + at.spec.participants.length) + 4n]);
  }
}
