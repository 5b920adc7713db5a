import { createHash } from "node:crypto";

import type { ChainBackend } from "../chain/chain-backend.ts";
import { createInProcessBackend } from "../chain/in-process.ts";
import { ChainError } from "../errors/chain-error.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { assertWorldPossible } from "./assert-world-possible.ts";
import { ChainWorld } from "./chain-world.ts";
import { deployWorld, type DeployedWorld } from "./deploy/deploy-world.ts";
import { KeyRing } from "./keys.ts";
import { setUpWorld } from "./set-up/set-up-world.ts";
import { makeWorldClock } from "./world-clock.ts";
import type { WorldContext } from "./world-context.ts";

export interface CreateWorldOptions {
  /** Chain to build on; a fresh one in this process if absent. */
  readonly backend?: ChainBackend;
  /** Fixes the participants' signing keys; default 0. */
  readonly seed?: number;
}

/** Hash of all deployed bytecode, by name: same contracts, same hash. */
async function hashContracts(backend: ChainBackend, { at }: DeployedWorld): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, address] of Object.entries(at).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\n${String(await backend.request("eth_getCode", [address, "latest"]))}\n`);
  }
  return `sha256:${hash.digest("hex")}`;
}

/**
 * Deploys a world, arranges it as its specification says and brings it to the run's beginning.
 *
 * @param spec - What to deploy and arrange; checked before anything is deployed.
 * @param options - Chain and seed.
 * @returns The world at time 0: stakes delegated, sets joined, allocations in effect.
 * @throws {@link WorldImpossibleError} when the world cannot exist.
 * @throws {@link ChainError} when the chain fails.
 * @example
 * const world = await createWorld(spec, { seed: 42 });
 * const view = await world.read();
 */
export async function createWorld(spec: WorldSpec, options: CreateWorldOptions = {}): Promise<ChainWorld> {
  assertWorldPossible(spec);
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
