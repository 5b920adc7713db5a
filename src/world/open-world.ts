import { createHash } from "node:crypto";

import type { ChainBackend } from "../chain/chain-backend.ts";
import { createInProcessBackend } from "../chain/in-process.ts";
import { ChainError } from "../errors/chain-error.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { ChainWorld } from "./chain-world.ts";
import type { CreateWorldOptions } from "./create-world-options.ts";
import { deployWorld, type DeployedWorld } from "./deploy/deploy-world.ts";
import { KeyRing } from "./keys.ts";
import { setUpWorld } from "./set-up/set-up-world.ts";
import { makeWorldClock } from "./world-clock.ts";
import type { WorldContext } from "./world-context.ts";

/** Hash of all deployed bytecode, by name: same contracts, same hash. */
async function hashContracts(backend: ChainBackend, { at }: DeployedWorld): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, address] of Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\n${String(await backend.request("eth_getCode", [address, "latest"]))}\n`);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** See {@link createWorld}; loading this file reads the compiled contracts, so they must be built. */
export async function openWorld(spec: WorldSpec, options: CreateWorldOptions): Promise<ChainWorld> {
  const backend = options.backend ?? (await createInProcessBackend());
  const keys = new KeyRing(options.seed ?? 0);
  const deployed = await deployWorld(backend, spec, keys);
  const context: WorldContext = {
    spec,
    book: deployed.book,
    chainId: deployed.chainId,
    keys,
    clock: makeWorldClock(spec.clock, 0n),
    pods: new Map(),
    addresses: deployed.at,
    at: (name) => {
      const address = deployed.at[name];
      if (address === undefined) throw new ChainError("a call", `no contract ${name} was deployed`);
      return address;
    },
  };
  const world = await setUpWorld(backend, context);
  return new ChainWorld(backend, world, await hashContracts(backend, deployed));
}
