import type { WorldSpec } from "../../model/world-spec.ts";
import type { Deployed } from "./run-module.ts";

/** What the parts of a world are built upon. */
export interface PartsContext {
  readonly spec: WorldSpec;
  /** Contracts of the core, the pool and the slashing modules. */
  readonly at: Deployed;
  readonly actorOf: (participant: string) => string;
}
