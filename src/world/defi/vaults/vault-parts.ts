import type { Part } from "../../../../deploy/parts.ts";
import { vaultOfStrategy } from "../../../model/defi/nesting.ts";
import type { VaultSpec } from "../../../model/defi/vaults.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { strategyPart } from "../../deploy/part-names.ts";
import { secondsPerUnit } from "../../world-clock.ts";
import type { DefiPartsContext } from "../domain.ts";
import { piecePart, reporterPart, reportersOf, VAULT_DESK, VAULT_LENS } from "./vault-contracts.ts";

const MODE = { live: 0n, pushed: 1n, guarded: 1n, quorum: 2n } as const;
const FREEZE = { claim: 0n, unlock: 1n, batch: 2n, finalisation: 3n } as const;
/** A bound that is none, and what becomes of a report beyond it. */
const NO_GUARD = { maxRiseBps: 4_294_967_295n, maxDropBps: 10_000n, policy: 0n, inWholePercents: false };
/** Requests that are finalised together. */
const BATCH = 10n;

function oraclePart(vault: VaultSpec, clockMode: bigint): Part {
  const terms = {
    owner: `@${VAULT_DESK}`,
    vault: `@${piecePart("vault", vault.id)}`,
    mode: MODE[vault.oracle.mode],
    // The protocol's own first share stands where virtual ones would.
    virtualShares: 0n,
    // What is reported is what the vault's own chain shows: tokens forged elsewhere are no part of it.
    isBlindToUnbacked: vault.oracle.mode !== "live",
    guard: NO_GUARD,
  };
  return { id: piecePart("vaultOracle", vault.id), contract: "NavOracle", args: [terms, clockMode] };
}

function queuePart(vault: VaultSpec, clock: { readonly mode: bigint; readonly perUnit: bigint }): Part {
  const { freeze, fault, cooldown } = vault.queue;
  const terms = { freezePoint: FREEZE[freeze], delay: cooldown / clock.perUnit, batchSize: BATCH, minShares: 0n };
  const args = [`@${piecePart("vault", vault.id)}`, terms, clock.mode];
  const id = piecePart("vaultQueue", vault.id);
  if (fault === "cachedQuote") return { id, contract: "ExitQueue__CachedQuoteForLag", args };
  if (fault === "firstComeAtPar") {
    return { id, contract: "ExitQueue__FirstComeAtParForRuns", args: [...args, vault.rate] };
  }
  return { id, contract: "ExitQueue", args };
}

/** Argument that stands for what a vault takes. */
function assetOf({ strategy }: VaultSpec, { at, spec }: Pick<DefiPartsContext, "at" | "spec">): string {
  const below = vaultOfStrategy(spec.strategies, strategy);
  return below === null ? (at["wrapped"] ?? "") : `@${piecePart("vault", below)}`;
}

/** Strategies that take a vault's shares. */
function strategiesOver(vault: VaultSpec, { at, spec }: DefiPartsContext): readonly Part[] {
  return spec.strategies.flatMap((strategy) => {
    if (strategy.asset !== "share" || strategy.vault !== vault.id) return [];
    const args = [`@${piecePart("vault", vault.id)}`, at["restakingManager"] ?? ""];
    return [{ id: strategyPart(strategy.id), contract: "Strategy", args }];
  });
}

function piecesOf(vault: VaultSpec, { at, spec }: DefiPartsContext): readonly Part[] {
  const clock = { mode: spec.clock === "timestamp" ? 1n : 0n, perUnit: secondsPerUnit(spec.clock) };
  const self = `@${piecePart("vault", vault.id)}`;
  const core = [at["restakingManager"] ?? "", at["operatorDelegation"] ?? "", `@${strategyPart(vault.strategy)}`];
  return [
    {
      id: piecePart("vault", vault.id),
      contract: "RestakingVault",
      args: [`@${VAULT_DESK}`, assetOf(vault, { at, spec }), vault.id, vault.id],
    },
    oraclePart(vault, clock.mode),
    queuePart(vault, clock),
    { id: piecePart("vaultDelegators", vault.id), contract: "VaultDelegators", args: [self, ...core] },
    ...reportersOf(vault).map((number) => {
      return { id: reporterPart(vault.id, number), contract: "NavReporter", args: [`@${VAULT_DESK}`] };
    }),
  ];
}

/** The desk, the lens, and every vault with its oracle, queue and set of delegators. */
export function vaultParts(context: DefiPartsContext): readonly Part[] {
  const { vaults } = context.defi;
  if (vaults.length === 0) return [];
  return [
    { id: VAULT_DESK, contract: "VaultDesk", args: [context.actorOf(PROTOCOL)] },
    { id: VAULT_LENS, contract: "VaultLens", args: [] },
    ...vaults.flatMap((vault) => [...piecesOf(vault, context), ...strategiesOver(vault, context)]),
  ];
}
