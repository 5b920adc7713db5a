import type { Part } from "../../../../deploy/parts.ts";
import type { EpochVaultFact, EpochVaultSpec } from "../../../model/defi/epoch-vaults.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiDomain, DefiPartsContext, DefiWorld } from "../domain.ts";
import { depositCalls, vaultCall } from "./epoch-actions.ts";
import {
  delegatorPart,
  epoch,
  EPOCH_REGISTRY,
  epochVaultPart,
  networkOf,
  NOWHERE,
  renamed,
  slasherPart,
  subnetworkOf,
} from "./epoch-contracts.ts";
import { readEpochVaults } from "./read-epoch-vaults.ts";

function parts({ defi, actorOf, token }: DefiPartsContext): readonly Part[] {
  if (defi.epochVaults.length === 0) return [];
  const vaults = defi.epochVaults.flatMap((vault): readonly Part[] => {
    const { id, asset, curator, burner } = vault;
    const owner = actorOf(curator);
    const receiver = burner === null ? NOWHERE : actorOf(burner);
    const terms = { owner, asset: token(asset), burner: receiver, epochDuration: vault.epoch };
    const [self, registry] = [`@${epochVaultPart(id)}`, `@${EPOCH_REGISTRY}`];
    const delegator = vault.delegator === "fullRestake" ? "FullRestake" : "NetworkRestake";
    return [
      { id: epochVaultPart(id), contract: "EpochVault", args: [terms] },
      { id: delegatorPart(id), contract: delegator, args: [self, registry, owner] },
      { id: slasherPart(id), contract: "EpochSlasher", args: [self, registry, false] },
    ];
  });
  return [{ id: EPOCH_REGISTRY, contract: "EpochRegistry", args: [] }, ...vaults];
}

/** Calls of the curator: who says what stands for whom, and how much. */
function curate(world: DefiWorld, { id, delegator, networks }: EpochVaultSpec): readonly Call[] {
  const target = world.at(delegatorPart(id));
  const named = vaultCall(world, id, "wire", [target, world.at(slasherPart(id))]);
  const limits = networks.flatMap(({ network, limit, operators }): readonly Call[] => {
    const subnetwork = subnetworkOf(world, network);
    const own = operators.map(({ operator, stake }): Call => {
      const args = [subnetwork, world.book.participants.address(operator), stake];
      const isFull = delegator === "fullRestake";
      const data = isFull ? epoch.full.encode("setOperatorLimit", args) : epoch.parts.encode("setOperatorShares", args);
      return { target, data };
    });
    return [{ target, data: epoch.full.encode("setNetworkLimit", [subnetwork, limit]) }, ...own];
  });
  return [named, ...limits];
}

/** Networks name themselves as their middleware and allow their whole limits, then operators opt in, then curators act. */
function wire(world: DefiWorld): readonly Arrangement[] {
  const { epochVaults } = world.defi;
  const address = (who: string): string => world.book.participants.address(who);
  const registry = (...[fn, args]: Parameters<typeof epoch.registry.encode>): Call => {
    return { target: world.at(EPOCH_REGISTRY), data: epoch.registry.encode(fn, args) };
  };
  const all = epochVaults.flatMap(({ id, networks }) => networks.map((one) => ({ vault: id, ...one })));
  const networks = [...new Set(all.map(({ network }) => network))].map((who): Arrangement => {
    const allowed = all.filter(({ network }) => network === who);
    const limits = allowed.map(({ vault, limit }): Call => {
      return { target: world.at(delegatorPart(vault)), data: epoch.full.encode("setMaxNetworkLimit", [0n, limit]) };
    });
    const calls = [registry("setMiddleware", [address(who)]), ...limits];
    return { part: `network ${who}`, actor: address(who), calls };
  });
  const workers = new Map<string, Set<string>>();
  for (const { vault, network, operators } of all) {
    for (const { operator } of operators) {
      const where = workers.get(operator) ?? new Set<string>();
      workers.set(operator, where.add(world.at(epochVaultPart(vault))).add(address(network)));
    }
  }
  const joined = [...workers].map(([who, where]): Arrangement => {
    const calls = [...where].map((place) => registry("optIn", [place]));
    return { part: `networks of operator ${who}`, actor: address(who), calls };
  });
  const curated = epochVaults.map((vault): Arrangement => {
    return { part: `epoch vault ${vault.id}`, actor: address(vault.curator), calls: curate(world, vault) };
  });
  return [...networks, ...joined, ...curated];
}

