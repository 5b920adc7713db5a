import type { Seconds } from "../units/units.ts";
import type { PlannedAction } from "./action.ts";
import type { ActionResult } from "./fact.ts";
import type { WorldView } from "./view.ts";

/** What a run may know of the world besides its state. */
export interface WorldInfo {
  /** Hash of the deployed contracts' bytecode: same contracts, same hash. */
  readonly contractsHash: string;
  readonly clock: {
    readonly mode: "blocknumber" | "timestamp";
    /** The contracts' clock when the run's time was 0. */
    readonly start: bigint;
    /** 12 where the clock counts blocks, 1 where it counts seconds. */
    readonly secondsPerUnit: number;
  };
}

/** A deployed world as the engine drives it; `src/world` implements it on a chain, tests may fake it. */
export interface World {
  readonly info: WorldInfo;
  /** Whole state at the last executed time, in one call. */
  read(): Promise<WorldView>;
  /**
   * Executes a step: one transaction, in the batch's order, each action's failure isolated.
   *
   * The contracts' clock shows exactly `time` (seconds since the run's start, rising from step to step; a multiple of
   * 12 where the clock counts blocks) while the actions run. An empty batch still makes the block.
   */
  perform(batch: {
    readonly time: Seconds;
    readonly actions: readonly PlannedAction[];
  }): Promise<readonly ActionResult[]>;
  /** Remembers the present state; {@link World.revert} brings it back, as often as wanted. */
  snapshot(): Promise<void>;
  revert(): Promise<void>;
}
