import type { EpochVaultAction } from "../../../model/defi/epoch-vaults.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { approveCall } from "../tokens/tokens.ts";
import { epoch, epochVaultOf, epochVaultPart, slasherPart, subnetworkOf } from "./epoch-contracts.ts";

/** A call of a vault. */
export function vaultCall(world: DefiWorld, vault: string, ...[fn, args]: Parameters<typeof epoch.vault.encode>): Call {
  return { target: world.at(epochVaultPart(vault)), data: epoch.vault.encode(fn, args) };
}

/** Calls by which somebody deposits. */
export function depositCalls(
  world: DefiWorld,
  order: { readonly vault: string; readonly asset: string; readonly actor: string; readonly amount: bigint },
): readonly Call[] {
  const { vault, asset, actor, amount } = order;
  const approve = approveCall(world, asset, world.at(epochVaultPart(vault)));
  return [approve, vaultCall(world, vault, "deposit", [actor, amount])];
}

/** What can be wanted of epoch vaults. */
export const epochPreparers: DomainPreparers<EpochVaultAction["type"]> = {
  epochDeposit: ({ world, actor }, action) => {
    const { id: vault, asset } = epochVaultOf(world, action);
    return { calls: depositCalls(world, { vault, asset, actor, amount: action.amount }) };
  },
  epochWithdraw: async ({ world, actor, ask }, action) => {
    const { id } = epochVaultOf(world, action);
    if (action.amount !== "all") return { calls: [vaultCall(world, id, "withdraw", [actor, action.amount])] };
    const shares = BigInt(await ask(vaultCall(world, id, "activeSharesOf", [actor])));
    return { calls: [vaultCall(world, id, "redeem", [actor, shares])] };
  },
  epochClaim: ({ world, actor }, action) => {
    const { id } = epochVaultOf(world, action);
    return { calls: [vaultCall(world, id, "claim", [actor, action.epoch])] };
  },
  epochSlash: ({ world, agent }, action) => {
    const { id } = epochVaultOf(world, action);
    const operator = world.book.participants.address(action.operator);
    const args = [subnetworkOf(world, agent), operator, action.amount, world.clock.at(action.captured)];
    return { calls: [{ target: world.at(slasherPart(id)), data: epoch.slasher.encode("slash", args) }] };
  },
};
