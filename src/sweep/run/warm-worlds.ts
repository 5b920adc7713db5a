import { hashOf } from "../../engine/canonical-json.ts";
import type { World } from "../../model/world.ts";
import type { WorldSpec } from "../../model/world-spec.ts";

/** A world on a chain of its own, which can be given back. */
interface ClosableWorld extends World {
  close(): Promise<void>;
}

/** The in-process chain keeps every block it ever made; after so many runs a fresh one takes its place. */
const RUNS_PER_CHAIN = 100;

/**
 * One world that runs share: deployed once, brought back to its beginning before each.
 *
 * Coming back asserts that the state's hash is the one that was remembered; where it is not, the chain is replaced.
 */
export class WarmWorlds {
  readonly #create: (spec: WorldSpec) => Promise<ClosableWorld>;
  readonly #runsPerChain: number;
  #warm: { readonly key: string; readonly world: ClosableWorld; runs: number } | undefined;

  constructor(create: (spec: WorldSpec) => Promise<ClosableWorld>, runsPerChain = RUNS_PER_CHAIN) {
    this.#create = create;
    this.#runsPerChain = runsPerChain;
  }

  /** A world of this specification at its time 0. The one handed out before must not be used any more. */
  async take(spec: WorldSpec): Promise<World> {
    const key = hashOf(spec);
    if (this.#warm?.key === key && this.#warm.runs < this.#runsPerChain) {
      this.#warm.runs += 1;
      await this.#warm.world.revert();
      return this.#warm.world;
    }
    await this.close();
    const world = await this.#create(spec);
    this.#warm = { key, world, runs: 1 };
    await world.snapshot();
    return world;
  }

  /** Gives the chain back; the next world stands on a fresh one. */
  async close(): Promise<void> {
    const warm = this.#warm;
    this.#warm = undefined;
    await warm?.world.close();
  }
}
