import type { AdapterVaultAction } from "../../../model/defi/adapter-vaults.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { approveCall } from "../tokens/tokens.ts";
import { adapterAt, adapterCall, adapterVaultOf, lineCall, linePart, vaultCall } from "./adapter-contracts.ts";

/** More shares than there can be. */
const MOST = (1n << 256n) - 1n;

/** Calls by which somebody deposits. */
export function depositCalls(
  world: DefiWorld,
  order: { readonly vault: string; readonly asset: string; readonly actor: string; readonly amount: bigint },
): readonly Call[] {
  const { vault, asset, actor, amount } = order;
  return [approveCall(world, asset, world.token(vault)), vaultCall(world, vault, "deposit", [amount, actor])];
}

/** What can be wanted of vaults with adapters. */
export const adapterPreparers: DomainPreparers<AdapterVaultAction["type"]> = {
  adapterDeposit: ({ world, actor }, action) => {
    const { id: vault, asset } = adapterVaultOf(world, action);
    return { calls: depositCalls(world, { vault, asset, actor, amount: action.amount }) };
  },
  adapterRequest: async ({ world, actor, ask }, action) => {
    const { id } = adapterVaultOf(world, action);
    const { shares } = action;
    const all = shares === "all" ? BigInt(await ask(vaultCall(world, id, "balanceOf", [actor]))) : shares;
    const approve = approveCall(world, id, world.at(linePart(id)));
    return { calls: [approve, lineCall(world, id, "requestRedeem", [all, actor])] };
  },
  adapterFill: ({ world }, action) => {
    return { calls: [lineCall(world, adapterVaultOf(world, action).id, "fill", [MOST])] };
  },
  adapterClaim: ({ world, actor }, action) => {
    return { calls: [lineCall(world, adapterVaultOf(world, action).id, "claim", [action.request, actor])] };
  },
  adapterAllocate: ({ world }, action) => {
    return { calls: [vaultCall(world, action.vault, "allocate", [adapterAt(world, action), action.amount])] };
  },
  adapterRecall: ({ world }, action) => {
    return { calls: [vaultCall(world, action.vault, "requestDeallocate", [adapterAt(world, action), action.amount])] };
  },
  adapterReturn: ({ world }, action) => {
    return { calls: [vaultCall(world, action.vault, "deallocate", [adapterAt(world, action), action.amount])] };
  },
  adapterSlash: ({ world }, action) => ({ calls: [adapterCall(adapterAt(world, action), "slash", [action.amount])] }),
  adapterRelease: ({ world }, action) => ({
    calls: [adapterCall(adapterAt(world, action), "release", [action.amount])],
  }),
};
