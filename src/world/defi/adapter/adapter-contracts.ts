import type { AdapterVault, AppAdapter, IRedemptionLine } from "../../../../typechain-types/index.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { AdapterVaultSpec } from "../../../model/defi/adapter-vaults.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of vaults with adapters and of what belongs to them. */
export const coders = {
  vault: await prepare<AdapterVault>("AdapterVault"),
  line: await prepare<IRedemptionLine>("IRedemptionLine"),
  adapter: await prepare<AppAdapter>("AppAdapter"),
} as const;

export const adapterVaultPart = (vault: string): string => defiPart("adapterVault", vault);
export const linePart = (vault: string): string => defiPart("redemptionLine", vault);
export const adapterPart = (vault: string, adapter: string): string => defiPart("adapter", `${vault}.${adapter}`);

/** A vault by its name; throws {@link ActionInvalidError} where there is none. */
export function adapterVaultOf(
  world: DefiWorld,
  action: { readonly type: string; readonly vault: string },
): AdapterVaultSpec {
  const vault = world.defi.adapterVaults.find(({ id }) => id === action.vault);
  if (vault === undefined) throw new ActionInvalidError(action.type, "vault with adapters", action.vault);
  return vault;
}

/** Address of a vault's adapter; throws {@link ActionInvalidError} where it has none of that name. */
export function adapterAt(
  world: DefiWorld,
  action: { readonly type: string; readonly vault: string; readonly adapter: string },
): string {
  const { id, adapters } = adapterVaultOf(world, action);
  if (!adapters.some((one) => one.id === action.adapter)) {
    throw new ActionInvalidError(action.type, `adapter of ${id}`, action.adapter);
  }
  return world.at(adapterPart(id, action.adapter));
}

/** A call of a vault, of its line, or of one of its adapters. */
export function vaultCall(
  world: DefiWorld,
  vault: string,
  ...[fn, args]: Parameters<typeof coders.vault.encode>
): Call {
  return { target: world.token(vault), data: coders.vault.encode(fn, args) };
}
export function lineCall(world: DefiWorld, vault: string, ...[fn, args]: Parameters<typeof coders.line.encode>): Call {
  return { target: world.at(linePart(vault)), data: coders.line.encode(fn, args) };
}
export function adapterCall(at: string, ...[fn, args]: Parameters<typeof coders.adapter.encode>): Call {
  return { target: at, data: coders.adapter.encode(fn, args) };
}
