import type {
  ExitQueue,
  IVaultDesk,
  IVaultLens,
  NavOracle,
  RestakingVault,
  VaultDelegators,
} from "../../../../typechain-types/index.ts";
import { vaultOfStrategy } from "../../../model/defi/nesting.ts";
import type { VaultSpec } from "../../../model/defi/vaults.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of a vault's contracts and of what reads and runs them. */
export const coders = {
  vault: await prepare<RestakingVault>("RestakingVault"),
  oracle: await prepare<NavOracle>("NavOracle"),
  queue: await prepare<ExitQueue>("ExitQueue"),
  delegators: await prepare<VaultDelegators>("VaultDelegators"),
  desk: await prepare<IVaultDesk>("IVaultDesk"),
  lens: await prepare<IVaultLens>("IVaultLens"),
} as const;

/** Ids of the parts that are there once. */
export const VAULT_DESK = "vaultDesk";
export const VAULT_LENS = "vaultLens";

/** What a vault is made of. */
export type VaultPiece = "vault" | "vaultOracle" | "vaultQueue" | "vaultDelegators";

export const piecePart = (piece: VaultPiece, id: string): string => defiPart(piece, id);
export const reporterPart = (id: string, at: number): string => `${defiPart("vaultReporter", id)}_${at}`;

/** Address of one of a vault's contracts. */
export const pieceAt = (world: DefiWorld, piece: VaultPiece, id: string): string => world.at(piecePart(piece, id));

/** Vault upon which a vault lies; null where it takes the wrapped LST. */
export function vaultBelow({ spec, defi }: DefiWorld, id: string): VaultSpec | null {
  const strategy = defi.vaults.find((vault) => vault.id === id)?.strategy ?? "";
  const below = vaultOfStrategy(spec.strategies, strategy);
  return defi.vaults.find((vault) => vault.id === below) ?? null;
}

/** Address of what a vault takes: the wrapped LST, or the shares of the vault upon which it lies. */
export function assetAt(world: DefiWorld, id: string): string {
  const below = vaultBelow(world, id);
  return below === null ? world.at("wrapped") : pieceAt(world, "vault", below.id);
}

/** Numbers of the reporters that a vault's quorum consists of. */
export function reportersOf({ oracle }: VaultSpec): readonly number[] {
  return oracle.mode === "quorum" ? Array.from({ length: Number(oracle.quorum ?? 1n) }, (_, at) => at) : [];
}

/** A call that only the owner of a vault may make, which is the desk. */
export function deskCall(world: DefiWorld, target: string, data: string): Call {
  return { target: world.at(VAULT_DESK), data: coders.desk.encode("execute", [target, data]) };
}
