import core from "../../../deploy/core.ts";
import lens from "../../../deploy/lens.ts";
import pool from "../../../deploy/lst.ts";
import { buildPartsModule } from "../../../deploy/parts.ts";
import slashing from "../../../deploy/slashing.ts";
import stage from "../../../deploy/stage.ts";
import type { ChainBackend } from "../../chain/chain-backend.ts";
import { ChainError } from "../../errors/chain-error.ts";
import { PROTOCOL } from "../../model/names.ts";
import type { SetSpec, StrategySpec, WorldSpec } from "../../model/world-spec.ts";
import { Directory, type AddressBook, type DeployedSet } from "../address-book.ts";
import { asText } from "../codec/prepared-contract.ts";
import { contracts } from "../contracts.ts";
import { piecePart } from "../defi/vaults/vault-contracts.ts";
import type { KeyRing } from "../keys.ts";
import { coreParameters, poolParameters } from "./parameters.ts";
import { assetPart, rulePart, servicePart, strategyPart } from "./part-names.ts";
import { partsOfSpec } from "./parts-of-spec.ts";
import { runModule, type Deployed } from "./run-module.ts";

/** What one actor's deployment burns, with room [gas]. */
const GAS_PER_ACTOR = 1_500_000n;

/** A world's contracts before anybody did anything. */
export interface DeployedWorld {
  /** Every contract by the name that its deploy module gives it. */
  readonly at: Deployed;
  readonly book: AddressBook;
  readonly chainId: bigint;
}

/** Creates one actor per participant, in the order of the specification. */
async function createActors(backend: ChainBackend, at: string, spec: WorldSpec): Promise<Directory> {
  const participants = new Directory("participant");
  const count = BigInt(spec.participants.length);
  const data = contracts.stage.encode("createActors", [count]);
  const receipt = await backend.send({ to: at, data, gas: 1_000_000n + GAS_PER_ACTOR * count });
  const created = receipt.logs
    .map((log) => contracts.stage.event(log))
    .find((event) => event?.name === "ActorsCreated");
  const actors = created?.args["actors"];
  if (!Array.isArray(actors)) throw new ChainError("createActors", "the stage did not say whom it created");
  spec.participants.forEach(({ id }, index) => {
    participants.add(id, String(actors[index]));
  });
  return participants;
}

function slasherOf(set: SetSpec, at: Deployed, participants: Directory): string {
  if (set.module.kind === "direct") return participants.address(set.module.slasher);
  return at[`${set.module.kind}Slasher`] ?? "";
}

/** The sets of an AVS are numbered from 1 in the order of the specification. */
function bookSets(spec: WorldSpec, at: Deployed, participants: Directory): ReadonlyMap<string, DeployedSet> {
  const counts = new Map<string, bigint>();
  return new Map(
    spec.sets.map((set) => {
      const number = (counts.get(set.avs) ?? 0n) + 1n;
      counts.set(set.avs, number);
      const avs = at[servicePart(set.avs)] ?? "";
      return [
        set.id,
        { spec: set, avs, number, slasher: slasherOf(set, at, participants), rule: at[rulePart(set.id)] ?? null },
      ];
    }),
  );
}

/** Name of the contract whose tokens a strategy takes. */
function placeOfAsset(strategy: StrategySpec): string {
  if (strategy.asset === "share") return piecePart("vault", strategy.vault);
  return strategy.asset === "lst" ? "wrapped" : assetPart(strategy.id);
}

function bookStrategies(spec: WorldSpec, at: Deployed, beacon: string): Pick<AddressBook, "strategies" | "assets"> {
  const strategies = new Directory("strategy");
  const assets = new Directory("asset of strategy");
  for (const strategy of spec.strategies) {
    const { id, asset } = strategy;
    strategies.add(id, asset === "native" ? beacon : (at[strategyPart(id)] ?? ""));
    if (asset !== "native") assets.add(id, at[placeOfAsset(strategy)] ?? "");
  }
  return { strategies, assets };
}

/**
 * Deploys every contract of a world through the Ignition modules under `deploy/`.
 *
 * @param backend - Chain to deploy on.
 * @param spec - World, checked before.
 * @param keys - Signing keys; an optimistic module's arbiter is told its judge's.
 */
export async function deployWorld(backend: ChainBackend, spec: WorldSpec, keys: KeyRing): Promise<DeployedWorld> {
  const onStage = await runModule(backend, stage);
  const participants = await createActors(backend, onStage["stage"] ?? "", spec);
  const owner = participants.address(PROTOCOL);
  const ofCore = await runModule(backend, core, coreParameters(spec, owner));
  const { token: lst = "", ...ofPool } = await runModule(backend, pool, poolParameters(spec, owner));
  const { slasher = "", avsRegistry = "" } = ofCore;
  const ofSlashing = await runModule(backend, slashing, { slasher, avsRegistry });
  const shared = { ...onStage, ...ofCore, ...ofPool, ...ofSlashing, lst };
  const { validators = "" } = ofPool;
  const ofLens = await runModule(backend, lens, { ...ofCore, lst, validators });
  const context = { spec, at: shared, actorOf: (id: string) => participants.address(id) };
  const parts = partsOfSpec(context, (judge) => keys.addressOf(judge));
  const at: Deployed = { ...shared, ...ofLens, ...(await runModule(backend, buildPartsModule(parts))) };
  const beaconCall = await backend.call(at["podManager"] ?? "", contracts.pods.encode("beaconStrategy", []));
  const beacon = asText(contracts.pods.decode("beaconStrategy", beaconCall)["0"]);
  const sets = bookSets(spec, at, participants);
  const chainId = BigInt(String(await backend.request("eth_chainId")));
  return { at, book: { participants, sets, ...bookStrategies(spec, at, beacon) }, chainId };
}
