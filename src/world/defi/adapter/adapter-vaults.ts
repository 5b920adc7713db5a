import type { Part } from "../../../../deploy/parts.ts";
import type { AdapterVaultFact } from "../../../model/defi/adapter-vaults.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { DefiDomain, DefiPartsContext, DefiWorld } from "../domain.ts";
import { NOWHERE, renamed } from "../epoch/epoch-contracts.ts";
import { depositCalls } from "./adapter-actions.ts";
import { adapterPart, adapterVaultPart, coders, linePart, vaultCall } from "./adapter-contracts.ts";
import { readAdapterVaults } from "./read-adapter-vaults.ts";

function parts({ defi, actorOf, token }: DefiPartsContext): readonly Part[] {
  return defi.adapterVaults.flatMap(({ id, asset, curator, adapters }): readonly Part[] => {
    const self = `@${adapterVaultPart(id)}`;
    const own = adapters.map(({ id: name, network, burner, duration }): Part => {
      const receiver = burner === null ? NOWHERE : actorOf(burner);
      const [owner, middleware] = [actorOf(network), actorOf(network)];
      const terms = { vault: self, network: owner, middleware, burner: receiver, duration };
      return { id: adapterPart(id, name), contract: "AppAdapter", args: [terms] };
    });
    return [
      { id: adapterVaultPart(id), contract: "AdapterVault", args: [actorOf(curator), token(asset), id, id] },
      { id: linePart(id), contract: "RedemptionLine", args: [self] },
      ...own,
    ];
  });
}

function wire(world: DefiWorld): readonly Arrangement[] {
  return world.defi.adapterVaults.map(({ id, curator, adapters }): Arrangement => {
    const limits = adapters.map(({ id: name, limit }) => {
      return vaultCall(world, id, "setLimits", [world.at(adapterPart(id, name)), [limit.amount, limit.part]]);
    });
    const calls = [vaultCall(world, id, "wire", [world.at(linePart(id))]), ...limits];
    return { part: `vault ${id} with adapters`, actor: world.book.participants.address(curator), calls };
  });
}

function deposit(world: DefiWorld): readonly Arrangement[] {
  const here = world.defi.adapterPositions.filter(({ deposited }) => deposited > 0n);
  return here.map(({ vault, participant, deposited: amount }): Arrangement => {
    const actor = world.book.participants.address(participant);
    const asset = world.defi.adapterVaults.find(({ id }) => id === vault)?.asset ?? "";
    const calls = depositCalls(world, { vault, asset, actor, amount });
    return { part: `deposit of ${participant} in ${vault}`, actor, calls };
  });
}

/** Capital goes to the adapters once everybody has deposited. */
function allocate(world: DefiWorld): readonly Arrangement[] {
  return world.defi.adapterVaults.flatMap(({ id, curator, adapters }): readonly Arrangement[] => {
    const calls = adapters
      .filter(({ allocated }) => allocated > 0n)
      .map(({ id: name, allocated }) => vaultCall(world, id, "allocate", [world.at(adapterPart(id, name)), allocated]));
    const actor = world.book.participants.address(curator);
    return calls.length === 0 ? [] : [{ part: `capital of ${id}`, actor, calls }];
  });
}

type Context = FactContext & { readonly world: DefiWorld };

function factOf({ world }: Context, vault: string, { name, args }: DecodedEvent): readonly AdapterVaultFact[] {
  const amount = (key: string): bigint => args[key] as bigint;
  switch (name) {
    case "Vault.Deposit": {
      const who = nameOf(world, args["owner"]);
      return [{ kind: "adapterDeposited", vault, who, assets: amount("assets"), shares: amount("shares") }];
    }
    case "Vault.RedemptionRequested": {
      const who = nameOf(world, args["owner"]);
      return [{ kind: "adapterRequested", vault, who, request: amount("id"), shares: amount("shares") }];
    }
    case "Vault.Filled":
      return [{ kind: "adapterFilled", vault, shares: amount("shares"), assets: amount("assets") }];
    case "Vault.Claimed": {
      const who = nameOf(world, args["receiver"]);
      return [{ kind: "adapterClaimed", vault, who, request: amount("id"), assets: amount("assets") }];
    }
    default:
      return [];
  }
}

function facts(context: Context, event: DecodedEvent): readonly AdapterVaultFact[] {
  const { world } = context;
  for (const { id, adapters } of world.defi.adapterVaults) {
    if ([world.token(id), world.at(linePart(id))].includes(event.address)) return factOf(context, id, event);
    const adapter = adapters.find((one) => world.at(adapterPart(id, one.id)) === event.address);
    if (adapter === undefined) continue;
    if (event.name !== "Vault.CapitalSlashed") return [];
    const taken = event.args["assets"] as bigint;
    return [{ kind: "adapterSlashed", vault: id, adapter: adapter.id, taken }];
  }
  return [];
}

/** Vaults with adapters: who holds their shares, where their capital is, who waits in their line. */
export const adapterVaults: DefiDomain = {
  name: "adapterVaults",
  parts,
  tokens: ({ adapterVaults: vaults }) => Object.fromEntries(vaults.map(({ id }) => [id, adapterVaultPart(id)])),
  demands: ({ adapterVaults: vaults, adapterPositions }) =>
    adapterPositions.flatMap(({ vault: id, participant, deposited: amount }) => {
      const vault = vaults.find((one) => one.id === id);
      return vault === undefined ? [] : [{ participant, token: vault.asset, amount }];
    }),
  arrange: { wire, supply: deposit, borrow: allocate },
  read: readAdapterVaults,
  readers: (world) =>
    world.defi.adapterVaults.flatMap(({ id, adapters }) => [
      { address: world.token(id), decoder: renamed("Vault", coders.vault) },
      { address: world.at(linePart(id)), decoder: renamed("Vault", coders.line) },
      ...adapters.map((adapter) => ({
        ...{ address: world.at(adapterPart(id, adapter.id)), decoder: renamed("Vault", coders.adapter) },
      })),
    ]),
  facts,
};
