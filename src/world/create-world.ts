import type { WorldSpec } from "../model/world-spec.ts";
import { assertWorldPossible } from "./assert-world-possible.ts";
import type { ChainWorld } from "./chain-world.ts";
import type { CreateWorldOptions } from "./create-world-options.ts";

export type { CreateWorldOptions };

/**
 * Deploys a world, arranges it as its specification says and brings it to the run's beginning.
 *
 * What needs the compiled contracts is loaded when it is called, so that importing this compiles nothing.
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
  const { openWorld } = await import("./open-world.ts");
  return await openWorld(spec, options);
}
