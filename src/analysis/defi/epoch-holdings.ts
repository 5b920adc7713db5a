import { bucketOf, epochAssets } from "../../model/defi/epoch-vaults.ts";
import { claim } from "./account-book.ts";
import { between } from "./accounts.ts";
import { hold, loosen, worthIn, type Sheeting } from "./holdings.ts";

/** Epoch vaults: tokens in their hands, and whose they are, withdrawals that nobody has claimed included. */
export function bookEpochVaults(at: Sheeting): void {
  for (const [id, vault] of Object.entries(at.defi.epochVaults)) {
    const account = between("epochVault", id);
    hold(at, account, [vault.asset, vault.held]);
    let claims = 1n;
    const owe = (by: string, amount: bigint): void => {
      claim(at.book, account, { by, layer: "staker", tier: 0, capacity: worthIn(at, vault.asset, amount) });
      claims += 1n;
    };
    for (const [by, { shares, waiting }] of Object.entries(vault.holders)) {
      owe(by, epochAssets(vault.active, shares));
      for (const [epoch, part] of Object.entries(waiting)) owe(by, epochAssets(bucketOf(vault, epoch), part));
    }
    // Each claim is rounded down, and stays with the vault when it is paid.
    loosen(at, account, [vault.asset, 2n * claims + BigInt(at.spec.participants.length)]);
  }
}