function deposit(world: DefiWorld): readonly Arrangement[] {
  const here = world.defi.epochPositions.filter(({ deposited }) => deposited > 0n);
  return here.map(({ vault, participant, deposited: amount }): Arrangement => {
    const actor = world.book.participants.address(participant);
    const asset = world.defi.epochVaults.find(({ id }) => id === vault)?.asset ?? "";
    const calls = depositCalls(world, { vault, asset, actor, amount });
    return { part: `deposit of ${participant} in ${vault}`, actor, calls };
  });
}

interface Cut {
  readonly active: bigint;
  readonly current: bigint;
  readonly next: bigint;
}

type Context = FactContext & { readonly world: DefiWorld };

/** What a slasher tells, with what its vault told right before. */
function slashedFact(context: Context, vault: string, event: DecodedEvent): EpochVaultFact {
  const { world, events } = context;
  const { args } = event;
  const told = events.slice(0, events.indexOf(event));
  const cut = told.findLast(({ name }) => name === "EpochVault.Slashed")?.args["cut"] as Cut | undefined;
  return {
    kind: "epochSlashed",
    vault,
    network: networkOf(world, args["subnetwork"]),
    operator: nameOf(world, args["operator"]),
    promised: args["slashed"] as bigint,
    taken: args["burned"] as bigint,
    captured: world.clock.time(args["capturedAt"] as bigint),
    active: cut?.active ?? 0n,
    current: cut?.current ?? 0n,
    next: cut?.next ?? 0n,
  };
}

function facts(context: Context, event: DecodedEvent): readonly EpochVaultFact[] {
  const { world } = context;
  const places = [epochVaultPart, slasherPart];
  const found = world.defi.epochVaults.find(({ id }) => places.some((part) => world.at(part(id)) === event.address));
  if (found === undefined) return [];
  const { id: vault } = found;
  const { args } = event;
  const amount = (name: string): bigint => args[name] as bigint;
  switch (event.name) {
    case "EpochVault.OperatorSlashed":
      return [slashedFact(context, vault, event)];
    case "EpochVault.Deposited": {
      const who = nameOf(world, args["onBehalfOf"]);
      return [{ kind: "epochDeposited", vault, who, assets: amount("assets"), shares: amount("shares") }];
    }
    case "EpochVault.Withdrawn": {
      const moved = { assets: amount("assets"), shares: amount("burnedShares"), minted: amount("mintedShares") };
      return [{ kind: "epochWithdrawn", vault, who: nameOf(world, args["claimer"]), epoch: amount("epoch"), ...moved }];
    }
    case "EpochVault.Claimed": {
      const who = nameOf(world, args["claimer"]);
      return [{ kind: "epochClaimed", vault, who, epoch: amount("epoch"), assets: amount("assets") }];
    }
    default:
      return [];
  }
}

/** Epoch vaults: who has what in them, and what happens to them. */
export const epochVaults: DefiDomain = {
  name: "epochVaults",
  parts,
  demands: ({ epochVaults: vaults, epochPositions }) =>
    epochPositions.flatMap(({ vault: id, participant, deposited: amount }) => {
      const vault = vaults.find((one) => one.id === id);
      return vault === undefined ? [] : [{ participant, token: vault.asset, amount }];
    }),
  arrange: { wire, supply: deposit },
  read: readEpochVaults,
  readers: (world) =>
    world.defi.epochVaults.flatMap(({ id }) => [
      { address: world.at(epochVaultPart(id)), decoder: renamed("EpochVault", epoch.vault) },
      { address: world.at(slasherPart(id)), decoder: renamed("EpochVault", epoch.slasher) },
    ]),
  facts,
};
