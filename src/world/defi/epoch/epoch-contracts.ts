import type {
  EpochSlasher,
  FullRestake,
  IEpochRegistry,
  IEpochVault,
  NetworkRestake,
} from "../../../../typechain-types/index.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { EpochVaultSpec } from "../../../model/defi/epoch-vaults.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import type { PreparedContract } from "../../codec/prepared-contract.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of epoch vaults and of what belongs to them. */
export const epoch = {
  vault: await prepare<IEpochVault>("IEpochVault"),
  registry: await prepare<IEpochRegistry>("IEpochRegistry"),
  slasher: await prepare<EpochSlasher>("EpochSlasher"),
  full: await prepare<FullRestake>("FullRestake"),
  parts: await prepare<NetworkRestake>("NetworkRestake"),
} as const;

export const EPOCH_REGISTRY = "epochRegistry";
export const epochVaultPart = (vault: string): string => defiPart("epochVault", vault);
export const delegatorPart = (vault: string): string => defiPart("epochDelegator", vault);
export const slasherPart = (vault: string): string => defiPart("epochSlasher", vault);

/** Where slashed tokens go that nobody receives: an account without a key. */
export const NOWHERE = "0x000000000000000000000000000000000000dead";

/** Reads events under names of their own: other contracts of a world call theirs the same. */
export function renamed(prefix: string, coder: Pick<PreparedContract, "event">): Pick<PreparedContract, "event"> {
  return {
    event: (log) => {
      const event = coder.event(log);
      return event === undefined ? undefined : { ...event, name: `${prefix}.${event.name}` };
    },
  };
}

/** The one subnetwork of a network: its address, and number 0. */
export function subnetworkOf(world: DefiWorld, network: string): string {
  return `${world.book.participants.address(network)}${"0".repeat(24)}`;
}

/** Participant behind a subnetwork. */
export function networkOf(world: DefiWorld, subnetwork: unknown): string {
  const address = String(subnetwork).slice(0, 42);
  return world.book.participants.name(address) ?? address;
}

/** A vault by its name; throws {@link ActionInvalidError} where there is none. */
export function epochVaultOf(
  world: DefiWorld,
  action: { readonly type: string; readonly vault: string },
): EpochVaultSpec {
  const vault = world.defi.epochVaults.find(({ id }) => id === action.vault);
  if (vault === undefined) throw new ActionInvalidError(action.type, "epoch vault", action.vault);
  return vault;
}
